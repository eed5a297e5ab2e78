"""Adding, moving, ordering, editing and deleting deals."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.events import DealCreated, DealDeleted, DealEdited, DealMoved, DealReordered, TaskAdded
from pipeboard.domain.ordering import GAP
from pipeboard.domain.stage import DealStatus
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace

from .asking import add, detail, places, seen, titles

DUE = date(2026, 12, 1)


def test_a_deal_with_everything(workspace: Workspace) -> None:
    stage = places(workspace).contacted
    command = c.CreateDeal(
        "  Acme\u202e platform ",
        stage,
        value_minor=4_800_000,
        currency="USD",
        company="Acme",
        contact="Jan Kowalski",
        tags=("web", "web", "#big"),
        probability=40,
        is_hot=True,
        expected_close_on=DUE,
        started_on=date(2026, 11, 1),
        product="Platform",
        source="Fair",
        notes="two\nlines",
        next_step="call Jan",
        next_kind="call",
        due_on=DUE,
        due_time=time(14, 30),
    )
    outcome = workspace.execute(command)
    assert outcome.label == "Added Acme platform"
    assert outcome.events == (DealCreated(1, stage), TaskAdded(1, 1))
    deal = detail(workspace, 1)
    assert (deal.title, deal.company, deal.contact) == ("Acme platform", "Acme", "Jan Kowalski")
    assert (deal.value_minor, deal.currency, deal.probability, deal.is_hot) == (4_800_000, "USD", 40, True)
    assert (deal.tags, deal.notes, deal.product, deal.source) == ("web big", "two\nlines", "Platform", "Fair")
    assert (deal.expected_close_on, deal.started_on, deal.created_on) == (DUE, date(2026, 11, 1), date(2026, 11, 22))
    assert (deal.status, deal.stage, deal.owner) == (DealStatus.OPEN, "Contacted", "Anna Nowak")
    (task,) = deal.tasks
    assert (task.title, task.kind, task.due_on, task.due_time) == ("call Jan", "call", DUE, time(14, 30))
    (card,) = workspace.board.cards([1])
    assert (card.task_title, card.task_on, card.task_at) == ("call Jan", DUE, time(14, 30))


def test_the_least_a_deal_needs(workspace: Workspace) -> None:
    add(workspace, "x")
    deal = detail(workspace, 1)
    assert (deal.value_minor, deal.currency, deal.tasks, deal.company) == (None, "EUR", (), "")


def test_a_known_company_is_used_again(workspace: Workspace) -> None:
    add(workspace, company="Żubr S.A.")
    add(workspace, "Second", company="zubr s.a.")
    assert [detail(workspace, i).company for i in (1, 2)] == ["Żubr S.A.", "Żubr S.A."]


def test_new_deals_go_to_the_top(workspace: Workspace) -> None:
    for title in ("a", "b", "c"):
        add(workspace, title)
    assert titles(workspace, places(workspace).lead) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " \ufeff\n "}, "A deal needs a title"),
        ({"stage_id": 999}, "Stage 999 is not there"),
        ({"stage_id": 6}, "A new deal starts in an open stage, not in Won"),
        ({"value_minor": 2**60}, "value minor is"),
        ({"value_minor": 1.5}, "must be a whole number"),
        ({"probability": 101}, "from 0 to 100"),
        ({"currency": "XXL"}, "no ISO 4217 currency"),
        ({"owner_id": 77}, "There is no owner 77"),
    ],
)
def test_what_no_deal_can_be(workspace: Workspace, fields: dict[str, Any], sentence: str) -> None:
    command = c.CreateDeal("Acme", places(workspace).lead, company="New Ltd")._replace(**fields)
    before = workspace.changes.last_action_id()
    with pytest.raises((InvalidInput, NotFound), match=sentence):
        workspace.execute(command)
    assert workspace.changes.last_action_id() == before
    assert workspace.board.overview().totals[places(workspace).lead].count == 0


def test_move_clears_the_probability_and_keeps_the_order(workspace: Workspace) -> None:
    stages = places(workspace)
    ids = [add(workspace, title, probability=80) for title in ("a", "b", "c")]
    add(workspace, "old", stage_id=stages.qualified)
    outcome = workspace.execute(c.MoveDeals(seen(*ids), stages.qualified))
    assert outcome.label == "Moved 3 deals to Qualified"
    assert outcome.events == tuple(DealMoved(i, stages.lead, stages.qualified) for i in ids)
    assert titles(workspace, stages.qualified) == ["a", "b", "c", "old"]
    assert [detail(workspace, i).probability for i in ids] == [None] * 3


def test_a_deal_that_is_marked_twice_moves_once(workspace: Workspace) -> None:
    stages = places(workspace)
    deal = add(workspace)
    outcome = workspace.execute(c.MoveDeals(seen(deal, deal), stages.qualified))
    assert outcome.events == (DealMoved(deal, stages.lead, stages.qualified),)


def test_moving_where_it_is_does_nothing(workspace: Workspace) -> None:
    deal = add(workspace)
    assert workspace.execute(c.MoveDeals(seen(deal), places(workspace).lead)).action_id is None


def test_moves_that_are_refused(workspace: Workspace) -> None:
    deal = add(workspace)
    stages = places(workspace)
    with pytest.raises(InvalidInput, match="Moving to Won needs a closing"):
        workspace.execute(c.MoveDeals(seen(deal), stages.won))
    with pytest.raises(NotFound, match="Deal 99 is not there"):
        workspace.execute(c.MoveDeals(seen(deal, 99), stages.qualified))
    workspace.execute(c.WinDeals(seen(deal), workspace.board.today))
    with pytest.raises(InvalidInput, match="is closed or parked; reopen it first"):
        workspace.execute(c.MoveDeals(seen(deal), stages.qualified))


def test_steps_stop_at_the_ends(workspace: Workspace) -> None:
    stages = places(workspace)
    first, last = add(workspace, "first"), add(workspace, "last", stage_id=stages.negotiation)
    assert workspace.execute(c.StepDeals(seen(first), -1)).events == ()
    assert workspace.execute(c.StepDeals(seen(last), 1)).events == ()
    both = workspace.execute(c.StepDeals(seen(first, last), 1))
    assert both.events == (DealMoved(first, stages.lead, stages.contacted),)
    assert workspace.execute(c.StepDeals(seen(first), 99)).label == "Moved first to Negotiation"


def test_steps_skip_closed_deals(workspace: Workspace) -> None:
    deal = add(workspace)
    workspace.execute(c.WinDeals(seen(deal), workspace.board.today))
    assert workspace.execute(c.StepDeals(seen(deal), 1)).events == ()


def test_order_within_a_stage(workspace: Workspace) -> None:
    lead = places(workspace).lead
    a, b, c_ = (add(workspace, title) for title in ("a", "b", "c"))
    assert titles(workspace, lead) == ["c", "b", "a"]
    outcome = workspace.execute(c.ReorderDeal(c.Seen(a), c_, is_after=False))
    assert outcome.events == (DealReordered(a, lead),)
    assert titles(workspace, lead) == ["a", "c", "b"]
    workspace.execute(c.ReorderDeal(c.Seen(a), c_, is_after=True))
    assert titles(workspace, lead) == ["c", "a", "b"]
    workspace.execute(c.ReorderDeal(c.Seen(c_), b, is_after=True))
    assert titles(workspace, lead) == ["a", "b", "c"]
    for _ in range(3):
        workspace.execute(c.Undo())
    assert titles(workspace, lead) == ["c", "b", "a"]


def test_a_used_up_gap_is_made_anew(workspace: Workspace) -> None:
    """Each turn halves the gap between the same two neighbours, until the stage is numbered afresh."""
    lead = places(workspace).lead
    bottom, b, a, top = (add(workspace, title) for title in ("bottom", "b", "a", "top"))
    turns = GAP.bit_length() + 3
    for turn in range(turns):
        mover = a if turn % 2 else b
        workspace.execute(c.ReorderDeal(c.Seen(mover), top, is_after=True))
        assert titles(workspace, lead) == ["top", *(("a", "b") if mover == a else ("b", "a")), "bottom"]
    ranks = [card.rank for card in workspace.board.cards([top, a, b, bottom])]
    assert len(set(ranks)) == 4


def test_reorder_beside_something_else_does_nothing(workspace: Workspace) -> None:
    a, b = add(workspace, "a"), add(workspace, "b", stage_id=places(workspace).qualified)
    assert workspace.execute(c.ReorderDeal(c.Seen(a), b, is_after=True)).events == ()
    assert workspace.execute(c.ReorderDeal(c.Seen(a), a, is_after=True)).events == ()


def test_edit_sets_fields_and_says_which(workspace: Workspace) -> None:
    deal = add(workspace, company="Acme", value_minor=100)
    outcome = workspace.execute(
        c.EditDeals(
            seen(deal), (("value_minor", 250), ("company", "Nova"), ("tags", "x y"), ("title", "Acme platform"))
        )
    )
    (event,) = outcome.events
    assert isinstance(event, DealEdited)
    assert set(event.fields) == {"value_minor", "company_id", "tags"}
    now = detail(workspace, deal)
    assert (now.value_minor, now.company, now.tags) == (250, "Nova", "x y")
    index = workspace.board.search_index(workspace.board.overview().pipeline.id)
    assert [len(ids) for ids in index.filter("nova").ids.values() if ids] == [1]
    assert not any(len(ids) for ids in index.filter("acme nova y z").ids.values())


def test_an_edit_that_changes_nothing_is_no_action(workspace: Workspace) -> None:
    deal = add(workspace, value_minor=100)
    assert workspace.execute(c.EditDeals(seen(deal), (("value_minor", 100),))).action_id is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("stage_id", 3, "no field that can be set"),
        ("title", "", "needs a title"),
        ("probability", -1, "from 0 to 100"),
        ("value_minor", "12", "must be a whole number"),
        ("currency", None, "needs a currency"),
        ("currency", "euro", "ISO 4217"),
        ("owner_id", 99, "no owner 99"),
        ("expected_close_on", "soon", "must be a day"),
        ("closed_on", DUE, "is not closed"),
        ("wake_on", DUE, "is not parked"),
        ("forecast_category", "maybe", "no forecast category"),
    ],
)
def test_edits_that_are_refused(workspace: Workspace, field: str, value: Any, sentence: str) -> None:
    deal = add(workspace)
    with pytest.raises(InvalidInput, match=sentence):
        workspace.execute(c.EditDeals(seen(deal), ((field, value),)))


def test_delete_takes_deals_off_the_board(workspace: Workspace) -> None:
    ids = [add(workspace, title, next_step="call") for title in ("a", "b")]
    outcome = workspace.execute(c.DeleteDeals(seen(*ids)))
    assert outcome.label == "Deleted 2 deals"
    assert outcome.events == tuple(DealDeleted(i) for i in ids)
    assert titles(workspace, places(workspace).lead) == []
    with pytest.raises(NotFound):
        detail(workspace, ids[0])
    with pytest.raises(NotFound, match=r"“a” is not there any more\. You: Deleted 2 deals"):
        workspace.execute(c.CompleteTask(c.Seen(1)))


def test_a_keyboard_walk_is_one_stay(workspace: Workspace, clock: FixedClock) -> None:
    deal = add(workspace)
    clock.set(clock.now() + timedelta(days=2))
    for _ in range(3):
        workspace.execute(c.StepDeals(seen(deal), 1))
        clock.set(clock.now() + timedelta(seconds=20))
    stays = [(s.stage, s.days, s.outcome) for s in detail(workspace, deal).stays]
    assert stays == [("Lead", 2, "advanced"), ("Proposal made", None, None)]
    workspace.execute(c.Undo())
    assert [s.stage for s in detail(workspace, deal).stays] == ["Lead", "Qualified"]


def test_a_walk_there_and_back_never_happened(workspace: Workspace, clock: FixedClock) -> None:
    deal = add(workspace)
    clock.set(clock.now() + timedelta(days=2))
    workspace.execute(c.StepDeals(seen(deal), 1))
    clock.set(clock.now() + timedelta(seconds=5))
    workspace.execute(c.StepDeals(seen(deal), -1))
    assert [(s.stage, s.entered_on) for s in detail(workspace, deal).stays] == [("Lead", date(2026, 11, 22))]


def test_moves_apart_are_two_stays(workspace: Workspace, clock: FixedClock) -> None:
    deal = add(workspace)
    for _ in range(2):
        clock.set(clock.now() + timedelta(days=1))
        workspace.execute(c.StepDeals(seen(deal), 1))
    assert [(s.stage, s.days) for s in detail(workspace, deal).stays] == [
        ("Lead", 1),
        ("Contacted", 1),
        ("Qualified", None),
    ]
