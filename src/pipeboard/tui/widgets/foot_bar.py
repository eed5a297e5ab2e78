"""The footer of every screen."""

from textual.strip import Strip

from pipeboard.tui.text.bars import FootLine, foot_strip
from pipeboard.tui.theme import Palette
from pipeboard.tui.widgets.one_line import OneLine


class FootBar(OneLine):
    """What just happened and how to take it back; the keys that matter here."""

    _line = FootLine()

    def show(self, line: FootLine) -> None:
        """Take a new value."""
        self._line = line
        self.update_line()

    def draw(self, width: int, palette: Palette) -> Strip:
        return foot_strip(self._line, width, palette, self.glyphs)
