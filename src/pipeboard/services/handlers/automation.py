"""Carrying out a rule: everything it does in one action of its own, once for one cause."""

from typing import Any

from pipeboard.domain.commands import AddTasks, EditDeals, Seen
from pipeboard.domain.dates import parse_when
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import Event
from pipeboard.domain.names import match_name
from pipeboard.domain.recurrence import rule_text
from pipeboard.domain.rule_commands import FireRule
from pipeboard.domain.rules import SETTABLE, Step
from pipeboard.domain.task_line import parse_task_line
from pipeboard.services.handlers.deals import edit_deals
from pipeboard.services.handlers.placing import named
from pipeboard.services.handlers.tasks import add_tasks
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]

RULE = "rule"
"""The kind of such an action: what it changes starts no other rule."""


def fire_rule(command: FireRule, tx: Transaction) -> Facts:
    """Carry out a rule for a deal. Nothing when it was carried out for this cause before."""
    deals = tx.deals([Seen(command.deal_id)])
    is_first = tx.sql.run(
        "INSERT INTO rule_firing (rule, deal_id, cause, fired_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (rule, deal_id, cause) DO NOTHING",
        (command.rule.name, command.deal_id, command.cause, tx.now),
    )
    if is_first != 1:
        return ()
    facts: Facts = ()
    with tx.named(RULE, f"Rule “{command.rule.name}”: {named(deals)}"):
        for step in command.rule.then:
            facts += _carry_out(step, command.deal_id, tx)
    if tx.action_id is not None:
        tx.sql.run(
            "UPDATE rule_firing SET action_id = ? WHERE rule = ? AND deal_id = ? AND cause = ?",
            (tx.action_id, command.rule.name, command.deal_id, command.cause),
        )
    return facts


def _carry_out(step: Step, deal_id: int, tx: Transaction) -> Facts:
    if step.kind == "task":
        return _plan(step.text, deal_id, tx)
    # What an earlier step of this rule set has to be on the row that the next one reads.
    tx.write_rows()
    changes: dict[str, Any] = {"tags": f"{'+' if step.kind == 'tag' else '-'}{step.text}"}
    if step.kind == "set":
        changes = {SETTABLE[field]: _value(field, value, tx) for field, value in step.values}
    return edit_deals(EditDeals((Seen(deal_id),), tuple(changes.items())), tx)


def _plan(text: str, deal_id: int, tx: Transaction) -> Facts:
    line = parse_task_line(text, tx.now.astimezone(tx.zone))
    assignee = _owner(line.assignee, tx) if line.assignee else None
    recurrence = rule_text(line.rule) if line.rule else ""
    task = AddTasks(
        (deal_id,), line.title, line.kind, line.due_on, line.due_time, assignee, line.remind_minutes, recurrence
    )
    return add_tasks(task, tx)


def _value(field: str, value: Any, tx: Transaction) -> Any:
    """A value of `set` as the field takes it."""
    if field == "owner":
        return _owner(value, tx) if value else None
    if field == "expected_close_on":
        return parse_when(value, tx.now.astimezone(tx.zone)).on if value else None
    if field == "forecast_category":
        return value.lower() or None
    return value


def _owner(typed: str, tx: Transaction) -> int:
    rows = tx.sql.all("SELECT id, name FROM owner WHERE deleted = 0 ORDER BY id")
    if not rows:
        raise InvalidInput("There are no owners.")
    return int(rows[match_name(typed, [name for _, name in rows], "owner")][0])
