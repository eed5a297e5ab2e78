"""Stages and pipelines as people shape them, and what becomes of the deals in them; each taken back by one undo."""

from datetime import timedelta
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import Conflict, InvalidInput
from pipeboard.domain.stage import DealStatus, Stage, StageKind
from pipeboard.domain.templates import TEMPLATES, StageTemplate
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.storage import check as storage_check
from tests.conftest import NOW

from .asking import add, detail, places, seen


def names(workspace: Workspace) -> list[str]:
    """The stages of the first pipeline in order."""
    return [stage.name for stage in stages(workspace)]


def stages(workspace: Workspace) -> tuple[Stage, ...]:
    return workspace.deals.stages(1)


def stage(workspace: Workspace, stage_id: int) -> Stage:
    return next(one for one in stages(workspace) if one.id == stage_id)


def check(workspace: Workspace) -> None:
    """The projections are what the history says."""
    assert storage_check.check(workspace.target) == []


def test_a_stage_is_added_behind_another_and_taken_back(workspace: Workspace) -> None:
    at = places(workspace)
    before = names(workspace)
    outcome = workspace.execute(c.AddStage(1, StageTemplate("Demo", probability=25, rot_days=7), at.contacted))
    assert outcome.label == "Added the stage Demo"
    assert names(workspace)[:4] == ["Lead", "Contacted", "Demo", "Qualified"]
    assert names(workspace)[4:] == before[3:]
    workspace.execute(c.Undo())
    assert names(workspace) == before
    workspace.execute(c.Redo())
    workspace.execute(c.AddStage(1, StageTemplate("Legal", probability=85)))
    assert names(workspace)[5:8] == ["Negotiation", "Legal", "Won"]


@pytest.mark.parametrize(
    ("added", "sentence"),
    [
        (StageTemplate(" "), "A stage needs a name"),
        (StageTemplate("lead"), "a stage 'lead' in this pipeline already"),
        (StageTemplate("Second", StageKind.WON), "Won is the stage for won deals"),
        (StageTemplate("High", probability=101), "whole number from 0 to 100"),
    ],
)
def test_a_stage_that_makes_no_sense_is_not_added(workspace: Workspace, added: StageTemplate, sentence: str) -> None:
    before = names(workspace)
    with pytest.raises(InvalidInput, match=sentence):
        workspace.execute(c.AddStage(1, added))
    assert names(workspace) == before


def test_the_fields_of_a_stage_are_checked_and_undone(workspace: Workspace) -> None:
    lead = places(workspace).lead
    old = stage(workspace, lead)
    changes = (
        ("probability", 8),
        ("rot_days", None),
        ("deal_limit", 20),
        ("counts_for_velocity", True),
        ("forecast_category", "pipeline"),
        ("definition", "Find out who they are.\nWhy: no meeting without a need."),
        ("exit_criteria", "!  Fits us\n\nContact known\n! fits us"),
    )
    workspace.execute(c.EditStage(lead, changes))
    new = stage(workspace, lead)
    assert (new.probability, new.rot_days, new.deal_limit, new.counts_for_velocity) == (8, None, 20, True)
    assert new.exit_criteria == "! Fits us\nContact known"
    assert new.definition.endswith("without a need.")
    workspace.execute(c.Undo())
    assert stage(workspace, lead) == old
    assert workspace.execute(c.EditStage(lead, (("name", "Prospect"),))).label == "Renamed the stage Lead to Prospect"


@pytest.mark.parametrize(
    ("place", "field", "value", "sentence"),
    [
        ("lead", "probability", 120, "from 0 to 100"),
        ("lead", "rot_days", -1, "from 1 to"),
        ("lead", "forecast_category", "sure", "no forecast category"),
        ("lead", "name", "Won", "a stage 'Won'"),
        ("lead", "colour", "red", "no field 'colour'"),
        ("won", "probability", 50, "not worked in"),
        ("won", "kind", StageKind.OPEN, "cannot do without it"),
        ("lead", "kind", StageKind.PARKED, "Fridge is the stage for parked deals"),
    ],
)
def test_a_value_that_a_stage_cannot_have_changes_nothing(
    workspace: Workspace, place: str, field: str, value: Any, sentence: str
) -> None:
    before = stages(workspace)
    with pytest.raises(InvalidInput, match=sentence):
        workspace.execute(c.EditStage(getattr(places(workspace), place), ((field, value),)))
    assert stages(workspace) == before


def test_a_stage_becomes_another_kind_only_while_nobody_stands_in_it(workspace: Workspace) -> None:
    at = places(workspace)
    add(workspace, stage_id=at.contacted)
    workspace.execute(c.ArchiveStage(at.fridge, at.lead))
    with pytest.raises(InvalidInput, match="1 deals stand in Contacted"):
        workspace.execute(c.EditStage(at.contacted, (("kind", StageKind.PARKED),)))
    workspace.execute(c.EditStage(at.qualified, (("kind", StageKind.PARKED),)))
    assert stage(workspace, at.qualified).probability == 0
    workspace.execute(c.EditStage(at.contacted, (("kind", StageKind.POST),)))
    check(workspace)


def test_a_live_probability_counts_for_open_deals_without_their_own(workspace: Workspace) -> None:
    at = places(workspace)
    plain, own = add(workspace, value_minor=100_00), add(workspace, value_minor=100_00, probability=50)
    workspace.execute(c.EditStage(at.lead, (("probability", 20),)))
    assert detail(workspace, plain).effective_probability == 20
    assert detail(workspace, own).effective_probability == 50
    assert workspace.board.overview().totals[at.lead].weighted_minor == 70_00


def test_the_order_of_stages_changes_and_so_does_what_was_an_advance(workspace: Workspace, clock: FixedClock) -> None:
    at = places(workspace)
    deal = add(workspace)
    clock.set(NOW + timedelta(days=2))
    workspace.execute(c.MoveDeals(seen(deal), at.qualified))
    clock.set(NOW + timedelta(days=4))
    workspace.execute(c.MoveDeals(seen(deal), at.contacted))
    assert [stay.outcome for stay in detail(workspace, deal).stays] == ["advanced", "back", None]
    workspace.execute(c.MoveStage(at.contacted, 1))
    assert names(workspace)[:3] == ["Lead", "Qualified", "Contacted"]
    assert [stay.outcome for stay in detail(workspace, deal).stays] == ["advanced", "advanced", None]
    check(workspace)
    workspace.execute(c.Undo())
    assert [stay.outcome for stay in detail(workspace, deal).stays] == ["advanced", "back", None]
    check(workspace)
    assert workspace.execute(c.MoveStage(at.lead, -1)).action_id is None
    workspace.execute(c.MoveStage(at.negotiation, 3))
    assert names(workspace)[4] == "Negotiation", "an open stage stays before the closed ones"


def test_the_deals_of_an_archived_stage_go_on_elsewhere_by_one_action(workspace: Workspace, clock: FixedClock) -> None:
    at = places(workspace)
    first = add(workspace, "First", stage_id=at.contacted, probability=90)
    second = add(workspace, "Second")
    clock.set(NOW + timedelta(days=3))
    workspace.execute(c.MoveDeals(seen(second), at.contacted))
    clock.set(NOW + timedelta(days=10))
    outcome = workspace.execute(c.ArchiveStage(at.contacted, at.qualified))
    assert outcome.label == "Archived the stage Contacted, its deals are in Qualified"
    assert "Contacted" not in names(workspace)
    for deal, days in ((first, 10), (second, 7)):
        now = detail(workspace, deal)
        assert (now.stage, now.probability) == ("Qualified", None)
        assert now.entered_on is not None
        assert (clock.now().date() - now.entered_on).days == days, "the clock of a deal goes on"
    check(workspace)
    workspace.execute(c.Undo())
    assert (detail(workspace, first).stage, detail(workspace, first).probability) == ("Contacted", 90)
    assert detail(workspace, second).entered_on == (NOW + timedelta(days=3)).date()
    check(workspace)
    workspace.execute(c.Redo())
    assert detail(workspace, second).stage == "Qualified"
    check(workspace)


def test_a_deal_lost_in_an_archived_stage_comes_back_to_where_its_deals_went(workspace: Workspace) -> None:
    at = places(workspace)
    deal = add(workspace, stage_id=at.contacted)
    workspace.execute(c.LoseDeals(seen(deal), NOW.date(), "Price"))
    workspace.execute(c.ArchiveStage(at.contacted, at.qualified))
    assert detail(workspace, deal).closed_from == "Contacted", "the history keeps the stage"
    workspace.execute(c.ReopenDeals(seen(deal)))
    assert detail(workspace, deal).stage == "Qualified"


def test_what_a_pipeline_cannot_do_without_is_not_archived(workspace: Workspace) -> None:
    at = places(workspace)
    deal = add(workspace)
    for stage_id in (at.won, at.lost):
        with pytest.raises(InvalidInput, match="where deals end"):
            workspace.execute(c.ArchiveStage(stage_id, at.lead))
    with pytest.raises(InvalidInput, match="another open stage of the pipeline, not in Won"):
        workspace.execute(c.ArchiveStage(at.lead, at.won))
    workspace.execute(c.ParkDeals(seen(deal), (NOW + timedelta(days=9)).date(), "spring"))
    with pytest.raises(InvalidInput, match="1 parked deals wait in it"):
        workspace.execute(c.ArchiveStage(at.fridge, at.lead))
    for stage_id in (at.contacted, at.qualified, at.proposal, at.negotiation):
        workspace.execute(c.ArchiveStage(stage_id, at.lead))
    with pytest.raises(InvalidInput, match="last open stage"):
        workspace.execute(c.ArchiveStage(at.lead, at.won))


def test_a_stage_becomes_a_part_of_the_checklist_before_it(workspace: Workspace) -> None:
    at = places(workspace)
    deal = add(workspace, stage_id=at.proposal)
    workspace.execute(c.TickCriterion(c.Seen(deal), "value"))
    outcome = workspace.execute(c.StageToChecklist(at.proposal))
    assert outcome.label == "Made the stage Proposal made a part of the checklist of Qualified"
    into = stage(workspace, at.qualified)
    assert into.exit_criteria.splitlines()[1:] == [
        "! Proposal made",
        "Value set",
        "Close date agreed with the buyer",
        "Next step booked",
    ]
    now = detail(workspace, deal)
    assert now.stage == "Qualified"
    assert [check.text for check in now.checks if check.is_done] == ["Proposal made", "Value set"]
    workspace.execute(c.Undo())
    assert [check.text for check in detail(workspace, deal).checks if check.is_done] == ["Value set"]
    with pytest.raises(InvalidInput, match="no stage before Lead"):
        workspace.execute(c.StageToChecklist(at.lead))


def test_a_later_change_of_the_same_stage_stands_in_the_way_of_undo(workspace: Workspace) -> None:
    at = places(workspace)
    first = workspace.execute(c.EditStage(at.lead, (("probability", 8),))).action_id
    workspace.execute(c.EditStage(at.lead, (("probability", 9),)))
    with pytest.raises(Conflict, match="Undo that first"):
        workspace.execute(c.Undo(first))


def test_pipelines_are_renamed_reordered_and_taken_back(workspace: Workspace) -> None:
    template = TEMPLATES["saas"]
    workspace.execute(c.CreatePipeline("Renewals", template.stages))
    second = workspace.listing.names().pipelines[1].id
    workspace.execute(c.MovePipeline(second, -1))
    assert [p.name for p in workspace.listing.names().pipelines] == ["Renewals", "B2B sales"]
    workspace.execute(c.Undo())
    outcome = workspace.execute(c.EditPipeline(second, "Upgrades"))
    assert outcome.label == "Renamed the pipeline Renewals to Upgrades"
    with pytest.raises(InvalidInput, match="already"):
        workspace.execute(c.EditPipeline(second, "b2b SALES"))
    workspace.execute(c.Undo())
    workspace.execute(c.Undo())
    assert [p.name for p in workspace.listing.names().pipelines] == ["B2B sales"]


@pytest.mark.parametrize("key", list(TEMPLATES))
def test_every_template_makes_a_pipeline_one_can_work_in(workspace: Workspace, key: str) -> None:
    template = TEMPLATES[key]
    workspace.execute(c.CreatePipeline("Fresh", template.stages, template.is_post_sale))
    fresh = workspace.listing.names().pipelines[-1]
    made = workspace.deals.stages(fresh.id)
    assert [one.name for one in made] == [one.name for one in template.stages]
    deal = add(workspace, stage_id=made[0].id)
    workspace.execute(c.StepDeals(seen(deal), 2))
    workspace.execute(c.WinDeals(seen(deal), NOW.date()))
    assert detail(workspace, deal).status == DealStatus.WON
    assert fresh.is_post_sale == key.startswith("post-sale")
