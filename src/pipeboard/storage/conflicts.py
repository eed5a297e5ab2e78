"""When an action may not be taken back or done again: the rule of conflict (see `undoing`)."""

import json
from collections import defaultdict
from typing import Any, NamedTuple

from pipeboard.domain.errors import Conflict
from pipeboard.domain.history import Patch, overlap
from pipeboard.storage.patches import patch_value
from pipeboard.storage.projection import LIVE
from pipeboard.storage.transaction import Transaction


class Past(NamedTuple):
    """One event of the action that is to be taken back."""

    id: int
    entity: str
    entity_id: int
    deal_id: int | None
    kind: str
    patch: Patch

    @property
    def is_creation(self) -> bool:
        """Whether the thing began with this event."""
        return self.kind.endswith(".created")


def events_of(tx: Transaction, action_id: int) -> list[Past]:
    """What an action did, in order."""
    rows = tx.sql.all(
        "SELECT id, entity, entity_id, deal_id, kind, patch FROM event WHERE action_id = ? ORDER BY id",
        (action_id,),
    )
    return [Past(row[0], row[1], row[2], row[3], row[4], json.loads(row[5])) for row in rows]


def blocked_by_later(tx: Transaction, action_id: int, past: list[Past]) -> list[tuple[Past, str, str]]:
    """The events that a later live change contradicts, with who made it and what it was called."""
    first = min((event.id for event in past), default=0)
    mine = _merged(past)
    created_deals = {e.entity_id: e for e in mine.values() if e.entity == "deal" and e.is_creation}
    blocked = []
    for row in _later(tx, action_id, first, mine):
        event_id, name, entity_id, deal_id, patch, label, who = row
        event = mine.get((name, entity_id)) or created_deals.get(deal_id or 0)
        if event is None or event_id < event.id:
            continue
        is_other_thing = (event.entity, event.entity_id) != (name, entity_id)
        if is_other_thing or overlap(event.patch, json.loads(patch), is_creation=event.is_creation):
            blocked.append((event, who or "somebody", label))
    return blocked


def _merged(past: list[Past]) -> dict[tuple[str, int], Past]:
    """One event for each thing: an import writes two for a closed deal, and both must count."""
    merged: dict[tuple[str, int], Past] = {}
    for event in past:
        key = (event.entity, event.entity_id)
        before = merged.get(key)
        merged[key] = event if before is None else before._replace(patch={**event.patch, **before.patch})
    return merged


def check_as_before(tx: Transaction, original: list[Past], label: str) -> None:
    """Refuse to do changes again where they do not start from what they once started from."""
    things = _merged(original).values()
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    for name in {e.entity for e in things}:
        rows[name] = tx.rows(name, [e.entity_id for e in things if e.entity == name])
    for event in things:
        row = rows[event.entity].get(event.entity_id)
        if row is None or event.is_creation:
            continue
        first = {field: old for field, (old, _) in event.patch.items() if field != "rank"}
        changed = [field for field, old in first.items() if field in row and patch_value(row[field]) != old]
        if changed:
            raise Conflict(f"“{label}” cannot be redone: what it built on was undone meanwhile. Redo that first.")


def deleted_since(tx: Transaction, past: list[Past]) -> list[Past]:
    """The events whose thing, or whose deal, is deleted now although the action itself says nothing of that.

    What nobody can see is neither taken back nor done again.
    """
    own = {(e.entity, e.entity_id) for e in past if e.is_creation or "deleted" in e.patch}
    looked_at = {(e.entity, e.entity_id) for e in past}
    looked_at |= {("deal", e.deal_id) for e in past if e.deal_id is not None}
    names: dict[str, list[int]] = defaultdict(list)
    for name, thing in sorted(looked_at - own):
        names[name].append(thing)
    gone: set[tuple[str, int]] = set()
    for name, ids in names.items():
        rows = tx.sql.by_ids(f'SELECT id FROM "{name}" WHERE deleted <> 0 AND id IN ({{ids}})', ids)
        gone |= {(name, row[0]) for row in rows}
    return [e for e in past if (e.entity, e.entity_id) in gone or ("deal", e.deal_id) in gone]


def check_places(tx: Transaction, past: list[Past], label: str, verb: str) -> None:
    """Refuse what would leave live deals where nobody sees them, or live tasks without their deal."""
    tx.flush()
    deals = list(deal_ids_of(past))
    stages = [e.entity_id for e in past if e.entity == "stage"]
    lost = tx.sql.by_ids(
        "SELECT d.title, s.name FROM deal d JOIN stage s ON s.id = d.stage_id JOIN pipeline p ON p.id = d.pipeline_id"
        " WHERE d.deleted = 0 AND (s.deleted <> 0 OR (p.deleted <> 0 AND d.status IN (0, 3))) AND d.id IN ({ids})",
        deals,
    ) + tx.sql.by_ids(
        "SELECT d.title, s.name FROM deal d JOIN stage s ON s.id = d.stage_id"
        " WHERE d.deleted = 0 AND s.deleted <> 0 AND s.id IN ({ids}) LIMIT 3",
        stages,
    )
    if lost:
        title, stage = lost[0]
        raise Conflict(f"“{label}” cannot be {verb}: “{title}” would stand in {stage}, which is not there then.")


def _later(tx: Transaction, action_id: int, first: int, mine: dict[tuple[str, int], Past]) -> list[Any]:
    columns = "e.id, e.entity, e.entity_id, e.deal_id, e.patch, a.label, o.name"
    tail = (
        " FROM event e JOIN action a ON a.id = e.action_id LEFT JOIN owner o ON o.id = a.actor_id"
        f" WHERE {{where}} AND e.id > {int(first)} AND e.action_id <> {int(action_id)} AND {LIVE}"
        " AND a.kind <> 'deals.kept'"
    )
    names: dict[str, list[int]] = defaultdict(list)
    for name, entity_id in mine:
        names[name].append(entity_id)
    rows: list[Any] = []
    for name, ids in names.items():
        where = f"e.entity = '{name}' AND e.entity_id IN ({{ids}})"
        rows += tx.sql.by_ids(f"SELECT {columns}{tail}".replace("{where}", where), sorted(ids))
    created = sorted(i for (name, i), e in mine.items() if name == "deal" and e.is_creation)
    where = "e.deal_id IN ({ids}) AND e.entity <> 'deal'"
    rows += tx.sql.by_ids(f"SELECT {columns}{tail}".replace("{where}", where), created)
    return rows


def sentence(blocked: list[tuple[Past, str, str]], label: str, verb: str = "undone") -> str:
    """Why not, for the person who asked."""
    _, who, later = blocked[0]
    more = f" and {len(blocked) - 1} more" if len(blocked) > 1 else ""
    return f"“{label}” cannot be {verb}: {who} did “{later}”{more} since, on the same thing. Undo that first."


def deal_ids_of(past: list[Past]) -> tuple[int, ...]:
    """The deals that an action touched."""
    return tuple(dict.fromkeys(e.deal_id for e in past if e.deal_id is not None))
