"""Tasks that come again: how a series begins, goes on and skips; and the order of tasks within a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pipeboard.domain.commands import OrderTasks, Seen, SkipTask
from pipeboard.domain.dates import describe_day
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import Event, TaskAdded, TaskEdited
from pipeboard.domain.recurrence import Occurrence, first_on, following, rule_of, rule_text
from pipeboard.domain.stage import DealStatus
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]
Row = dict[str, Any]

_KEPT = ("title", "kind", "assignee_id", "due_time", "remind_minutes", "recurrence")
_LIVE = (DealStatus.OPEN, DealStatus.PARKED)


def series_fields(recurrence: str, due_on: date | None, today: date) -> Row:
    """The fields of the first task of a series; without a day it begins on the first one of its rule."""
    rule = rule_of(recurrence)
    start = due_on or first_on(rule, today)
    return {"recurrence": rule_text(rule), "due_on": start, "anchor_on": start, "occurrence": 0}


def next_of(task: Row, today: date) -> Occurrence | None:
    """The next day of the series of a task, after today; None when it is over or there is none."""
    if not task["recurrence"]:
        return None
    anchor = task["anchor_on"] or task["due_on"] or today
    return following(rule_of(task["recurrence"]), anchor, task["occurrence"], today)


def come_again(tx: Transaction, tasks: Sequence[Row]) -> Facts:
    """Add the next one of each series whose task was done, as long as its deal is open or parked."""
    rows = []
    for task in tasks:
        found = _continued(tx, task)
        if found is None:
            continue
        anchor = task["anchor_on"] or task["due_on"] or tx.today
        rows.append(
            {
                **{field: task[field] for field in _KEPT},
                "deal_id": task["deal_id"],
                "due_on": found.on,
                "anchor_on": anchor,
                "occurrence": found.number,
                "created_at": tx.now,
            }
        )
    if not rows:
        return ()
    ids = tx.create_many("task", rows, deal_ids=[row["deal_id"] for row in rows])
    return tuple(TaskAdded(task_id, row["deal_id"]) for task_id, row in zip(ids, rows, strict=True))


def again_words(tx: Transaction, task: Row) -> str:
    """When the next one of a series comes, for the label of its completion; "" without one."""
    found = _continued(tx, task)
    return f"; again {describe_day(found.on, tx.today)}" if found else ""


def _continued(tx: Transaction, task: Row) -> Occurrence | None:
    """The next one of a series whose deal is open or parked."""
    found = next_of(task, tx.today)
    if found is None:
        return None
    (deal,) = tx.deals([Seen(task["deal_id"])])
    return found if deal.status in _LIVE else None


def skip_task(command: SkipTask, tx: Transaction) -> Facts:
    """Put one task of a series on the next day of it."""
    (task,) = tx.tasks([command.task], fields=("done_at", "due_on"))
    if not task["recurrence"]:
        raise InvalidInput(f"“{task['title']}” does not come again; put it off or drop it.")
    if task["done_at"] is not None:
        return ()
    found = next_of(task, max(tx.today, task["due_on"] or tx.today))
    if found is None:
        tx.begin("task.dismissed", f"Dropped “{task['title']}”, the last one of its series")
        tx.change("task", task, {"is_dismissed": 1}, kind="task.dismissed")
    else:
        tx.begin("task.edited", f"Skipped “{task['title']}” until {describe_day(found.on, tx.today)}")
        values = {"due_on": found.on, "occurrence": found.number, "snoozed_until": None}
        tx.change("task", task, values, kind="task.edited")
    return (TaskEdited(task["id"], task["deal_id"]),)


def order_tasks(command: OrderTasks, tx: Transaction) -> Facts:
    """Number the tasks in their order."""
    tasks = tx.tasks([Seen(task_id) for task_id in command.task_ids])
    if len({task["deal_id"] for task in tasks}) > 1:
        raise InvalidInput("Only tasks of one deal can be put in an order.")
    tx.begin("task.edited", "Put tasks in order")
    changed = [
        task for place, task in enumerate(tasks) if tx.change("task", task, {"position": place}, kind="task.edited")
    ]
    return tuple(TaskEdited(task["id"], task["deal_id"]) for task in changed)
