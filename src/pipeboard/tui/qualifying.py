"""What a stage asks of a deal, BANT, and deals that go to another pipeline: questions, the same on every screen."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from pipeboard.tui.targets import Target, named

if TYPE_CHECKING:
    from textual.screen import ModalScreen, Screen

    from pipeboard.domain.commands import Command, Seen
    from pipeboard.domain.stage import Pipeline, Stage
    from pipeboard.services.leaving import Lacking
    from pipeboard.tui.app import PipeboardApp

_LISTED = 4
"""Deals named in the question about several of them."""


class Qualifying:
    """A part of the actions on deals."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

        def _wanted(self) -> tuple[Target, ...]: ...

        def stages(self) -> "tuple[Stage, ...]": ...

        def _seen(self, targets: tuple[Target, ...]) -> "tuple[Seen, ...]": ...

        def _do(self, command: "Command", show: Callable[[], None] | None = None) -> None: ...

        def _ask(self, dialog: "ModalScreen[Any] | Screen[Any]", answer: Callable[[Any], None]) -> None: ...

    def _one(self, what: str) -> Target | None:
        found = self._wanted()
        if len(found) > 1:
            self.app.say(f"{what} of one deal at a time", "muted")
        return found[0] if len(found) == 1 else None

    # -- criteria and BANT --------------------------------------------------------------------------

    def action_criteria(self) -> None:
        """Tick what the stage asks for."""
        if target := self._one("Criteria are ticked"):
            self.app.run_question(self._criteria(target))

    async def _criteria(self, target: Target) -> None:
        from pipeboard.domain.commands import TickCriteria
        from pipeboard.tui.dialogs.checklist import Checklist, Ticks

        detail = await self.app.read("checks", lambda: self.app.workspace.deals.detail(target.id))
        if not detail.checks:
            self.app.say(f"{detail.stage} asks for nothing yet: g p, then c on the stage, gives it criteria", "muted")
            return

        def answered(ticks: Ticks | None) -> None:
            if ticks:
                self._do(TickCriteria(self._seen((target,))[0], ticks))

        self._ask(Checklist(f"To leave {detail.stage}: {target.title}", detail.checks), answered)

    def action_bant(self) -> None:
        """Answer budget, authority, need and timeline."""
        if target := self._one("BANT is answered"):
            self.app.run_question(self._bant(target))

    async def _bant(self, target: Target) -> None:
        from pipeboard.domain.commands import AnswerBant
        from pipeboard.tui.dialogs.bant import Answers, BantDialog

        detail = await self.app.read("bant", lambda: self.app.workspace.deals.detail(target.id))

        def answered(answers: Answers | None) -> None:
            if answers:
                self._do(AnswerBant(self._seen((target,))[0], answers))

        self._ask(BantDialog(target.title, detail.qualification), answered)

    # -- going on with something open -----------------------------------------------------------------

    def may_lack(self, command: "Command") -> bool:
        """Whether a command moves deals on from stages that require anything; decided without reading."""
        from pipeboard.domain.commands import HandOffDeals, MoveDeals, StepDeals, WinDeals
        from pipeboard.domain.criteria import REQUIRED

        if not isinstance(command, (MoveDeals, HandOffDeals, StepDeals, WinDeals)) or command.is_forced:
            return False
        return any(REQUIRED in stage.exit_criteria for stage in self.stages())

    async def ask_about_open(self, command: "Command", go: Callable[["Command"], None]) -> None:
        """Go on with the command, after one more key when required criteria are open."""
        from pipeboard.tui.dialogs.confirm import Confirm

        lacking = await self.app.read("lacking", lambda: self.app.workspace.leaving.lacking(command))
        if not lacking:
            go(command)
            return

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                go(command._replace(is_forced=True))  # type: ignore[call-arg]
            else:
                self.app.say("Not moved: C ticks what is done", "muted")

        question, detail = open_question(lacking)
        self._ask(Confirm(question, detail, yes="Go on all the same", no="Stay"), answered)

    # -- other pipelines --------------------------------------------------------------------------------

    def action_copy_to(self) -> None:
        """Copy to another pipeline."""
        found = self._wanted()
        if not found:
            return
        here = {stage.pipeline_id for stage in self.stages()}
        others = [pipeline for pipeline in self.app.pipelines() if pipeline.id not in here]
        if others:
            self._ask_copy(found, others, f"Copy {named(found)} to")
        else:
            self.app.say("There is no other pipeline: g p adds one, from a template for after the sale too", "muted")

    def offer_copy(self, found: tuple[Target, ...]) -> None:
        """After winning: a copy for the work after the sale, when there is a pipeline for that."""
        here = {stage.pipeline_id for stage in self.stages()}
        pipelines = self.app.pipelines()
        if any(pipeline.is_post_sale and pipeline.id in here for pipeline in pipelines):
            return
        if after_sale := [pipeline for pipeline in pipelines if pipeline.is_post_sale]:
            self._ask_copy(found, after_sale, f"Won. Copy {named(found)} for the work after the sale?", is_offer=True)

    def _ask_copy(
        self, found: tuple[Target, ...], pipelines: "Sequence[Pipeline]", title: str, *, is_offer: bool = False
    ) -> None:
        from pipeboard.domain.commands import CopyDeals
        from pipeboard.tui.dialogs.choose import Choice, Choose

        choices = [Choice(p.id, p.name, "", str(n) if n <= 9 else "") for n, p in enumerate(pipelines, 1)]
        if is_offer:
            choices.append(Choice(None, "Not now", "Esc", "n"))

        def answered(choice: Choice | None) -> None:
            if choice is not None and isinstance(choice.value, int):
                self._do(CopyDeals(self._seen(found), choice.value))

        self._ask(Choose(title, choices, placeholder="pipeline", is_filtered=not is_offer), answered)


def open_question(lacking: "Sequence[Lacking]") -> tuple[str, str]:
    """What is asked when deals would leave required criteria open: a question and what is open."""
    from pipeboard.domain.criteria import open_words

    count = open_words(sum(len(one.criteria) for one in lacking))
    if len(lacking) == 1:
        (one,) = lacking
        return f"Leave {one.stage} with {count}?", f"{one.title}: {'; '.join(one.criteria)}. It is kept in the history."
    listed = "; ".join(f"{one.title}: {', '.join(one.criteria)}" for one in lacking[:_LISTED])
    more = f"; and {len(lacking) - _LISTED} more" if len(lacking) > _LISTED else ""
    return f"{len(lacking)} deals would leave {count}. Move them?", f"{listed}{more}. It is kept in the history."
