"""Tasks that come again, and the order of tasks."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import TaskAdded, TaskCompleted
from pipeboard.domain.task import Task
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace

from .asking import add, detail, seen

TODAY = date(2026, 11, 22)


def plan(workspace: Workspace, deal: int, every: str, due_on: date | None = None, **fields: Any) -> int:
    made: Any = workspace.execute(c.AddTask(deal, "call", "call", due_on, recurrence=every, **fields)).events[0]
    return int(made.task_id)


def open_ones(workspace: Workspace, deal: int) -> list[Task]:
    return [task for task in detail(workspace, deal).tasks if task.done_at is None]


def test_done_it_comes_again_in_the_same_action(workspace: Workspace, clock: FixedClock) -> None:
    deal = add(workspace)
    task = plan(workspace, deal, "FREQ=MONTHLY", date(2026, 10, 31), due_time=time(9), remind_minutes=30)
    done = workspace.execute(c.CompleteTask(c.Seen(task)))
    assert done.events == (TaskCompleted(task, deal), TaskAdded(task + 1, deal))
    assert done.label == "Done: call; again Mon 30 Nov 2026, in 8 days"
    (again,) = open_ones(workspace, deal)
    assert (again.title, again.kind, again.due_on, again.due_time) == ("call", "call", date(2026, 11, 30), time(9))
    assert (again.remind_minutes, again.anchor_on, again.occurrence) == (30, date(2026, 10, 31), 1)
    clock.set(clock.now() + timedelta(days=8))
    workspace.execute(c.CompleteTask(c.Seen(again.id)))
    assert [t.due_on for t in open_ones(workspace, deal)] == [date(2026, 12, 31)], "from the anchor, not from the 30th"
    workspace.execute(c.Undo())
    assert [(t.id, t.due_on) for t in open_ones(workspace, deal)] == [(again.id, date(2026, 11, 30))]


def test_late_it_comes_once_after_today(workspace: Workspace) -> None:
    deal = add(workspace)
    task = plan(workspace, deal, "FREQ=WEEKLY", date(2026, 9, 4))
    workspace.execute(c.CompleteTask(c.Seen(task), c.AddTask(0, "send the list", "mail")))
    assert [(t.title, t.due_on) for t in open_ones(workspace, deal)] == [
        ("call", date(2026, 11, 27)),
        ("send the list", None),
    ]


def test_one_of_a_series_is_moved_or_skipped_alone(workspace: Workspace) -> None:
    deal = add(workspace)
    task = plan(workspace, deal, "FREQ=WEEKLY", date(2026, 11, 23))
    workspace.execute(c.EditTask(c.Seen(task), (("due_on", date(2026, 11, 25)),)))
    skipped = workspace.execute(c.SkipTask(c.Seen(task)))
    assert skipped.label == "Skipped “call” until Mon 30 Nov 2026, in 8 days"
    (one,) = open_ones(workspace, deal)
    assert (one.id, one.due_on, one.occurrence) == (task, date(2026, 11, 30), 1)
    workspace.execute(c.EditTask(c.Seen(task), (("due_on", TODAY),)))
    workspace.execute(c.CompleteTask(c.Seen(task)))
    assert [t.due_on for t in open_ones(workspace, deal)] == [date(2026, 12, 7)], "the same one does not come twice"


def test_a_series_ends(workspace: Workspace) -> None:
    deal = add(workspace)
    stopped = plan(workspace, deal, "FREQ=DAILY", TODAY)
    workspace.execute(c.EditTask(c.Seen(stopped), (("recurrence", None),)))
    assert workspace.execute(c.CompleteTask(c.Seen(stopped))).events == (TaskCompleted(stopped, deal),)
    last = plan(workspace, deal, "FREQ=DAILY;UNTIL=20261122", TODAY)
    dropped = workspace.execute(c.SkipTask(c.Seen(last)))
    assert dropped.label == "Dropped “call”, the last one of its series"
    assert open_ones(workspace, deal) == []
    closed = plan(workspace, deal, "FREQ=DAILY", TODAY)
    workspace.execute(c.LoseDeals(seen(deal), TODAY, "Price"))
    assert workspace.execute(c.CompleteTask(c.Seen(closed))).events == (TaskCompleted(closed, deal),)


def test_a_series_begins_where_its_rule_says(workspace: Workspace) -> None:
    deal = add(workspace)
    plan(workspace, deal, "freq=weekly;byday=th")
    (one,) = open_ones(workspace, deal)
    assert (one.due_on, one.anchor_on, one.recurrence) == (
        date(2026, 11, 26),
        date(2026, 11, 26),
        "FREQ=WEEKLY;BYDAY=TH",
    )
    workspace.execute(c.EditTask(c.Seen(one.id), (("recurrence", "FREQ=MONTHLY;BYMONTHDAY=-1"),)))
    workspace.execute(c.CompleteTask(c.Seen(one.id)))
    assert [t.due_on for t in open_ones(workspace, deal)] == [date(2026, 11, 30)]


def test_tasks_of_a_day_are_put_in_order(workspace: Workspace) -> None:
    deal = add(workspace)
    for title, on in (("a", TODAY), ("b", TODAY), ("c", TODAY), ("early", TODAY - timedelta(days=1))):
        workspace.execute(c.AddTask(deal, title, due_on=on))
    workspace.execute(c.OrderTasks((3, 1, 2)))
    assert [t.title for t in open_ones(workspace, deal)] == ["early", "c", "a", "b"]
    workspace.execute(c.CompleteTask(c.Seen(4)))
    assert workspace.board.cards([deal])[0].task_title == "c"
    workspace.execute(c.Undo())
    workspace.execute(c.Undo())
    assert [t.title for t in open_ones(workspace, deal)] == ["early", "a", "b", "c"]


def test_what_is_refused(workspace: Workspace) -> None:
    deal = add(workspace)
    task = plan(workspace, deal, "FREQ=DAILY", TODAY)
    workspace.execute(c.AddTask(deal, "once"))
    refused: list[tuple[c.Command, str]] = [
        (c.AddTask(deal, "x", recurrence="FREQ=HOURLY"), "FREQ must be"),
        (c.AddTask(deal, "x", remind_minutes=100_000), "60 days"),
        (c.EditTask(c.Seen(task), (("recurrence", "now and then"),)), "no rule"),
        (c.EditTask(c.Seen(task), (("remind_minutes", -1),)), "60 days"),
        (c.SkipTask(c.Seen(task + 1)), "does not come again"),
        (c.OrderTasks((task, plan(workspace, add(workspace), "FREQ=DAILY"))), "one deal"),
    ]
    for command, words in refused:
        with pytest.raises(InvalidInput, match=words):
            workspace.execute(command)
