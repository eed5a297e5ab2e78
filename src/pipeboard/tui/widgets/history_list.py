"""The history as lines: a million actions cost what a screenful costs."""

from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.domain.history import ActionEntry
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.history_rows import HistoryContext, history_strip
from pipeboard.tui.theme import palette_of
from pipeboard.tui.widgets.row_regions import row_regions
from pipeboard.tui.widgets.scrolled_lines import LineWindow

_WHEEL_ROWS = 3


class HistoryList(Widget, can_focus=True):
    """Owns the cursor, which is an action. What is in sight and not loaded is asked for."""

    DEFAULT_CSS = "HistoryList { height: 1fr; width: 1fr; }"
    ALLOW_SELECT = False

    class RowSelected(Message):
        """A row was opened with the mouse."""

    class WindowNeeded(Message):
        """These actions are wanted; the answer is `rows_loaded`."""

        def __init__(self, ids: tuple[int, ...]) -> None:
            super().__init__()
            self.ids = ids

        def can_replace(self, message: Message) -> bool:
            """What was wanted before is out of sight."""
            return isinstance(message, HistoryList.WindowNeeded)

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:
        super().__init__(id=id)
        self.glyphs = glyphs
        self._ids: Sequence[int] = array("q")
        self._entries: Mapping[int, ActionEntry] = {}
        self._now: datetime | None = None
        self._action_id: int | None = None
        self._index = self._top = 0
        self._lines: dict[int, Strip] = {}
        self._asked: tuple[int, ...] = ()

    # What is on show

    def show(self, ids: Sequence[int], entries: Mapping[int, ActionEntry], now: datetime) -> None:
        """Take new rows; the cursor stays on its action, unless it stood on the newest, which it follows."""
        row, was_first = self._index - self._top, self._index == 0
        self._ids, self._entries, self._now, self._asked = ids, entries, now, ()
        place = None if was_first else self._place_of(self._action_id)
        self._index = place if place is not None else max(0, min(0 if was_first else self._index, len(ids) - 1))
        self._top = self._index - row
        self._settle()

    def rows_loaded(self) -> None:
        """Rows that were asked for are there now."""
        self._asked = ()
        self._settle()

    def _place_of(self, action_id: int | None) -> int | None:
        """The row of an action: ids descend, so it is found by halving."""
        if action_id is None:
            return None
        low, high = 0, len(self._ids)
        while low < high:
            middle = (low + high) // 2
            if self._ids[middle] > action_id:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self._ids) else None

    @property
    def selected(self) -> ActionEntry | None:
        """The action under the cursor; None in an empty list and while it is not loaded."""
        return self._entries.get(self._ids[self._index]) if len(self._ids) else None

    @property
    def place(self) -> int:
        """The row of the cursor, from 0."""
        return self._index

    # The cursor

    def move(self, rows: int) -> None:
        """Go down (up when negative)."""
        self._go(self._index + rows)

    def page(self, pages: int) -> None:
        """Go by screens."""
        rows = pages * self.window.rows
        self._top += rows
        self._go(self._index + rows)

    def edge(self, side: int) -> None:
        """Go to the newest (-1) or the oldest (1)."""
        self._go(0 if side < 0 else len(self._ids) - 1)

    def _go(self, index: int) -> None:
        if len(self._ids):
            self._index = max(0, min(index, len(self._ids) - 1))
            self._settle()

    # Drawing

    @property
    def window(self) -> LineWindow:
        """The visible rows."""
        return LineWindow(len(self._ids), max(1, self.size.height), self._top)

    def _settle(self, *, is_followed: bool = True) -> None:
        """After any change: scroll, repaint the rows that differ, ask for what is missing."""
        if not self.size.width or self._now is None:
            return
        self._action_id = self._ids[self._index] if len(self._ids) else None
        rows = self.window.rows
        if is_followed:
            self._top = min(max(self._top, self._index - rows + 1), self._index)
        self._top = self.window.moved(0)
        old, self._lines = self._lines, {}
        changed = [y for y in range(self.size.height) if self._line(y) != old.get(y)]
        if changed:
            self.refresh(*row_regions(changed, self.size.width))
        around = self._ids[max(0, self._top - rows) : self._top + 2 * rows]
        wanted = tuple(i for i in around if i not in self._entries)
        if wanted and wanted != self._asked:
            self._asked = wanted
            self.post_message(self.WindowNeeded(wanted))

    def _line(self, y: int) -> Strip:
        strip = self._lines.get(y)
        if strip is not None and strip.cell_length == self.size.width:
            return strip
        palette, index = palette_of(self.app), self._top + y
        if self._now is None or index >= len(self._ids):
            body = Strip([Segment(" " * (self.size.width - 1), palette.normal.text)])
        else:
            context = HistoryContext(self.size.width - 1, self._now, palette, self.glyphs)
            entry = self._entries.get(self._ids[index])
            body = history_strip(entry, context, is_selected=index == self._index)
        end = Segment(self.glyphs.separator if self.window.is_thumb(y) else " ", palette.thumb)
        strip = self._lines[y] = Strip([*body, end], self.size.width)
        return strip

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines asked for, out of a memory of what is visible."""
        return [self._line(y).crop(*crop.column_span) for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        """One line (Textual asks line by line only in its own caches)."""
        return self._line(y)

    # What happens to it

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: Theme) -> None:
        self._lines.clear()
        self._settle()

    def on_resize(self, _event: events.Resize) -> None:
        self._lines.clear()
        self._settle()

    def on_click(self, event: events.Click) -> None:
        index = self._top + event.y
        if index < len(self._ids):
            self.focus()
            self._go(index)
            if event.chain == 2:
                self.post_message(self.RowSelected())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._wheel(_WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._wheel(-_WHEEL_ROWS)

    def _wheel(self, rows: int) -> None:
        """Show other rows; the cursor stays on its action."""
        self._top = self.window.moved(rows)
        self._settle(is_followed=False)
