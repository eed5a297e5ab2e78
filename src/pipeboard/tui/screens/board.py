"""The board screen: the stages, the cursor, the side pane, and the wiring between them and the data."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Horizontal

from pipeboard.domain.board import Card
from pipeboard.domain.list_order import MANUAL, ListOrder, order_of, order_text, order_words
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.domain.text import printable
from pipeboard.tui.actions import BOARD
from pipeboard.tui.bindings import first_key
from pipeboard.tui.board_filtering import BoardFiltering
from pipeboard.tui.board_on_show import PANE_NEEDS
from pipeboard.tui.deal_actions import DealActions
from pipeboard.tui.marking import Marking
from pipeboard.tui.memory import Remembered
from pipeboard.tui.messages import CommandDone
from pipeboard.tui.targets import Target, target_of_card
from pipeboard.tui.widgets.board import Board
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from pipeboard.domain.commands import Command
    from pipeboard.domain.events import Outcome


class BoardScreen(Marking, DealActions, BoardFiltering):  # type: ignore[misc]  # both say what `app` is
    """All stages of a pipeline side by side."""

    CONTEXT = BOARD
    AUTO_FOCUS = "#board"

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
        self._folds = {int(i): is_folded for i, is_folded in remembered.folds.items() if i.isdecimal()}
        self._orders = {int(i): order_of(text) for i, text in remembered.orders.items() if i.isdecimal()} | self._orders
        board.card_lines = self.app.settings.card
        board.density = remembered.density or self.app.settings.density
        self._take(self._view)
        self._restore(remembered)
        if remembered.is_pane_open and self.app.size.width >= PANE_NEEDS:
            self._open_pane()
        for problem in (*self.app.settings.problems, *self.app.key_problems):
            self.app.notify(printable(problem), severity="warning", markup=False, timeout=12)
        if self.app.starts_tour:
            self.call_after_refresh(self.action_tour)
        if self.app.is_demo:
            self.tell("A demo: nothing here is yours, nothing is kept", "accent")
        elif remembered.draft:
            self.app.draft = remembered.draft
            self.tell("A new deal was being typed when Pipeboard ended: n goes on with it", "accent")
        elif self.app.form_drafts:
            key = "N" if "new" in self.app.form_drafts else "e on its deal"
            self.tell(f"A form was being filled when Pipeboard ended: {key} goes on with it", "accent")
        elif not any(totals.count for totals in self.overview.totals.values()):
            add, go = (first_key(self.app.actions, action) for action in ("deal.add", "go.to"))
            self.tell(f"No deals yet: {add} adds one, {go} i brings yours", "accent")
        else:
            self.tell("")
        self._greeting = self._foot.happened

    def _restore(self, remembered: Remembered) -> None:
        stage_ids = [stage.id for stage in self.overview.stages]
        if remembered.stage_id in stage_ids:
            self.board.jump_to_stage(stage_ids.index(remembered.stage_id) + 1)
        if remembered.deal_id is not None and not self.board.select(remembered.deal_id):
            stage = self._stage(remembered.stage_id)
            if stage is not None:
                self._wanted_deal = remembered.deal_id
                self._run(self._load_order(stage), f"order-{stage.id}")

    def place(self) -> Remembered:
        """Where the cursor is, for the next start."""
        card = self.board.selected
        return Remembered(
            pipeline_id=self.overview.pipeline.id,
            deal_id=card.id if card else None,
            stage_id=self.board.stage_id,
            density=self.board.density,
            is_pane_open=self._pane is not None and self._pane.display,
            folds={str(stage_id): is_folded for stage_id, is_folded in self._folds.items()},
            orders={**self.app.remembered.orders, **{str(i): order_text(order) for i, order in self._orders.items()}},
        )

    # -- what the actions on deals need ---------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """The marked deals, or the one under the cursor. No mark is ever left out: each keeps its card."""
        if self._marked_cards:
            return self.marked_targets([i for stage in self.overview.stages for i in self._source.ids(stage.id)])
        card = self.board.selected
        return (target_of_card(card),) if card else ()

    def nothing_here(self) -> str:
        stage = self._stage(self.board.stage_id)
        if stage is not None and self.board.is_on_folded:
            return f"{stage.name} is folded: Z shows its cards"
        return super().nothing_here()

    def stages(self) -> tuple[Stage, ...]:
        return self.overview.stages

    def show_moved(self, targets: tuple[Target, ...], stage_id: int) -> None:
        if self._stage(stage_id) is None:
            return
        selected = self.board.selected
        self._source.move([t.id for t in targets], stage_id)
        self._show_board()
        if selected is not None and selected.id in {t.id for t in targets}:
            self.board.select(selected.id)

    def show_edited(self, targets: tuple[Target, ...], **fields: Any) -> None:
        self._source.edit((t.id for t in targets), **fields)
        self._marked_cards = {i: self._source.get(i) or card for i, card in self._marked_cards.items()}
        self._show_board()

    def show_removed(self, targets: tuple[Target, ...]) -> None:
        self._source.remove([t.id for t in targets])
        self._show_board()

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        message.stop()
        self.done(message.outcome)

    def done(self, outcome: "Outcome") -> None:
        """Say what a command did, and put the cursor on what is new."""
        from pipeboard.domain.events import DealCreated

        if outcome.action_id is None:
            return
        self.notice_outcome(outcome)
        marked = len(self.board.marked)
        still = f" ({marked} marked, Esc clears)" if marked else ""
        self.tell(outcome.label + still, "won", is_undoable=not outcome.label.startswith("Undid"))
        for event in outcome.events:
            if isinstance(event, DealCreated):
                self.board.select(event.deal_id)

    # -- moving about -------------------------------------------------------------------------------

    def cursor_moved(self) -> None:
        """What the footer says of the stage is painted together with the cursor, not a frame after it."""
        self._warn()
        super().cursor_moved()

    def action_cursor(self, dx: int, dy: int) -> None:
        self.board.move_cursor(dx, dy)
        self.cursor_moved()

    def action_page(self, step: int) -> None:
        self.board.page(step)
        self.cursor_moved()

    def action_first(self) -> None:
        self.board.first()
        self.cursor_moved()

    def action_last(self) -> None:
        self.board.last()
        self.cursor_moved()

    def action_stage(self, number: int) -> None:
        self.board.jump_to_stage(number)
        self.cursor_moved()
        if number > (count := len(self.overview.stages)):
            self.tell(f"There are {count} stages", "muted")

    def action_open_deal(self) -> None:
        """Everything about the deal under the cursor; a folded stage opens."""
        if card := self.board.selected:
            self._open(card.id)
        elif self.board.is_on_folded:
            self.action_fold()

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

    @on(Board.CardReordered)
    def _reordered(self, message: Board.CardReordered) -> None:
        from pipeboard.domain.commands import ReorderDeal, Seen

        card = self._source.get(message.deal_id)
        if card is not None and self._is_ordered_by_hand(card):
            self._source.put_beside(card.stage_id, card.id, message.other_id, is_after=message.is_after)
            self.app.submit(ReorderDeal(Seen(card.id), message.other_id, is_after=message.is_after))
            self._show_board()

    def _is_ordered_by_hand(self, card: Card) -> bool:
        """Whether the cards of a stage stand where somebody put them; says so where they do not."""
        stage = self._stage(card.stage_id)
        if stage is not None and stage.kind in (StageKind.WON, StageKind.LOST):
            self.tell("Closed deals stand by their day of closing", "muted")
        elif self._order != MANUAL:
            self.tell(f"Sorted by {order_words(self._order)}: manual order off. S 1 brings it back", "soon")
        else:
            return True
        return False

    def action_sort(self) -> None:
        """Choose what the cards are sorted by."""
        from pipeboard.domain.list_order import BOARD_ORDERS
        from pipeboard.tui.sorting import ask_order, turned

        ask_order(self.app, BOARD_ORDERS, self._order, lambda column: self._sort(turned(self._order, column)))

    def _sort(self, order: ListOrder) -> None:
        """Show every stage in another order; the manual one is kept and comes back."""
        self._order = self._orders[self._pipeline_id] = order
        self._index = None
        self._run(self.reload(), "reload")
        self.tell(f"Sorted by {order_words(order)}: manual order off" if order != MANUAL else "By hand again", "accent")

    def action_reorder(self, step: int) -> None:
        """Let the card change places with its neighbour."""
        card = self.board.selected
        if card is None or not self._is_ordered_by_hand(card):
            return
        if not self._changed_places(card, step):
            index = self._source.index_of(card.stage_id, card.id)
            if index is not None and self._source.wanted(card.stage_id, index + step, index + step + 1) is None:
                self.app.run_question(self._reorder_after_reading(card, step))

    def _changed_places(self, card: Card, step: int) -> bool:
        """Let a card change places with its neighbour; whether there is one that is known."""
        from pipeboard.domain.commands import ReorderDeal, Seen

        other = self._source.reorder(card.stage_id, card.id, step)
        if other is not None:
            self.app.last_change = command = ReorderDeal(Seen(card.id), other, is_after=step > 0)
            self.app.submit(command)
            self._show_board()
        return other is not None

    async def _reorder_after_reading(self, card: Card, step: int) -> None:
        """The same at the end of what was read of a stage: the keys wait for the rest of it."""
        await self.app.runner.written()
        if (stage := self._stage(card.stage_id)) is not None:
            await self._load_order(stage, "reorder")
            self._changed_places(card, step)

    def _retake(self, command: "Command") -> None:
        """Keys wait until the board shows what was taken back: the next one may be about the card that returns."""
        self.app.run_question(self._retaken(command))

    async def _retaken(self, command: "Command") -> None:
        await self.app.submit_and_show(command)

    def action_add_deal(self) -> None:
        """Add a deal in one line."""
        from pipeboard.tui.adding import ask_new_deal

        stage = self._stage(self.board.stage_id)
        ask_new_deal(self, stage if stage is not None and stage.is_open else None)

    def go_to_deal(self, deal_id: object) -> None:
        """Show where a deal stands."""
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
        if stage is not None and stage.id in self.folded():
            self._fold(stage, is_folded=False)
        if stage is not None and not self.board.select(deal_id):
            self._wanted_deal = deal_id
            await self._load_order(stage)
            if self._source.index_of(stage.id, deal_id) is None:
                self._wanted_deal = None
                self._open(deal_id)

    # -- marks ----------------------------------------------------------------------------------------

    def card_here(self) -> Card | None:
        return self.board.selected

    def home_here(self) -> int:
        return self.board.stage_id or 0

    def place_here(self) -> int:
        return self.board.place

    def known_order(self, home: int, places: int) -> Sequence[int] | None:
        count = self._source.count(home)
        is_known = self._source.wanted(home, 0, min(places, count)) is not None
        return self._source.ids(home) if is_known else None

    async def read_order(self, home: int) -> None:
        if (stage := self._stage(home)) is not None:
            await self.app.runner.written()
            await self._load_order(stage, "marks")

    async def read_here(self) -> None:
        stage = self._stage(self.board.stage_id)
        first, last = self.board.windows().get(stage.id if stage else 0, (0, 0))
        if stage is None or self.board.is_on_folded:
            return
        if self._source.wanted(stage.id, first, last) is None:
            await self.app.runner.written()  # an order that is being changed is not taken
            await self._load_order(stage, "cursor")
        wanted = self._source.wanted(stage.id, first, last) or ()
        self._source.put_cards(await self.app.read("here", lambda: self.app.workspace.board.cards(wanted)))
        self.board.rows_loaded(stage.id)

    def loaded(self, deal_id: int) -> Card | None:
        return self._source.get(deal_id)

    def paint_marks(self, marked: frozenset[int], anchor: int | None) -> None:
        self.board.mark(marked, anchor)

    @on(Board.CardHighlighted)
    def _range_follows(self) -> None:
        self.extend_range()

    def action_clear(self) -> None:
        """Put a dragged card back; clear what is being told, then the marks, then the filter."""
        if self.board.cancel_drag():
            return
        self.app.clear_notifications()
        if not self.leave_tour() and not self.clear_marks() and self._filter_text:
            self._clear_filter()

    # -- views ----------------------------------------------------------------------------------------

    def action_density(self) -> None:
        """The next size of cards."""
        self.board.density = self.board.density % self.board.most_lines + 1

    def action_fold(self) -> None:
        """Make the stage a slim column, or show its cards again."""
        if (stage := self._stage(self.board.stage_id)) is not None:
            self._fold(stage, is_folded=stage.id not in self.folded())

    def _fold(self, stage: Stage, *, is_folded: bool) -> None:
        self._end_range()
        self._folds[stage.id] = is_folded
        self._show_board()
        if is_folded:
            self.board.to_head()
            self.tell(f"{stage.name} is folded: Z shows its cards again", "accent")
        elif self.board.stage_id == stage.id and self.board.selected is None:
            self.board.first()

    @on(Board.Unfolded)
    def _unfolded(self, message: Board.Unfolded) -> None:
        if (stage := self._stage(message.stage_id)) is not None:
            self._fold(stage, is_folded=False)

    def show_pipeline(self, pipeline_id: int) -> None:
        """Show another pipeline."""
        if pipeline_id != self.overview.pipeline.id:
            self._run(self._switch(pipeline_id), "switch")
