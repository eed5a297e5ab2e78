"""A widget of one row that is drawn as a strip and repainted only when the strip changes."""

from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.strips import blank
from pipeboard.tui.theme import Palette, palette_of


class OneLine(Widget):
    """The base of the header, the footer and the position mark: subclasses say what to draw."""

    DEFAULT_CSS = "OneLine { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:
        super().__init__(id=id)
        self.glyphs = glyphs
        self._strip: Strip | None = None

    def draw(self, width: int, palette: Palette) -> Strip:
        """The line in exactly `width` cells; here an empty one."""
        return blank(width, palette.normal.text)

    def update_line(self) -> None:
        """Draw again, and repaint if that made a difference."""
        if not self.is_mounted or not self.size.width:
            return
        strip = self.draw(self.size.width, palette_of(self.app))
        if strip != self._strip:
            self._strip = strip
            self.refresh()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_resize(self, _event: events.Resize) -> None:
        self.update_line()

    def _theme_changed(self, _theme: Theme) -> None:
        self.update_line()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strip, cut to what is asked for."""
        strip = self._strip
        if strip is None or strip.cell_length != self.size.width:
            strip = self._strip = self.draw(self.size.width, palette_of(self.app))
        return [strip.crop(*crop.column_span) for _ in crop.line_range]

    def render_line(self, y: int) -> Strip:
        """The strip itself (Textual asks line by line only in its own caches)."""
        return self.render_lines(Region(0, y, self.size.width, 1))[0]
