"""The row below the stages of the board."""

from textual.strip import Strip

from pipeboard.tui.text.position import Position, position_strip
from pipeboard.tui.theme import Palette
from pipeboard.tui.widgets.one_line import OneLine


class PositionLine(OneLine):
    """Says what is out of sight: cards in their columns, stages beside them."""

    _position = Position()

    def show(self, position: Position) -> None:
        """Take a new value."""
        if position != self._position:
            self._position = position
            self.update_line()

    def draw(self, width: int, palette: Palette) -> Strip:
        return position_strip(self._position, width, palette, self.glyphs)
