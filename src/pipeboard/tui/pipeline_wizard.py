"""Making a pipeline: from a template, from one line of stages, or by three questions, each a dialog after another."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipeboard.domain.commands import CreatePipeline
from pipeboard.domain.criteria import Check
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.pipeline_wizard import Step, read_steps, read_tasks, stages_of
from pipeboard.domain.templates import TEMPLATES, StageTemplate, parse_stages
from pipeboard.domain.text import search_key
from pipeboard.tui.dialogs.ask_line import AskLine, Echo, EchoPart
from pipeboard.tui.dialogs.choose import Choice, Choose, with_keys

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

Submit = Callable[[CreatePipeline], None]

_LINE = "line"
_QUESTIONS = "questions"


class NewPipeline:
    """Asks one thing after another; nothing is made before the last answer."""

    def __init__(self, app: "PipeboardApp", submit: Submit) -> None:
        self._app = app
        self._submit = submit

    def choose(self) -> None:
        """Ask what it is made from."""
        choices = with_keys(
            [
                *(Choice(t.key, t.name, t.description) for t in TEMPLATES.values()),
                Choice(_LINE, "Own stages", "in one line: Lead 10% 7d, Pilot 50%"),
                Choice(_QUESTIONS, "Three questions", "the buyer's steps, our part, which are key"),
            ]
        )

        def answered(choice: Choice | None) -> None:
            if choice is None:
                return
            if choice.value == _LINE:
                self._ask_stages()
            elif choice.value == _QUESTIONS:
                self.ask_steps()
            else:
                template = TEMPLATES[str(choice.value)]
                self._ask_name(template.name, template.stages, is_post_sale=template.is_post_sale)

        self._app.ask(Choose("A new pipeline from", choices, is_filtered=False), answered)

    def _ask_stages(self, typed: str = "") -> None:
        def answered(text: str | None) -> None:
            if text:
                self._ask_name("", parse_stages(text))

        self._app.ask(
            AskLine("Stages", value=typed, describe=_stages_echo, placeholder="Lead 10% 7d, Pilot 50% 14d"), answered
        )

    # -- the three questions ------------------------------------------------------------------------

    def ask_steps(self) -> None:
        """Which steps must the buyer pass?"""

        def answered(text: str | None) -> None:
            if text:
                self._ask_tasks(read_steps(text), [])

        self._app.ask(
            AskLine(
                "1/3  The buyer's steps",
                describe=_steps_echo,
                placeholder="asks for a demo, tries it, agrees on terms",
            ),
            answered,
        )

    def _ask_tasks(self, names: Sequence[str], known: list[tuple[str, ...]]) -> None:
        """What must we do in each? One line a step."""
        if len(known) == len(names):
            self._ask_key(names, known)
            return

        def answered(text: str | None) -> None:
            if text is not None:
                self._ask_tasks(names, [*known, read_tasks(text)])

        name, place = names[len(known)], f"{len(known) + 1} of {len(names)}"
        self._app.ask(
            AskLine(
                f"2/3  {name}",
                describe=lambda text: _tasks_echo(text, f"What must we do at “{name}” ({place})? Enter alone: nothing"),
                placeholder="send the offer, book the next call",
            ),
            answered,
        )

    def _ask_key(self, names: Sequence[str], tasks: Sequence[tuple[str, ...]]) -> None:
        """Which are key? What we do in those is required before a deal leaves them."""
        from pipeboard.tui.dialogs.checklist import Checklist, Ticks

        def answered(ticks: Ticks | None) -> None:
            if ticks is None:
                return
            key = {text for text, is_key in ticks if is_key}
            steps = [Step(name, done, name in key) for name, done in zip(names, tasks, strict=True)]
            self._ask_name("", stages_of(steps))

        checks = [Check(name, False, False) for name in names]
        self._app.ask(Checklist("3/3  Which steps are key? (Space marks, Enter goes on)", checks), answered)

    # -- the end ------------------------------------------------------------------------------------

    def _ask_name(self, name: str, stages: tuple[StageTemplate, ...], *, is_post_sale: bool = False) -> None:
        taken = {search_key(pipeline.name) for pipeline in self._app.pipelines()}
        shown = _told(stages)

        def describe(text: str) -> Echo:
            if not text:
                raise InvalidInput("How is the pipeline called?")
            if search_key(text) in taken:
                raise InvalidInput(f"There is a pipeline {text!r} already.")
            return shown

        def answered(text: str | None) -> None:
            if text:
                self._submit(CreatePipeline(text, stages, is_post_sale))

        value = "" if search_key(name) in taken else name
        self._app.ask(
            AskLine("Name of the pipeline", value=value, describe=describe, is_selected=bool(value)), answered
        )


def _told(stages: Sequence[StageTemplate]) -> Echo:
    """The stages that will be made."""
    parts = []
    for stage in stages:
        figure = f" {stage.probability}%" if stage.kind == 0 else ""
        days = f" {stage.rot_days}d" if stage.rot_days else ""
        parts += [EchoPart(stage.name, "strong"), EchoPart(f"{figure}{days}   ", "muted")]
    return Echo((tuple(parts),))


def _hint(text: str, *, is_ok: bool = False) -> Echo:
    return Echo(((EchoPart(text, "faint"),),), is_ok=is_ok)


def _stages_echo(text: str) -> Echo:
    return _told(parse_stages(text)) if text else _hint("Name, probability, days until rotting; commas between")


def _steps_echo(text: str) -> Echo:
    if not text:
        return _hint("Which steps must the buyer pass, from the first contact to the signature? Commas between")
    names = read_steps(text)
    return _told(stages_of([Step(name) for name in names])[: len(names)])


def _tasks_echo(text: str, question: str) -> Echo:
    tasks = read_tasks(text)
    if not tasks:
        return _hint(question, is_ok=True)
    return Echo(((EchoPart("checklist: ", "faint"), EchoPart("; ".join(tasks), "text")),))
