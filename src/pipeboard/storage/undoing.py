"""Undo and redo: compensating actions over the append-only history (RELIABILITY.md section 3).

The rule of conflict: taking an action back is refused when a later live change of anybody touches the same
field of the same thing; "later" goes by the order in which things were first done, so that a change that was
undone and redone keeps its place. Doing it again is refused by the same rule, and also when a field is not what
it was when the action was done. Together these keep every live change starting where the live one before it
ended. Rows are locked before the rule is checked. An import is the exception: what was edited since is left as
it is and the rest is taken back.
"""

from collections import defaultdict
from typing import Any, NamedTuple

from pipeboard.domain.errors import Conflict, NotFound, NothingToUndo
from pipeboard.domain.history import inverse
from pipeboard.storage.conflicts import (
    Past,
    blocked_by_later,
    check_as_before,
    check_places,
    deal_ids_of,
    deleted_since,
    events_of,
    sentence,
)
from pipeboard.storage.entities import entity, from_patch
from pipeboard.storage.hot.departures import departed
from pipeboard.storage.sql import marks
from pipeboard.storage.transaction import Transaction

IMPORTS = ("deals.imported", "records.imported", "files.imported", "tasks.imported")
"""Actions of which undo takes back what nobody has touched since."""

NOT_UNDOABLE = ("workspace.created", "workspace.joined", "deals.kept")


class Undone(NamedTuple):
    """What an undo or redo did."""

    action_id: int
    label: str
    deal_ids: tuple[int, ...]
    skipped: int


def undo(tx: Transaction, action_id: int | None = None) -> Undone:
    """Take back the actor's latest action, or the one with this id (own or not)."""
    row = _undoable(tx, action_id)
    base_id, kind, label = row
    tx.begin("undo", f"Undid: {label}", undoes=base_id)
    past = events_of(tx, base_id)
    _lock(tx, past)
    if tx.sql.value("SELECT undone_by_id FROM action WHERE id = ?", (base_id,)) is not None:
        raise Conflict(f"“{label}” was already undone.")
    blocked = blocked_by_later(tx, base_id, past)
    gone = deleted_since(tx, past)
    is_import = kind in IMPORTS
    if not is_import:
        _refuse(tx, blocked, gone, label, "undone")
    left = [*(e for e, *_ in blocked), *gone]
    # What an import brought for a deal of its own stays or goes with the deal, other things go by themselves.
    own = {e.entity_id for e in past if e.entity == "deal"} if is_import else None
    kept = {(e.entity, e.entity_id) for e in left}
    kept |= {("deal", e.deal_id) for e in left if e.deal_id is not None and (own is None or e.deal_id in own)}
    rest = [e for e in past if (e.entity, e.entity_id) not in kept and ("deal", e.deal_id) not in kept]
    if kept and not (any(e.entity == "deal" for e in rest) if own else rest):
        _refuse(tx, blocked, gone, label, "undone")
    skipped = {("deal", e.deal_id) if e.deal_id in (own or ()) else (e.entity, e.entity_id) for e in left}
    if skipped:
        tx.begin("undo", f"Undid: {label}, but for {len(skipped):,} edited since", undoes=base_id)
    rest = _take_back(tx, rest, (*SHARED, "stage") if is_import else SHARED)
    _mark(tx, base_id, tx.action())
    check_places(tx, rest, label, verb="undone")
    if kept:
        _keep(tx, [e for e in past if e.entity == "deal" and ("deal", e.entity_id) in kept])
    return Undone(base_id, label, deal_ids_of(rest), len(skipped))


def redo(tx: Transaction) -> Undone:
    """Do the actor's latest undone action again; NothingToUndo when something newer was done since."""
    row = tx.sql.one(
        f"SELECT id, undoes_id, label FROM action WHERE actor_id {_same_actor(tx)} AND kind = 'undo'"
        " AND undone_by_id IS NULL ORDER BY id DESC LIMIT 1",
        (tx.actor.owner_id,),
    )
    if row is None:
        raise NothingToUndo("There is nothing to redo.")
    undo_id, base_id, _ = row
    if _has_newer(tx, undo_id):
        raise NothingToUndo("There is nothing to redo: you did something new after the undo.")
    label = str(tx.sql.value("SELECT label FROM action WHERE id = ?", (base_id,)))
    tx.begin("redo", f"Redid: {label}", undoes=undo_id)
    past = events_of(tx, undo_id)
    _lock(tx, past)
    if tx.sql.value("SELECT undone_by_id FROM action WHERE id = ?", (undo_id,)) is not None:
        raise Conflict(f"“{label}” was already redone.")
    things = {(e.entity, e.entity_id) for e in past}
    original = [e for e in events_of(tx, base_id) if (e.entity, e.entity_id) in things]
    _refuse(tx, blocked_by_later(tx, base_id, original), deleted_since(tx, original), label, "redone")
    check_as_before(tx, original, label)
    _apply(tx, past, kind="redo")
    _mark(tx, undo_id, tx.action())
    _mark(tx, base_id, None)
    check_places(tx, past, label, verb="redone")
    return Undone(base_id, label, deal_ids_of(past), 0)


def _refuse(tx: Transaction, blocked: list[tuple[Past, str, str]], gone: list[Past], label: str, verb: str) -> None:
    """Say what stands in the way, if anything does."""
    if blocked:
        raise Conflict(sentence(blocked, label, verb))
    if gone:
        raise Conflict(f"“{label}” cannot be {verb}. {_why_gone(tx, gone[0])} Bring that back first.")


def _why_gone(tx: Transaction, event: Past) -> str:
    """Who took away what the action was about: the deal, or the thing itself where the deal is still there."""
    thing = (event.entity, event.entity_id)
    if event.deal_id is not None and tx.sql.value("SELECT deleted FROM deal WHERE id = ?", (event.deal_id,)):
        thing = ("deal", event.deal_id)
    return departed(tx.sql, *thing, tx.actor.client_id)


def _same_actor(tx: Transaction) -> str:
    return "IS ?" if tx.sql.is_sqlite else "IS NOT DISTINCT FROM ?"


def _undoable(tx: Transaction, action_id: int | None) -> Any:
    kinds = f"kind NOT IN ({marks(len(NOT_UNDOABLE))})"
    if action_id is None:
        row = tx.sql.one(
            f"SELECT id, kind, label FROM action WHERE actor_id {_same_actor(tx)} AND undoes_id IS NULL"
            f" AND undone_by_id IS NULL AND {kinds} ORDER BY id DESC LIMIT 1",
            (tx.actor.owner_id, *NOT_UNDOABLE),
        )
        if row is None:
            raise NothingToUndo("There is nothing to undo.")
        return row
    row = tx.sql.one("SELECT id, kind, label, undoes_id, undone_by_id FROM action WHERE id = ?", (action_id,))
    if row is None:
        raise NotFound(f"There is no action {action_id} in the history.")
    if row[1] in NOT_UNDOABLE or row[3] is not None:
        raise Conflict(f"“{row[2]}” cannot be undone; use redo to bring an undone action back.")
    if row[4] is not None:
        raise Conflict(f"“{row[2]}” was already undone.")
    return row[:3]


def _has_newer(tx: Transaction, action_id: int) -> bool:
    found = tx.sql.value(
        f"SELECT 1 FROM action WHERE actor_id {_same_actor(tx)} AND undoes_id IS NULL AND id > ?"
        " AND kind <> 'deals.kept' LIMIT 1",
        (tx.actor.owner_id, action_id),
    )
    return found is not None


def _lock(tx: Transaction, past: list[Past]) -> None:
    """Lock every row first, in a fixed order; on SQLite the transaction already excludes other writers."""
    if tx.sql.is_sqlite:
        return
    ids: dict[str, set[int]] = defaultdict(set)
    for event in past:
        ids[event.entity].add(event.entity_id)
        if event.deal_id is not None:
            ids["deal"].add(event.deal_id)
    for name in sorted(ids):
        tx.sql.by_ids(f'SELECT id FROM "{name}" WHERE id IN ({{ids}}) ORDER BY id FOR UPDATE', sorted(ids[name]))


SHARED = ("contact", "company", "owner", "lost_reason")
"""What several deals may refer to; those that refer to others of these come first."""

_USERS = {
    "contact": ("deal.contact_id",),
    "company": ("deal.company_id", "contact.company_id"),
    "owner": ("deal.owner_id", "task.assignee_id", "activity.actor_id", "quota.owner_id"),
    "lost_reason": ("deal.lost_reason_id",),
    "stage": ("deal.stage_id",),
}


def _take_back(tx: Transaction, past: list[Past], names: tuple[str, ...]) -> list[Past]:
    """Write the inverse of every event, except of creations of `names` that something live still uses after that;
    what was taken back."""
    taken = [e for e in past if not (e.is_creation and e.entity in names)]
    _apply(tx, taken, kind="undo")
    for name in names:
        tx.write_rows()
        made = [e for e in past if e.is_creation and e.entity == name]
        used: set[int] = set()
        for table, column in (user.split(".") for user in _USERS[name]):
            query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IN ({{ids}}) AND deleted = 0"
            used |= {row[0] for row in tx.sql.by_ids(query, [e.entity_id for e in made])}
        unused = [e for e in made if e.entity_id not in used]
        _apply(tx, unused, kind="undo")
        taken = [*unused, *taken]
    return taken


def _apply(tx: Transaction, past: list[Past], *, kind: str) -> None:
    """Write the inverse of every event, newest first, against the rows as they are now."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for event in past:
        by_name[event.entity].append(event.entity_id)
    rows = {name: tx.rows(name, ids) for name, ids in by_name.items()}
    for event in reversed(past):
        current = rows[event.entity].get(event.entity_id)
        if current is None:
            continue
        kinds = entity(event.entity).kinds
        patch = inverse(event.patch, is_creation=event.is_creation)
        changes = {f: from_patch(kinds[f], new) for f, (_, new) in patch.items() if f in kinds}
        if tx.change(event.entity, current, changes, kind=f"{event.entity}.{kind}"):
            current.update(changes)
            current["version"] += 1
    for name in ("company", "contact"):
        if renamed := {e.entity_id for e in past if e.entity == name and "name" in e.patch and not e.is_creation}:
            tx.write_rows()
            tx.touch_deals_of(name, sorted(renamed))


def _mark(tx: Transaction, action_id: int, undone_by: int | None) -> None:
    tx.sql.run("UPDATE action SET undone_by_id = ? WHERE id = ?", (undone_by, action_id))


def _keep(tx: Transaction, past: list[Past]) -> None:
    """Keep counting the deals that a partly undone import leaves: write their stage events under a live action."""
    stage_events = tx.sql.by_ids(
        "SELECT deal_id, kind, at, is_time_known, version, from_stage_id, to_stage_id, id FROM event"
        " WHERE to_stage_id IS NOT NULL AND id IN ({ids}) ORDER BY id",
        [e.id for e in past],
    )
    with tx.beside("deals.kept", f"Kept {len(past)} imported deals that were edited since"):
        for *event, event_id in stage_events:
            event[2] = tx.sql.codec.instant(event[2])
            tx.stage_event(event, event_id)
