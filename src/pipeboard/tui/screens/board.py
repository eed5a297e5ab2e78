"""The board screen: the stages, the cursor, the side pane, and the wiring between them and the data."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pipeboard.domain.board import Card, Overview
from pipeboard.domain.stage import Stage
from pipeboard.domain.text import printable
from pipeboard.services.board import BoardView
from pipeboard.services.searching import Filtered, SearchIndex
from pipeboard.tui.actions import BOARD
from pipeboard.tui.board_source import BoardSource
from pipeboard.tui.deal_actions import DealActions
from pipeboard.tui.filtering import FilterChanged, FilterClosed, FilterOpened
from pipeboard.tui.memory import Remembered
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.runner import Superseded
from pipeboard.tui.targets import Target, target_of_card
from pipeboard.tui.text.bars import FootLine, KeyHint
from pipeboard.tui.text.headline import board_headline
from pipeboard.tui.widgets.board import Board
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from pipeboard.domain.events import Outcome
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.widgets.side_pane import SidePane

PANE_NEEDS = 100
"""Columns of the terminal below which the side pane takes the screen of its own (Enter)."""


class BoardScreen(DealActions, Screen[None]):
    """All stages of a pipeline side by side."""

    CONTEXT = BOARD
    AUTO_FOCUS = "#board"
    # A change of the focus repaints the whole screen otherwise: 50 kB on the wire.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(self, view: BoardView) -> None:
        super().__init__()
        self.overview: Overview = view.overview
        self._view = view
        self._source = BoardSource()
        self._index: SearchIndex | None = None
        self._filtered: Filtered | None = None
        self._filter_text = ""
        self._foot = FootLine()
        self._wanted_deal: int | None = None
        self._pane: SidePane | None = None

    # -- layout -------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        glyphs = self.app.glyphs
        yield TopBar(glyphs=glyphs, id="top")
        with Horizontal(id="middle"):
            yield Board(glyphs=glyphs, id="board")
        yield FootBar(glyphs=glyphs, id="foot")

    def on_mount(self) -> None:
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(BOARD))])
        remembered = self.app.remembered
        board = self.board
        board.density = remembered.density or self.app.settings.density
        self._take(self._view)
        self._restore(remembered)
        if remembered.is_pane_open and self.app.size.width >= PANE_NEEDS:
            self._open_pane()
        for problem in (*self.app.settings.problems, *self.app.key_problems):
            self.app.notify(printable(problem), severity="warning", markup=False, timeout=12)
        if self.app.is_demo:
            self.tell("A demo: nothing here is yours, nothing is kept. ? shows the keys", "accent")
        elif remembered.draft:
            self.app.draft = remembered.draft
            self.tell("A new deal was being typed when Pipeboard ended: n goes on with it", "accent")
        elif not any(totals.count for totals in self.overview.totals.values()):
            self.tell("No deals yet: n adds one, `pipeboard import FILE` brings yours", "accent")
        else:
            self.tell("")

    def _restore(self, remembered: Remembered) -> None:
        stage_ids = [stage.id for stage in self.overview.stages]
        if remembered.stage_id in stage_ids:
            self.board.jump_to_stage(stage_ids.index(remembered.stage_id) + 1)
        if remembered.deal_id is not None and not self.board.select(remembered.deal_id):
            stage = self._stage(remembered.stage_id)
            if stage is not None:
                self._wanted_deal = remembered.deal_id
                self.run_worker(self._load_order(stage), group=f"order-{stage.id}", exit_on_error=False)

    @property
    def board(self) -> Board:
        """The stages."""
        return self.query_one(Board)

    def place(self) -> Remembered:
        """Where the cursor is, for the next start."""
        card = self.board.selected
        return Remembered(
            pipeline_id=self.overview.pipeline.id,
            deal_id=card.id if card else None,
            stage_id=self.board.stage_id,
            density=self.board.density,
            is_pane_open=self._pane is not None and self._pane.display,
        )

    # -- what is on show ----------------------------------------------------------------------------

    def _take(self, view: BoardView) -> None:
        self._view, self.overview = view, view.overview
        if self._filtered is None:
            self._source.show({s: t.count for s, t in view.overview.totals.items()}, view.cards)
        else:
            for cards in view.cards.values():
                self._source.put_cards(cards)
            self._source.show_ids(self._filtered.ids)
        self._paint()

    def _paint(self) -> None:
        overview = self._shown_overview()
        full = {s.id for s in overview.stages if s.deal_limit and overview.totals[s.id].count > s.deal_limit}
        self.board.show(overview, self._source, clogged=frozenset(full))
        left = self.overview.totals if self._filtered is None else self._filtered.totals
        text = self._filter_text
        if self._filtered is not None and self._filtered.is_fuzzy:
            text += " (similar)"
        self.query_one(TopBar).show(board_headline(self.overview, left, text))

    async def reload(self) -> None:
        """Read the board again. An answer that a newer key has overtaken is dropped; another one follows it."""
        app = self.app
        generation = app.runner.generation
        pipeline_id = self.overview.pipeline.id
        text, filtered = self._filter_text, None
        try:
            view = await app.read(
                "board", lambda: app.workspace.board.view(pipeline_id, window=24, me=app.workspace.me)
            )
            if text:
                index = self._index = await app.read("index", lambda: self._search_index(pipeline_id))
                filtered = await app.read("filter", lambda: index.filter(text))
        except Superseded:
            return
        if app.runner.pending_writes or app.runner.generation != generation:
            return
        if self._filter_text != text:
            return
        self._filtered = filtered
        if not text:
            self._index = None
        self._source.forget_all()
        self._take(view)
        self._refresh_pane(self.board.selected)

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

    async def _load_order(self, stage: Stage) -> None:
        """Read the whole order of a stage, unless a key has changed it meanwhile."""
        app = self.app
        generation = app.runner.generation
        ids = await app.read(f"ids-{stage.id}", lambda: app.workspace.board.ids(stage))
        if app.runner.pending_writes or app.runner.generation != generation or self._filtered is not None:
            return
        self._source.put_ids(stage.id, ids)
        if self._wanted_deal is not None and self._source.index_of(stage.id, self._wanted_deal) is not None:
            self.board.select(self._wanted_deal)
            self._wanted_deal = None

    def _stage(self, stage_id: int | None) -> Stage | None:
        return next((stage for stage in self.overview.stages if stage.id == stage_id), None)

    # -- the side pane ------------------------------------------------------------------------------

    @on(Board.CardHighlighted)
    def _highlighted(self, message: Board.CardHighlighted) -> None:
        self._refresh_pane(message.card)

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

    # -- what the actions on deals need ---------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        marked = self.board.marked
        if marked:
            cards = [self._source.get(deal_id) for deal_id in self._in_board_order(marked)]
            return tuple(target_of_card(card) for card in cards if card is not None)
        card = self.board.selected
        return (target_of_card(card),) if card else ()

    def _in_board_order(self, deal_ids: frozenset[int]) -> list[int]:
        return [i for stage in self.overview.stages for i in self._source.ids(stage.id) if i in deal_ids]

    def stages(self) -> tuple[Stage, ...]:
        return self.overview.stages

    def show_moved(self, targets: tuple[Target, ...], stage_id: int) -> None:
        if self._stage(stage_id) is None:
            return
        selected = self.board.selected
        self._source.move([t.id for t in targets], stage_id)
        self.board.show(self._shown_overview(), self._source)
        if selected is not None and selected.id in {t.id for t in targets}:
            self.board.select(selected.id)

    def show_removed(self, targets: tuple[Target, ...]) -> None:
        self._source.remove([t.id for t in targets])
        self.board.show(self._shown_overview(), self._source)

    def _shown_overview(self) -> Overview:
        """The overview; under a filter its sums are those of what is left, its counts those of all (“2 of 4”)."""
        if self._filtered is None:
            return self.overview
        everything = self.overview.totals
        left = {s: t._replace(count=everything[s].count) for s, t in self._filtered.totals.items() if s in everything}
        return self.overview._replace(totals={**everything, **left})

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        message.stop()
        self.done(message.outcome)

    def done(self, outcome: "Outcome") -> None:
        """Say what a command did, and put the cursor on what is new."""
        from pipeboard.domain.events import DealCreated

        if outcome.action_id is None:
            return
        self.tell(outcome.label, "won", is_undoable=not outcome.label.startswith("Undid"))
        for event in outcome.events:
            if isinstance(event, DealCreated):
                self.board.select(event.deal_id)
        if len(self.board.marked) and not outcome.label.startswith(("Undid", "Redid")):
            self.board.marked = frozenset()

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer."""
        hints = [a for a in self.app.actions if a.hint and (BOARD in a.contexts or a.priority == 0)]
        keys = tuple(KeyHint(_short_keys(a.keys, a.id), a.hint, a.priority) for a in hints)
        undo = KeyHint("u", "undo") if is_undoable else None
        self._foot = FootLine(words, tone, undo, keys)
        self.query_one(FootBar).show(self._foot)

    # -- moving about -------------------------------------------------------------------------------

    def action_cursor(self, dx: int, dy: int) -> None:
        self.board.move_cursor(dx, dy)

    def action_page(self, step: int) -> None:
        self.board.page(step)

    def action_first(self) -> None:
        self.board.first()

    def action_last(self) -> None:
        self.board.last()

    def action_stage(self, number: int) -> None:
        self.board.jump_to_stage(number)

    def action_open_deal(self) -> None:
        """Everything about the deal under the cursor."""
        if card := self.board.selected:
            self._open(card.id)

    @on(Board.CardSelected)
    def _card_selected(self, message: Board.CardSelected) -> None:
        self._open(message.card.id)

    def _open(self, deal_id: int) -> None:
        self.app.open_deal(deal_id, self._neighbour, self._came_back)

    def _neighbour(self, deal_id: int, step: int) -> int | None:
        """The deal before or after another one, in board order."""
        ids = [i for stage in self.overview.stages for i in self._source.ids(stage.id)]
        if deal_id not in ids:
            return None
        place = ids.index(deal_id) + step
        return ids[place] if 0 <= place < len(ids) else None

    def _came_back(self, deal_id: int | None) -> None:
        if deal_id is not None:
            self.board.select(deal_id)

    @on(Board.CardDropped)
    def _dropped(self, message: Board.CardDropped) -> None:
        card, stage = self._source.get(message.deal_id), self._stage(message.stage_id)
        if card is not None and stage is not None:
            self.move_to_stage((target_of_card(card),), stage)

    def action_reorder(self, step: int) -> None:
        """Let the card change places with its neighbour."""
        from pipeboard.domain.commands import ReorderDeal, Seen
        from pipeboard.domain.stage import StageKind

        card = self.board.selected
        if card is None:
            return
        stage = self._stage(card.stage_id)
        if stage is not None and stage.kind in (StageKind.WON, StageKind.LOST):
            self.tell("Closed deals stand by their day of closing", "muted")
            return
        other = self._source.reorder(card.stage_id, card.id, step)
        if other is not None:
            self.app.submit(ReorderDeal(Seen(card.id), other, is_after=step > 0))
            self.board.show(self._shown_overview(), self._source)

    def action_add_deal(self) -> None:
        """Add a deal in one line."""
        from pipeboard.tui.adding import ask_new_deal

        stage = self._stage(self.board.stage_id)
        ask_new_deal(self, stage if stage is not None and stage.is_open else None)

    def action_find_deal(self) -> None:
        """Go to a deal by a few letters."""
        self.app.run_question(self._find_deal())

    async def _find_deal(self) -> None:
        from pipeboard.tui.asking import find_dialog

        app = self.app
        names = await app.read("names", app.workspace.deals.names)
        app.ask(find_dialog(names), lambda choice: self._go_to_deal(choice.value if choice else None))

    def _go_to_deal(self, deal_id: object) -> None:
        if isinstance(deal_id, int):
            self._clear_filter()
            self._run(self._reveal(deal_id), "reveal")

    async def _reveal(self, deal_id: int) -> None:
        """Put the cursor on a deal, on whichever pipeline it stands; a long closed one opens by itself."""
        app = self.app
        detail = await app.read("reveal", lambda: app.workspace.deals.detail(deal_id))
        if detail.pipeline_id != self.overview.pipeline.id:
            await self._switch(detail.pipeline_id)
        stage = self._stage(detail.stage_id)
        if stage is not None and not self.board.select(deal_id):
            self._wanted_deal = deal_id
            await self._load_order(stage)
            if self._source.index_of(stage.id, deal_id) is None:
                self._wanted_deal = None
                self._open(deal_id)

    # -- marks ----------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the card, or not, and go down."""
        if card := self.board.selected:
            self.board.marked = self.board.marked ^ {card.id}
            self.board.move_cursor(0, 1)
            self._tell_marks()

    def action_mark_all(self) -> None:
        """Mark every card of the stage that is loaded; the rest is read first."""
        stage = self._stage(self.board.stage_id)
        if stage is not None:
            self._run(self._mark_all(stage), "mark")

    async def _mark_all(self, stage: Stage) -> None:
        count = self._source.count(stage.id)
        await self._load_window(stage.id, 0, count)
        self.board.marked = self.board.marked | frozenset(self._source.ids(stage.id))
        self._tell_marks()

    def _tell_marks(self) -> None:
        count = len(self.board.marked)
        self.tell(f"{count} marked: every action takes them all, Esc clears" if count else "", "accent")

    def action_clear(self) -> None:
        """Clear the marks, then the filter."""
        if self.board.marked:
            self.board.marked = frozenset()
            self._tell_marks()
        elif self._filter_text:
            self._clear_filter()

    # -- filter ---------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Type words; the board follows."""
        from pipeboard.tui.filtering import filter_echo
        from pipeboard.tui.widgets.filter_bar import FilterBar

        bars = self.query(FilterBar)
        bar = bars.first() if bars else FilterBar(self._filter_text, describe=filter_echo(self.app), id="filter")
        if bars:
            bar.open(self._filter_text)
        else:
            self.mount(bar, before="#foot")
        self.app.keep_keys_for(bar)

    @on(FilterOpened)
    def _filter_opened(self) -> None:
        self.app.keys_taken_by(self.query_one("#filter"))

    @on(FilterChanged)
    def _filter_changed(self, message: FilterChanged) -> None:
        self._run(self._filter(message.text), "filter")

    @on(FilterClosed)
    def _filter_closed(self, message: FilterClosed) -> None:
        if not message.is_kept:
            self._clear_filter()
        self.board.focus()

    async def _filter(self, text: str) -> None:
        from pipeboard.tui.widgets.filter_bar import FilterBar

        app = self.app
        self._filter_text = text.strip()
        if not self._filter_text:
            self._clear_filter()
            return
        pipeline_id = self.overview.pipeline.id
        index = self._index
        if index is None or index.pipeline_id != pipeline_id:
            index = self._index = await app.read("index", lambda: self._search_index(pipeline_id))
        wanted = self._filter_text
        filtered = await app.read("filter", lambda: index.filter(wanted))
        if self._filter_text == wanted:
            self._filtered = filtered
            self._source.show_ids(filtered.ids)
            self._paint()
            if filtered.is_fuzzy:
                for bar in self.query(FilterBar):
                    bar.tell_similar()

    def _search_index(self, pipeline_id: int) -> SearchIndex:
        return self.app.workspace.board.search_index(pipeline_id, me=self.app.workspace.me)

    @property
    def filter_text(self) -> str:
        """What the board is filtered by; the list shares it."""
        return self._filter_text

    def take_filter(self, text: str) -> None:
        """Show what another filter leaves (one that was changed in the list)."""
        if text != self._filter_text:
            self._run(self._filter(text), "filter")

    def action_clear_filter(self) -> None:
        """Show all deals again."""
        self._clear_filter()

    def _clear_filter(self) -> None:
        self._filter_text, self._index = "", None
        if self._filtered is not None:
            self._filtered = None
            self._take(self._view)
            self._run(self.reload(), "reload")

    # -- views ----------------------------------------------------------------------------------------

    def action_density(self) -> None:
        """The next size of cards."""
        self.board.density = self.board.density % 4 + 1

    def action_neighbour(self, step: int) -> None:
        """The next or previous pipeline."""
        ids = [pipeline.id for pipeline in self.overview.pipelines]
        place = ids.index(self.overview.pipeline.id) + step
        if len(ids) > 1:
            self._run(self._switch(ids[place % len(ids)]), "switch")
        else:
            self.tell("There is one pipeline only", "muted")

    def action_pick_pipeline(self) -> None:
        """Choose the pipeline."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        choices = [Choice(p.id, p.name, "", str(n)) for n, p in enumerate(self.overview.pipelines, 1)]

        def answered(choice: Choice | None) -> None:
            if choice is not None and isinstance(choice.value, int):
                self._run(self._switch(choice.value), "switch")

        self.app.ask(Choose("Pipeline", choices, placeholder="pipeline"), answered)

    async def _switch(self, pipeline_id: int) -> None:
        app = self.app
        view = await app.read("board", lambda: app.workspace.board.view(pipeline_id, window=24, me=app.workspace.me))
        self._filter_text, self._filtered, self._index = "", None, None
        self.board.marked = frozenset()
        self._take(view)
        self._refresh_pane(self.board.selected)

    def action_go_to(self) -> None:
        """Then a letter."""
        self.app.ask_where_to(self.overview, first=self.action_first, open_deal=self._go_to_deal)

    # -- undo -----------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take back what was done last."""
        from pipeboard.domain.commands import Undo

        self.app.submit(Undo())

    def action_redo(self) -> None:
        """Do it again."""
        from pipeboard.domain.commands import Redo

        self.app.submit(Redo())


def _short_keys(keys: str, action_id: str) -> str:
    """The keys shown in the footer: both ways for moving, else the first."""
    from pipeboard.tui.actions import key_words

    if action_id == "deal.advance" and keys.startswith("L"):
        return "H L"
    return key_words(keys.split(",")[0])
