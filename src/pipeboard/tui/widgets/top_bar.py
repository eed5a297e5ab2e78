"""The header of every screen."""

from textual.strip import Strip

from pipeboard.tui.text.bars import Quota, TopLine, top_strip
from pipeboard.tui.theme import Palette
from pipeboard.tui.widgets.one_line import OneLine


class TopBar(OneLine):
    """Where one is, what is there, and what is due, in one line."""

    _line = TopLine()

    def show(self, line: TopLine) -> None:
        """Take a new value."""
        self._line = line._replace(quota=line.quota or self._line.quota)
        self.update_line()

    def show_quota(self, quota: Quota | None) -> None:
        """Take another target; it stays when the rest of the line changes."""
        if quota != self._line.quota:
            self._line = self._line._replace(quota=quota)
            self.update_line()

    def draw(self, width: int, palette: Palette) -> Strip:
        return top_strip(self._line, width, palette, self.glyphs)
