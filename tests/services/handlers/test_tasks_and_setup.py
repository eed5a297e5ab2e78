"""Tasks, activities, pipelines, stages, owners and rates."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput, NotFound, StaleDeal
from pipeboard.domain.events import ActivityLogged, SetupChanged, TaskAdded, TaskCompleted, TaskEdited
from pipeboard.domain.stage import StageKind
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace

from .asking import add, detail, places, seen

TODAY = date(2026, 11, 22)


def test_a_task_is_planned_done_and_followed(workspace: Workspace, clock: FixedClock) -> None:
    deal = add(workspace)
    outcome = workspace.execute(c.AddTask(deal, "call Jan", "call", TODAY, time(10, 0)))
    assert outcome.events == (TaskAdded(1, deal),)
    assert outcome.label == "Planned “call Jan” for Acme platform"
    clock.set(clock.now() + timedelta(days=3))
    done = workspace.execute(c.CompleteTask(c.Seen(1), c.AddTask(0, "send offer", "mail", TODAY + timedelta(days=9))))
    assert done.events == (TaskCompleted(1, deal), TaskAdded(2, deal))
    now = detail(workspace, deal)
    assert [(t.title, t.done_at is not None) for t in now.tasks] == [("send offer", False), ("call Jan", True)]
    assert now.idle_on == TODAY + timedelta(days=3), "a completed task is a sign of life"
    assert workspace.execute(c.CompleteTask(c.Seen(1))).action_id is None


def test_the_most_urgent_task_stands_on_the_card(workspace: Workspace) -> None:
    deal = add(workspace)
    for title, due in (("none", None), ("late", date(2026, 11, 1)), ("soon", TODAY)):
        workspace.execute(c.AddTask(deal, title, due_on=due))
    assert workspace.board.cards([deal])[0].task_title == "late"
    assert (workspace.board.overview().overdue, workspace.board.overview().due_today) == (1, 1)
    workspace.execute(c.EditTask(c.Seen(2), (("snoozed_until", TODAY + timedelta(days=2)),)))
    assert workspace.board.cards([deal])[0].task_title == "soon"
    workspace.execute(c.DismissTask(c.Seen(3)))
    assert workspace.board.cards([deal])[0].task_title == "late"
    assert workspace.execute(c.DismissTask(c.Seen(3))).action_id is None


def test_task_edits_name_what_they_do(workspace: Workspace) -> None:
    deal = add(workspace)
    workspace.execute(c.AddTask(deal, "call"))
    changed = workspace.execute(c.EditTask(c.Seen(1), (("title", "ring"), ("kind", "call"), ("due_on", TODAY))))
    assert changed.events == (TaskEdited(1, deal),)
    assert changed.label == "Changed “call”"
    snoozed = workspace.execute(c.EditTask(c.Seen(1), (("snoozed_until", TODAY + timedelta(days=1)),)))
    assert snoozed.label == "Snoozed “ring” until Mon 23 Nov 2026"


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (c.AddTask(1, " "), "needs a few words"),
        (c.AddTask(1, "x", "dance"), "no kind of task"),
        (c.AddTask(99, "x"), "Deal 99 is not there"),
        (c.EditTask(c.Seen(1), (("deal_id", 2),)), "no field of a task"),
        (c.EditTask(c.Seen(1), (("due_on", datetime(2026, 1, 1)),)), "due on cannot be"),  # noqa: DTZ001
        (c.EditTask(c.Seen(1), (("title", ""),)), "needs a few words"),
        (c.EditTask(c.Seen(1), (("kind", "dance"),)), "no kind of task"),
        (c.CompleteTask(c.Seen(99)), "Task 99 is not there"),
        (c.LogActivity(1, ""), "Write a few words"),
        (c.LogActivity(1, "x", "dance"), "no kind of activity"),
    ],
)
def test_tasks_that_are_refused(workspace: Workspace, command: c.Command, sentence: str) -> None:
    add(workspace, next_step="call")
    before = workspace.changes.last_action_id()
    with pytest.raises((InvalidInput, NotFound), match=sentence):
        workspace.execute(command)
    assert workspace.changes.last_action_id() == before


def test_one_step_for_several_deals_falls_to_the_owner_of_each(workspace: Workspace) -> None:
    workspace.execute(c.AddOwner("Boris"))
    mine, his = add(workspace), add(workspace, "Other", owner_id=2)
    outcome = workspace.execute(c.AddTasks((mine, his, mine), "call", "call", TODAY))
    assert outcome.label == "Planned “call” for 2 deals"
    assert outcome.events == (TaskAdded(1, mine), TaskAdded(2, his))
    assert [detail(workspace, deal).tasks[0].assignee_id for deal in (mine, his)] == [1, 2]
    workspace.execute(c.Undo())
    assert [detail(workspace, deal).tasks for deal in (mine, his)] == [(), ()]


def test_several_tasks_are_done_and_followed_in_one_action(workspace: Workspace) -> None:
    first, second = add(workspace), add(workspace, "Other")
    for deal, title in ((first, "a"), (second, "b"), (first, "c"), (second, "d")):
        workspace.execute(c.AddTask(deal, title))
    workspace.execute(c.CompleteTask(c.Seen(4)))
    tasks = tuple(c.Seen(task) for task in (1, 2, 3, 4))
    done = workspace.execute(c.CompleteTasks(tasks, c.AddTask(0, "next")))
    assert done.label == "Done: 3 tasks"
    assert done.events == (
        *(TaskCompleted(task, deal) for task, deal in ((1, first), (2, second), (3, first))),
        *(TaskAdded(task, deal) for task, deal in ((5, first), (6, second))),
    )
    assert workspace.execute(c.CompleteTasks(tasks, c.AddTask(0, "next"))).action_id is None
    workspace.execute(c.Undo())
    assert [len([t for t in detail(workspace, d).tasks if t.done_at is None]) for d in (first, second)] == [2, 1]


def test_several_tasks_are_put_off_in_one_action(workspace: Workspace) -> None:
    deals = [add(workspace, title, next_step="call") for title in "ab"]
    until = TODAY + timedelta(days=2)
    workspace.execute(c.EditTask(c.Seen(1), (("snoozed_until", until),)))
    outcome = workspace.execute(c.EditTasks((c.Seen(1), c.Seen(2)), (("snoozed_until", until),)))
    assert (outcome.label, outcome.events) == ("Snoozed 2 tasks until Tue 24 Nov 2026", (TaskEdited(2, deals[1]),))


def test_all_or_none_of_several(workspace: Workspace) -> None:
    deal = add(workspace, next_step="call")
    before = workspace.changes.last_action_id()
    refused: list[tuple[c.Command, str]] = [
        (c.AddTasks((deal, 99), "x"), "Deal 99 is not there"),
        (c.LogActivities((deal, 99), "x"), "Deal 99 is not there"),
        (c.CompleteTasks((c.Seen(1), c.Seen(99))), "Task 99 is not there"),
        (c.EditTasks((c.Seen(1), c.Seen(99)), (("title", "x"),)), "Task 99 is not there"),
    ]
    for command, sentence in refused:
        with pytest.raises(NotFound, match=sentence):
            workspace.execute(command)
    nothing: tuple[c.Command, ...] = (
        c.AddTasks((), "x"),
        c.LogActivities((), "x"),
        c.CompleteTasks(()),
        c.EditTasks((), (("title", "x"),)),
    )
    assert [workspace.execute(command).action_id for command in nothing] == [None] * 4
    assert workspace.changes.last_action_id() == before


def test_a_colleagues_change_of_one_of_several_tasks_is_told(
    workspace: Workspace, database: str, clock: FixedClock
) -> None:
    for title in "ab":
        add(workspace, title, next_step="call")
    boris = Workspace.open(database, clock, login="boris")
    boris.execute(c.EditTask(c.Seen(2), (("title", "mail"),)))
    boris.close()
    with pytest.raises(StaleDeal):
        workspace.execute(c.EditTasks((c.Seen(1, 1), c.Seen(2, 1)), (("title", "x"),)))


def test_the_same_is_noted_with_several_deals(workspace: Workspace) -> None:
    deals = tuple(add(workspace, title) for title in "abc")
    outcome = workspace.execute(c.LogActivities(deals, "They all came", "meeting"))
    assert outcome.label == "Logged a meeting with 3 deals"
    assert outcome.events == tuple(ActivityLogged(n, deal) for n, deal in enumerate(deals, 1))
    assert [detail(workspace, deal).timeline[0].text for deal in deals] == ["They all came"] * 3


def test_an_activity_is_a_sign_of_life(workspace: Workspace, clock: FixedClock) -> None:
    deal = add(workspace)
    clock.set(clock.now() + timedelta(days=10))
    at = clock.now() - timedelta(days=4)
    outcome = workspace.execute(c.LogActivity(deal, "They\nlike it", "call", at=at))
    assert outcome.events == (ActivityLogged(1, deal),)
    now = detail(workspace, deal)
    assert now.idle_on == at.date()
    assert now.timeline[0].text == "They\nlike it"
    with pytest.raises(InvalidInput, match="lies in the past"):
        workspace.execute(c.LogActivity(deal, "x", at=clock.now() + timedelta(seconds=1)))


def test_pipelines_and_stages(workspace: Workspace) -> None:
    (made,) = workspace.execute(c.CreatePipeline("Partners", TEMPLATES["b2b"].stages)).events
    assert made == SetupChanged("pipeline", 2)
    assert [s.kind for s in workspace.deals.stages(2)][-3:] == [StageKind.WON, StageKind.LOST, StageKind.PARKED]
    with pytest.raises(InvalidInput, match="There is a pipeline 'partners' already"):
        workspace.execute(c.CreatePipeline("partners", ()))
    first = workspace.board.overview().pipeline.id
    workspace.execute(c.AddStages(first, ("Pilot",)))
    assert [s.name for s in workspace.board.overview().stages][5] == "Pilot"
    with pytest.raises(NotFound, match="no pipeline 99"):
        workspace.execute(c.AddStages(99, ("Pilot",)))
    with pytest.raises(InvalidInput, match="needs a name"):
        workspace.execute(c.AddStages(first, ("Trial", "\ufeff")))
    add(workspace)
    with pytest.raises(InvalidInput, match="still holds 1 open or parked"):
        workspace.execute(c.ArchivePipeline(first))
    workspace.execute(c.ArchivePipeline(2))
    with pytest.raises(InvalidInput, match="only pipeline"):
        workspace.execute(c.ArchivePipeline(first))


def test_owners(workspace: Workspace) -> None:
    workspace.execute(c.AddOwner("Zofia"))
    with pytest.raises(InvalidInput, match="There is an owner 'ZOFIA' already"):
        workspace.execute(c.AddOwner("ZOFIA"))
    deal = add(workspace, owner_id=2)
    workspace.execute(c.ArchiveOwner(2))
    assert [o.name for o in workspace.board.overview().owners] == ["Anna Nowak"]
    assert detail(workspace, deal).owner == "Zofia", "deals keep the name"
    with pytest.raises(NotFound, match="no owner 2"):
        workspace.execute(c.ArchiveOwner(2))


@pytest.mark.parametrize(
    ("currency", "rate", "sentence"),
    [("EUR", 1, "its rate is 1"), ("nope", 1, "ISO 4217"), ("USD", 0, "more than 0"), ("USD", 2**53, "more than 0")],
)
def test_rates_that_are_refused(workspace: Workspace, currency: str, rate: int, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        workspace.execute(c.SetRate(currency, rate, TODAY))


def test_totals_follow_the_rate_and_leave_out_what_has_none(workspace: Workspace) -> None:
    lead = places(workspace).lead
    for currency, value in (("EUR", 100), ("USD", 1000), ("JPY", 7)):
        add(workspace, currency, value_minor=value, currency=currency)
    workspace.execute(c.SetRate("usd", 500_000_000, TODAY))
    totals: Any = workspace.board.overview().totals[lead]
    assert (totals.count, totals.value_minor, totals.unconverted) == (3, 600, 1)


def test_somebody_new_becomes_an_owner_once(workspace: Workspace, database: str, clock: FixedClock) -> None:
    for _ in range(2):
        boris = Workspace.open(database, clock, login="boris", person="Boris")
        add(boris)
        boris.close()
    assert [o.name for o in workspace.board.overview().owners] == ["Anna Nowak", "Boris"]
    assert seen(1) == (c.Seen(1),)
