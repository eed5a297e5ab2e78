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
from pipeboard.domain.text import initials
from pipeboard.tui.text.board_layout import MARGIN, BoardLayout, heads, lay_out
from pipeboard.tui.text.cards import DEFAULT_DENSITY, DENSITIES, CardContext
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.position import Overflow, Position
from pipeboard.tui.text.stage_header import StageHead
from pipeboard.tui.theme import palette_of
from pipeboard.tui.widgets.card_source import CardSource, find_deal, missing_window
from pipeboard.tui.widgets.position_line import PositionLine
from pipeboard.tui.widgets.stage_column import HEADER, ColumnView, StageColumn


class Board(Widget, can_focus=True):
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

    class CardDropped(Message):
        """A card was dragged to another stage."""

        def __init__(self, deal_id: int, stage_id: int) -> None:
            super().__init__()
            self.deal_id = deal_id
            self.stage_id = stage_id

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:
        super().__init__(id=id)
        self.glyphs = glyphs
        self._overview: Overview | None = None
        self._source: CardSource | None = None
        self._heads: tuple[StageHead, ...] = ()
        self._clogged: frozenset[int] = frozenset()
        self._columns: list[StageColumn] = []
        self._layout_now = BoardLayout(0, 0, 0)
        self._density = DEFAULT_DENSITY
        self._marked: frozenset[int] = frozenset()
        self._stage_index = 0
        self._index = HEADER
        self._deal_id: int | None = None
        self._wanted: int | None = None
        self._told: tuple[int, Card | None] | None = None
        self._asked: dict[int, tuple[int, int]] = {}

    def compose(self) -> ComposeResult:
        yield Horizontal(id="stages")
        yield PositionLine(glyphs=self.glyphs, id="position")

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    # What is on show

    def show(self, overview: Overview, source: CardSource, *, clogged: frozenset[int] = frozenset()) -> None:
        """Take new values; the cursor stays on its deal, and its card on its row where that is possible.

        `clogged` are the ids of stages that hold deals longest.
        """
        kept, row = self.stage_id, self._index - self._top()
        is_followed = not self._columns or 0 <= row < self._columns[self._stage_index].capacity
        self._overview, self._source, self._clogged = overview, source, clogged
        self._asked.clear()
        self._make_heads()
        self._find_cursor(kept)
        is_same = self.stage_id == kept and self._index >= 0
        tops = {self._stage_index: self._index - row} if is_same and is_followed else {}
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
        self._density = min(max(lines, DENSITIES[0]), DENSITIES[-1])
        self._arrange()

    @property
    def marked(self) -> frozenset[int]:
        """The ids of marked deals."""
        return self._marked

    @marked.setter
    def marked(self, deal_ids: Iterable[int]) -> None:
        self._marked = frozenset(deal_ids)
        self._arrange()

    # The cursor

    @property
    def stage_id(self) -> int | None:
        """The stage the cursor is in."""
        return self._heads[self._stage_index].stage.id if self._heads else None

    @property
    def selected(self) -> Card | None:
        """The card under the cursor; None on an empty stage, and while the row is not loaded."""
        if self._source is None or self.stage_id is None or self._index < 0:
            return None
        return self._source.card(self.stage_id, self._index)

    def move_cursor(self, dx: int, dy: int) -> None:
        """Go by stages and cards. Sideways the cursor keeps its row on the screen."""
        if not self._heads:
            return
        target = min(max(self._stage_index + dx, 0), len(self._heads) - 1)
        if target != self._stage_index:
            top = self._columns[target].top
            self._place(target, max(0, top + self._row() + dy))
        elif dy:
            self._place(target, max(0, self._index + dy))

    def page(self, step: int) -> None:
        """Go by screens of cards."""
        if self._heads:
            self.move_cursor(0, step * self._columns[self._stage_index].capacity)

    def first(self) -> None:
        """Go to the first card of the stage."""
        if self._heads:
            self._place(self._stage_index, 0)

    def last(self) -> None:
        """Go to the last card of the stage."""
        if self._heads:
            self._place(self._stage_index, self._count(self._stage_index) - 1)

    def jump_to_stage(self, number: int) -> None:
        """Go to a stage by its number, from 1; a number without a stage does nothing."""
        if 1 <= number <= len(self._heads):
            self.move_cursor(number - 1 - self._stage_index, 0)

    def select(self, deal_id: int) -> bool:
        """Put the cursor on a deal wherever it stands; one that is not here yet gets it when it comes."""
        found = self._find(deal_id)
        if found is None:
            self._wanted = deal_id
            return False
        self._place(*found, deal_id=deal_id)
        return True

    def open_selected(self) -> None:
        """Tell that the card under the cursor was opened."""
        if card := self.selected:
            self.post_message(self.CardSelected(card))

    def _top(self) -> int:
        """The first card on the screen in the stage of the cursor."""
        return self._columns[self._stage_index].top if self._columns else 0

    def _row(self) -> int:
        """The row of the cursor on the screen, in cards; the nearest one where the wheel moved it out."""
        if not self._columns:
            return 0
        return min(max(0, self._index - self._top()), self._columns[self._stage_index].capacity - 1)

    def _count(self, place: int) -> int:
        """Cards of the stage at a place of the board."""
        return self._source.count(self._heads[place].stage.id) if self._source else 0

    def _find(self, deal_id: int) -> tuple[int, int] | None:
        """Place of the stage and of the card of a deal; the stage of the cursor is asked first."""
        if self._source is None:
            return None
        ids = [head.stage.id for head in self._heads]
        order = sorted(ids, key=lambda stage_id: stage_id != self.stage_id)
        found = find_deal(self._source, order, deal_id)
        return (ids.index(found[0]), found[1]) if found else None

    def _find_cursor(self, kept_stage: int | None) -> None:
        """Put the cursor where its deal is now; where it is gone, to the same place of the same stage."""
        ids = [head.stage.id for head in self._heads]
        self._stage_index = ids.index(kept_stage) if kept_stage in ids else 0
        for deal_id in (self._wanted, self._deal_id):
            found = self._find(deal_id) if deal_id is not None else None
            if found is not None:
                if deal_id == self._wanted:
                    self._wanted = None
                self._stage_index, self._index = found
                return
        if kept_stage not in ids:
            self._index = 0
        if self._heads:
            self._index = min(max(self._index, 0), self._count(self._stage_index) - 1)

    def _place(self, stage_index: int, index: int, deal_id: int | None = None) -> None:
        """Move the cursor; two cards are painted, unless something has to scroll.

        `deal_id` is the deal at that place where it is known before its row is loaded.
        """
        old = self._stage_index
        self._wanted = None
        self._index = min(index, self._count(stage_index) - 1)
        self._stage_index = stage_index
        card = self.selected
        self._deal_id = card.id if card else deal_id
        layout = self._lay_out()
        if layout != self._layout_now:
            self._arrange()
            return
        if old != stage_index:
            self._columns[old].set_cursor(None)
        self._columns[stage_index].set_cursor(self._index)
        self._settle()

    # The columns

    def _make_heads(self) -> None:
        """The heads of the stages out of the values on show."""
        if self._overview is None or self._source is None:
            return
        shown = {stage.id: self._source.count(stage.id) for stage in self._overview.stages}
        self._heads = heads(self._overview, shown, self._clogged)
        missing = len(self._heads) - len(self._columns)
        if missing > 0:
            new = [StageColumn() for _ in range(missing)]
            self._columns.extend(new)
            self.query_one("#stages").mount(*new)

    def _lay_out(self) -> BoardLayout:
        """The layout for the present size and cursor."""
        return lay_out(self.size.width, len(self._heads), self._stage_index, self._layout_now.first)

    def _arrange(self, tops: dict[int, int] | None = None, *, is_followed: bool = True) -> None:
        """Give every visible column its place, width and value; `tops` are new scroll positions.

        `is_followed` brings the cursor into view.
        """
        if not self._heads or not self.size.width:
            return
        old, layout = self._layout_now, self._lay_out()
        self._layout_now = layout
        visible = range(layout.first, layout.first + layout.shown)
        for place, column in enumerate(self._columns):
            is_shown = place in visible
            if column.display != is_shown:
                column.display = is_shown
            if not is_shown:
                column.set_cursor(None)
                continue
            if column.styles.width is None or column.styles.width.value != layout.column_width:
                column.styles.width = layout.column_width
            cursor = self._index if place == self._stage_index else None
            top = (tops or {}).get(place, column.top)
            column.show(self._view(place), top=top, cursor=cursor, is_followed=is_followed)
        self._settle()
        if layout != old:
            # Sizes and places of the columns are known only after Textual has laid them out.
            self.call_after_refresh(self._settle)

    def _view(self, place: int) -> ColumnView:
        """What the column at a place shows."""
        assert self._overview is not None
        assert self._source is not None
        layout, overview = self._layout_now, self._overview
        several = overview.owners if len(overview.owners) > 1 else ()
        owners = {owner.id: initials(owner.name) for owner in several}
        context = CardContext(
            width=layout.column_width - 1,
            density=self._density,
            today=overview.today,
            stage=self._heads[place].stage,
            currency=overview.workspace.currency,
            owners=owners,
            palette=palette_of(self.app),
            glyphs=self.glyphs,
        )
        is_last = place == layout.first + layout.shown - 1
        return ColumnView(self._heads[place], self._source, context, self._marked, is_last)

    def _visible_columns(self) -> list[StageColumn]:
        """The columns on the screen, from left to right."""
        first, shown, _ = self._layout_now
        return self._columns[first : first + shown]

    def _settle(self) -> None:
        """After any change: ask for missing rows, tell the cursor's card, keep marks and terminal cursor."""
        for column in self._visible_columns():
            self._ask_for_rows(column)
        card = self.selected
        if card is not None:
            self._deal_id = card.id
        if self.stage_id is not None and self._told != (self.stage_id, card):
            self._told = (self.stage_id, card)
            self.post_message(self.CardHighlighted(card, self.stage_id))
        self._show_position()
        self._place_terminal_cursor()

    def _ask_for_rows(self, column: StageColumn) -> None:
        """Ask once for the cards a column shows and does not have, a screen before and after included."""
        if self._source is None or not column.size.height:
            return
        found = missing_window(self._source, column.stage_id, column.top, column.capacity)
        if found is None:
            return
        first_missing, last_missing, first, last = found
        asked = self._asked.get(column.stage_id, (0, 0))
        if asked[0] <= first_missing and last_missing < asked[1]:
            return
        self._asked[column.stage_id] = (first, last)
        self.post_message(self.WindowNeeded(column.stage_id, first, last))

    def _show_position(self) -> None:
        """Tell the line below the stages what is out of sight."""
        first, shown, width = self._layout_now
        columns = self._visible_columns()
        overflows = tuple(
            Overflow(MARGIN + 1 + place * width, width - 3, column.top, column.below)
            for place, column in enumerate(columns)
            if column.size.height
        )
        names = tuple(head.stage.name for head in self._heads)
        position = Position(overflows, names, first, shown)
        for line in self.query_children(PositionLine):
            line.show(position)

    def _place_terminal_cursor(self) -> None:
        """Keep the terminal's cursor on the selected card, for screen readers and magnifiers."""
        if not self.has_focus or not self._heads:
            return
        column = self._columns[self._stage_index]
        region = column.card_region(self._index) if self._index >= 0 else Region(0, 1, 1, 1)
        if region:
            offset = column.region.offset + region.offset
            self.app.cursor_position = Offset(offset.x + 1, offset.y)

    # What happens to it

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> "Board":
        """Without a new layout there is nothing to paint: the children paint themselves.

        Textual refreshes a widget whenever it gets or loses the focus; for the board that would be the
        whole screen (53 kB on the wire at 200x50).
        """
        if not layout and not recompose and self.is_mounted and self._heads:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def on_resize(self, _event: events.Resize) -> None:
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
        if message.is_double:
            self.open_selected()

    def on_stage_column_scrolled(self, message: StageColumn.Scrolled) -> None:
        message.stop()
        self._settle()

    def on_stage_column_dragged(self, message: StageColumn.Dragged) -> None:
        message.stop()
        target = self._column_at(message.screen_x)
        for column in self._visible_columns():
            column.set_target(column is target)

    def on_stage_column_dropped(self, message: StageColumn.Dropped) -> None:
        message.stop()
        target = self._column_at(message.screen_x)
        for column in self._visible_columns():
            column.set_target(False)
        if target is not None and self._find_stage_of(message.deal_id) != target.stage_id:
            self.post_message(self.CardDropped(message.deal_id, target.stage_id))

    def _column_at(self, screen_x: int) -> StageColumn | None:
        """The visible column under a cell of the screen."""
        columns = self._visible_columns()
        return next((c for c in columns if c.region.x <= screen_x < c.region.right), None)

    def _find_stage_of(self, deal_id: int) -> int | None:
        """The stage a deal stands in now."""
        found = self._find(deal_id)
        return self._heads[found[0]].stage.id if found else None
