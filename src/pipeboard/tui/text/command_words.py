"""A command in a few words, as a question about many deals or a repetition speaks of it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeboard.domain import commands as c
from pipeboard.domain.dates import short_day
from pipeboard.domain.deal_words import field_words
from pipeboard.domain.money import format_money
from pipeboard.domain.text import printable

if TYPE_CHECKING:
    from pipeboard.domain.commands import Command


class Names(NamedTuple):
    """What ids are called, what day it is, and the currency of the workspace."""

    stages: Mapping[int, str]
    owners: Mapping[int, str]
    today: date
    currency: str


def deals_in(command: "Command") -> int:
    """How many deals (or tasks of as many deals) a command is about."""
    for field in ("deals", "deal_ids", "tasks"):
        found = getattr(command, field, None)
        if isinstance(found, tuple):
            return len(found)
    return 1


def command_words(command: "Command", names: Names) -> str:
    """What a command does, in the imperative and without its deals: “move to Qualified”."""
    return printable(_words(command, names))


def _words(command: "Command", names: Names) -> str:
    match command:
        case c.MoveDeals():
            return f"move to {names.stages.get(command.stage_id, 'another stage')}"
        case c.HandOffDeals():
            return "move to another pipeline"
        case c.CopyDeals():
            return "copy to another pipeline"
        case c.StepDeals():
            return "move to the next stage" if command.step > 0 else "move to the previous stage"
        case c.WinDeals():
            return f"close as won, {short_day(command.closed_on, names.today)}"
        case c.LoseDeals():
            return f"close as lost: {command.reason}"
        case c.ParkDeals():
            return f"park until {short_day(command.wake_on, names.today)}"
        case c.ReopenDeals():
            return "reopen"
        case c.EditDeals():
            return " and ".join(_edits(dict(command.changes), names)) or "change nothing"
        case c.DeleteDeals():
            return "delete"
        case c.ReorderDeal():
            return "move the card " + ("down" if command.is_after else "up")
        case c.AddTask() | c.AddTasks():
            return f"plan “{command.title}”"
        case c.CompleteTask() | c.CompleteTasks():
            step = command.next_step
            return "complete the next task" + (f" and plan “{step.title}”" if step else "")
        case c.EditTask() | c.EditTasks():
            return " and ".join(_task_edit(field, value, names) for field, value in command.changes)
        case c.LogActivity() | c.LogActivities():
            return f"log “{command.body}”"
    return type(command).__name__


def _edits(changes: dict[str, Any], names: Names) -> list[str]:
    """One phrase for each field."""
    currency = changes.get("currency") or names.currency
    if "value_minor" in changes:
        changes.pop("currency", None)
    found = []
    for field, value in changes.items():
        label = field_words(field)
        if field == "owner_id":
            found.append(f"give to {names.owners.get(value, 'nobody')}")
        elif field == "is_hot":
            found.append("mark as hot" if value else "mark as not hot")
        elif value is None or value in ("", ()):
            found.append(f"clear the {label}")
        elif field == "value_minor":
            found.append(f"set the value to {format_money(value, currency)}")
        elif field == "notes":
            found.append("write the notes")
        elif isinstance(value, date):
            found.append(f"set the {label} to {short_day(value, names.today)}")
        else:
            shown = " ".join(map(str, value)) if isinstance(value, (tuple, list)) else value
            found.append(f"set the {label} to {shown}")
    return found


def _task_edit(field: str, value: Any, names: Names) -> str:
    """What becomes of a task."""
    if field == "assignee_id":
        return f"give the task to {names.owners.get(value, 'nobody')}"
    if field in ("snoozed_until", "due_on"):
        verb = "snooze the task until" if field == "snoozed_until" else "set the task's day to"
        return f"{verb} {short_day(value, names.today)}" if value else "clear the task's day"
    return f"set the task's {field.replace('_', ' ')} to {value}" if value is not None else f"clear the task's {field}"
