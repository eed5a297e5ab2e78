"""The board as it stood on a day, out of the stays in stages and the changes since."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from pipeboard.domain.as_of import LaterChange
from pipeboard.storage.sql import Statements, chunks, marks

_COLUMNS = (
    "SELECT v.deal_id, v.stage_id, v.entered_on, v.is_entry_known, d.value_minor, d.currency, d.probability, d.deleted,"
    " v.id FROM"
)
# Three ways to have stood there, each along an index: left since, still in an open stage, still closed. The joins are
# ordered by `CROSS JOIN`, which SQLite obeys.
_LEFT_SINCE = (
    f"{_COLUMNS} stage_visit v JOIN deal d ON d.id = v.deal_id WHERE v.pipeline_id = ? AND v.left_on > ?"
    " AND v.entered_on <= ?"
)
_STILL_OPEN = (
    f"{_COLUMNS} stage_visit v JOIN deal d ON d.id = v.deal_id WHERE v.pipeline_id = ? AND v.left_on IS NULL"
    " AND v.entered_on <= ? AND v.stage_id IN ({stages})"
)
_CLOSED_IN = "SELECT id FROM deal WHERE {deleted} AND pipeline_id = ? AND closed_on >= ? AND closed_on <= ?"
_STILL_CLOSED = (
    f"{_COLUMNS} ({_CLOSED_IN.format(deleted='deleted = 0')} UNION ALL"
    f" {_CLOSED_IN.format(deleted='deleted <> 0')}) k CROSS JOIN deal d CROSS JOIN stage_visit v"
    " WHERE d.id = k.id AND v.deal_id = d.id AND v.left_on IS NULL AND v.entered_on <= ? AND v.stage_id IN ({stages})"
)
_SINCE = "SELECT min(id) FROM action WHERE recorded_at > ?"
_LIVE = " JOIN action a ON a.id = e.action_id WHERE a.undoes_id IS NULL AND a.undone_by_id IS NULL"
_SUMMED = (
    f"SELECT e.deal_id, e.at, e.patch FROM event e{_LIVE} AND e.action_id >= ? AND e.entity = 'deal'"
    " AND e.kind <> 'deal.created' AND (e.patch LIKE '%\"value_minor\"%' OR e.patch LIKE '%\"currency\"%'"
    " OR e.patch LIKE '%\"probability\"%' OR e.patch LIKE '%\"deleted\"%') ORDER BY e.id"
)
_CHANGES = (
    f"SELECT e.entity, e.entity_id, e.at, e.kind, e.patch FROM event e{_LIVE} AND e.action_id >= ?"
    " AND e.entity IN ('deal', 'task') AND e.deal_id IN ({ids}) ORDER BY e.id"
)
DEAL_FIELDS = (
    *("id", "title", "company_id", "value_minor", "currency", "owner_id", "probability", "is_hot"),
    *("expected_close_on", "closed_on", "wake_on", "lost_reason_id"),
)
"""What a card shows."""

FILTERED_FIELDS = (
    *DEAL_FIELDS,
    *("contact_id", "product", "source", "tags", "bant", "created_on", "started_on"),
)
"""What a filter asks about beside it."""

_DEALS = "SELECT {fields} FROM deal WHERE id IN ({{ids}})"
TASK_FIELDS = ("id", "deal_id", "deleted", "title", "due_on", "due_time", "snoozed_until", "done_at", "is_dismissed")
_TASKS = f"SELECT {', '.join(TASK_FIELDS)} FROM task WHERE deal_id IN ({{ids}}) ORDER BY id"
_SIGNS = "SELECT deal_id, max(at) FROM activity WHERE deleted = 0 AND at <= ? AND deal_id IN ({ids}) GROUP BY deal_id"
_CHANGED = (
    f"SELECT e.deal_id, max(e.at) FROM event e{_LIVE} AND e.at <= ? AND e.deal_id IN ({{ids}}) GROUP BY e.deal_id"
)
_DAYS = frozenset({"created_on", "started_on", "expected_close_on", "closed_on", "wake_on", "due_on", "snoozed_until"})


_RECENT = 0.3
"""The share of the whole time within which the index is worth its single look-ups."""


class Stay(NamedTuple):
    """A deal in a stage on the day, with what it is summed by as it is now."""

    deal_id: int
    stage_id: int
    entered_on: date
    is_entry_known: bool
    value_minor: int | None
    currency: str
    probability: int | None
    deleted: int


class Moment(NamedTuple):
    """The end of a day, and the first action that was written down after it (None: nothing was since)."""

    at: datetime
    first_action: int | None


def moment_of(sql: Statements, at: datetime) -> Moment:
    """The moment at which a day ends, for the other reads."""
    return Moment(at, sql.value(_SINCE, (at,)))


def stays_on(
    sql: Statements,
    pipeline_id: int,
    day: date,
    open_stages: Sequence[int],
    closed_stages: Sequence[int],
    closed_since: date,
) -> dict[int, Stay]:
    """Where every deal of a pipeline stood at the end of a day, by deal; of closed stages those closed since a day.

    Where a correction lets two stays overlap, the one that was written down last counts.
    """
    codec = sql.codec
    rows = sql.all(_left_since(sql, pipeline_id, day), (pipeline_id, day, day))
    if open_stages:
        query = _STILL_OPEN.replace("{stages}", marks(len(open_stages)))
        rows += sql.all(query, (pipeline_id, day, *open_stages))
    if closed_stages:
        query = _STILL_CLOSED.replace("{stages}", marks(len(closed_stages)))
        rows += sql.all(query, (*(2 * (pipeline_id, closed_since, day)), day, *closed_stages))
    found = {}
    closed = frozenset(closed_stages)
    for deal_id, stage_id, entered, known, *rest, _ in sorted(rows, key=lambda row: row[8]):
        on = codec.day(entered)
        if on is not None and not (stage_id in closed and on < closed_since):
            found[deal_id] = Stay(deal_id, stage_id, on, bool(known), *rest)
    return found


def _left_since(sql: Statements, pipeline_id: int, day: date) -> str:
    """The statement for stays that ended since: along the index for a recent day; for a day long ago most stays did,
    and reading the table once is faster (a million stays: 0.15 s against 0.5 s measured)."""
    edges = "SELECT (SELECT {}(left_on) FROM stage_visit WHERE pipeline_id = ?)"
    first, last = (sql.value(edges.format(name), (pipeline_id,)) for name in ("min", "max"))
    begin, end = sql.codec.day(first), sql.codec.day(last)
    if not sql.is_sqlite or begin is None or end is None or end <= begin:
        return _LEFT_SINCE
    is_recent = (end - day).days < _RECENT * (end - begin).days
    return (
        _LEFT_SINCE
        if is_recent
        else _LEFT_SINCE.replace("v.pipeline_id", "+v.pipeline_id").replace("v.left_on", "+v.left_on")
    )


def summed_changes(sql: Statements, moment: Moment) -> dict[int, list[LaterChange]]:
    """The live changes since of what deals are summed by, and of whether they are there, by deal."""
    found: dict[int, list[LaterChange]] = defaultdict(list)
    if moment.first_action is not None:
        for deal_id, at, patch in sql.all(_SUMMED, (moment.first_action,)):
            found[deal_id].append(_change(sql, moment, at, patch))
    return found


def _change(sql: Statements, moment: Moment, at: Any, patch: str) -> LaterChange:
    took_effect = sql.codec.instant(at)
    return LaterChange(took_effect is not None and took_effect > moment.at, json.loads(patch))


class Changes(NamedTuple):
    """The live changes of deals and tasks since, by entity and id, and the things that began only since."""

    by_thing: dict[tuple[str, int], list[LaterChange]]
    born_since: set[tuple[str, int]]


def changes_since(sql: Statements, moment: Moment, deal_ids: Sequence[int]) -> Changes:
    """What happened since with these deals and their tasks."""
    found = Changes(defaultdict(list), set())
    if moment.first_action is None:
        return found
    for piece in chunks(deal_ids):
        query = _CHANGES.replace("{ids}", marks(len(piece)))
        for entity, thing_id, at, kind, patch in sql.all(query, (moment.first_action, *piece)):
            change = _change(sql, moment, at, patch)
            if kind.endswith(".created"):
                if change.is_later:
                    found.born_since.add((entity, thing_id))
            else:
                found.by_thing[(entity, thing_id)].append(change)
    return found


def deals_now(sql: Statements, ids: Sequence[int], fields: Sequence[str] = DEAL_FIELDS) -> dict[int, dict[str, Any]]:
    """Some fields of these deals as they are now, deleted ones too, by the names of the history."""
    query = _DEALS.format(fields=", ".join(fields))
    return {row["id"]: row for row in _rows(sql, fields, sql.by_ids(query, ids))}


def tasks_now(sql: Statements, deal_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Every task of these deals as it is now, deleted ones too."""
    return _rows(sql, TASK_FIELDS, sql.by_ids(_TASKS, deal_ids))


def _rows(sql: Statements, fields: Sequence[str], rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows as dictionaries with days, times and instants written as the history writes them."""
    codec = sql.codec
    found = []
    for row in rows:
        values = dict(zip(fields, row, strict=True))
        for field in fields:
            value: Any = values[field]
            if field in _DAYS:
                value = codec.day(value)
            elif field == "due_time":
                value = codec.clock_time(value)
            elif field == "done_at":
                value = codec.instant(value)
            values[field] = value.isoformat() if hasattr(value, "isoformat") else value
        found.append(values)
    return found


def last_activities(sql: Statements, moment: Moment, deal_ids: Sequence[int]) -> dict[int, datetime]:
    """When somebody last logged something about these deals before the moment."""
    found = {}
    for piece in chunks(deal_ids):
        query = _SIGNS.replace("{ids}", marks(len(piece)))
        for deal_id, at in sql.all(query, (moment.at, *piece)):
            if (instant := sql.codec.instant(at)) is not None:
                found[deal_id] = instant
    return found


def last_changes(sql: Statements, moment: Moment, deal_ids: Sequence[int]) -> dict[int, str]:
    """When something about these deals was last changed before the moment, as the history writes instants."""
    found = {}
    for piece in chunks(deal_ids):
        for deal_id, at in sql.all(_CHANGED.replace("{ids}", marks(len(piece))), (moment.at, *piece)):
            if (instant := sql.codec.instant(at)) is not None:
                found[deal_id] = instant.isoformat()
    return found
