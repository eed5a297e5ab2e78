"""Bringing the tasks of a calendar file in."""

from typing import Any

from pipeboard.domain.commands import AddTasks, CompleteTasks, Seen
from pipeboard.domain.events import Event, TaskAdded, TaskEdited
from pipeboard.domain.imports.todos import ImportedTask, ImportTasks, PlacedTask
from pipeboard.domain.task import kind_of
from pipeboard.services.handlers.tasks import add_tasks, complete_tasks
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]


def import_tasks(command: ImportTasks, tx: Transaction) -> Facts:
    """Plan the new tasks of a file and update those that are known, in one action."""
    facts: Facts = ()
    count = len(command.tasks)
    with tx.named("tasks.imported", f"Imported {count} task{'' if count == 1 else 's'} from {command.file_name}"):
        known = tx.rows("task", [one.task_id for one in command.tasks if one.task_id is not None])
        for one in command.tasks:
            row = known.get(one.task_id) if one.task_id is not None else None
            facts += _planned(one, tx) if row is None else _updated(row, one.task, tx)
    return facts


def _planned(one: PlacedTask, tx: Transaction) -> Facts:
    """A new task; one that is over already is ticked off at once."""
    task = one.task
    step = AddTasks(
        (one.deal_id,),
        task.title,
        kind_of(task.title),
        task.due_on,
        task.due_time,
        None,
        task.remind_minutes,
        task.recurrence,
    )
    facts = add_tasks(step, tx)
    ids = [fact.task_id for fact in facts if isinstance(fact, TaskAdded)]
    for row in tx.rows("task", ids).values():
        changes: dict[str, Any] = {"external_id": task.uid}
        if task.state == "done":
            changes |= {"done_at": tx.now, "done_by_id": tx.actor.owner_id}
        elif task.state == "dropped":
            changes["is_dismissed"] = 1
        tx.change("task", row, changes, kind="task.edited")
    return facts


def _updated(row: dict[str, Any], task: ImportedTask, tx: Transaction) -> Facts:
    """What the file says of a task that is here; what it does not say stays."""
    changes: dict[str, Any] = {"title": task.title, "due_on": task.due_on, "due_time": task.due_time}
    if task.due_on is None:
        changes = {"title": task.title}
    # An alarm at the time itself is how a task without a reminder of its own rings.
    if task.remind_minutes and task.remind_minutes != row["remind_minutes"]:
        changes["remind_minutes"] = task.remind_minutes
    if row["external_id"] is None and not task.uid.endswith(".pipeboard"):
        changes["external_id"] = task.uid
    is_over = row["done_at"] is not None or row["is_dismissed"]
    if task.state == "dropped" and not is_over:
        changes["is_dismissed"] = 1
    changed = tx.change("task", row, changes, kind="task.edited")
    facts: Facts = (TaskEdited(row["id"], row["deal_id"]),) if changed else ()
    if task.state == "done" and not is_over:
        tx.write_rows()
        facts += complete_tasks(CompleteTasks((Seen(row["id"]),)), tx)
    return facts
