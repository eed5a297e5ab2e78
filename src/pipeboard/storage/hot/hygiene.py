"""What the hygiene report looks at: every open deal in a few columns, and how its close date has moved."""

import json
from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from pipeboard.storage.sql import Statements

_OPEN = (
    "SELECT d.id, d.version, COALESCE(o.name, ''), d.value_minor, d.currency, d.expected_close_on,"
    " COALESCE(d.idle_on, d.stage_entered_on), COALESCE(d.started_on, d.created_on), d.next_task_id,"
    " COALESCE(t.snoozed_until, t.due_on), s.rot_days, d.stage_id, COALESCE(d.probability, s.probability)"
    " FROM deal d JOIN stage s ON s.id = d.stage_id"
    " LEFT JOIN owner o ON o.id = d.owner_id LEFT JOIN task t ON t.id = d.next_task_id"
    " WHERE d.deleted = 0 AND d.status = 0"
)
# Whoever entered a deal with a close date has not moved it.
_CHANGES = (
    "SELECT e.deal_id, e.patch FROM event e JOIN action a ON a.id = e.action_id JOIN deal d ON d.id = e.deal_id"
    " WHERE d.deleted = 0 AND d.status = 0 AND d.expected_close_on IS NOT NULL AND e.entity = 'deal'"
    " AND e.kind <> 'deal.created' AND e.patch LIKE ? AND a.undoes_id IS NULL AND a.undone_by_id IS NULL ORDER BY e.id"
)


class OpenRow(NamedTuple):
    """An open deal as stored."""

    id: int
    version: int
    owner: str
    value_minor: int | None
    currency: str
    close_on: date | None
    idle_on: date | None
    started_on: date | None
    task_id: int | None
    task_on: date | None
    rot_days: int | None
    stage_id: int
    probability: int


def open_rows(sql: Statements, owner_id: int | None = None, pipeline_id: int | None = None) -> list[OpenRow]:
    """Every open deal, of a person or a pipeline where one is given; dear ones first."""
    where, params = "", []
    for column, value in (("owner_id", owner_id), ("pipeline_id", pipeline_id)):
        if value is not None:
            where += f" AND d.{column} = ?"
            params.append(value)
    day = sql.codec.day
    rows = sql.all(f"{_OPEN}{where} ORDER BY COALESCE(d.value_minor, 0) DESC, d.id", params)
    return [OpenRow._make((*r[:5], day(r[5]), day(r[6]), day(r[7]), r[8], day(r[9]), *r[10:])) for r in rows]


def last_review(sql: Statements, pipeline_id: int | None = None) -> tuple[datetime | None, str]:
    """When the last review was held (of a pipeline, or of all), and its record in Markdown."""
    where, params = ("AND pipeline_id = ?", [pipeline_id]) if pipeline_id is not None else ("", [])
    row = sql.one(f"SELECT held_at, record FROM review WHERE deleted = 0 {where} ORDER BY id DESC LIMIT 1", params)
    return (sql.codec.instant(row[0]), row[1]) if row else (None, "")


def close_changes(sql: Statements) -> dict[int, list[tuple[date | None, date | None]]]:
    """The live changes of the close date of open deals, oldest first: before and after."""
    found: dict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
    for deal_id, patch in sql.all(_CHANGES, ('%"expected_close_on"%',)):
        old, new = json.loads(patch)["expected_close_on"]
        if old and new:
            found[deal_id].append((date.fromisoformat(old), date.fromisoformat(new)))
    return found
