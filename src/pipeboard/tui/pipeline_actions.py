"""What can be done with pipelines and stages: the questions and the commands; mixed into their screen."""

from typing import TYPE_CHECKING, Any

from pipeboard.domain import commands as c
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.tui.setup_desk import SetupDesk

if TYPE_CHECKING:
    from pipeboard.domain.stage import Pipeline
    from pipeboard.services.catalogues import PipelineSheet
    from pipeboard.tui.dialogs.choose import Choice

_FIELDS = (
    ("name", "Name", "r"),
    ("probability", "Probability", "p"),
    ("rot_days", "Days until rotting", "d"),
    ("deal_limit", "Limit of deals", "n"),
    ("exit_criteria", "Exit criteria", "c"),
    ("definition", "Definition, in $EDITOR", "e"),
    ("forecast_category", "Forecast category", "f"),
    ("counts_for_velocity", "Counts for the velocity", "v"),
    ("kind", "Kind", "i"),
)
_CATEGORIES = ("pipeline", "best", "commit", "omitted")


class PipelineActions(SetupDesk):
    """The actions on the pipeline or the stage under the cursor."""

    # -- what the screen provides -----------------------------------------------------------------

    @property
    def is_on_stages(self) -> bool:
        """Whether the keys are about stages, not pipelines."""
        raise NotImplementedError

    def sheet(self) -> "PipelineSheet | None":
        """The pipeline under the cursor."""
        raise NotImplementedError

    def stage(self) -> Stage | None:
        """The stage under the cursor."""
        raise NotImplementedError

    # -- both ---------------------------------------------------------------------------------------

    def action_add(self) -> None:
        """A pipeline, or a stage behind the one under the cursor."""
        if self.is_on_stages:
            self._add_stage()
        else:
            self._new().choose()

    def action_wizard(self) -> None:
        """A pipeline from three questions."""
        self._new().ask_steps()

    def _new(self) -> Any:
        from pipeboard.tui.pipeline_wizard import NewPipeline

        return NewPipeline(self.app, self.do)

    def action_rename(self) -> None:
        """Another name."""
        sheet = self.sheet()
        if self.is_on_stages:
            self.action_set_field("name")
        elif sheet is not None:
            self._rename_pipeline(sheet.pipeline)

    def _rename_pipeline(self, pipeline: "Pipeline") -> None:
        from pipeboard.tui.echoes import any_text

        title = "Name of the pipeline"
        self.ask_line(
            title,
            any_text("How the pipeline is called"),
            lambda text: self.do(c.EditPipeline(pipeline.id, text), self.kept_unless_done(title, text)),
            value=pipeline.name,
            is_selected=True,
        )

    def action_reorder(self, step: int) -> None:
        """Further down or up."""
        stage, sheet = self.stage(), self.sheet()
        if self.is_on_stages and stage is not None:
            self.do(c.MoveStage(stage.id, step))
        elif not self.is_on_stages and sheet is not None:
            self.do(c.MovePipeline(sheet.pipeline.id, step))

    def action_archive(self) -> None:
        """Out of sight, after asking."""
        if self.is_on_stages:
            self._archive_stage()
        else:
            self._archive_pipeline()

    def _archive_pipeline(self) -> None:
        from pipeboard.tui.dialogs.confirm import Confirm

        sheet = self.sheet()
        if sheet is None:
            return

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self.do(c.ArchivePipeline(sheet.pipeline.id))

        detail = "Its closed deals stay in the history and the figures; u brings it back."
        self.app.ask(Confirm(f"Archive {sheet.pipeline.name}?", detail, yes="Archive", no="Keep"), answered)

    # -- stages -------------------------------------------------------------------------------------

    def _add_stage(self) -> None:
        from pipeboard.domain.templates import parse_stage
        from pipeboard.tui.dialogs.echo import Echo, told

        sheet = self.sheet()
        if sheet is None:
            return
        here, stages = self.stage(), sheet.open_stages
        left = here if here is not None and here.is_open else (stages[-1] if stages else None)
        right = next((one for one in stages if left is not None and one.position > left.position), None)
        middle = ((left.probability if left else 0) + (right.probability if right else 100)) // 2
        title = f"New stage after {left.name}" if left else "New stage"

        def describe(text: str) -> Echo:
            if not text:
                return told("A name, and if you like its probability and the days until deals rot: Legal 85% 10d")
            made = parse_stage(text, middle)
            days = f"rots after {made.rot_days} days" if made.rot_days else "never rots"
            return told(f"{made.name}: {made.probability}%, {days}")

        def answered(text: str) -> None:
            command = c.AddStage(sheet.pipeline.id, parse_stage(text, middle), left.id if left else None)
            self.do(command, self.kept_unless_done(title, text))

        self.ask_line(title, describe, answered, placeholder="Legal 85% 10d")

    def action_edit(self) -> None:
        """Choose the field to set; on a pipeline go to its stages."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        if not self.is_on_stages:
            self.action_side(1)
            return
        stage = self.stage()
        if stage is None:
            return

        def answered(choice: "Choice | None") -> None:
            if choice is not None:
                self.action_set_field(str(choice.value))

        choices = [Choice(field, label, _now(field, stage), key) for field, label, key in _FIELDS]
        self.app.ask(Choose(f"Change {stage.name}", choices, is_filtered=False), answered)

    def action_side(self, step: int) -> None:
        """To the stages, or back to the pipelines."""
        raise NotImplementedError

    def action_set_field(self, field: str) -> None:
        """Set one field of the stage under the cursor."""
        stage = self.stage()
        if stage is None or not self.is_on_stages:
            self.tell("That is set on a stage: l goes to them", "muted")
        elif field == "definition":
            self.app.run_question(self._write_definition(stage))
        elif field == "counts_for_velocity":
            self._set(stage, field, not stage.counts_for_velocity)
        elif field in ("forecast_category", "kind"):
            self._choose_value(stage, field)
        else:
            self._type_value(stage, field)

    def _set(self, stage: Stage, field: str, value: Any) -> None:
        self.do(c.EditStage(stage.id, ((field, value),)))

    def _type_value(self, stage: Stage, field: str) -> None:
        from pipeboard.tui.stage_fields import question

        asked = question(field, stage)
        self.ask_line(
            asked.title,
            asked.describe,
            lambda text: self.do(
                c.EditStage(stage.id, ((field, asked.read(text)),)), self.kept_unless_done(asked.title, text)
            ),
            value=asked.value,
            placeholder=asked.placeholder,
            is_selected=bool(asked.value) and field != "exit_criteria",
        )

    def _choose_value(self, stage: Stage, field: str) -> None:
        from pipeboard.tui.dialogs.choose import Choice, Choose
        from pipeboard.tui.text.pipeline_sheet import KIND_WORDS

        values: list[tuple[Any, str]] = [(category, category) for category in _CATEGORIES]
        if field == "kind":
            values = list(KIND_WORDS.items())
        now = stage.kind if field == "kind" else stage.forecast_category
        choices = [
            Choice(value, words, "now" if value == now else "", str(n)) for n, (value, words) in enumerate(values, 1)
        ]

        def answered(choice: "Choice | None") -> None:
            if choice is not None:
                self._set(stage, field, choice.value)

        title = f"{'Kind' if field == 'kind' else 'Forecast category'} of {stage.name}"
        self.app.ask(Choose(title, choices, is_filtered=False), answered)

    def action_definition(self) -> None:
        """Write the definition in $EDITOR."""
        self.action_set_field("definition")

    async def _write_definition(self, stage: Stage) -> None:
        from pipeboard.tui.editor import draft_of, edited, forget
        from pipeboard.tui.stage_fields import DEFINITION

        app = self.app
        draft = draft_of(str(app.workspace.target), stage.id, "stage-")
        text = edited(app, draft, stage.definition or DEFINITION)
        if text is None:
            return
        if text.strip() in (stage.definition.strip(), DEFINITION.strip()):
            forget(draft, text)
            return
        self.do(
            c.EditStage(stage.id, (("definition", text),)), lambda is_done: forget(draft, text) if is_done else None
        )

    def _archive_stage(self) -> None:
        from pipeboard.tui.dialogs.choose import Choice, Choose

        stage, sheet = self.stage(), self.sheet()
        if stage is None or sheet is None:
            return
        others = [one for one in sheet.open_stages if one.id != stage.id]
        count = next(one.deal_count for one in sheet.stages if one.stage.id == stage.id)
        if stage.kind in (StageKind.WON, StageKind.LOST) or not others:
            self.tell(f"{stage.name} cannot be archived: a pipeline needs it", "overdue")
            return
        before = [one for one in others if one.position < stage.position]
        cursor = others.index(before[-1]) if before else 0

        def answered(choice: "Choice | None") -> None:
            if choice is not None:
                self.do(c.ArchiveStage(stage.id, int(str(choice.value))))

        deals = f"its {count:,} deals go" if count != 1 else "its deal goes"
        title = f"Archive {stage.name}: where do{'es' if count == 1 else ''} {deals} on?"
        choices = [
            Choice(one.id, one.name, f"{one.probability}%", str(n) if n <= 9 else "") for n, one in enumerate(others, 1)
        ]
        self.app.ask(Choose(title, choices, is_filtered=False, cursor=cursor), answered)

    def action_to_checklist(self) -> None:
        """Turn the stage into a checklist of the one before."""
        from pipeboard.tui.dialogs.confirm import Confirm

        stage, sheet = self.stage(), self.sheet()
        if stage is None or sheet is None or not self.is_on_stages:
            self.tell("That is done with a stage: l goes to them", "muted")
            return
        before = [one for one in sheet.open_stages if one.position < stage.position]
        if not before or not stage.is_open:
            self.tell(f"There is no stage before {stage.name} whose checklist it could become part of", "overdue")
            return

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self.do(c.StageToChecklist(stage.id))

        detail = f"{before[-1].name} then requires it before a deal leaves, and its deals go on there; u takes it back."
        self.app.ask(Confirm(f"Turn {stage.name} into a checklist?", detail, yes="Turn", no="Keep"), answered)


def _now(field: str, stage: Stage) -> str:
    """What stands in a field now, in a few words."""
    from pipeboard.tui.text.pipeline_sheet import KIND_WORDS

    if field == "kind":
        return KIND_WORDS[stage.kind]
    if field == "counts_for_velocity":
        return "yes" if stage.counts_for_velocity else "no"
    if field == "rot_days":
        return f"{stage.rot_days} days" if stage.rot_days else "never"
    if field == "probability":
        return f"{stage.probability}%"
    value = getattr(stage, field)
    return str(value or "none").replace("\n", "; ")[:40]
