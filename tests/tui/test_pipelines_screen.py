"""The screen of pipelines: what it shows, and stages and pipelines changed by its keys."""

from pathlib import Path

import pytest

from pipeboard.domain import commands as c
from pipeboard.services.workspace import Workspace
from pipeboard.tui.actions import ACTIONS, PIPELINES
from pipeboard.tui.app import PipeboardApp
from pipeboard.tui.screens.pipelines import PipelinesScreen
from tests.tui.driver import Player, playing

SCREENS = Path(__file__).parent / "screens"


def stages(player: Player, pipeline: int = 0) -> list[str]:
    sheet = player.app.workspace.catalogues.pipelines()[pipeline]
    return [one.stage.name for one in sheet.stages if one.stage.is_open]


@pytest.fixture
def filled(local_workspace: Workspace) -> Workspace:
    """A deal in Lead and two in Contacted, one criterion required."""
    lead, contacted = (stage.id for stage in local_workspace.deals.stages()[:2])
    for title, stage_id in (("Acme", lead), ("Globex", contacted), ("Initech [/]", contacted)):
        local_workspace.execute(c.CreateDeal(title, stage_id))
    local_workspace.execute(c.EditStage(contacted, (("exit_criteria", "! Replied\nMet [/ EU]"), ("deal_limit", 1))))
    return local_workspace


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 45)])
async def test_what_a_person_reads(filled: Workspace, size: tuple[int, int]) -> None:
    async with playing(filled, size) as player:
        await player.press("g", "p", "j")
        expected = (SCREENS / f"pipelines-{size[0]}x{size[1]}.txt").read_text(encoding="utf-8")
        assert player.text.rstrip("\n") == expected.rstrip("\n")
        strips = player.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {size[0]}


async def test_a_stage_is_set_field_by_field_and_taken_back(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "p", "percent_sign")
        await player.type("8")
        await player.press("enter", "d")
        await player.type("21")
        await player.press("enter", "e", "v", "e", "f", "2", "c")
        await player.press("home")
        await player.type("! ")
        await player.press("enter", "r")
        await player.type("Prospect")
        await player.press("enter")
        stage = filled.deals.stages()[0]
        assert (stage.name, stage.probability, stage.rot_days) == ("Prospect", 8, 21)
        assert (stage.counts_for_velocity, stage.forecast_category) == (True, "best")
        assert stage.exit_criteria == "! Fits the ideal customer profile\nContact person known"
        assert "Renamed the stage Lead to Prospect" in player.text
        await player.press("u", "u")
        assert filled.deals.stages()[0].name == "Lead"


async def test_stages_come_move_and_go_with_their_deals(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "p", "j", "n")
        await player.type("Demo 7d")
        assert "Demo: 25%, rots after 7 days" in player.text
        await player.press("enter")
        assert stages(player) == ["Lead", "Contacted", "Demo", "Qualified", "Proposal made", "Negotiation"]
        await player.press("K")
        assert stages(player)[:3] == ["Lead", "Demo", "Contacted"], "the cursor stands on the new one"
        await player.press("j", "D")
        assert "Archive Contacted: where do its 2 deals go on?" in player.text
        await player.press("enter")
        assert player.stage_of("Globex") == "Demo"
        await player.press("T", "y")
        assert stages(player) == ["Lead", "Demo", "Proposal made", "Negotiation"]
        await player.press("u", "u")
        assert player.stage_of("Globex") == "Contacted"
        await player.press("G", "D")
        assert stages(player)[0] == "Lead"


async def test_pipelines_come_from_templates_and_from_three_questions(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "p")
        on_stages = str([list(row) for row in player.app.screen._compositor.render_strips()])
        await player.press("h")
        rows = str([list(row) for row in player.app.screen._compositor.render_strips()])
        assert rows != on_stages, "it is seen where the keys go"
        await player.press("n", "7", "enter")
        assert [sheet.pipeline.name for sheet in filled.catalogues.pipelines()] == ["B2B sales", "Customers"]
        assert "Pipelines → Customers" in player.text
        await player.press("W")
        await player.type("asks, tries")
        await player.press("enter", "enter")
        await player.type("set an end date")
        await player.press("enter", "2", "enter")
        await player.type("Trials")
        await player.press("enter")
        sheet = filled.catalogues.pipelines()[2]
        assert [(one.stage.name, one.stage.probability) for one in sheet.stages[:2]] == [("asks", 5), ("tries", 80)]
        assert sheet.stages[1].stage.exit_criteria == "! set an end date"
        await player.press("r")
        await player.type("Pilots")
        await player.press("enter", "K", "D", "y")
        assert [one.pipeline.name for one in filled.catalogues.pipelines()] == ["B2B sales", "Customers"]
        await player.press("u")
        assert [one.pipeline.name for one in filled.catalogues.pipelines()] == ["B2B sales", "Pilots", "Customers"]
        await player.press("b")
        assert player.app.board_screen().overview.pipeline.name == "Customers"


async def test_more_than_ten_stages_are_warned_of_with_a_way_out(filled: Workspace) -> None:
    lead = filled.deals.stages()[0].id
    from pipeboard.domain.templates import StageTemplate

    for number in range(6):
        filled.execute(c.AddStage(1, StageTemplate(f"Step {number}", probability=6), lead))
    async with playing(filled, (100, 30)) as player:
        await player.press("g", "p")
        assert "11 stages are many" in player.text
        await player.press("j", "T", "y")
        assert "stages are many" not in player.text


async def test_the_definition_is_written_in_the_editor(
    filled: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeboard.tui import editor

    monkeypatch.setattr(editor, "_run", lambda _app, draft: draft.write_text("What: find out who they are\n") > 0)
    async with playing(filled) as player:
        await player.press("g", "p", "E")
        assert filled.deals.stages()[0].definition == "What: find out who they are"
        assert "What: find out who they are" in player.text


def test_every_action_of_the_screen_is_there() -> None:
    for action in ACTIONS:
        if PIPELINES in action.contexts:
            name = f"action_{action.action.split('(')[0]}"
            assert hasattr(PipelinesScreen, name) or hasattr(PipeboardApp, name), action.id
