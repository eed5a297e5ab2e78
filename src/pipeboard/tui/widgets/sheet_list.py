"""A list of rows with a cursor, for the screens on which a person sets Pipeboard up."""

from collections.abc import Callable, Sequence

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.sheet_rows import SheetRow, sheet_strip
from pipeboard.tui.text.strips import blank
from pipeboard.tui.theme import palette_of
from pipeboard.tui.widgets.row_regions import row_regions

Draw = Callable[[int], Sequence[SheetRow]]
"""Makes the rows for a width in cells."""

_EDGE = 2
_WHEEL_ROWS = 3


class SheetList(Widget, can_focus=True):
    """Owns the cursor, which stands on a row's key: it stays on its thing when rows come, go or change places."""

    DEFAULT_CSS = "SheetList { height: 1fr; width: 1fr; }"
    ALLOW_SELECT = False

    class RowHighlighted(Message):
        """The cursor is on another row."""

        def __init__(self, sheet: "SheetList", key: object) -> None:
            super().__init__()
            self.sheet = sheet
            self.key = key

        @property
        def control(self) -> "SheetList":
            """The list."""
            return self.sheet

    class RowSelected(Message):
        """A row was opened with the mouse."""

        def __init__(self, sheet: "SheetList", key: object) -> None:
            super().__init__()
            self.sheet = sheet
            self.key = key

        @property
        def control(self) -> "SheetList":
            """The list."""
            return self.sheet

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:
        super().__init__(id=id)
        self.glyphs = glyphs
        self._draw: Draw = lambda _width: ()
        self._rows: Sequence[SheetRow] = ()
        self._index = 0
        self._top = 0
        self._lines: dict[int, Strip] = {}
        self._told: object = None

    # What is on show

    def show(self, draw: Draw) -> None:
        """Take new rows; the cursor stays on its key, else on its place."""
        self._draw = draw
        self._make()

    def _make(self) -> None:
        key, was = self.key, self._index
        self._rows = self._draw(max(1, self.size.width - _EDGE))
        places = [at for at, row in enumerate(self._rows) if row.key is not None]
        found = next((at for at in places if self._rows[at].key == key), None) if key is not None else None
        if found is None:
            found = min(places, key=lambda at: abs(at - was), default=0)
        self._index = found
        self._settle()

    @property
    def key(self) -> object:
        """The key of the row under the cursor; None when there is none."""
        return self._rows[self._index].key if 0 <= self._index < len(self._rows) else None

    # The cursor

    def move(self, step: int) -> None:
        """Go to the next row (or the one before) on which the cursor can stand."""
        at = self._index + step
        while 0 <= at < len(self._rows):
            if self._rows[at].key is not None:
                self._go(at)
                return
            at += 1 if step > 0 else -1

    def edge(self, step: int) -> None:
        """Go to the first or last row."""
        places = [at for at, row in enumerate(self._rows) if row.key is not None]
        if places:
            self._go(places[-1] if step > 0 else places[0])

    def page(self, step: int) -> None:
        """Go a screen up or down."""
        target = self._index + step * max(1, self.size.height - 1)
        places = [at for at, row in enumerate(self._rows) if row.key is not None]
        if places:
            self._go(min(places, key=lambda at: abs(at - target)))

    def jump(self, step: int) -> None:
        """Go to the first row of the next part; back: of this one, then of the part before."""
        starts = [
            at
            for at, row in enumerate(self._rows)
            if row.key is not None and (at == 0 or self._rows[at - 1].key is None)
        ]
        further = [at for at in starts if (at > self._index if step > 0 else at < self._index)]
        if further:
            # With the heading in the first line, so that as much as possible of the part is seen.
            at = further[0] if step > 0 else further[-1]
            self._top = max(0, at - 1)
            self._go(at)

    def select(self, key: object) -> None:
        """Put the cursor on a key."""
        found = next((at for at, row in enumerate(self._rows) if row.key == key), None)
        if found is not None:
            self._go(found)

    def _go(self, index: int) -> None:
        self._index = index
        self._settle()

    def _settle(self, *, is_followed: bool = True) -> None:
        height = max(1, self.size.height)
        if is_followed:
            # The heading above the first row is shown with it.
            first = next((at for at, row in enumerate(self._rows) if row.key is not None), 0)
            wanted = 0 if self._index == first else self._index
            self._top = min(max(self._top, self._index - height + 1), wanted)
        self._top = max(0, min(self._top, len(self._rows) - height))
        if self.size.width:
            old, self._lines = self._lines, {}
            changed = [y for y in range(self.size.height) if self._line(y) != old.get(y)]
            if changed:
                self.refresh(*row_regions(changed, self.size.width))
        if self.key != self._told:
            self._told = self.key
            self.post_message(self.RowHighlighted(self, self.key))
        if self.has_focus:
            offset = self.region.offset
            self.app.cursor_position = Offset(offset.x + 1, offset.y + self._index - self._top)

    # Drawing

    def _line(self, y: int) -> Strip:
        strip = self._lines.get(y)
        if strip is not None and strip.cell_length == self.size.width:
            return strip
        palette, at = palette_of(self.app), self._top + y
        if at < len(self._rows):
            is_here = at == self._index and self._rows[at].key is not None
            strip = sheet_strip(
                self._rows[at], self.size.width, palette, self.glyphs, is_here=is_here, is_lit=self.has_focus
            )
        else:
            strip = blank(self.size.width, palette.normal.text)
        self._lines[y] = strip
        return strip

    def render_line(self, y: int) -> Strip:
        """One line, out of a memory of what is visible."""
        return self._line(y)

    # What happens to it

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: Theme) -> None:
        self._lines.clear()
        self._settle()

    def on_resize(self, _event: events.Resize) -> None:
        self._lines.clear()
        self._make()

    def watch_has_focus(self, has_focus: bool) -> None:
        # Not `on_focus`: that is called before the widget knows that it has the focus, and its lines would stay.
        super().watch_has_focus(has_focus)
        self._settle()

    def on_click(self, event: events.Click) -> None:
        at = self._top + event.y
        self.focus()
        if at < len(self._rows) and self._rows[at].key is not None:
            self._go(at)
            if event.chain == 2:
                self.post_message(self.RowSelected(self, self.key))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._top += _WHEEL_ROWS
        self._settle(is_followed=False)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._top -= _WHEEL_ROWS
        self._settle(is_followed=False)
