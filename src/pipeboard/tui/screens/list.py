"""The list: the deals of the board as a table, under the same filter and with the same keys."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual import on

from pipeboard.domain.board import Card
from pipeboard.domain.list_order import ListOrder, SortColumn
from pipeboard.domain.stage import Stage
from pipeboard.tui.actions import LIST
from pipeboard.tui.deal_actions import DealActions
from pipeboard.tui.filter_line import open_filter_line
from pipeboard.tui.filter_menu import FilterMenu
from pipeboard.tui.filtering import FilterChanged, FilterClosed, FilterOpened, filter_echo
from pipeboard.tui.list_on_show import ListOnShow
from pipeboard.tui.marking import Marking
from pipeboard.tui.messages import CommandDone
from pipeboard.tui.taking_out import TakingOut
from pipeboard.tui.targets import Target, target_of_card
from pipeboard.tui.widgets.deal_table import DealTable
from pipeboard.tui.widgets.filter_bar import FilterBar

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


class ListScreen(Marking, DealActions, TakingOut, FilterMenu, ListOnShow):
    """Every deal of the pipeline in one table, sorted by any column."""

    CONTEXT = LIST
    CSS_PATH = "list.tcss"
    AUTO_FOCUS = "#table"

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    # -- what the actions on deals need ---------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        if self._marked_cards:
            return self.marked_targets(self.table.ids)
        card = self.table.selected
        return (target_of_card(card),) if card else ()

    def stages(self) -> tuple[Stage, ...]:
        return self.overview.stages

    def show_moved(self, targets: tuple[Target, ...], stage_id: int) -> None:
        cards = [card for target in targets if (card := self._cards.get(target.id)) is not None]
        if any(stage.id == stage_id for stage in self.overview.stages):
            self._edit_cards((card.id for card in cards), stage_id=stage_id)

    def show_edited(self, targets: tuple[Target, ...], **fields: Any) -> None:
        self._edit_cards((target.id for target in targets), **fields)

    def _edit_cards(self, deal_ids: Iterable[int], **fields: Any) -> None:
        """Show fields that a key has set; the next key is about the rows as they are now."""
        changed = tuple(deal_ids)
        self._cards.edit(changed, **fields)
        for deal_id in changed:
            if deal_id in self._marked_cards:
                self._marked_cards[deal_id] = self._marked_cards[deal_id]._replace(**fields)
        self.table.rows_loaded()

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        from pipeboard.domain.events import DealCreated

        message.stop()
        outcome = message.outcome
        if outcome.action_id is None:
            return
        marked = len(self._marked_cards)
        still = f" ({marked:,} marked, Esc clears)" if marked else ""
        self.tell(outcome.label + still, "won", is_undoable=not outcome.label.startswith("Undid"))
        for event in outcome.events:
            if isinstance(event, DealCreated):
                self._wanted_deal = event.deal_id

    # -- moving about -------------------------------------------------------------------------------

    def action_cursor(self, _dx: int, dy: int) -> None:
        """Up and down."""
        self.table.move(dy)
        self.cursor_moved()

    def action_page(self, step: int) -> None:
        """By screens."""
        self.table.page(step)
        self.cursor_moved()

    def action_first(self) -> None:
        """The first row."""
        self.table.first()
        self.cursor_moved()

    def action_last(self) -> None:
        """The last row."""
        self.table.last()
        self.cursor_moved()

    def action_open_deal(self) -> None:
        """Everything about the deal of the row."""
        if self.table.deal_id is not None:
            self.app.open_deal(self.table.deal_id, self._neighbour, self._came_back)

    @on(DealTable.RowSelected)
    def _row_selected(self, message: DealTable.RowSelected) -> None:
        message.stop()
        self.action_open_deal()

    def _neighbour(self, deal_id: int, step: int) -> int | None:
        """The deal of the row so many further on."""
        place = self.table.place_of(deal_id)
        if place is None or not 0 <= place + step < len(self.table.ids):
            return None
        return self.table.ids[place + step]

    def _came_back(self, deal_id: int | None) -> None:
        if deal_id is not None:
            self.table.select(deal_id)

    def action_add_deal(self) -> None:
        """Add a deal in one line; the cursor goes to it."""
        from pipeboard.tui.adding import ask_new_deal

        ask_new_deal(self, None, self.app.submit_and_wait)

    def go_to_deal(self, deal_id: object) -> None:
        """Put the cursor on a deal; one that is not in the list opens by itself."""
        if not isinstance(deal_id, int):
            return
        if self.table.place_of(deal_id) is not None:
            self.table.select(deal_id)
        else:
            self.app.open_deal(deal_id, self._neighbour, lambda _: None)

    # -- marks ----------------------------------------------------------------------------------------

    def card_here(self) -> Card | None:
        return self.table.selected

    def home_here(self) -> int:
        return 0

    def place_here(self) -> int:
        return self.table.place

    def known_order(self, _home: int, _places: int) -> Sequence[int] | None:
        return self.table.ids

    async def read_order(self, _home: int) -> None:
        """Nothing to do: the order of all rows is known."""

    async def read_here(self) -> None:
        rows, place = self.table.window.rows, self.table.place
        near = self.table.ids[max(0, place - rows) : place + rows]
        wanted = tuple(i for i in near if self._cards.get(i) is None)
        self._cards.put_cards(await self.app.read("here", lambda: self.app.workspace.board.cards(wanted)))
        self.table.rows_loaded()

    def loaded(self, deal_id: int) -> Card | None:
        return self._cards.get(deal_id)

    def paint_marks(self, marked: frozenset[int], anchor: int | None) -> None:
        self.table.mark(marked, anchor)

    def _paint_marks(self) -> None:
        self.table.mark(self._marked_cards, self._anchor.deal_id if self._anchor else None)

    def action_clear(self) -> None:
        """Clear the marks, then the filter, then go back."""
        if self.clear_marks():
            return
        if self._filter_text:
            self.action_clear_filter()
        else:
            self.dismiss(None)

    # -- filter and order -----------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Type words and terms; the rows follow."""
        open_filter_line(self.app, self, self._filter_text, filter_echo(self.app))

    @on(FilterOpened)
    def _filter_opened(self, message: FilterOpened) -> None:
        message.stop()
        self.app.keys_taken_by(self.query_one(FilterBar))

    @on(FilterChanged)
    def _filter_changed(self, message: FilterChanged) -> None:
        message.stop()
        self._run(self._filter(message.text.strip()), "filter")

    @on(FilterClosed)
    def _filter_closed(self, message: FilterClosed) -> None:
        message.stop()
        if not message.is_kept:
            self.action_clear_filter()
        self.table.focus()

    def action_clear_filter(self) -> None:
        """Show all deals again."""
        if self._filter_text:
            self._run(self._filter(""), "filter")
        else:
            self.tell("No filter is set", "muted")

    @property
    def filter_text(self) -> str:
        return self._filter_text

    def take_filter(self, text: str) -> None:
        self._run(self._filter(text), "filter")

    @property
    def sort_kept(self) -> str:
        from pipeboard.domain.saved_views import sort_text

        return sort_text(self._order)

    def take_sort(self, text: str) -> None:
        from pipeboard.domain.saved_views import sort_of

        if (order := sort_of(text)) is not None:
            self._sort(order)

    async def _filter(self, text: str) -> None:
        """Narrow what was read, or read what the filter asks for."""
        self._filter_text = text
        content = self._content
        if content is None or not content.answers(text):
            await self.reload()
        else:
            view = await self.app.read("table-view", lambda: content.view(text))
            if self._filter_text != text:
                return
            await self._take(view)
        if self._view is not None and self._view.is_fuzzy:
            for bar in self.query(FilterBar):
                bar.tell_similar()

    def action_sort(self) -> None:
        """Choose the column; the present one turns round."""
        from pipeboard.domain.list_order import SORT_COLUMNS
        from pipeboard.tui.sorting import ask_order

        ask_order(self.app, SORT_COLUMNS, self._order, self._sort_by)

    @on(DealTable.HeadPressed)
    def _head_pressed(self, message: DealTable.HeadPressed) -> None:
        from pipeboard.domain.list_order import SORT_COLUMNS

        message.stop()
        self._sort_by(next(column for column in SORT_COLUMNS if column.name == message.column))

    def _sort_by(self, column: SortColumn) -> None:
        is_same = column.name == self._order.column
        self._sort(ListOrder(column.name, not self._order.is_descending if is_same else column.is_descending))

    def _sort(self, order: ListOrder) -> None:
        self._order = order
        self._run(self.reload(), "reload")
