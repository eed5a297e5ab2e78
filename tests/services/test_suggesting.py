"""Which deals the agenda suggests, and what comes of taking and hiding it."""

from datetime import date, timedelta
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.stage import DealStatus
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace

from .handlers.asking import add, detail, places, seen

TODAY = date(2026, 11, 22)


def kinds(workspace: Workspace, **options: Any) -> dict[str, list[str]]:
    """The suggested deals with the kinds of their reasons."""
    return {s.deal: [r.kind for r in s.reasons] for s in workspace.agenda.agenda(**options).suggested}


def plan(workspace: Workspace, deal: int, title: str, kind: str, **fields: Any) -> int:
    made: Any = workspace.execute(c.AddTask(deal, title, kind, **fields)).events[0]
    return int(made.task_id)


@pytest.fixture
def filled(workspace: Workspace, clock: FixedClock) -> Workspace:
    """A deal for each kind of suggestion, as it stands today."""
    now, stage = clock.now(), places(workspace)

    def ago(days: int) -> None:
        clock.set(now - timedelta(days=days))

    ago(12)
    add(workspace, "Silent", value_minor=900_00)
    add(workspace, "Busy", value_minor=5_000_00)
    ago(5)
    add(workspace, "Rots soon")  # the limit of the first stage is 7 days
    planned = add(workspace, "Planned before it rots")
    plan(workspace, planned, "call", "call", due_on=TODAY + timedelta(days=1))
    add(workspace, "Proposal stage", stage_id=stage.proposal)
    mailed = add(workspace, "Mailed", stage_id=stage.qualified)
    workspace.execute(c.CompleteTask(c.Seen(plan(workspace, mailed, "send the offer", "mail"))))
    for title in ("Lost", "Tried hard"):
        deal = add(workspace, title)
        for _ in range(2 if title == "Lost" else 3):
            workspace.execute(c.LogActivity(deal, "no answer", "call", "out"))
        workspace.execute(c.LoseDeals(seen(deal), clock.now().date(), "Price"))
    never = add(workspace, "Never tried")
    workspace.execute(c.LoseDeals(seen(never), clock.now().date(), "Price"))
    ago(1)
    for title in ("Met", "Met and noted"):
        deal = add(workspace, title)
        workspace.execute(c.CompleteTask(c.Seen(plan(workspace, deal, "demo", "meeting"))))
    workspace.execute(c.LogActivity(deal, "they liked it"))
    ago(0)
    add(workspace, "Overdue close", expected_close_on=TODAY - timedelta(days=3))
    workspace.execute(c.LogActivity(2, "still busy"))
    return workspace


def test_each_kind_finds_its_deals(filled: Workspace) -> None:
    assert kinds(filled) == {
        "Silent": ["silent"],
        "Rots soon": ["rotting"],
        "Proposal stage": ["proposal"],
        "Mailed": ["proposal"],
        "Lost": ["given_up"],
        "Met": ["notes"],
        "Overdue close": ["close_date"],
    }
    assert next(iter(kinds(filled))) == "Silent", "the dearest first"
    assert filled.agenda.agenda(1).suggested_count == 7


def test_kinds_are_switched_off_and_people_are_told_apart(filled: Workspace) -> None:
    assert set(kinds(filled, kinds=("silent", "notes"))) == {"Silent", "Met"}
    assert kinds(filled, kinds=()) == {}
    boris: Any = filled.execute(c.AddOwner("Boris")).events[0]
    filled.execute(c.EditDeals(seen(1), (("owner_id", boris.entity_id),)))
    assert list(kinds(filled, owner_id=boris.entity_id)) == ["Silent"]
    assert "Silent" not in kinds(filled, owner_id=filled.me)
    assert set(kinds(filled, deal_ids=frozenset({1}))) == {"Silent"}


def test_taken_it_is_a_task_and_goes(filled: Workspace) -> None:
    taken = filled.execute(c.TakeSuggestion(c.Seen(1), "silent", TODAY))
    assert taken.label == "Planned “Get back in touch” for Silent"
    (task,) = detail(filled, 1).tasks
    assert (task.title, task.kind, task.due_on) == ("Get back in touch", "call", TODAY)
    assert "Silent" not in kinds(filled)
    filled.execute(c.Undo())
    assert "Silent" in kinds(filled)


def test_a_deal_given_up_is_reopened_for_it(filled: Workspace) -> None:
    lost = filled.deals.find("Lost")
    filled.execute(c.TakeSuggestion(c.Seen(lost), "given_up", TODAY))
    now = detail(filled, lost)
    assert (now.status, [t.title for t in now.tasks if t.done_at is None]) == (DealStatus.OPEN, ["Try once more"])
    filled.execute(c.Undo())
    assert detail(filled, lost).status == DealStatus.LOST
    assert detail(filled, lost).tasks == ()


def test_hidden_until_a_day_or_for_good(filled: Workspace, clock: FixedClock) -> None:
    hidden = filled.execute(c.HideSuggestion(1, "silent", TODAY + timedelta(days=3)))
    assert hidden.label == "Hid a suggestion about Silent until Wed 25 Nov 2026, in 3 days"
    filled.execute(c.HideSuggestion(filled.deals.find("Met"), "notes"))
    assert not {"Silent", "Met"} & kinds(filled).keys()
    clock.set(clock.now() + timedelta(days=3))
    assert "Silent" in kinds(filled)
    assert "Met" not in kinds(filled)
    filled.execute(c.HideSuggestion(1, "silent"))
    assert "Silent" not in kinds(filled)
    filled.execute(c.Undo())
    assert "Silent" in kinds(filled), "hidden for good, taken back"
    assert all("hid" not in entry.text.casefold() for entry in detail(filled, 1).timeline)


def test_what_is_refused(filled: Workspace) -> None:
    for command in (c.HideSuggestion(1, "luck"), c.TakeSuggestion(c.Seen(1), "luck", TODAY)):
        with pytest.raises(InvalidInput, match="no kind of suggestion"):
            filled.execute(command)
    with pytest.raises(InvalidInput, match="a day to come"):
        filled.execute(c.HideSuggestion(1, "silent", TODAY))


def test_closing_this_week_and_the_workload(workspace: Workspace, clock: FixedClock) -> None:
    clock.set(clock.now() - timedelta(days=4))  # a Wednesday
    today = workspace.agenda.today
    for title, days in (("Sunday", 4), ("Monday", 5), ("Today", 0), ("Past", -1)):
        add(workspace, title, expected_close_on=today + timedelta(days=days))
    boris: Any = workspace.execute(c.AddOwner("Boris")).events[0]
    for days in (-1, 0, 1, 4, 30):
        plan(workspace, 1, "call", "call", due_on=today + timedelta(days=days))
    plan(workspace, 1, "his", "todo", assignee_id=boris.entity_id)
    agenda = workspace.agenda.agenda()
    assert [deal.row.title for deal in agenda.closing] == ["Today", "Sunday"]
    assert [load[1:] for load in agenda.workload] == [("Anna Nowak", 1, 1, 2, 5), ("Boris", 0, 0, 0, 1)]
