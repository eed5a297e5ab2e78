"""The line of totals below the list."""

from textual.strip import Strip

from pipeboard.tui.text.table_totals import TotalsLine, totals_strip
from pipeboard.tui.theme import Palette
from pipeboard.tui.widgets.one_line import OneLine


class TableFoot(OneLine):
    """What the deals of the list are worth, how they are sorted, where the cursor is."""

    _line = TotalsLine()

    def show(self, line: TotalsLine) -> None:
        """Take new sums; the place of the cursor stays until it is told."""
        self._line = line._replace(place=self._line.place)
        self.update_line()

    def show_place(self, place: int) -> None:
        """The row of the cursor, from 1; 0 for none."""
        if place != self._line.place:
            self._line = self._line._replace(place=place)
            self.update_line()

    def draw(self, width: int, palette: Palette) -> Strip:
        return totals_strip(self._line, width, palette, self.glyphs)
