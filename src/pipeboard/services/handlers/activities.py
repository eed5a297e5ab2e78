"""Noting what happened with deals, and mending what was noted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pipeboard.domain.activity_words import DIRECTIONS
from pipeboard.domain.commands import DeleteActivity, EditActivity, LogActivities, LogActivity, Seen
from pipeboard.domain.errors import InvalidInput, Refused
from pipeboard.domain.events import ActivityEdited, ActivityLogged, Event
from pipeboard.domain.task import ACTIVITY_KINDS
from pipeboard.domain.text import clean
from pipeboard.services.handlers.placing import named
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]
Row = dict[str, Any]

_FIELDS: dict[str, type] = {"kind": str, "direction": str, "outcome": str, "body": str, "at": datetime}


def log_activity(command: LogActivity, tx: Transaction) -> Facts:
    """Note a call, mail, meeting or thought."""
    return log_activities(LogActivities((command.deal_id,), *command[1:]), tx)


def log_activities(command: LogActivities, tx: Transaction) -> Facts:
    """Note the same with several deals; what came from outside and is noted already is left as it is."""
    deals = tx.deals(Seen(deal_id) for deal_id in command.deal_ids)
    at = command.at or tx.now
    shared = _checked(
        {
            "kind": command.kind,
            "direction": command.direction,
            "outcome": command.outcome,
            "body": command.body,
            "at": at,
        },
        tx,
    )
    if not shared["body"] and (command.kind == "note" or not (command.direction or command.outcome)):
        raise InvalidInput("Write a few words about what happened.")
    if command.external_id is not None:
        known = _known(tx, command.external_id)
        deals = [deal for deal in deals if deal.id not in known]
    if not deals:
        return ()
    tx.begin("activity.logged", f"Logged {_a(command.kind)} with {named(deals)}")
    deal_ids = [deal.id for deal in deals]
    more = {"actor_id": tx.actor.owner_id, "external_id": command.external_id}
    rows = [{**shared, **more, "deal_id": deal_id} for deal_id in deal_ids]
    ids = tx.create_many("activity", rows, deal_ids=deal_ids, at=[at] * len(rows))
    return tuple(ActivityLogged(*pair) for pair in zip(ids, deal_ids, strict=True))


def _known(tx: Transaction, external_id: str) -> set[int]:
    """The deals in which this thing from outside is noted already."""
    rows = tx.sql.all("SELECT deal_id FROM activity WHERE external_id = ? AND deleted = 0", (external_id,))
    return {row[0] for row in rows}


def _a(kind: str) -> str:
    """A kind with its article."""
    return f"an {kind}" if kind[:1] == "e" else f"a {kind}"


def edit_activity(command: EditActivity, tx: Transaction) -> Facts:
    """Mend what one has logged."""
    row = _own(command.activity, tx, tuple(field for field, _ in command.changes))
    values = _checked(dict(command.changes), tx)
    after = {**row, **values}
    if not after["body"] and (after["kind"] == "note" or not (after["direction"] or after["outcome"])):
        raise InvalidInput("Write a few words about what happened; the delete key takes an entry away.")
    tx.begin("activity.edited", f"Changed {_a(after['kind'])} with {_deal(row, tx)}")
    if not tx.change("activity", row, values, kind="activity.edited"):
        return ()
    return (ActivityEdited(row["id"], row["deal_id"]),)


def delete_activity(command: DeleteActivity, tx: Transaction) -> Facts:
    """Take away what one has logged."""
    row = _own(command.activity, tx, ("deleted", "body"))
    tx.begin("activity.deleted", f"Deleted {_a(row['kind'])} with {_deal(row, tx)}")
    tx.change("activity", row, {"deleted": 1}, kind="activity.deleted")
    return (ActivityEdited(row["id"], row["deal_id"]),)


def _own(seen: Seen, tx: Transaction, fields: tuple[str, ...]) -> Row:
    """The live activity, locked; Refused when a colleague has logged it."""
    row = tx.rows("activity", [seen.id]).get(seen.id)
    if row is None or row["deleted"]:
        raise tx.gone("activity", seen.id)
    if row["actor_id"] is not None and row["actor_id"] != tx.actor.owner_id:
        who = tx.sql.value("SELECT name FROM owner WHERE id = ?", (row["actor_id"],)) or "somebody else"
        raise Refused(f"{who} logged this; only {who} can change or delete it. You can log a note about it.")
    tx.guard("activity", seen, row, "this entry", fields)
    return row


def _deal(row: Row, tx: Transaction) -> str:
    """The name of the deal of an activity; NotFound when that is gone."""
    return named(tx.deals([Seen(row["deal_id"])]))


def _checked(changes: Mapping[str, Any], tx: Transaction) -> Row:
    """The values of an activity as they may be stored."""
    values: Row = {}
    for field, value in changes.items():
        kind = _FIELDS.get(field)
        if kind is None:
            raise InvalidInput(f"{field!r} is no field of an activity. Fields: {', '.join(_FIELDS)}.")
        if (value is None and field in ("kind", "body", "at")) or (value is not None and not isinstance(value, kind)):
            raise InvalidInput(f"{field} cannot be {value!r}.")
        values[field] = clean(value, is_multiline=field == "body") if isinstance(value, str) else value
    if values.get("kind", "note") not in ACTIVITY_KINDS:
        raise InvalidInput(f"{values['kind']!r} is no kind of activity. Kinds: {', '.join(ACTIVITY_KINDS)}.")
    if values.get("direction") not in (None, *DIRECTIONS):
        raise InvalidInput(f"{values['direction']!r} is no direction. Directions: {', '.join(DIRECTIONS)}.")
    if (at := values.get("at")) is not None and at > tx.now:
        raise InvalidInput("An activity lies in the past; plan a task for what is to come.")
    return values
