"""Planning, completing and changing tasks; noting activities."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from pipeboard.domain.commands import (
    AddTask,
    AddTasks,
    CompleteTask,
    CompleteTasks,
    DismissTask,
    EditTask,
    EditTasks,
    Seen,
)
from pipeboard.domain.dates import describe_day
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import Event, TaskAdded, TaskCompleted, TaskEdited
from pipeboard.domain.task import TASK_KINDS
from pipeboard.domain.text import clean
from pipeboard.services.handlers.placing import named
from pipeboard.services.handlers.series import again_words, come_again, series_fields
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]
Row = dict[str, Any]


def add_task(command: AddTask, tx: Transaction) -> Facts:
    """Plan a next step for a deal."""
    return add_tasks(AddTasks((command.deal_id,), *command[1:]), tx)


def add_tasks(command: AddTasks, tx: Transaction) -> Facts:
    """Plan the same next step for several deals."""
    deals = tx.deals(Seen(deal_id) for deal_id in command.deal_ids)
    if not deals:
        return ()
    tx.begin("task.added", f"Planned “{clean(command.title)}” for {named(deals)}")
    return add_step(AddTask(0, *command[1:]), tx, [(deal.id, deal.owner_id) for deal in deals])


def add_step(step: AddTask, tx: Transaction, places: Sequence[tuple[int, int | None]]) -> Facts:
    """Add a task to deals; each place is a deal and who does it where the step names nobody."""
    title = clean(step.title)
    if not title:
        raise InvalidInput("A task needs a few words: what is to be done?")
    if step.kind not in TASK_KINDS:
        raise InvalidInput(f"{step.kind!r} is no kind of task. Kinds: {', '.join(TASK_KINDS)}.")
    shared = {
        "title": title,
        "kind": step.kind,
        "due_on": step.due_on,
        "due_time": step.due_time if step.due_on else None,
        "remind_minutes": _lead(step.remind_minutes),
        "created_at": tx.now,
        **(series_fields(step.recurrence, step.due_on, tx.today) if step.recurrence else {}),
    }
    rows = []
    for deal_id, nearest in places:
        assignee = step.assignee_id if step.assignee_id is not None else nearest
        rows.append(
            {**shared, "deal_id": deal_id, "assignee_id": assignee if assignee is not None else tx.actor.owner_id}
        )
    deal_ids = [deal_id for deal_id, _ in places]
    ids = tx.create_many("task", rows, deal_ids=deal_ids)
    return tuple(TaskAdded(*pair) for pair in zip(ids, deal_ids, strict=True))


def complete_task(command: CompleteTask, tx: Transaction) -> Facts:
    """Tick a task off and plan what comes next."""
    return complete_tasks(CompleteTasks((command.task,), command.next_step), tx)


def complete_tasks(command: CompleteTasks, tx: Transaction) -> Facts:
    """Tick tasks off and plan what comes next for the deal of each. Those that are done already stay as they are."""
    found = tx.tasks(command.tasks)
    _refuse_ended(tx, found)
    tasks = [task for task in found if task["done_at"] is None]
    if not tasks:
        return ()
    again = again_words(tx, tasks[0]) if len(tasks) == 1 else ""
    tx.begin("task.completed", f"Done: {tasks[0]['title'] if len(tasks) == 1 else f'{len(tasks)} tasks'}{again}")
    done: Row = {"done_at": tx.now, "done_by_id": tx.actor.owner_id}
    for task in tasks:
        tx.change("task", task, done, kind="task.completed")
    facts: Facts = tuple(TaskCompleted(task["id"], task["deal_id"]) for task in tasks)
    facts += come_again(tx, tasks)
    if command.next_step is None:
        return facts
    assignees: dict[int, int | None] = {}
    for task in tasks:  # two tasks of one deal are followed by one next step
        assignees.setdefault(task["deal_id"], task["assignee_id"])
    return facts + add_step(command.next_step, tx, [*assignees.items()])


def _refuse_ended(tx: Transaction, tasks: Sequence[Row]) -> None:
    """Tell of a task that was dropped, or that a colleague has done; own keys pressed twice are no surprise."""
    for task in tasks:
        if task["is_dismissed"]:
            raise tx.gone("task", task["id"])
        if task["done_at"] is not None and task["done_by_id"] not in (None, tx.actor.owner_id):
            raise tx.gone("task", task["id"], "done already")


def edit_task(command: EditTask, tx: Transaction) -> Facts:
    """Change a task: reword, reschedule, snooze or reassign it."""
    return edit_tasks(EditTasks((command.task,), command.changes), tx)


def edit_tasks(command: EditTasks, tx: Transaction) -> Facts:
    """Change tasks in the same way."""
    changes = dict(command.changes)
    tasks = tx.tasks(command.tasks, fields=tuple(changes))
    if not changes.keys().isdisjoint(("snoozed_until", "due_on", "due_time")):
        _refuse_ended(tx, tasks)
    values = _checked(changes)
    if not tasks:
        return ()
    until = values["snoozed_until"] if set(values) == {"snoozed_until"} else None
    snoozed = f"Snoozed {_quoted(tasks)} until {describe_day(until, tx.today).partition(',')[0]}" if until else ""
    tx.begin("task.edited", snoozed or f"Changed {_quoted(tasks)}")
    changed = [task for task in tasks if tx.change("task", task, _for_task(values, task, tx), kind="task.edited")]
    return tuple(TaskEdited(task["id"], task["deal_id"]) for task in changed)


def _for_task(values: Row, task: Row, tx: Transaction) -> Row:
    """What is set of one task: a series begins on its own day."""
    rule = values.get("recurrence")
    return {**values, **series_fields(rule, values.get("due_on", task["due_on"]), tx.today)} if rule else values


def _quoted(tasks: Sequence[Row]) -> str:
    """How a label speaks of these tasks."""
    return f"“{tasks[0]['title']}”" if len(tasks) == 1 else f"{len(tasks)} tasks"


_TASK_FIELDS: dict[str, type | tuple[type, ...]] = {
    "title": str,
    "kind": str,
    "due_on": date,
    "due_time": time,
    "snoozed_until": date,
    "assignee_id": int,
    "remind_minutes": int,
    "recurrence": str,
}
LONGEST_LEAD = 60 * 24 * 60
"""Minutes: a task reminds at most 60 days before its time."""


def _checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field, value in changes.items():
        kind = _TASK_FIELDS.get(field)
        if kind is None:
            raise InvalidInput(f"{field!r} is no field of a task. Fields: {', '.join(_TASK_FIELDS)}.")
        if value is not None and (not isinstance(value, kind) or isinstance(value, datetime)):
            raise InvalidInput(f"{field.replace('_', ' ')} cannot be {value!r}.")
        values[field] = clean(value) if isinstance(value, str) else value
    _lead(values.get("remind_minutes"))
    if not values.get("title", "x"):
        raise InvalidInput("A task needs a few words: what is to be done?")
    if values.get("kind", "todo") not in TASK_KINDS:
        raise InvalidInput(f"{values['kind']!r} is no kind of task. Kinds: {', '.join(TASK_KINDS)}.")
    return values


def _lead(minutes: int | None) -> int | None:
    """How long before its time a task reminds; InvalidInput when that is too long."""
    if minutes is not None and not 0 <= minutes <= LONGEST_LEAD:
        raise InvalidInput("A task can remind at most 60 days before its time.")
    return minutes


def dismiss_task(command: DismissTask, tx: Transaction) -> Facts:
    """Drop a task without having done it."""
    (task,) = tx.tasks([command.task], fields=("is_dismissed",))
    tx.begin("task.dismissed", f"Dropped “{task['title']}”")
    if not tx.change("task", task, {"is_dismissed": 1}, kind="task.dismissed"):
        return ()
    return (TaskEdited(task["id"], task["deal_id"]),)
