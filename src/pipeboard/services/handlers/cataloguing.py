"""What deals refer to and people change now and then: reasons for losing, and owners."""

from typing import Any

from pipeboard.domain.commands import (
    AddLostReason,
    ArchiveLostReason,
    ArchiveOwner,
    EditLostReason,
    MoveLostReason,
    RenameOwner,
    Seen,
)
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.events import DealEdited, Event, SetupChanged, TaskEdited
from pipeboard.domain.text import clean, search_key
from pipeboard.services.handlers.stages import reorder
from pipeboard.storage.gateways.catalogue import read_lost_reasons, read_owners
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]


def add_lost_reason(command: AddLostReason, tx: Transaction) -> Facts:
    """Add a reason at the end of the list."""
    name = _reason_name(tx, command.name, None)
    tx.begin("lost_reason.created", f"Added the lost reason {name}")
    position = tx.sql.value("SELECT COALESCE(max(position), -1) + 1 FROM lost_reason")
    values = {"name": name, "position": position, "is_excluded": int(command.is_excluded)}
    return (SetupChanged("lost_reason", tx.create("lost_reason", values)),)


def edit_lost_reason(command: EditLostReason, tx: Transaction) -> Facts:
    """Rename a reason, or take deals lost for it out of the win rate or into it."""
    row = _row(tx, "lost_reason", command.reason_id)
    values: dict[str, Any] = {}
    label = f"Changed the lost reason {row['name']}"
    if command.name is not None:
        values["name"] = _reason_name(tx, command.name, command.reason_id)
        label = f"Renamed the lost reason {row['name']} to {values['name']}"
    if command.is_excluded is not None:
        values["is_excluded"] = int(command.is_excluded)
        if command.name is None:
            label = f"{row['name']}: {'left out of' if command.is_excluded else 'counted in'} the win rate"
    tx.begin("lost_reason.edited", label)
    changed = tx.change("lost_reason", row, values, kind="lost_reason.edited")
    return (SetupChanged("lost_reason", command.reason_id),) if changed else ()


def move_lost_reason(command: MoveLostReason, tx: Transaction) -> Facts:
    """Put a reason elsewhere in the list."""
    row = _row(tx, "lost_reason", command.reason_id)
    tx.begin("lost_reason.moved", f"Moved the lost reason {row['name']}")
    ids = [reason_id for reason_id, _, _ in read_lost_reasons(tx.sql)]
    return reorder(tx, "lost_reason", ids, command.reason_id, command.step)


def archive_lost_reason(command: ArchiveLostReason, tx: Transaction) -> Facts:
    """Take a reason out of the list; the last one stays, because a lost deal needs one."""
    row = _row(tx, "lost_reason", command.reason_id)
    if len(read_lost_reasons(tx.sql)) == 1:
        raise InvalidInput("The only lost reason cannot be archived: a lost deal needs one.")
    tx.begin("lost_reason.archived", f"Archived the lost reason {row['name']}")
    tx.change("lost_reason", row, {"deleted": 1}, kind="lost_reason.archived")
    return (SetupChanged("lost_reason", command.reason_id),)


def rename_owner(command: RenameOwner, tx: Transaction) -> Facts:
    """Give a person another name."""
    row = _row(tx, "owner", command.owner_id)
    name = clean(command.name)
    if not name:
        raise InvalidInput("An owner needs a name.")
    if search_key(name) in {search_key(o.name) for o in read_owners(tx.sql) if o.id != command.owner_id}:
        raise InvalidInput(f"There is an owner {name!r} already.")
    tx.begin("owner.edited", f"Renamed {row['name']} to {name}")
    changed = tx.change("owner", row, {"name": name}, kind="owner.edited")
    return (SetupChanged("owner", command.owner_id),) if changed else ()


def archive_owner(command: ArchiveOwner, tx: Transaction) -> Facts:
    """Take a person out of the lists, giving what is open to somebody else in the same action."""
    row = _row(tx, "owner", command.owner_id)
    if command.into_id is None:
        tx.begin("owner.archived", f"Archived the owner {row['name']}")
        tx.change("owner", row, {"deleted": 1}, kind="owner.archived")
        return (SetupChanged("owner", command.owner_id),)
    heir = _row(tx, "owner", command.into_id)
    if heir["id"] == row["id"]:
        raise InvalidInput(f"The deals of {row['name']} go to somebody else.")
    tx.begin("owner.archived", f"Archived the owner {row['name']}, open deals went to {heir['name']}")
    query = "SELECT id FROM deal WHERE owner_id = ? AND deleted = 0 AND status IN (0, 3) ORDER BY id"
    deals = tx.deals([Seen(found[0]) for found in tx.sql.all(query, (row["id"],))])
    change = tx.change_deal
    facts: list[Event] = [DealEdited(deal.id, change(deal, "deal.edited", owner_id=heir["id"])) for deal in deals]
    query = (
        "SELECT t.id FROM task t JOIN deal d ON d.id = t.deal_id WHERE t.assignee_id = ? AND t.deleted = 0"
        " AND t.done_at IS NULL AND t.is_dismissed = 0 AND d.deleted = 0 ORDER BY t.id"
    )
    for task in tx.rows("task", [found[0] for found in tx.sql.all(query, (row["id"],))]).values():
        tx.change("task", task, {"assignee_id": heir["id"]}, kind="task.edited")
        facts.append(TaskEdited(task["id"], task["deal_id"]))
    tx.change("owner", row, {"deleted": 1}, kind="owner.archived")
    return (*facts, SetupChanged("owner", row["id"]))


def _row(tx: Transaction, entity: str, thing: int) -> dict[str, Any]:
    row = tx.rows(entity, [thing]).get(thing)
    if row is None or row["deleted"]:
        raise NotFound(f"There is no {entity.replace('_', ' ')} {thing}.")
    return row


def _reason_name(tx: Transaction, typed: str, own_id: int | None) -> str:
    name = clean(typed)
    if not name:
        raise InvalidInput("A lost reason needs a name.")
    if search_key(name) in {search_key(other) for i, other, _ in read_lost_reasons(tx.sql) if i != own_id}:
        raise InvalidInput(f"There is a lost reason {name!r} already.")
    return name
