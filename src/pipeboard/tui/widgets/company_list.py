"""The list of companies or contacts, drawn line by line: twenty thousand rows cost what a screenful costs."""

from collections.abc import Sequence
from datetime import datetime

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.domain.companies import Kind, PartnerRow
from pipeboard.tui.text.company_rows import RowContext, head_strip, row_strip
from pipeboard.tui.text.deal_context import DealContext
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.strips import Part, blank, justified
from pipeboard.tui.theme import palette_of
from pipeboard.tui.widgets.scrolled_lines import LineWindow

_HEAD_ROWS = 1
_WHEEL_ROWS = 3


class CompanyList(Widget, can_focus=True):
    """Owns the cursor, which is on a company or contact and not on a place, and the marks."""

    DEFAULT_CSS = "CompanyList { height: 1fr; width: 1fr; }"
    ALLOW_SELECT = False

    class RowHighlighted(Message):
        """The cursor is on another row; None in an empty list."""

        def __init__(self, row: PartnerRow | None) -> None:
            super().__init__()
            self.row = row

        def can_replace(self, message: Message) -> bool:
            """Only the latest position matters to a listener."""
            return isinstance(message, CompanyList.RowHighlighted)

    class RowSelected(Message):
        """A row was opened with the mouse."""

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:
        super().__init__(id=id)
        self.glyphs = glyphs
        self.kind = Kind.COMPANY
        self.currency = ""
        self.order = "name"
        self.now: datetime | None = None
        self.words: tuple[str, str] = ("", "")
        self._rows: Sequence[PartnerRow] = ()
        self._places: dict[int, int] = {}
        self._place = 0
        self._top = 0
        self._marked: frozenset[int] = frozenset()

    # What is on show

    def show(self, rows: Sequence[PartnerRow], *, at: int | None = None) -> None:
        """Take new rows; the cursor goes to `at`, or stays where it is, or as near as it can."""
        here = self.selected.id if self.selected else None
        self._rows = rows
        self._places = {row.id: place for place, row in enumerate(rows)}
        wanted = at if at is not None else here
        found = self._places.get(wanted) if wanted is not None else None
        self._place = found if found is not None else max(0, min(self._place, len(rows) - 1))
        self._settle()

    @property
    def rows(self) -> Sequence[PartnerRow]:
        """All rows in order."""
        return self._rows

    @property
    def selected(self) -> PartnerRow | None:
        """The row under the cursor."""
        return self._rows[self._place] if self._place < len(self._rows) else None

    @property
    def marked(self) -> frozenset[int]:
        """The ids of marked rows."""
        return self._marked

    @marked.setter
    def marked(self, ids: frozenset[int]) -> None:
        self._marked = ids
        self.refresh()

    # The cursor

    def move(self, rows: int) -> None:
        """Go down (up when negative) by rows."""
        self._go(self._place + rows)

    def page(self, pages: float) -> None:
        """Go by screens; the screen moves along."""
        rows = round(pages * self.window.rows)
        self._top += rows
        self._go(self._place + rows)

    def edge(self, step: int) -> None:
        """Go to the first or last row."""
        self._go(0 if step < 0 else len(self._rows) - 1)

    def select(self, thing_id: int) -> bool:
        """Put the cursor on one; whether it is in the list."""
        place = self._places.get(thing_id)
        if place is not None:
            self._go(place)
        return place is not None

    def _go(self, place: int) -> None:
        self._place = max(0, min(place, len(self._rows) - 1))
        self._settle()

    @property
    def window(self) -> LineWindow:
        """The visible rows."""
        return LineWindow(len(self._rows), max(1, self.size.height - _HEAD_ROWS), self._top)

    def _settle(self) -> None:
        """Scroll so that the cursor is seen, repaint, tell where it is."""
        rows = self.window.rows
        self._top = max(self._place - rows + 1, min(self._top, self._place))
        self._top = self.window.moved(0)
        self.refresh()
        self.post_message(self.RowHighlighted(self.selected))

    # Events

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: Theme) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self._settle()

    def on_click(self, event: events.Click) -> None:
        place = self._top + event.y - _HEAD_ROWS
        if event.y >= _HEAD_ROWS and place < len(self._rows):
            is_again = place == self._place
            self._go(place)
            if is_again:
                self.post_message(self.RowSelected())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._top = self.window.moved(_WHEEL_ROWS)
        self.refresh()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._top = self.window.moved(-_WHEEL_ROWS)
        self.refresh()

    # Drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines asked for."""
        return [self.render_line(y).crop(*crop.column_span) for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        """The head, a row, or what to do where there is none."""
        palette = palette_of(self.app)
        width, place = self.size.width, self._top + y - _HEAD_ROWS
        if self.now is None:
            return blank(width, palette.normal.text)
        is_here = y >= _HEAD_ROWS and place == self._place and bool(self._rows)
        tones = palette.selected if is_here else palette.normal
        context = RowContext(self.kind, self.currency, self.order, DealContext(width, self.now, tones, self.glyphs))
        if y == 0:
            return head_strip(context)
        if place < len(self._rows):
            row = self._rows[place]
            return row_strip(row, context, is_here=is_here, is_marked=row.id in self._marked)
        if not self._rows and y in (2, 3):
            line = Part(f"  {self.words[y - 2]}", tones.muted if y == 2 else tones.faint)
            return justified([line], [], width, tones.text, self.glyphs.ellipsis)
        return blank(width, tones.text)
