"""What can be done with deals from the board and from the deal screen alike.

The screen says which deals are meant (`targets`) and what it shows at once (`show_moved`, `show_removed`);
everything else is here: the question, the command, the words.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen, Screen

from pipeboard.domain.stage import Stage, StageKind
from pipeboard.tui.doing import Doing
from pipeboard.tui.editing import Editing
from pipeboard.tui.log_actions import LogActions
from pipeboard.tui.reaching import Reaching
from pipeboard.tui.retaking import Retaking
from pipeboard.tui.targets import Target, named
from pipeboard.tui.task_actions import TaskActions

if TYPE_CHECKING:
    from pipeboard.domain.commands import Seen
    from pipeboard.tui.app import PipeboardApp


class DealActions(Retaking, Doing, Editing, Reaching, LogActions, TaskActions):
    """The actions on deals; mixed into a screen."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

    # -- what the screen provides -----------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """The deals that are meant; empty when there is none."""
        raise NotImplementedError

    def stages(self) -> tuple[Stage, ...]:
        """The stages of the pipeline on show, in board order."""
        raise NotImplementedError

    def show_moved(self, targets: tuple[Target, ...], stage_id: int) -> None:
        """Show a move before it is on disk."""

    def show_edited(self, targets: tuple[Target, ...], **fields: Any) -> None:
        """Show fields of cards before they are on disk."""

    def show_removed(self, targets: tuple[Target, ...]) -> None:
        """Show a deletion before it is on disk."""

    # -- the ways to ask and to do ----------------------------------------------------------------

    def _ask(self, dialog: ModalScreen[Any] | Screen[Any], answer: Callable[[Any], None]) -> None:
        self.app.ask(dialog, answer)

    def _seen(self, targets: tuple[Target, ...]) -> "tuple[Seen, ...]":
        from pipeboard.domain.commands import Seen

        return tuple(Seen(t.id, t.version) for t in targets)

    def _wanted(self) -> tuple[Target, ...]:
        found = self.targets()
        if not found:
            self.app.say(self.nothing_here(), "muted")
        return found

    def nothing_here(self) -> str:
        """What is said where there is no deal to act on."""
        return "There is no deal here. n adds one."

    def _now(self) -> datetime:
        return self.app.local_now()

    def _today(self) -> date:
        return self._now().date()

    def _line(
        self,
        title: str,
        describe: Callable[[str], Any],
        answer: Callable[[str], None],
        *,
        about: object = None,
        **options: Any,
    ) -> None:
        """Ask for one line. A line that could not be saved is there again when the same is asked next.

        The same is asked when `about` (or else the title) and the deals are the same.
        """
        from pipeboard.tui.dialogs.ask_line import AskLine

        app = self.app
        question = (about or title, *(target.id for target in self.targets()))
        if unsent := app.unsent.pop(question, ""):
            options = {**options, "value": unsent, "is_selected": False}

        def answered(text: str | None) -> None:
            if text is None:
                return

            def done(is_done: bool) -> None:
                if not is_done:
                    app.unsent[question] = text
                    app.say("Not done. What you typed is kept: ask again to go on with it", "overdue")

            self._telling(done, lambda: answer(text))

        self._ask(AskLine(title, describe=describe, **options), answered)

    # -- moving -----------------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """Move to the next or previous open stage."""
        from pipeboard.domain.commands import StepDeals

        found = self._wanted()
        open_ids = [s.id for s in self.stages() if s.is_open]
        movable = tuple(t for t in found if t.stage_id in open_ids)
        if found and not movable:
            self.app.say("Closed and parked deals do not move: R reopens them.", "muted")
        if not movable:
            return
        into: dict[int, list[Target]] = {}
        for target in movable:
            place = max(0, min(len(open_ids) - 1, open_ids.index(target.stage_id) + step))
            if open_ids[place] != target.stage_id:
                into.setdefault(open_ids[place], []).append(target)

        if not into:
            # Said, not refused: the stage known here may be older than the keys that are on their way.
            who = movable[0].title if len(movable) == 1 else "They all"
            verb = "is" if len(movable) == 1 else "are"
            self.app.say(f"{who} {verb} in the {'last' if step > 0 else 'first'} open stage", "muted")

        def show() -> None:
            for stage_id, moved in into.items():
                self.show_moved(tuple(moved), stage_id)

        self._do(StepDeals(self._seen(movable), step), show)

    def move_to_stage(self, targets: tuple[Target, ...], stage: Stage) -> None:
        """Move deals to a stage, asking first for what its kind needs."""
        from pipeboard.domain.commands import MoveDeals

        ask = {
            StageKind.WON: self.ask_win,
            StageKind.LOST: self.ask_lose,
            StageKind.PARKED: self.ask_park,
        }.get(stage.kind)
        if ask is not None:
            ask(targets)
            return
        elsewhere = tuple(target for target in targets if target.stage_id != stage.id)
        if not elsewhere:
            self.app.say(f"{named(targets)} is in {stage.name} already", "muted")
            return
        self._do(MoveDeals(self._seen(elsewhere), stage.id), lambda: self.show_moved(elsewhere, stage.id))

    def action_move_to(self) -> None:
        """Choose the stage to move to."""
        found = self._wanted()
        if found:
            self.app.run_question(self._move_to(found))

    async def _move_to(self, found: tuple[Target, ...]) -> None:
        from pipeboard.domain.commands import HandOffDeals
        from pipeboard.tui.dialogs.choose import Choice, Choose

        here = {s.id for s in self.stages()}
        everywhere = await self.app.read("stages", self.app.workspace.deals.stages)
        pipelines = {p.id: p.name for p in self.app.pipelines()}
        others = [s for s in everywhere if s.id not in here and s.is_open and s.pipeline_id in pipelines]
        choices = [
            Choice(stage, stage.name, f"{stage.probability}%" if stage.is_open else "", str(n) if n <= 9 else "")
            for n, stage in enumerate(self.stages(), 1)
        ]
        homes = {stage.pipeline_id for stage in self.stages()}
        choices += [
            Choice(i, f"{name}: same stage, else the first", "pipeline")
            for i, name in pipelines.items()
            if i not in homes
        ]
        choices += [Choice(stage, stage.name, pipelines[stage.pipeline_id]) for stage in others]

        def answered(choice: Choice | None) -> None:
            if choice is None:
                return
            if isinstance(choice.value, Stage):
                self.move_to_stage(found, choice.value)
            elif isinstance(choice.value, int):
                self._do(HandOffDeals(self._seen(found), choice.value), lambda: self.show_removed(found))

        self._ask(Choose(f"Move {named(found)} to", choices, placeholder="stage"), answered)

    # -- closing ----------------------------------------------------------------------------------

    def _show_closed(self, found: tuple[Target, ...], kind: StageKind) -> None:
        """Show deals where closing puts them, before that is on disk."""
        stage = next((stage for stage in self.stages() if stage.kind == kind), None)
        if stage is not None:
            self.show_moved(found, stage.id)

    def action_win(self) -> None:
        """Close as won."""
        if found := self._wanted():
            self.ask_win(found)

    def ask_win(self, found: tuple[Target, ...]) -> None:
        """Ask when and for how much."""
        from pipeboard.domain.commands import WinDeals
        from pipeboard.tui.dialogs.win import WinAnswer, WinDialog

        def answered(answer: WinAnswer | None) -> None:
            if answer is not None:
                value = answer.value_minor if len(found) == 1 else None
                win = WinDeals(self._seen(found), answer.closed_on, value, answer.note)
                self._telling(
                    lambda is_won: self.offer_copy(found) if is_won else None,
                    lambda: self._do(win, lambda: self._show_closed(found, StageKind.WON)),
                )

        value, currency = (found[0].value_minor, found[0].currency) if len(found) == 1 else (None, "")
        self._ask(
            WinDialog(
                named(found),
                today=self._today(),
                now_local=self._now(),
                value_minor=value,
                currency=currency or self.app.workspace.info.currency,
                count=len(found),
            ),
            answered,
        )

    def action_lose(self) -> None:
        """Close as lost."""
        if found := self._wanted():
            self.ask_lose(found)

    def ask_lose(self, found: tuple[Target, ...]) -> None:
        """Ask why, with a word of warning where the buyer was hardly tried."""
        self.app.run_question(self._ask_lose(found))

    async def _few_attempts(self, found: tuple[Target, ...]) -> str:
        """What to say before giving up on deals with very few contact attempts; "" otherwise."""
        from pipeboard.domain.attempts import warning

        ids = [target.id for target in found]
        attempts = await self.app.read("attempts", lambda: self.app.workspace.activities.attempts(ids))
        return warning(list(attempts.values()))

    async def _ask_lose(self, found: tuple[Target, ...]) -> None:
        from pipeboard.domain.commands import LoseDeals
        from pipeboard.tui.dialogs.lose import LoseAnswer, LoseDialog

        def answered(answer: LoseAnswer | None) -> None:
            if answer is not None:
                command = LoseDeals(self._seen(found), answer.closed_on, answer.reason, answer.note)
                self._do(command, lambda: self._show_closed(found, StageKind.LOST))

        remark = await self._few_attempts(found)
        reasons = self.app.lost_reasons
        dialog = LoseDialog(named(found), reasons, today=self._today(), now_local=self._now(), remark=remark)
        self._ask(dialog, answered)

    def action_park(self) -> None:
        """Put into the fridge."""
        if found := self._wanted():
            self.ask_park(found)

    def ask_park(self, found: tuple[Target, ...]) -> None:
        """Ask until when and why, with the same word of warning."""
        self.app.run_question(self._ask_park(found))

    async def _ask_park(self, found: tuple[Target, ...]) -> None:
        from pipeboard.domain.commands import ParkDeals
        from pipeboard.tui.dialogs.park import ParkAnswer, ParkDialog

        def answered(answer: ParkAnswer | None) -> None:
            if answer is not None:
                command = ParkDeals(self._seen(found), answer.wake_on, answer.reason)
                self._do(command, lambda: self._show_closed(found, StageKind.PARKED))

        remark = await self._few_attempts(found)
        self._ask(ParkDialog(named(found), today=self._today(), now_local=self._now(), remark=remark), answered)

    def action_reopen(self) -> None:
        """Bring back a closed or parked deal."""
        found = self._wanted()
        if not found:
            return
        open_ids = {s.id for s in self.stages() if s.is_open}
        if all(t.stage_id in open_ids for t in found):
            self.app.say(f"{named(found)} is open already", "muted")
            return
        self.app.run_question(self._reopen(found))

    async def _reopen(self, found: tuple[Target, ...]) -> None:
        from pipeboard.domain.commands import ReopenDeals
        from pipeboard.tui.dialogs.choose import Choice
        from pipeboard.tui.dialogs.reopen import ReopenAnswer, ReopenDialog

        detail = await self.app.read("detail", lambda: self.app.workspace.deals.detail(found[0].id))
        open_stages = [s for s in self.stages() if s.is_open]
        came_from = next((s.id for s in open_stages if s.name == detail.closed_from), None)

        def answered(answer: ReopenAnswer | None) -> None:
            if answer is not None:
                self._do(ReopenDeals(self._seen(found), answer.reason, answer.stage_id))

        choices = [Choice(s.id, s.name, f"{s.probability}%") for s in open_stages]
        self._ask(ReopenDialog(named(found), choices, came_from), answered)

    # -- fields -----------------------------------------------------------------------------------

    def _edit(self, found: tuple[Target, ...], show: Callable[[], None] | None = None, **changes: Any) -> None:
        from pipeboard.domain.commands import EditDeals

        self._do(EditDeals(self._seen(found), tuple(changes.items())), show)

    def action_set_owner(self) -> None:
        """Give to somebody."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        found = self._wanted()
        if not found:
            return
        choices = [Choice(o.id, o.name, "", str(n) if n <= 9 else "") for n, o in enumerate(self.app.owners(), 1)]
        choices.append(Choice(None, "nobody", "", "0"))

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                self._edit(found, owner_id=choice.value)

        self._ask(Choose(f"Owner of {named(found)}", choices, placeholder="owner"), answered)

    def action_toggle_hot(self) -> None:
        """Hot or not."""
        if found := self._wanted():
            is_hot = not all(t.is_hot for t in found)
            self._edit(found, lambda: self.show_edited(found, is_hot=is_hot), is_hot=is_hot)

    def action_delete(self) -> None:
        """Take off the board, after asking."""
        from pipeboard.domain.commands import DeleteDeals
        from pipeboard.tui.dialogs.confirm import Confirm

        found = self._wanted()
        if not found:
            return

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self._do(DeleteDeals(self._seen(found)), lambda: self.show_removed(found))

        self._ask(
            Confirm(
                f"Delete {named(found)}?",
                "It leaves the board and the figures; u brings it back.",
                yes="Delete",
                no="Keep",
            ),
            answered,
        )

    def action_edit_notes(self) -> None:
        """Write the notes in $EDITOR."""
        found = self._wanted()
        if len(found) > 1:
            self.app.say("Notes are written one deal at a time", "muted")
        elif found:
            self.app.run_question(self._edit_notes(found[0]))

    async def _edit_notes(self, target: Target) -> None:
        from pipeboard.tui.editor import draft_of, edited, forget

        app = self.app
        detail = await app.read("detail", lambda: app.workspace.deals.detail(target.id))
        draft = draft_of(str(app.workspace.target), target.id)
        text = edited(app, draft, detail.notes)
        if text is None:
            return

        def done(is_done: bool) -> None:
            if is_done:
                forget(draft, text)
            else:
                app.say("Not saved. The notes you wrote are kept: E goes on with them", "overdue")

        if text.strip() == detail.notes.strip():
            forget(draft, text)
        else:
            self._telling(done, lambda: self._edit((target,), notes=text))
