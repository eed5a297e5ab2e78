"""The list: the deals of the board as a table, under the same filter and with the same keys."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pipeboard.domain.board import Card, Overview
from pipeboard.domain.errors import NotFound, PipeboardError
from pipeboard.domain.list_order import ListOrder
from pipeboard.domain.stage import Stage
from pipeboard.services.deal_table import TableContent, TableView
from pipeboard.tui.actions import LIST
from pipeboard.tui.board_source import BoardSource
from pipeboard.tui.deal_actions import DealActions
from pipeboard.tui.filtering import FilterChanged, FilterClosed, FilterOpened, filter_echo
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.runner import Superseded
from pipeboard.tui.targets import Target, target_of_card
from pipeboard.tui.text.bars import FootLine, KeyHint
from pipeboard.tui.text.headline import board_headline
from pipeboard.tui.text.table_totals import totals_line
from pipeboard.tui.widgets.deal_table import DealTable, TableValue
from pipeboard.tui.widgets.filter_bar import FilterBar
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.side_pane import SidePane
from pipeboard.tui.widgets.table_foot import TableFoot
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

PANE_NEEDS = 130
"""Columns of the terminal below which the side pane takes the screen of its own (Enter)."""


_NOTHING_FITS = "No deal fits the filter: Esc shows all"
_NOTHING_YET = "No deals yet: n adds one"


class ListScreen(DealActions, Screen[None]):
    """Every deal of the pipeline in one table, sorted by any column.

    What it is filtered by and the deal under its cursor are handed to the board when it closes.
    """

    CONTEXT = LIST
    CSS_PATH = "list.tcss"
    AUTO_FOCUS = "#table"
    # A change of the focus repaints the whole screen otherwise.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(self, overview: Overview, filter_text: str = "", deal_id: int | None = None) -> None:
        super().__init__()
        self.overview = overview
        self.table = DealTable(id="table")
        self._filter_text = filter_text
        self._wanted_deal = deal_id
        self._order = ListOrder()
        self._content: TableContent | None = None
        self._view: TableView | None = None
        self._cards = BoardSource()
        self._marked: dict[int, Target] = {}
        self._foot = FootLine()

    # -- layout -------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The header, the table with the pane beside it, the totals, the footer."""
        glyphs = self.table.glyphs = self.app.glyphs
        yield TopBar(glyphs=glyphs, id="top")
        with Horizontal(id="middle"):
            yield self.table
        yield TableFoot(glyphs=glyphs, id="totals")
        yield FootBar(glyphs=glyphs, id="foot")

    def on_mount(self) -> None:
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(LIST))])
        self.query_one(TopBar).show(board_headline(self.overview, self.overview.totals, self._filter_text))
        self.tell("")
        self._run(self.reload(), "reload")

    def on_unmount(self) -> None:
        """The board goes on under the same filter, on the same deal."""
        if self.app.is_running and len(self.app.screen_stack):
            board = self.app.board_screen()
            if board.overview.pipeline.id == self.overview.pipeline.id:
                board.take_filter(self._filter_text)
                if self.table.deal_id is not None:
                    board.board.select(self.table.deal_id)

    def on_resize(self, event: events.Resize) -> None:
        for pane in self.query(SidePane):
            pane.display = pane.display and event.size.width >= PANE_NEEDS

    def _run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        self.run_worker(self._guarded(work), group=group, exit_on_error=False)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Superseded:
            pass
        except PipeboardError as error:
            self.app.report(error)
        except Exception as error:
            self.app.report_unexpected(error)

    # -- what is on show ----------------------------------------------------------------------------

    async def reload(self) -> None:
        """Read everything again. An answer that a newer key has overtaken is dropped; another one follows it."""
        app, text, order, pipeline_id = self.app, self._filter_text, self._order, self.overview.pipeline.id
        generation = app.runner.generation
        content = await app.read("table", lambda: app.workspace.table.content(pipeline_id, text, order))
        view = await app.read("table-view", lambda: content.view(text))
        marked = tuple(self._marked)
        cards = await app.read("marked", lambda: app.workspace.board.cards(marked)) if marked else []
        if app.runner.pending_writes or app.runner.generation != generation:
            return
        if text != self._filter_text or order != self._order:
            return
        self._content, self.overview = content, content.overview
        self._marked = {card.id: target_of_card(card) for card in cards if card.id in self._marked}
        self._cards.forget_all()
        await self._take(view)

    async def _take(self, view: TableView) -> None:
        """Show rows; those that will be in sight are read before, so that nothing flickers."""
        app, table = self.app, self.table
        deal_id = self._wanted_deal if self._wanted_deal is not None else table.deal_id
        place = view.ids.index(deal_id) if deal_id is not None and deal_id in view.ids else 0
        rows = table.window.rows
        near = tuple(i for i in view.ids[max(0, place - rows) : place + rows] if self._cards.get(i) is None)
        if near:
            self._cards.put_cards(await app.read("rows", lambda: app.workspace.board.cards(near)))
        self._view = view
        self._paint()
        if self._wanted_deal is not None and table.select(self._wanted_deal):
            self._wanted_deal = None

    def _paint(self) -> None:
        view, overview = self._view, self.overview
        if view is None:
            return
        self.table.show(
            TableValue(
                view.ids,
                self._cards,
                self._order,
                overview.today,
                {stage.id: stage for stage in overview.stages},
                {owner.id: owner.name for owner in overview.owners},
                overview.workspace.currency,
            )
        )
        self.table.marked = self._marked
        text = view.text + (" (similar)" if view.is_fuzzy else "")
        totals = {**{s.id: overview.totals[s.id]._replace(count=0) for s in overview.stages}, **view.totals}
        self.query_one(TopBar).show(board_headline(overview, totals, text))
        line = totals_line(overview, view.totals, len(view.ids), view.count_of_all, self._order)
        self.query_one(TableFoot).show(line)
        if not view.ids:
            self.tell(_NOTHING_FITS if view.text else _NOTHING_YET, "accent")
        elif self._foot.happened in (_NOTHING_FITS, _NOTHING_YET):
            self.tell("")

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()
        self._run(self.reload(), "reload")

    @on(DealTable.WindowNeeded)
    def _window_needed(self, message: DealTable.WindowNeeded) -> None:
        message.stop()
        self._run(self._load(message.deal_ids), "rows")

    async def _load(self, deal_ids: tuple[int, ...]) -> None:
        app = self.app
        self._cards.put_cards(await app.read("rows", lambda: app.workspace.board.cards(deal_ids)))
        self.table.rows_loaded()

    # -- the side pane ------------------------------------------------------------------------------

    @on(DealTable.RowHighlighted)
    def _highlighted(self, message: DealTable.RowHighlighted) -> None:
        message.stop()
        self.query_one(TableFoot).show_place(message.place + 1)
        self._refresh_pane(message.card)

    def _refresh_pane(self, card: Card | None) -> None:
        for pane in self.query(SidePane):
            if pane.display and card is None:
                pane.show(None, self.app.local_now())
            elif pane.display and card is not None:
                self._run(self._load_pane(pane, card.id), "pane")

    async def _load_pane(self, pane: SidePane, deal_id: int) -> None:
        app = self.app
        try:
            detail = await app.read("pane", lambda: app.workspace.deals.detail(deal_id))
        except NotFound:
            return  # gone meanwhile; the reload that follows moves the cursor
        if self.table.deal_id == deal_id:
            pane.show(detail, app.local_now())

    def action_toggle_pane(self) -> None:
        """Show or hide the deal beside the rows."""
        panes = list(self.query(SidePane))
        if self.size.width < PANE_NEEDS:
            self.action_open_deal()
        elif panes:
            panes[0].display = not panes[0].display
            self._refresh_pane(self.table.selected)
        else:
            self.query_one("#middle").mount(SidePane(glyphs=self.app.glyphs, id="pane"))
            self.call_after_refresh(lambda: self._refresh_pane(self.table.selected))

    # -- what the actions on deals need ---------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        if self._marked and self._view is not None:
            return tuple(self._marked[deal_id] for deal_id in self._view.ids if deal_id in self._marked)
        card = self.table.selected
        return (target_of_card(card),) if card else ()

    def stages(self) -> tuple[Stage, ...]:
        return self.overview.stages

    def show_moved(self, targets: tuple[Target, ...], stage_id: int) -> None:
        cards = [card for target in targets if (card := self._cards.get(target.id)) is not None]
        if any(stage.id == stage_id for stage in self.overview.stages):
            self._cards.put_cards(card._replace(stage_id=stage_id) for card in cards)
            self.table.rows_loaded()

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        from pipeboard.domain.events import DealCreated

        message.stop()
        outcome = message.outcome
        if outcome.action_id is None:
            return
        is_retaken = outcome.label.startswith(("Undid", "Redid"))
        self.tell(outcome.label, "won", is_undoable=not outcome.label.startswith("Undid"))
        for event in outcome.events:
            if isinstance(event, DealCreated):
                self._wanted_deal = event.deal_id
        if self._marked and not is_retaken:
            self._mark({})

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer."""
        from pipeboard.tui.actions import key_words

        hints = [a for a in self.app.actions if a.hint and (LIST in a.contexts or a.priority == 0)]
        keys = tuple(
            KeyHint(key_words(a.keys.split(",")[0]), "back" if a.id == "app.back" else a.hint, a.priority)
            for a in hints
        )
        self._foot = FootLine(words, tone, KeyHint("u", "undo") if is_undoable else None, keys)
        self.query_one(FootBar).show(self._foot)

    # -- moving about -------------------------------------------------------------------------------

    def action_cursor(self, _dx: int, dy: int) -> None:
        """Up and down."""
        self.table.move(dy)

    def action_page(self, step: int) -> None:
        """By screens."""
        self.table.page(step)

    def action_first(self) -> None:
        """The first row."""
        self.table.first()

    def action_last(self) -> None:
        """The last row."""
        self.table.last()

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

        ask_new_deal(self, None, self.app.submit)

    def action_find_deal(self) -> None:
        """Go to a deal by a few letters."""
        self.app.run_question(self._find_deal())

    async def _find_deal(self) -> None:
        from pipeboard.tui.asking import find_dialog

        names = await self.app.read("names", self.app.workspace.deals.names)
        self.app.ask(find_dialog(names), lambda choice: self._go_to_deal(choice.value if choice else None))

    def _go_to_deal(self, deal_id: object) -> None:
        """Put the cursor on a deal; one that is not in the list opens by itself."""
        if not isinstance(deal_id, int):
            return
        if self.table.place_of(deal_id) is not None:
            self.table.select(deal_id)
        else:
            self.app.open_deal(deal_id, self._neighbour, lambda _: None)

    def action_go_to(self) -> None:
        """Then a letter."""
        self.app.ask_where_to(self.overview, first=self.action_first, open_deal=self._go_to_deal)

    # -- marks ----------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the row, or not, and go down."""
        card = self.table.selected
        if card is None:
            return
        if card.id in self._marked:
            self._mark({i: target for i, target in self._marked.items() if i != card.id})
        else:
            self._mark({**self._marked, card.id: target_of_card(card)})
        self.table.move(1)
        self._tell_marks()

    def action_mark_all(self) -> None:
        """Mark every row; those that are not loaded are read first."""
        self.app.run_question(self._mark_all())

    async def _mark_all(self) -> None:
        app, ids = self.app, tuple(self.table.ids)
        cards = await app.read("marked", lambda: app.workspace.board.cards(ids))
        self._mark({card.id: target_of_card(card) for card in cards})
        self._tell_marks()

    def _mark(self, targets: dict[int, Target]) -> None:
        self._marked = targets
        self.table.marked = frozenset(targets)

    def _tell_marks(self) -> None:
        count = len(self._marked)
        self.tell(f"{count:,} marked: every action takes them all, Esc clears" if count else "", "accent")

    def action_clear(self) -> None:
        """Clear the marks, then the filter, then go back."""
        if self._marked:
            self._mark({})
            self._tell_marks()
        elif self._filter_text:
            self.action_clear_filter()
        else:
            self.dismiss(None)

    # -- filter and order -----------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Type words and terms; the rows follow."""
        bars = self.query(FilterBar)
        bar = bars.first() if bars else FilterBar(self._filter_text, describe=filter_echo(self.app), id="filter")
        if bars:
            bar.open(self._filter_text)
        else:
            self.mount(bar, before="#foot")
        self.app.keep_keys_for(bar)

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
        from pipeboard.tui.dialogs.choose import Choice, Choose

        now = self._order

        def hint(name: str) -> str:
            return "" if name != now.column else "now, again turns it round"

        def answered(choice: Choice | None) -> None:
            column = next((c for c in SORT_COLUMNS if choice is not None and c.name == choice.value), None)
            if column is not None:
                is_same = column.name == now.column
                self._sort(ListOrder(column.name, not now.is_descending if is_same else column.is_descending))

        choices = [Choice(c.name, c.label, hint(c.name), str(n)) for n, c in enumerate(SORT_COLUMNS, 1)]
        self._ask(Choose("Sort by", choices, placeholder="column"), answered)

    def _sort(self, order: ListOrder) -> None:
        self._order = order
        self._run(self.reload(), "reload")

    # -- undo -----------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take back what was done last."""
        from pipeboard.domain.commands import Undo

        self.app.submit(Undo())

    def action_redo(self) -> None:
        """Do it again."""
        from pipeboard.domain.commands import Redo

        self.app.submit(Redo())
