"""Pipelines and stages: which there are, what each asks for, and everything to change them."""

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from pipeboard.domain.stage import Stage
from pipeboard.tui.actions import PIPELINES
from pipeboard.tui.pipeline_actions import PipelineActions
from pipeboard.tui.runner import Superseded
from pipeboard.tui.text.bars import TopLine
from pipeboard.tui.text.pipeline_sheet import SetupKeys, about_rows, pipeline_rows, stage_rows
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.sheet_list import SheetList
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeboard.domain.events import Event
    from pipeboard.services.catalogues import PipelineSheet
    from pipeboard.tui.text.sheet_rows import SheetRow

ROOMY = 120
"""Columns from which the list of pipelines is as wide as their names usually are."""


class PipelinesScreen(PipelineActions):
    """The pipelines at the left, the stages of the one under the cursor at the right."""

    CONTEXT = PIPELINES
    CSS_PATH = "pipelines.tcss"
    AUTO_FOCUS = "#stages"
    HINTS = (
        ("pipelines.add", "new", 1),
        ("pipelines.edit", "edit", 2),
        ("pipelines.criteria", "criteria", 3),
        ("pipelines.definition", "definition", 5),
        ("pipelines.lower", "order", 6),
        ("pipelines.checklist", "checklist", 6),
        ("pipelines.archive", "archive", 4),
        ("app.help", "help", 0),
        ("app.back", "back", 0),
    )

    def __init__(self, pipeline_id: int) -> None:
        super().__init__()
        self._sheets: tuple[PipelineSheet, ...] = ()
        self._wanted: object = pipeline_id
        self._wanted_stage: object = None

    def compose(self) -> ComposeResult:
        glyphs = self.app.glyphs
        yield TopBar(glyphs=glyphs, id="top")
        with Horizontal(id="middle"):
            yield SheetList(glyphs=glyphs, id="pipelines")
            with Vertical(id="right"):
                yield SheetList(glyphs=glyphs, id="stages")
                yield SheetList(glyphs=glyphs, id="about")
        yield FootBar(glyphs=glyphs, id="foot")

    def on_mount(self) -> None:
        self.query_one("#about", SheetList).can_focus = False
        self._fit(self.app.size.width)
        super().on_mount()

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        self.set_class(width >= ROOMY, "-roomy")

    # -- reading --------------------------------------------------------------------------------------

    async def reload(self) -> None:
        """Read pipelines and stages again."""
        app = self.app
        try:
            self._sheets = await app.read("pipelines", lambda: app.workspace.catalogues.pipelines())
        except Superseded:
            return
        self._show()

    def _keys(self) -> SetupKeys:
        names = ("add", "criteria", "definition", "checklist", "wizard")
        return SetupKeys(*(self.key_of(f"pipelines.{name}") for name in names))

    def _show(self) -> None:
        self._pipelines.show(lambda _width: pipeline_rows(self._sheets, self._keys()))
        if self._wanted is not None:
            self._pipelines.select(self._wanted)
            self._wanted = None
        self._show_stages()

    def _show_stages(self) -> None:
        sheet = self.sheet()
        count = len(sheet.stages) if sheet is not None else 0
        room = max(4, self.app.size.height - 9)
        self._stages.styles.height = min(count + 2, room)
        self._stages.show(lambda width: stage_rows(self.sheet(), width, self.app.glyphs))
        if self._wanted_stage is not None:
            self._stages.select(self._wanted_stage)
            self._wanted_stage = None
        self._show_about()
        if sheet is not None:
            summary = f"{len(sheet.open_stages)} stages {self.app.glyphs.dot} {sheet.open_count:,} open deals"
            self.query_one(TopBar).show(TopLine(f"Pipelines {self.app.glyphs.next} {sheet.pipeline.name}", summary))

    def _show_about(self) -> None:
        def draw(width: int) -> "Sequence[SheetRow]":
            sheet = self.sheet()
            return about_rows(sheet, self.stage(), width, self._keys()) if sheet is not None else ()

        self.query_one("#about", SheetList).show(draw)

    @on(SheetList.RowHighlighted, "#pipelines")
    def _pipeline_highlighted(self) -> None:
        self._show_stages()

    @on(SheetList.RowHighlighted, "#stages")
    def _stage_highlighted(self) -> None:
        self._show_about()

    @on(SheetList.RowSelected)
    def _row_selected(self) -> None:
        self.action_edit()

    def follow(self, facts: "tuple[Event, ...]") -> None:
        from pipeboard.domain.events import SetupChanged

        known = {sheet.pipeline.id for sheet in self._sheets}
        stages = {one.stage.id for sheet in self._sheets for one in sheet.stages}
        for fact in facts:
            if isinstance(fact, SetupChanged) and fact.entity == "pipeline" and fact.entity_id not in known:
                self._wanted = fact.entity_id
            if isinstance(fact, SetupChanged) and fact.entity == "stage" and fact.entity_id not in stages:
                self._wanted_stage = fact.entity_id

    # -- where the cursor is ----------------------------------------------------------------------------

    @property
    def _pipelines(self) -> SheetList:
        return self.query_one("#pipelines", SheetList)

    @property
    def _stages(self) -> SheetList:
        return self.query_one("#stages", SheetList)

    @property
    def is_on_stages(self) -> bool:
        return not self._pipelines.has_focus

    @property
    def _list(self) -> SheetList:
        return self._stages if self.is_on_stages else self._pipelines

    def sheet(self) -> "PipelineSheet | None":
        found = next((one for one in self._sheets if one.pipeline.id == self._pipelines.key), None)
        return found or (self._sheets[0] if self._sheets else None)

    def stage(self) -> Stage | None:
        sheet = self.sheet()
        return next((one.stage for one in sheet.stages if one.stage.id == self._stages.key), None) if sheet else None

    # -- moving about -------------------------------------------------------------------------------------

    def action_side(self, step: int) -> None:
        """To the stages, or back to the pipelines."""
        (self._stages if step > 0 else self._pipelines).focus()

    def action_cursor(self, _dx: int, dy: int) -> None:
        """Go up or down."""
        self._list.move(dy)

    def action_first(self) -> None:
        """Go to the first row."""
        self._list.edge(-1)

    def action_last(self) -> None:
        """Go to the last row."""
        self._list.edge(1)

    def action_to_board(self) -> None:
        """Show the pipeline on the board."""
        sheet = self.sheet()
        if sheet is not None:
            self.app.board_screen().show_pipeline(sheet.pipeline.id)
            self.dismiss(None)

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)
