"""Planning, completing and changing tasks; noting activities."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from pipeboard.domain.commands import AddTask, CompleteTask, DismissTask, EditTask, LogActivity, Seen
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import ActivityLogged, Event, TaskAdded, TaskCompleted, TaskEdited
from pipeboard.domain.task import ACTIVITY_KINDS, TASK_KINDS
from pipeboard.domain.text import clean
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]


def add_task(command: AddTask, tx: Transaction) -> Facts:
    """Plan a next step for a deal."""
    (deal,) = tx.deals([Seen(command.deal_id)])
    tx.begin("task.added", f"Planned “{clean(command.title)}” for {deal.title}")
    return (_add(command, tx, deal.owner_id),)


def _add(command: AddTask, tx: Transaction, owner_id: int | None) -> Event:
    title = clean(command.title)
    if not title:
        raise InvalidInput("A task needs a few words: what is to be done?")
    if command.kind not in TASK_KINDS:
        raise InvalidInput(f"{command.kind!r} is no kind of task. Kinds: {', '.join(TASK_KINDS)}.")
    assignee = command.assignee_id if command.assignee_id is not None else owner_id
    values = {
        "deal_id": command.deal_id,
        "title": title,
        "kind": command.kind,
        "due_on": command.due_on,
        "due_time": command.due_time if command.due_on else None,
        "assignee_id": assignee if assignee is not None else tx.actor.owner_id,
        "created_at": tx.now,
    }
    return TaskAdded(tx.create("task", values, deal_id=command.deal_id), command.deal_id)


def complete_task(command: CompleteTask, tx: Transaction) -> Facts:
    """Tick a task off and plan what comes next."""
    task = tx.task(command.task, fields=("done_at",))
    if task["done_at"] is not None:
        return ()
    tx.begin("task.completed", f"Done: {task['title']}")
    done: dict[str, Any] = {"done_at": tx.now, "done_by_id": tx.actor.owner_id}
    tx.change("task", task, done, kind="task.completed")
    facts: list[Event] = [TaskCompleted(task["id"], task["deal_id"])]
    if command.next_step is not None:
        facts.append(_add(command.next_step._replace(deal_id=task["deal_id"]), tx, task["assignee_id"]))
    return tuple(facts)


def edit_task(command: EditTask, tx: Transaction) -> Facts:
    """Change a task: reword, reschedule, snooze or reassign it."""
    changes = dict(command.changes)
    task = tx.task(command.task, fields=tuple(changes))
    values = _checked(changes)
    is_snooze = set(values) == {"snoozed_until"}
    tx.begin("task.edited", f"{'Snoozed' if is_snooze else 'Changed'} “{task['title']}”")
    if not tx.change("task", task, values, kind="task.edited"):
        return ()
    return (TaskEdited(task["id"], task["deal_id"]),)


_TASK_FIELDS: dict[str, type | tuple[type, ...]] = {
    "title": str,
    "kind": str,
    "due_on": date,
    "due_time": time,
    "snoozed_until": date,
    "assignee_id": int,
}


def _checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field, value in changes.items():
        kind = _TASK_FIELDS.get(field)
        if kind is None:
            raise InvalidInput(f"{field!r} is no field of a task. Fields: {', '.join(_TASK_FIELDS)}.")
        if value is not None and (not isinstance(value, kind) or isinstance(value, datetime)):
            raise InvalidInput(f"{field.replace('_', ' ')} cannot be {value!r}.")
        values[field] = clean(value) if isinstance(value, str) else value
    if not values.get("title", "x"):
        raise InvalidInput("A task needs a few words: what is to be done?")
    if values.get("kind", "todo") not in TASK_KINDS:
        raise InvalidInput(f"{values['kind']!r} is no kind of task. Kinds: {', '.join(TASK_KINDS)}.")
    return values


def dismiss_task(command: DismissTask, tx: Transaction) -> Facts:
    """Drop a task without having done it."""
    task = tx.task(command.task, fields=("is_dismissed",))
    tx.begin("task.dismissed", f"Dropped “{task['title']}”")
    if not tx.change("task", task, {"is_dismissed": 1}, kind="task.dismissed"):
        return ()
    return (TaskEdited(task["id"], task["deal_id"]),)


def log_activity(command: LogActivity, tx: Transaction) -> Facts:
    """Note a call, mail, meeting or thought."""
    (deal,) = tx.deals([Seen(command.deal_id)])
    body = clean(command.body, is_multiline=True)
    if not body:
        raise InvalidInput("Write a few words about what happened.")
    if command.kind not in ACTIVITY_KINDS:
        raise InvalidInput(f"{command.kind!r} is no kind of activity. Kinds: {', '.join(ACTIVITY_KINDS)}.")
    at = command.at or tx.now
    if at > tx.now:
        raise InvalidInput("An activity lies in the past; plan a task for what is to come.")
    tx.begin("activity.logged", f"Logged a {command.kind} with {deal.title}")
    values = {
        "deal_id": deal.id,
        "kind": command.kind,
        "direction": command.direction,
        "outcome": command.outcome,
        "body": body,
        "actor_id": tx.actor.owner_id,
        "at": at,
    }
    return (ActivityLogged(tx.create("activity", values, deal_id=deal.id, at=at), deal.id),)
