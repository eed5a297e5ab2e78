"""The list of deals as a table that is drawn line by line: a hundred thousand rows cost what a screenful costs."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.domain.board import Card
from pipeboard.domain.list_order import ListOrder
from pipeboard.domain.stage import Stage
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.strips import blank
from pipeboard.tui.text.table_columns import lay_out
from pipeboard.tui.text.table_rows import TableContext, column_at, head_strip, row_strip
from pipeboard.tui.theme import palette_of
from pipeboard.tui.widgets.row_regions import row_regions
from pipeboard.tui.widgets.scrolled_lines import LineWindow

_HEAD_ROWS = 1
_EDGE = 3
"""Cells of the cursor's sign with its air, and of the scroll bar."""

_WHEEL_ROWS = 3
_KEPT_ROWS = 512


class Cards(Protocol):
    """The cards that are in memory."""

    def get(self, deal_id: int) -> Card | None:
        """A card, or None while it is not loaded."""
        ...


class TableValue(NamedTuple):
    """What the table shows: the ids of all rows in order, and what their cells are made with."""

    ids: Sequence[int]
    cards: Cards
    order: ListOrder
    today: date
    stages: Mapping[int, Stage]
    owners: Mapping[int, str]
    currency: str


class DealTable(Widget, can_focus=True):
    """Owns the cursor, which is a deal, and the marks. Nothing here waits for the database."""

    DEFAULT_CSS = "DealTable { height: 1fr; width: 1fr; }"
    ALLOW_SELECT = False

    class RowHighlighted(Message):
        """The cursor is on another row, or the deal under it changed; None in an empty list."""

        def __init__(self, card: Card | None, place: int) -> None:
            super().__init__()
            self.card = card
            self.place = place

        def can_replace(self, message: Message) -> bool:
            """Only the latest position matters to a listener."""
            return isinstance(message, DealTable.RowHighlighted)

    class RowSelected(Message):
        """A row was opened with the mouse."""

        def __init__(self, deal_id: int) -> None:
            super().__init__()
            self.deal_id = deal_id

    class HeadPressed(Message):
        """The head of a column was clicked."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    class WindowNeeded(Message):
        """These deals are wanted and not loaded; the answer is `rows_loaded`."""

        def __init__(self, deal_ids: tuple[int, ...]) -> None:
            super().__init__()
            self.deal_ids = deal_ids

        def can_replace(self, message: Message) -> bool:
            """What was wanted before is out of sight."""
            return isinstance(message, DealTable.WindowNeeded)

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:
        super().__init__(id=id)
        self.glyphs = glyphs
        self._value: TableValue | None = None
        self._ids: Sequence[int] = array("q")
        self._index = 0
        self._top = 0
        self._deal_id: int | None = None
        self._marked: frozenset[int] = frozenset()
        self._anchor: int | None = None
        self._lines: dict[int, Strip] = {}
        self._rows: dict[tuple[Card, bool, bool, bool], Strip] = {}
        self._drawn_with: TableContext | None = None
        self._asked: tuple[int, ...] = ()
        self._told: tuple[int, Card | None] | None = None

    # What is on show

    def show(self, value: TableValue) -> None:
        """Take new values; the cursor stays on its deal, on its row of the screen where that is possible."""
        row = self._index - self._top
        self._value, self._ids = value, value.ids
        self._drawn_with, self._asked = None, ()
        found = self.place_of(self._deal_id) if self._deal_id is not None else None
        self._index = found if found is not None else max(0, min(self._index, len(self._ids) - 1))
        self._deal_id = self._ids[self._index] if len(self._ids) else None
        self._top = self._index - row
        self._settle()

    def rows_loaded(self) -> None:
        """Rows that were asked for are in memory now."""
        self._asked = ()
        self._settle()

    @property
    def marked(self) -> frozenset[int]:
        """The ids of marked deals."""
        return self._marked

    def mark(self, deal_ids: Iterable[int], anchor: int | None = None) -> None:
        """Mark exactly these deals; `anchor` is the one at which a range began."""
        self._marked, self._anchor = frozenset(deal_ids), anchor
        self._settle()

    @property
    def ids(self) -> Sequence[int]:
        """All rows in order."""
        return self._ids

    def place_of(self, deal_id: int) -> int | None:
        """The row of a deal, from 0; None when it is not in the list."""
        try:
            return self._ids.index(deal_id)
        except ValueError:
            return None

    # The cursor

    @property
    def deal_id(self) -> int | None:
        """The deal under the cursor."""
        return self._deal_id

    @property
    def place(self) -> int:
        """The row of the cursor, from 0."""
        return self._index

    @property
    def selected(self) -> Card | None:
        """The card under the cursor; None in an empty list and while it is not loaded."""
        return self._value.cards.get(self._deal_id) if self._value and self._deal_id is not None else None

    def move(self, rows: int) -> None:
        """Go down (up when negative) by rows, no further than to the ends."""
        self._go(self._index + rows)

    def page(self, pages: int) -> None:
        """Go by screens; the screen moves along."""
        rows = pages * self.window.rows
        self._top += rows
        self._go(self._index + rows)

    def first(self) -> None:
        """Go to the first row."""
        self._go(0)

    def last(self) -> None:
        """Go to the last row."""
        self._go(len(self._ids) - 1)

    def select(self, deal_id: int) -> bool:
        """Put the cursor on a deal; one that is not here yet gets it when it comes."""
        place = self.place_of(deal_id)
        if place is None:
            self._deal_id = deal_id
            return False
        self._go(place)
        return True

    def _go(self, index: int) -> None:
        if not len(self._ids):
            return
        self._index = max(0, min(index, len(self._ids) - 1))
        self._deal_id = self._ids[self._index]
        self._settle()

    # Drawing

    @property
    def window(self) -> LineWindow:
        """The visible rows."""
        return LineWindow(len(self._ids), max(1, self.size.height - _HEAD_ROWS), self._top)

    def _settle(self, *, is_followed: bool = True) -> None:
        """After any change: scroll, repaint the rows that differ, ask for what is missing, tell the cursor."""
        if self._value is None or not self.size.width:
            return
        rows = self.window.rows
        if is_followed:
            self._top = min(max(self._top, self._index - rows + 1), self._index)
        self._top = self.window.moved(0)
        old, self._lines = self._lines, {}
        changed = [y for y in range(self.size.height) if self._line(y) != old.get(y)]
        if changed:
            self.refresh(*row_regions(changed, self.size.width))
        self._ask_for_rows()
        told = (self._index if len(self._ids) else -1, self.selected)
        if told != self._told:
            self._told = told
            self.post_message(self.RowHighlighted(told[1], told[0]))
        self._place_terminal_cursor()

    def _ask_for_rows(self) -> None:
        """Ask once for what the screen shows and is not loaded, a screen before and after included."""
        assert self._value is not None
        top, rows, cards = self._top, self.window.rows, self._value.cards
        if all(cards.get(deal_id) is not None for deal_id in self._ids[top : top + rows]):
            return
        around = self._ids[max(0, top - rows) : top + 2 * rows]
        wanted = tuple(deal_id for deal_id in around if cards.get(deal_id) is None)
        if wanted != self._asked:
            self._asked = wanted
            self.post_message(self.WindowNeeded(wanted))

    def _drawing(self, value: TableValue) -> TableContext:
        """What rows are drawn with at the present width and in the present colours."""
        context = self._drawn_with
        if context is None or context.width != self.size.width - 1:
            width = self.size.width - 1
            columns = lay_out(width - _EDGE)
            palette = palette_of(self.app)
            context = TableContext(
                width,
                columns,
                value.order,
                value.today,
                value.stages,
                value.owners,
                value.currency,
                palette,
                self.glyphs,
            )
            self._drawn_with = context
            self._rows.clear()
        return context

    def _line(self, y: int) -> Strip:
        """A row of the widget: the heads, a deal, or nothing; the scroll bar's thumb at the very right."""
        strip = self._lines.get(y)
        if strip is not None and strip.cell_length == self.size.width:
            return strip
        if self._value is None:
            return blank(self.size.width, palette_of(self.app).normal.text)
        context = self._drawing(self._value)
        index = self._top + y - _HEAD_ROWS
        if y < _HEAD_ROWS:
            body = head_strip(context)
        elif index < len(self._ids):
            body = self._row(self._value.cards.get(self._ids[index]), index, context)
        else:
            body = blank(context.width, context.palette.normal.text)
        is_thumb = self.window.is_thumb(y - _HEAD_ROWS)
        end = Segment(self.glyphs.separator if is_thumb else " ", context.palette.thumb)
        strip = self._lines[y] = Strip([*body, end], self.size.width)
        return strip

    def _row(self, card: Card | None, index: int, context: TableContext) -> Strip:
        """A deal's row, kept by its whole value: what changed can never be drawn from memory."""
        is_selected = index == self._index
        is_marked = self._ids[index] in self._marked
        if card is None:
            return row_strip(None, context, is_selected=is_selected, is_marked=is_marked)
        is_anchor = card.id == self._anchor
        key = (card, is_selected, is_marked, is_anchor)
        strip = self._rows.get(key)
        if strip is None:
            if len(self._rows) >= _KEPT_ROWS:
                self._rows.clear()
            strip = self._rows[key] = row_strip(
                card, context, is_selected=is_selected, is_marked=is_marked, is_anchor=is_anchor
            )
        return strip

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines asked for, out of a memory of what is visible."""
        return [self._line(y).crop(*crop.column_span) for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        """One line (Textual asks line by line only in its own caches)."""
        return self._line(y)

    def _place_terminal_cursor(self) -> None:
        """Keep the terminal's cursor on the row, for screen readers and magnifiers."""
        if self.has_focus and len(self._ids):
            offset = self.region.offset
            self.app.cursor_position = Offset(offset.x + 1, offset.y + _HEAD_ROWS + self._index - self._top)

    # What happens to it

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: Theme) -> None:
        self._drawn_with = None
        self._settle()

    def on_resize(self, _event: events.Resize) -> None:
        self._lines.clear()
        self._settle()

    def on_focus(self) -> None:
        self._place_terminal_cursor()

    def on_click(self, event: events.Click) -> None:
        index = self._top + event.y - _HEAD_ROWS
        if event.y < _HEAD_ROWS and self._drawn_with is not None:
            if (column := column_at(event.x, self._drawn_with)) is not None:
                self.post_message(self.HeadPressed(column))
            return
        if event.y < _HEAD_ROWS or index >= len(self._ids):
            return
        self.focus()
        self._go(index)
        if event.chain == 2:
            self.post_message(self.RowSelected(self._ids[index]))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._wheel(_WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._wheel(-_WHEEL_ROWS)

    def _wheel(self, rows: int) -> None:
        """Show other rows; the cursor stays on its deal."""
        self._top = self.window.moved(rows)
        self._settle(is_followed=False)
