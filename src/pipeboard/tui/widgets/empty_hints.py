"""What stands on a screen that has nothing to show yet: why, and what to press."""

from collections.abc import Sequence

from textual.strip import Strip
from textual.widget import Widget

from pipeboard.tui.text.deal_context import DealContext
from pipeboard.tui.text.deal_lines import empty_strips
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.theme import Palette, Tones
from pipeboard.tui.widgets.scrolled_lines import ScrolledLines

Hints = Sequence[tuple[str, str]]
"""Keys, each with what it does."""

_ROWS_AROUND = 4


class EmptyHints(ScrolledLines):
    """Lies over the empty part of what it is mounted in, and takes no keys."""

    DEFAULT_CSS = "EmptyHints { layer: hints; position: absolute; width: 72; height: 10; max-width: 100%; }"

    def __init__(self, title: str, hints: Hints, *, top: int, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(glyphs=glyphs)
        self._title = title
        self._hints = hints
        self.styles.height = len(hints) + _ROWS_AROUND
        self.styles.offset = (2, top)

    def tones_of(self, palette: Palette) -> Tones:
        return palette.normal

    def draw(self, width: int, tones: Tones) -> list[Strip]:
        now = self.app.local_now()  # type: ignore[attr-defined]
        return empty_strips(self._title, self._hints, DealContext(width, now, tones, self.glyphs))


def show_emptiness(parent: Widget, title: str, hints: Hints, *, top: int, glyphs: Glyphs) -> None:
    """Put the words over a widget's content, or take them away where there is no title."""
    present = parent.query_children(EmptyHints)
    if not title:
        present.remove()
        return
    if any(one._title == title for one in present):
        return
    present.remove()
    parent.styles.layers = "default hints"
    parent.mount(EmptyHints(title, hints, top=top, glyphs=glyphs))
