"""What the list shows and how it is read: the order of all rows, a window of cards, the side pane, the words below."""

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
from pipeboard.domain.errors import NotFound
from pipeboard.domain.list_order import ListOrder
from pipeboard.services.deal_table import TableContent, TableView
from pipeboard.tui.actions import ANYWHERE, LIST, key_words
from pipeboard.tui.board_source import BoardSource
from pipeboard.tui.messages import Stale
from pipeboard.tui.switching import Switching
from pipeboard.tui.text.bars import FootLine, KeyHint
from pipeboard.tui.text.headline import board_headline
from pipeboard.tui.text.table_totals import totals_line
from pipeboard.tui.widgets.deal_table import DealTable, TableValue
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


class ListOnShow(Switching, Screen[None]):
    """The reading half of the list's screen.

    What it is filtered by and the deal under its cursor are handed to the board when it closes.
    """

    # A change of the focus repaints the whole screen otherwise.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

        def action_open_deal(self) -> None: ...

        def _paint_marks(self) -> None: ...

    def __init__(self, overview: Overview, filter_text: str = "", deal_id: int | None = None) -> None:
        super().__init__()
        self.overview = overview
        self.table = DealTable(id="table")
        self._pipeline_id = overview.pipeline.id
        self._filter_text = filter_text
        self._wanted_deal = deal_id
        self._order = ListOrder()
        self._content: TableContent | None = None
        self._view: TableView | None = None
        self._cards = BoardSource()
        self._marked_cards: dict[int, Card] = {}
        self._foot = FootLine()
        self._is_empty = False

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
            board.go_on_with(self._pipeline_id, self._filter_text, self.table.deal_id)

    def on_resize(self, event: events.Resize) -> None:
        for pane in self.query(SidePane):
            pane.display = pane.display and event.size.width >= PANE_NEEDS

    def _run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        self.app.run_guarded(work, group)

    # -- what is on show ----------------------------------------------------------------------------

    async def reload(self) -> None:
        """Read everything again. An answer that a newer key has overtaken is dropped; another one follows it."""
        app, text, order, pipeline_id = self.app, self._filter_text, self._order, self._pipeline_id
        generation = app.runner.generation
        content = await app.read("table", lambda: app.workspace.table.content(pipeline_id, text, order))
        view = await app.read("table-view", lambda: content.view(text))
        marked = tuple(self._marked_cards)
        cards = await app.read("marked", lambda: app.workspace.board.cards(marked)) if marked else []
        if app.runner.pending_writes or app.runner.generation != generation:
            return
        if (text, order, pipeline_id) != (self._filter_text, self._order, self._pipeline_id):
            return
        self._content, self.overview = content, content.overview
        self._marked_cards = {card.id: card for card in cards if card.id in self._marked_cards}
        self._cards.forget_all()
        await self._take(view)

    async def _switch(self, pipeline_id: int) -> None:
        """Show the deals of another pipeline, all of them and unmarked."""
        self._pipeline_id, self._filter_text, self._wanted_deal = pipeline_id, "", None
        self._marked_cards = {}
        self._paint_marks()
        await self.reload()
        self.table.first()

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
        self._paint_marks()
        text = view.text + (" (similar)" if view.is_fuzzy else "")
        totals = {**{s.id: overview.totals[s.id]._replace(count=0) for s in overview.stages}, **view.totals}
        self.query_one(TopBar).show(board_headline(overview, totals, text))
        line = totals_line(overview, view.totals, len(view.ids), view.count_of_all, self._order)
        self.query_one(TableFoot).show(line)
        if not view.ids or self._is_empty:
            from pipeboard.tui.emptiness import show_empty

            show_empty(self, self.app, is_empty=not view.ids, filter_text=view.text, top=2)
        self._is_empty = not view.ids
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

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer."""
        hints = [a for a in self.app.actions if a.hint and (LIST in a.contexts or ANYWHERE in a.contexts)]
        keys = tuple(
            KeyHint(key_words(a.keys.split(",")[0]), "back" if a.id == "app.back" else a.hint, a.priority)
            for a in hints
        )
        self._foot = FootLine(words, tone, KeyHint("u", "undo") if is_undoable else None, keys)
        self.query_one(FootBar).show(self._foot)
