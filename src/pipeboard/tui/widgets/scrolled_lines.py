"""Lines that may be more than fit, drawn as strips: the cost of showing them is that of the visible ones."""

from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.strips import blank
from pipeboard.tui.theme import Palette, Tones, palette_of
from pipeboard.tui.widgets.row_regions import row_regions

MARGIN = 2
"""Cells of air at the left and the right of the lines."""

_TOP_ROWS = 1
_WHEEL_LINES = 2


class LineWindow(NamedTuple):
    """Which of `lines` lines are visible in `rows` rows from the one at `top`."""

    lines: int
    rows: int
    top: int

    def moved(self, by: int) -> int:
        """The top after scrolling by so many lines, no further than to the last line."""
        return max(0, min(self.top + by, self.lines - self.rows))

    def is_thumb(self, row: int) -> bool:
        """Whether the scroll bar's thumb is at a row; there is none while everything is visible."""
        if self.lines <= self.rows or not 0 <= row < self.rows:
            return False
        length = max(1, self.rows * self.rows // self.lines)
        first = round(self.top * (self.rows - length) / (self.lines - self.rows))
        return first <= row < first + length


class ScrolledLines(Widget, can_focus=False):
    """The base of panes that scroll by themselves: subclasses say what the lines are."""

    DEFAULT_CSS = "ScrolledLines { height: 1fr; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:
        super().__init__(id=id)
        self.glyphs = glyphs
        self._content: list[Strip] = []
        self._drawn: dict[int, Strip] = {}
        self._top = 0

    def draw(self, width: int, tones: Tones) -> list[Strip]:
        """All lines, each exactly `width` cells; here one empty line."""
        return [blank(width, tones.text)]

    def tones_of(self, palette: Palette) -> Tones:
        """The styles the lines are drawn with: those over the surface."""
        return palette.surface

    # What is visible

    @property
    def window(self) -> LineWindow:
        """The visible part of the lines."""
        return LineWindow(len(self._content), max(1, self.size.height - _TOP_ROWS), self._top)

    @property
    def top(self) -> int:
        """The first visible line, from 0."""
        return self._top

    def scroll_by(self, lines: int) -> bool:
        """Scroll down (up when negative) as far as there is something to see; whether anything moved."""
        old, self._top = self._top, self.window.moved(lines)
        if self._top != old:
            self._reconcile()
        return self._top != old

    def scroll_pages(self, pages: float) -> bool:
        """Scroll by screens (one line stays in view, so that the eye finds its place)."""
        return self.scroll_by(round((self.window.rows - 1) * pages))

    # Drawing

    def update_lines(self, *, from_top: bool = False) -> None:
        """Draw all lines again and repaint those that changed; the scroll position stays unless `from_top`."""
        if not self.is_mounted or not self.size.width:
            self._top = 0 if from_top else self._top
            return
        width = max(1, self.size.width - 2 * MARGIN)
        self._content = self.draw(width, self.tones_of(palette_of(self.app)))
        self._top = 0 if from_top else self.window.moved(0)
        self._reconcile()

    def _reconcile(self) -> None:
        """Compare every visible line with what stands on the screen."""
        old, self._drawn = self._drawn, {}
        changed = []
        tones, palette = self.tones_of(palette_of(self.app)), palette_of(self.app)
        for y in range(self.size.height):
            strip = self._drawn[y] = self._line(y, tones, palette)
            if strip != old.get(y):
                changed.append(y)
        if changed:
            self.refresh(*row_regions(changed, self.size.width))

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_resize(self, _event: events.Resize) -> None:
        self._drawn.clear()
        self.update_lines()

    def _theme_changed(self, _theme: Theme) -> None:
        self.update_lines()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines asked for, out of a memory of what is visible."""
        palette = palette_of(self.app)
        tones = self.tones_of(palette)
        strips = []
        for y in crop.line_range:
            strip = self._drawn.get(y)
            if strip is None or strip.cell_length != self.size.width:
                strip = self._drawn[y] = self._line(y, tones, palette)
            strips.append(strip.crop(*crop.column_span))
        return strips

    def render_line(self, y: int) -> Strip:
        """One line (Textual asks line by line only in its own caches)."""
        return self.render_lines(Region(0, y, self.size.width, 1))[0]

    def _line(self, y: int, tones: Tones, palette: Palette) -> Strip:
        """A row of the widget: a line between its margins, the thumb of the scroll bar at the very right."""
        width, row = self.size.width, y - _TOP_ROWS
        index = self._top + row
        if not 0 <= index < len(self._content) or row < 0:
            body = blank(width - 1, tones.text) if width > 1 else Strip([])
        else:
            body = _framed(self._content[index], width - 1, tones.text)
        if self.window.is_thumb(row):
            thumb = Segment(self.glyphs.separator, Style(color=palette.thumb.color, bgcolor=tones.text.bgcolor))
            return Strip([*body, thumb], width)
        return Strip([*body, Segment(" ", tones.text)], width).simplify()

    # The mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_by(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_by(-_WHEEL_LINES)


def _framed(strip: Strip, width: int, fill: Style) -> Strip:
    """A line after its margin, filled up; the air joins the first part, because style changes cost bytes."""
    segments = list(strip)
    if segments and not (segments[0].style and segments[0].style.underline):
        segments[0] = Segment(" " * MARGIN + segments[0].text, segments[0].style)
    else:
        segments.insert(0, Segment(" " * MARGIN, fill))
    return Strip(segments, strip.cell_length + MARGIN).adjust_cell_length(width, fill)
