"""What stages ask for, BANT, and deals that go to another pipeline."""

from datetime import timedelta

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import CriteriaOpen, InvalidInput, NotFound
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from tests.conftest import NOW

from .asking import add, detail, places, seen


@pytest.fixture
def strict(workspace: Workspace) -> Workspace:
    """The Lead stage requires two things and advises one."""
    lead = places(workspace).lead
    workspace.execute(c.EditStage(lead, (("exit_criteria", "! Fits us\n! Contact known\nLikes us"),)))
    return workspace


def labels(workspace: Workspace) -> list[str]:
    return [action.label for action in workspace.history.actions(20)]


def test_a_deal_goes_on_with_required_criteria_open_only_when_that_is_said(strict: Workspace) -> None:
    at, deal = places(strict), add(strict)
    for command in (
        c.StepDeals(seen(deal), 1),
        c.MoveDeals(seen(deal), at.proposal),
        c.WinDeals(seen(deal), NOW.date()),
    ):
        with pytest.raises(CriteriaOpen, match="still has 2 open criteria in Lead: Fits us, Contact known"):
            strict.execute(command)
    assert detail(strict, deal).stage == "Lead"
    strict.execute(c.TickCriterion(c.Seen(deal), "fits"))
    outcome = strict.execute(c.StepDeals(seen(deal), 1, is_forced=True))
    assert outcome.label == "Moved Acme platform to Contacted with 1 open criterion"
    strict.execute(c.Undo())
    strict.execute(c.TickCriterion(c.Seen(deal), "Contact known"))
    assert strict.execute(c.StepDeals(seen(deal), 1)).label == "Moved Acme platform to Contacted"


def test_going_back_losing_and_parking_ask_nothing(strict: Workspace) -> None:
    at = places(strict)
    strict.execute(c.EditStage(at.contacted, (("exit_criteria", "! Replied"),)))
    deal = add(strict, stage_id=at.contacted)
    strict.execute(c.StepDeals(seen(deal), -1))
    strict.execute(c.LoseDeals(seen(deal), NOW.date(), "Price"))
    assert detail(strict, deal).stage == "Lost"


def test_several_deals_are_asked_about_together(strict: Workspace) -> None:
    first, second, third = add(strict, "One"), add(strict, "Two"), add(strict, "Three")
    for text in ("fits", "contact"):
        strict.execute(c.TickCriterion(c.Seen(third), text))
    with pytest.raises(CriteriaOpen, match="2 of 3 deals still have 4 open criteria, “One” for example"):
        strict.execute(c.StepDeals(seen(first, second, third), 1))
    assert {detail(strict, deal).stage for deal in (first, second, third)} == {"Lead"}
    label = strict.execute(c.StepDeals(seen(first, second, third), 1, is_forced=True)).label
    assert label == "Moved 3 deals to Contacted with 4 open criteria"


def test_ticks_are_those_of_the_stage_and_are_undone(strict: Workspace) -> None:
    deal = add(strict)
    assert strict.execute(c.TickCriterion(c.Seen(deal), "likes")).label == "Ticked “Likes us” for Acme platform"
    assert [(check.text, check.is_done) for check in detail(strict, deal).checks] == [
        ("Fits us", False),
        ("Contact known", False),
        ("Likes us", True),
    ]
    assert detail(strict, deal).timeline[0].text == "ticked: likes us"
    strict.execute(c.Undo())
    assert not any(check.is_done for check in detail(strict, deal).checks)
    with pytest.raises(NotFound, match="no criterion"):
        strict.execute(c.TickCriterion(c.Seen(deal), "budget"))


def test_the_four_questions_make_a_score(workspace: Workspace) -> None:
    deal = add(workspace)
    workspace.execute(c.AnswerBant(c.Seen(deal), (("budget", "yes", "40k approved"), ("auth", "no", None))))
    outcome = workspace.execute(c.AnswerBant(c.Seen(deal), (("need", "yes", ""),)))
    assert outcome.label == "BANT of Acme platform: need yes (2/4)"
    bant = detail(workspace, deal).qualification
    assert (bant.words, bant.score, bant.answered_count) == ("2/4", 50, 3)
    assert bant.answers[0].note == "40k approved"
    assert detail(workspace, deal).timeline[0].text == "BANT 1/4 to 2/4"
    workspace.execute(c.Undo())
    assert detail(workspace, deal).qualification.words == "1/4"
    with pytest.raises(InvalidInput, match="no answer"):
        workspace.execute(c.AnswerBant(c.Seen(deal), (("need", "perhaps", None),)))


@pytest.fixture
def two(workspace: Workspace) -> int:
    """A second pipeline after the sale; its id."""
    template = TEMPLATES["post-sale"]
    workspace.execute(c.CreatePipeline(template.name, template.stages, is_post_sale=True))
    return workspace.listing.names().pipelines[1].id


def test_a_copy_for_after_the_sale_knows_its_original(workspace: Workspace, two: int) -> None:
    deal = add(workspace, value_minor=500_00, company="Acme", tags=("web",), notes="From the fair", probability=80)
    workspace.execute(c.WinDeals(seen(deal), NOW.date()))
    outcome = workspace.execute(c.CopyDeals(seen(deal), two))
    assert outcome.label == "Copied Acme platform to Customers"
    copy = outcome.events[0].deal_id  # type: ignore[union-attr]
    now, old = detail(workspace, copy), detail(workspace, deal)
    assert (now.stage, now.company, now.value_minor, now.tags) == ("Handover", "Acme", 500_00, "web")
    assert (now.probability, now.closed_on, now.created_on, now.notes) == (None, None, NOW.date(), "From the fair")
    assert [(r.id, r.pipeline, r.is_original) for r in now.relatives] == [(deal, "B2B sales", True)]
    assert [(r.id, r.pipeline, r.is_original) for r in old.relatives] == [(copy, "Customers", False)]
    assert old.stage == "Won"
    assert now.timeline[-1].text == "copied"
    with pytest.raises(InvalidInput, match="is in B2B sales already"):
        workspace.execute(c.CopyDeals(seen(deal), 1))
    workspace.execute(c.Undo())
    assert not detail(workspace, deal).relatives


def test_a_deal_is_handed_to_the_stage_of_the_same_name_or_the_first(
    workspace: Workspace, two: int, clock: FixedClock
) -> None:
    workspace.execute(c.CreatePipeline("Partners", TEMPLATES["b2b"].stages))
    partners = workspace.listing.names().pipelines[2].id
    deal = add(workspace, stage_id=places(workspace).qualified)
    workspace.execute(c.HandOffDeals(seen(deal), partners))
    assert (detail(workspace, deal).pipeline, detail(workspace, deal).stage) == ("Partners", "Qualified")
    clock.set(NOW + timedelta(days=2))
    workspace.execute(c.HandOffDeals(seen(deal), two))
    assert (detail(workspace, deal).pipeline, detail(workspace, deal).stage) == ("Customers", "Handover")
    assert [stay.outcome for stay in detail(workspace, deal).stays] == ["handed_off", "handed_off", None]
    workspace.execute(c.Undo())
    assert detail(workspace, deal).pipeline == "Partners"
    workspace.execute(c.LoseDeals(seen(deal), NOW.date(), "Price"))
    with pytest.raises(InvalidInput, match="reopen it first"):
        workspace.execute(c.HandOffDeals(seen(deal), two))


def test_lost_reasons_are_a_list_people_keep(workspace: Workspace) -> None:
    workspace.execute(c.AddLostReason("Chose to build it", is_excluded=True))
    reasons = workspace.catalogues.lost_reasons()
    mine = reasons[-1]
    assert (mine.name, mine.is_excluded) == ("Chose to build it", True)
    workspace.execute(c.MoveLostReason(mine.id, -20))
    assert workspace.deals.lost_reasons()[0] == "Chose to build it"
    assert workspace.execute(c.EditLostReason(mine.id, is_excluded=False)).label.endswith("counted in the win rate")
    workspace.execute(c.EditLostReason(mine.id, "Built it"))
    workspace.execute(c.ArchiveLostReason(mine.id))
    assert "Built it" not in workspace.deals.lost_reasons()
    for _ in range(5):
        workspace.execute(c.Undo())
    assert [r.name for r in workspace.catalogues.lost_reasons()] == [r.name for r in reasons[:-1]]
    with pytest.raises(InvalidInput, match="already"):
        workspace.execute(c.AddLostReason("price"))


def test_somebody_who_leaves_hands_over_what_is_open(workspace: Workspace) -> None:
    workspace.execute(c.AddOwner("Boris"))
    workspace.execute(c.AddOwner("Clara"))
    people = {owner.name: owner.id for owner in workspace.listing.names().owners}
    kept, closed = add(workspace, "Open", owner_id=people["Boris"]), add(workspace, "Old", owner_id=people["Boris"])
    workspace.execute(c.AddTask(kept, "Call"))
    workspace.execute(c.LoseDeals(seen(closed), NOW.date(), "Price"))
    workspace.execute(c.ArchiveOwner(people["Boris"], people["Clara"]))
    assert (detail(workspace, kept).owner, detail(workspace, closed).owner) == ("Clara", "Boris")
    assert detail(workspace, kept).tasks[0].assignee_id == people["Clara"]
    workspace.execute(c.Undo())
    assert detail(workspace, kept).owner == "Boris"
    assert workspace.execute(c.RenameOwner(people["Boris"], "Boris P.")).label == "Renamed Boris to Boris P."
