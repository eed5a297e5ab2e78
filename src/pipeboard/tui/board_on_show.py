"""What the board shows and how it is read again: windows of cards, the side pane, the words in the footer."""

from collections.abc import Coroutine, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pipeboard.domain.board import Card, Overview
from pipeboard.domain.list_order import MANUAL, ListOrder
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.domain.text import printable
from pipeboard.services.board import BoardView
from pipeboard.services.searching import Filtered, SearchIndex
from pipeboard.tui.actions import ANYWHERE, BOARD
from pipeboard.tui.board_source import BoardSource
from pipeboard.tui.messages import Stale
from pipeboard.tui.runner import Superseded
from pipeboard.tui.stage_warnings import StageWarnings
from pipeboard.tui.switching import Switching
from pipeboard.tui.text.bars import FootLine, KeyHint
from pipeboard.tui.text.headline import board_headline, under_filter
from pipeboard.tui.widgets.board import Board
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.widgets.side_pane import SidePane

WINDOW = 24
"""Cards read of each stage at once."""

_EMPTY_TOP = 4
"""Rows from the top of the board at which an empty one says what to press: below the heads of the stages."""

PANE_NEEDS = 100
"""Columns of the terminal below which the side pane takes the screen of its own (Enter)."""


class BoardOnShow(Switching, Screen[None]):
    """The reading half of the board's screen. What a key did is shown at once and read again behind it."""

    # A change of the focus repaints the whole screen otherwise: 50 kB on the wire.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

        def action_open_deal(self) -> None: ...

    def __init__(self, view: BoardView) -> None:
        super().__init__()
        self.overview: Overview = view.overview
        self._view = view
        self._source = BoardSource()
        self._index: SearchIndex | None = None
        self._filtered: Filtered | None = None
        self._filter_text = ""
        self._foot = FootLine()
        self._is_empty = False
        self._wanted_deal: int | None = None
        self._pipeline_id = view.overview.pipeline.id
        self._order = view.order
        self._folds: dict[int, bool] = {}
        self._warnings = StageWarnings(self.app)
        self._warned = ""
        self._greeting = ""
        self._orders: dict[int, ListOrder] = {view.overview.pipeline.id: view.order}
        self._marked_cards: dict[int, Card] = {}
        self._pane: SidePane | None = None

    @property
    def board(self) -> Board:
        """The stages."""
        return self.query_one(Board)

    # -- what is on show ----------------------------------------------------------------------------

    def _take(self, view: BoardView, cards: Iterable[Card] = ()) -> None:
        """Show these values; `cards` are those on the screen that are not among the first of their stage."""
        self._view, self.overview = view, view.overview
        self._source.forget_all()
        if self._filtered is None:
            counts = {s: t.count for s, t in view.overview.totals.items()}
            self._source.show(counts, view.cards, view.orders)
        else:
            for first in view.cards.values():
                self._source.put_cards(first)
            self._source.show_ids(self._filtered.ids)
        self._source.put_cards(cards)
        self._marked_cards = {i: self._source.get(i) or card for i, card in self._marked_cards.items()}
        self._paint()

    def _paint(self) -> None:
        self._show_board()
        left = self.overview.totals if self._filtered is None else self._filtered.totals
        text = self._filter_text
        if self._filtered is not None and self._filtered.is_fuzzy:
            text += " (similar)"
        self.query_one(TopBar).show(board_headline(self.overview, left, text, self._order))
        self._show_emptiness(not any(totals.count for totals in left.values()))
        # Behind the paint: the target may need the wins of a whole year.
        self.call_after_refresh(self._ask_for_target)

    def _show_emptiness(self, is_empty: bool) -> None:
        """Say what to press where there is no deal at all."""
        if is_empty or self._is_empty:
            from pipeboard.tui.emptiness import show_empty

            show_empty(self, self.app, is_empty=is_empty, filter_text=self._filter_text, top=_EMPTY_TOP)
        self._is_empty = is_empty

    def _ask_for_target(self) -> None:
        self._run(self._show_target(), "target")

    async def _show_target(self) -> None:
        """How far the target of now is reached, in the header."""
        from pipeboard.tui.target_line import target_line

        workspace, pipeline_id = self.app.workspace, self._pipeline_id
        reached = await self.app.read("target", lambda: workspace.quotas.current(pipeline_id))
        self.query_one(TopBar).show_quota(target_line(reached, self.overview.workspace.currency))

    def _show_board(self) -> None:
        """Let the board draw what the source holds now."""
        overview = self._shown_overview()
        clogged = self._warnings.marked(self.overview)
        self.board.is_by_hand = self._order == MANUAL
        self.board.show(overview, self._source, clogged=clogged, folded=self.folded())

    def folded(self) -> frozenset[int]:
        """The stages that are slim columns: the fridge from the start, the others when somebody has folded them."""
        stages = self.overview.stages
        return frozenset(s.id for s in stages if self._folds.get(s.id, s.kind == StageKind.PARKED))

    async def reload(self) -> None:
        """Read the board again. An answer that a newer key has overtaken is dropped; another one follows it."""
        app, reads = self.app, self.app.workspace.board
        generation = app.runner.generation
        pipeline_id, text, filtered, order = self._pipeline_id, self._filter_text, None, self._order
        whole = self._source.longer_than(WINDOW)
        try:
            view = await app.read(
                "board", lambda: reads.view(pipeline_id, window=WINDOW, me=app.workspace.me, whole=whole, order=order)
            )
            if text:
                index = self._index = await app.read("index", lambda: self._search_index(pipeline_id))
                filtered = await app.read("filter", lambda: index.filter(text))
            wanted = self._on_screen(view, view.orders if filtered is None else filtered.ids)
            cards = await app.read("on-screen", lambda: reads.cards(wanted)) if wanted else []
        except Superseded:
            return
        if app.runner.pending_writes or app.runner.generation != generation:
            return
        if (self._pipeline_id, self._filter_text, self._order) != (pipeline_id, text, order):
            return
        if not text and order == MANUAL and not self._source.longer_than(WINDOW) <= whole:
            # Somebody has looked further down a stage meanwhile, and would be left without it.
            self._run(self.reload(), "reload")
            return
        self._filtered = filtered
        if not text:
            self._index = None
        self._take(view, cards)
        self._refresh_pane(self.board.selected)
        self._run(self.look_for_bottleneck(), "bottleneck")

    async def look_for_bottleneck(self) -> None:
        """Mark the stage that holds the pipeline up, when it is another one than before."""
        if await self._warnings.look(self._pipeline_id):
            self._show_board()
            self._warn()

    def _warn(self) -> None:
        """Say why the stage of the cursor is marked, where nothing else is being told."""
        words = printable(self._warnings.words(self.overview, self.board.stage_id))
        told = self._foot.happened
        if (told in ("", self._warned) and words != told) or (words and told == self._greeting):
            self.tell(words, "rotting")
        self._warned = words

    def _on_screen(self, view: BoardView, orders: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
        """The deals on the screen, under the cursor and marked that are not among the first of their stage: the
        next key may be about them, so they are read before anything is shown."""
        there = {card.id for cards in view.cards.values() for card in cards}
        wanted = [i for stage, (first, last) in self.board.windows().items() for i in orders.get(stage, ())[first:last]]
        selected = self.board.selected
        wanted += [selected.id] if selected else []
        wanted += self._marked_cards
        return tuple(i for i in dict.fromkeys(wanted) if i not in there)

    def _search_index(self, pipeline_id: int) -> SearchIndex:
        return self.app.workspace.board.search_index(pipeline_id, me=self.app.workspace.me, order=self._order)

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()
        self._run(self._foreign() if message.is_foreign else self.reload(), "reload")

    async def _foreign(self) -> None:
        """Somebody else wrote: say who did what, and read again."""
        app = self.app
        since = self.overview.last_event_id
        changes = await app.read("foreign", lambda: app.workspace.changes.changes_since(since))
        others = [change for change in changes if not change.is_mine]
        await self.reload()
        if others:
            more = f" and {len(others) - 1} more" if len(others) > 1 else ""
            self.tell(f"{others[-1].actor}: {others[-1].label}{more}", "accent")

    def _run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        self.app.run_guarded(work, group)

    @on(Board.WindowNeeded)
    def _window_needed(self, message: Board.WindowNeeded) -> None:
        self._run(self._load_window(message.stage_id, message.first, message.last), f"window-{message.stage_id}")

    async def _load_window(self, stage_id: int, first: int, last: int) -> None:
        app, source = self.app, self._source
        wanted = source.wanted(stage_id, first, last)
        if wanted is None:
            stage = self._stage(stage_id)
            if stage is not None:
                await self._load_order(stage)
            wanted = source.wanted(stage_id, first, last)
        if wanted:
            source.put_cards(await app.read(f"cards-{stage_id}", lambda: app.workspace.board.cards(wanted)))
        self.board.rows_loaded(stage_id)

    async def _load_order(self, stage: Stage, asked_by: str = "window") -> None:
        """Read the whole order of a stage, unless a key has changed it meanwhile.

        Only a later reading that was `asked_by` the same takes the place of this one.
        """
        app = self.app
        generation, order = app.runner.generation, self._order
        ids = await app.read(f"ids-{asked_by}-{stage.id}", lambda: app.workspace.board.ids(stage, order))
        if (
            order != self._order
            or app.runner.pending_writes
            or app.runner.generation != generation
            or self._filtered is not None
        ):
            return
        self._source.put_ids(stage.id, ids)
        if self._wanted_deal is not None and self._source.index_of(stage.id, self._wanted_deal) is not None:
            self.board.select(self._wanted_deal)
            self._wanted_deal = None

    def _stage(self, stage_id: int | None) -> Stage | None:
        return next((stage for stage in self.overview.stages if stage.id == stage_id), None)

    async def _switch(self, pipeline_id: int) -> None:
        """Show another pipeline. Whatever reads the board from now on, reads that one."""
        self._pipeline_id = pipeline_id
        self._order = self._orders.get(pipeline_id, MANUAL)
        self._filter_text, self._filtered, self._index = "", None, None
        self._marked_cards = {}
        self.board.mark(())
        await self.reload()

    def _shown_overview(self) -> Overview:
        """The overview; under a filter its sums are those of what is left, its counts those of all (“2 of 4”)."""
        if self._filtered is None:
            return self.overview
        return under_filter(self.overview, self._filtered.totals)

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer."""
        hints = [a for a in self.app.actions if a.hint and (BOARD in a.contexts or ANYWHERE in a.contexts)]
        keys = tuple(KeyHint(_short_keys(a.keys, a.id), a.hint, a.priority) for a in hints)
        undo = KeyHint("u", "undo") if is_undoable else None
        self._foot = FootLine(words, tone, undo, keys)
        self.query_one(FootBar).show(self._foot)

    # -- the side pane ------------------------------------------------------------------------------

    @on(Board.CardHighlighted)
    def _highlighted(self, message: Board.CardHighlighted) -> None:
        self._refresh_pane(message.card)
        self._warn()

    def _refresh_pane(self, card: Card | None) -> None:
        if self._pane is None or not self._pane.display:
            return
        if card is None:
            self._pane.show(None, self.app.local_now())
        else:
            self._run(self._load_pane(card.id), "pane")

    async def _load_pane(self, deal_id: int) -> None:
        from pipeboard.domain.errors import NotFound

        app = self.app
        try:
            detail = await app.read("pane", lambda: app.workspace.deals.detail(deal_id))
        except NotFound:
            return  # gone meanwhile; the reload that follows moves the cursor
        selected = self.board.selected
        if selected is not None and selected.id == deal_id and self._pane is not None:
            self._pane.show(detail, app.local_now())

    def _open_pane(self) -> None:
        """Make the side pane; it is made when first wanted, for it costs time at the start."""
        from pipeboard.tui.widgets.side_pane import SidePane

        self._pane = SidePane(glyphs=self.app.glyphs, id="pane")
        self.query_one("#middle").mount(self._pane)
        self._refresh_pane(self.board.selected)

    def action_toggle_pane(self) -> None:
        """Show or hide the deal beside the board."""
        is_open = self._pane is not None and self._pane.display
        if self.size.width < PANE_NEEDS and not is_open:
            self.action_open_deal()
        elif self._pane is None:
            self._open_pane()
        else:
            self._pane.display = not is_open
            self._refresh_pane(self.board.selected)


def _short_keys(keys: str, action_id: str) -> str:
    """The keys shown in the footer: both ways for moving, else the first."""
    from pipeboard.tui.actions import key_words

    if action_id == "deal.advance" and keys.startswith("L"):
        return "H L"
    return key_words(keys.split(",")[0])
