"""The board: stages side by side, one cursor that stays on its deal."""

from collections.abc import Iterable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Offset, Region
from textual.message import Message
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.domain.board import Card, Overview
from pipeboard.tui.text.board_layout import BoardLayout, lay_out
from pipeboard.tui.text.cards import DEFAULT_DENSITY, DENSITIES
from pipeboard.tui.text.column_geometry import HEADER
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.theme import Palette, palette_of
from pipeboard.tui.widgets.board_dragging import Dragging
from pipeboard.tui.widgets.board_state import BoardState
from pipeboard.tui.widgets.board_view import column_view, position_of
from pipeboard.tui.widgets.card_source import CardSource, missing_window
from pipeboard.tui.widgets.position_line import PositionLine
from pipeboard.tui.widgets.stage_column import ColumnView, StageColumn


class Board(Dragging, Widget, can_focus=True):
    """Owns the columns, the cursor and the marks.

    The cursor is a stage and a deal: after a reload it is on the same deal wherever that stands now. It
    rests on the head of a stage without deals. No method waits for the database.
    """

    DEFAULT_CSS = """
    Board { layout: vertical; height: 1fr; width: 1fr; overflow: hidden; }
    Board > #stages { height: 1fr; width: 1fr; overflow: hidden; padding: 0 0 0 1; }
    """
    ALLOW_SELECT = False

    class CardHighlighted(Message):
        """The cursor is on another card, or the card under it changed; None on an empty stage."""

        def __init__(self, card: Card | None, stage_id: int) -> None:
            super().__init__()
            self.card = card
            self.stage_id = stage_id

        def can_replace(self, message: Message) -> bool:
            """Only the latest position matters to a listener."""
            return isinstance(message, Board.CardHighlighted)

    class CardSelected(Message):
        """A card was opened: Enter or a double click."""

        def __init__(self, card: Card) -> None:
            super().__init__()
            self.card = card

    class WindowNeeded(Message):
        """Cards `first` (inclusive) to `last` (exclusive) of a stage are wanted and not loaded.

        The answer is `Board.rows_loaded`, once the source has them.
        """

        def __init__(self, stage_id: int, first: int, last: int) -> None:
            super().__init__()
            self.stage_id = stage_id
            self.first = first
            self.last = last

    class Unfolded(Message):
        """A slim column was opened with the mouse."""

        def __init__(self, stage_id: int) -> None:
            super().__init__()
            self.stage_id = stage_id

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:
        super().__init__(id=id)
        self.glyphs = glyphs
        self._state = BoardState()
        self._columns: list[StageColumn] = []
        self._stages: Horizontal | None = None
        self._layout_now = BoardLayout(0, 0)
        self._kept_row = 0
        self.card_lines: tuple[tuple[str, ...], ...] = ()
        self._density = DEFAULT_DENSITY
        self._marked: frozenset[int] = frozenset()
        self._anchor: int | None = None
        self._told: tuple[int, Card | None] | None = None
        self._asked: dict[int, tuple[int, int]] = {}

    def compose(self) -> ComposeResult:
        self._stages = Horizontal(*self._columns, id="stages")
        yield self._stages
        yield PositionLine(glyphs=self.glyphs, id="position")

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    # What is on show

    def show(
        self,
        overview: Overview,
        source: CardSource,
        *,
        clogged: frozenset[int] = frozenset(),
        folded: frozenset[int] = frozenset(),
    ) -> None:
        """Take new values; the cursor stays on its deal, and its card on its row where that is possible.

        `clogged` are the ids of stages that hold deals up, `folded` those of slim columns.
        """
        state = self._state
        kept, row = state.stage_id, state.index - self._top()
        held = state.count(state.stage_index) if state.heads else 0
        is_followed = not self._columns or 0 <= row < self._columns[state.stage_index].capacity
        state.take(overview, source, clogged, folded)
        self._asked.clear()
        self._mount_columns()
        is_same = state.stage_id == kept and state.index >= 0
        # Cards that came or went above do not move the cursor's row; a card that was moved among them does move.
        is_shifted = is_same and state.count(state.stage_index) != held
        tops = {state.stage_index: state.index - row} if is_shifted and is_followed else {}
        self._arrange(tops, is_followed=is_followed or not is_same)

    def rows_loaded(self, stage_id: int) -> None:
        """Cards of a stage that were asked for are in the source now."""
        self._asked.pop(stage_id, None)
        for column in self._visible_columns():
            if column.stage_id == stage_id:
                column.reconcile()
        self._settle()

    @property
    def density(self) -> int:
        """Lines per card, 1 to 4."""
        return self._density

    @density.setter
    def density(self, lines: int) -> None:
        self._density = min(max(lines, DENSITIES[0]), self.most_lines)
        self._arrange()

    @property
    def marked(self) -> frozenset[int]:
        """The ids of marked deals."""
        return self._marked

    @property
    def most_lines(self) -> int:
        """The largest density: there are no more lines than somebody has chosen."""
        return len(self.card_lines) or DENSITIES[-1]

    def mark(self, deal_ids: Iterable[int], anchor: int | None = None) -> None:
        """Mark exactly these deals; `anchor` is the one at which a range began."""
        self._marked, self._anchor = frozenset(deal_ids), anchor
        self._arrange()

    # The cursor

    @property
    def stage_id(self) -> int | None:
        """The stage the cursor is in."""
        return self._state.stage_id

    @property
    def place(self) -> int:
        """The place of the cursor in its stage, from 0; -1 on the head."""
        return self._state.index

    @property
    def selected(self) -> Card | None:
        """The card under the cursor; None on an empty stage, and while the row is not loaded."""
        return self._state.selected

    def move_cursor(self, dx: int, dy: int) -> None:
        """Go by stages and cards. Sideways the cursor keeps its row on the screen."""
        if not self._state.heads:
            return
        target = min(max(self._state.stage_index + dx, 0), len(self._state.heads) - 1)
        if target != self._state.stage_index:
            top = self._columns[target].top
            row = self._row()
            self._place(target, HEADER if self._state.is_folded(target) else max(0, top + row + dy))
        elif dy and not self.is_on_folded:
            self._place(target, max(0, self._state.index + dy))

    def page(self, step: int) -> None:
        """Go by screens of cards."""
        if self._state.heads:
            self.move_cursor(0, step * self._capacity)

    def first(self) -> None:
        """Go to the first card of the stage."""
        if self._state.heads and not self.is_on_folded:
            self._place(self._state.stage_index, 0)

    def last(self) -> None:
        """Go to the last card of the stage."""
        if self._state.heads and not self.is_on_folded:
            self._place(self._state.stage_index, self._state.count(self._state.stage_index) - 1)

    def jump_to_stage(self, number: int) -> None:
        """Go to a stage by its number, from 1; a number without a stage does nothing."""
        if 1 <= number <= len(self._state.heads):
            self.move_cursor(number - 1 - self._state.stage_index, 0)

    def select(self, deal_id: int) -> bool:
        """Put the cursor on a deal wherever it stands; one that is not here yet gets it when it comes."""
        found = self._state.find(deal_id)
        if found is None:
            self._state.want(deal_id)
            return False
        self._place(*found, deal_id=deal_id)
        return True

    def open_selected(self) -> None:
        """Tell that the card under the cursor was opened."""
        if card := self.selected:
            self.post_message(self.CardSelected(card))

    @property
    def is_on_folded(self) -> bool:
        """Whether the cursor is in a slim column."""
        return bool(self._state.heads) and self._state.is_folded(self._state.stage_index)

    def to_head(self) -> None:
        """Put the cursor on the stage itself, on no card."""
        if self._state.heads:
            self._place(self._state.stage_index, HEADER)

    @property
    def _capacity(self) -> int:
        """How many cards a stage shows. One that has just come into sight has no height yet; they are all of one."""
        return max((column.capacity for column in self._columns if column.size.height), default=1)

    def _top(self) -> int:
        """The first card on the screen in the stage of the cursor."""
        return self._columns[self._state.stage_index].top if self._columns else 0

    def _row(self) -> int:
        """The row of the cursor on the screen, in cards; the nearest one where the wheel moved it out.

        A folded or empty stage has no rows: the cursor passes through it and comes out on its old one.
        """
        if self._columns and self._state.index >= 0 and not self.is_on_folded:
            self._kept_row = min(max(0, self._state.index - self._top()), self._capacity - 1)
        return self._kept_row

    def _place(self, stage_index: int, index: int, deal_id: int | None = None) -> None:
        """Move the cursor; two cards are painted, unless something has to scroll.

        `deal_id` is the deal at that place where it is known before its row is loaded.
        """
        old = self._state.stage_index
        self._state.put(stage_index, index, deal_id)
        layout = self._lay_out()
        if layout != self._layout_now:
            self._arrange()
            return
        if old != stage_index:
            self._columns[old].set_cursor(None)
        self._columns[stage_index].set_cursor(self._state.index)
        self._settle()

    # The columns

    def _mount_columns(self) -> None:
        """One widget per stage; those of a pipeline with more stages stay, hidden, for the next one."""
        missing = len(self._state.heads) - len(self._columns)
        if missing > 0:
            new = [StageColumn() for _ in range(missing)]
            self._columns.extend(new)
            if self._stages is not None:
                self._stages.mount(*new)

    def _lay_out(self) -> BoardLayout:
        """The layout for the present size and cursor."""
        folded = [head.is_folded for head in self._state.heads]
        return lay_out(self._room, folded, self._state.stage_index, self._layout_now.first)

    @property
    def _room(self) -> int:
        """The cells for the stages. Before the first layout those of the screen: then the first paint shows cards."""
        return self.size.width or self.app.size.width

    def _arrange(self, tops: dict[int, int] | None = None, *, is_followed: bool = True) -> None:
        """Give every visible column its place, width and value; `tops` are new scroll positions.

        `is_followed` brings the cursor into view.
        """
        old, layout = self._layout_now, self._lay_out()
        self._layout_now = layout
        palette = palette_of(self.app)
        visible = range(layout.first, min(layout.first + layout.shown, len(self._state.heads)))
        for place, column in enumerate(self._columns):
            is_shown = place in visible
            if column.display != is_shown:
                column.display = is_shown
            if not is_shown:
                column.set_cursor(None)
                continue
            width = layout.widths[place - layout.first]
            if column.styles.width is None or column.styles.width.value != width:
                column.styles.width = width
            cursor = self._state.index if place == self._state.stage_index else None
            top = (tops or {}).get(place, column.top)
            column.show(self._view(place, palette), top=top, cursor=cursor, is_followed=is_followed)
        self._settle()
        if layout != old:
            # Sizes and places of the columns are known only after Textual has laid them out.
            self.call_after_refresh(self._settle)

    def _view(self, place: int, palette: Palette) -> ColumnView:
        """What the column at a place shows."""
        return column_view(
            self._state,
            place,
            self._layout_now,
            density=self._density,
            marked=self._marked,
            anchor=self._anchor,
            lines=self.card_lines,
            palette=palette,
            glyphs=self.glyphs,
        )

    def _visible_columns(self) -> list[StageColumn]:
        """The columns on the screen, from left to right."""
        first, shown = self._layout_now.first, self._layout_now.shown
        return self._columns[first : first + shown]

    def _settle(self) -> None:
        """After any change: ask for missing rows, tell the cursor's card, keep marks and terminal cursor."""
        for column in self._visible_columns():
            self._ask_for_rows(column)
        card = self.selected
        if card is not None:
            self._state.deal_id = card.id
        if self.stage_id is not None and self._told != (self.stage_id, card):
            self._told = (self.stage_id, card)
            self.post_message(self.CardHighlighted(card, self.stage_id))
        position = position_of(self._state, self._layout_now, self._visible_columns())
        for line in self.query_children(PositionLine):
            line.show(position)
        self._place_terminal_cursor()

    def windows(self) -> dict[int, tuple[int, int]]:
        """First (inclusive) and last (exclusive) place of what each stage on the screen shows, a screen more at
        either end."""
        return {
            column.stage_id: (max(0, column.top - column.capacity), column.top + 2 * column.capacity)
            for column in self._visible_columns()
            if column.view is not None and not column.is_folded
        }

    def _ask_for_rows(self, column: StageColumn) -> None:
        """Ask once for the cards a column shows and does not have, a screen before and after included."""
        if self._state.source is None or not column.size.height or column.is_folded:
            return
        found = missing_window(self._state.source, column.stage_id, column.top, column.capacity)
        if found is None:
            return
        first_missing, last_missing, first, last = found
        asked = self._asked.get(column.stage_id, (0, 0))
        if asked[0] <= first_missing and last_missing < asked[1]:
            return
        self._asked[column.stage_id] = (first, last)
        self.post_message(self.WindowNeeded(column.stage_id, first, last))

    def _place_terminal_cursor(self) -> None:
        """Keep the terminal's cursor on the selected card, for screen readers and magnifiers."""
        if not self.has_focus or not self._state.heads:
            return
        column = self._columns[self._state.stage_index]
        region = column.region_of(self._state.index)
        if region:
            offset = column.region.offset + region.offset
            self.app.cursor_position = Offset(offset.x + 1, offset.y)

    # What happens to it

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> "Board":
        """Without a new layout there is nothing to paint: the children paint themselves.

        Textual refreshes a widget whenever it gets or loses the focus; for the board that would be the
        whole screen (53 kB on the wire at 200x50).
        """
        if not layout and not recompose and self.is_mounted and self._state.heads:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def on_resize(self, _event: events.Resize) -> None:
        if self._lay_out() != self._layout_now:
            self._arrange()
        self.call_after_refresh(self._settle)

    def on_focus(self) -> None:
        self._place_terminal_cursor()

    def _theme_changed(self, _theme: Theme) -> None:
        self._arrange()

    def on_stage_column_pressed(self, message: StageColumn.Pressed) -> None:
        message.stop()
        self.focus()
        self._place(self._columns.index(message.column), message.index)
        if message.is_double and message.column.is_folded:
            self.post_message(self.Unfolded(message.column.stage_id))
        elif message.is_double:
            self.open_selected()

    def on_stage_column_scrolled(self, message: StageColumn.Scrolled) -> None:
        message.stop()
        self._settle()
