"""Everything about one deal, by literal SQL."""

import json
from typing import Any, NamedTuple

from pipeboard.domain.detail import Relative, StageStay
from pipeboard.domain.task import Task
from pipeboard.storage.codec import Codec
from pipeboard.storage.hot.attempts import attempts_of
from pipeboard.storage.sql import Statements

_DETAIL = (
    "SELECT d.id, d.version, d.title, c.name, p.name, p.job_title, p.email, p.phone, d.owner_id, o.name,"
    " d.pipeline_id, l.name, d.stage_id, s.name, d.status, s.probability, s.rot_days, s.exit_criteria,"
    " d.value_minor, d.currency, d.probability, d.is_hot, d.product, d.source, d.tags, d.notes, d.extra,"
    " d.created_at, d.created_on, d.started_on, d.expected_close_on, d.closed_on, d.payment_on, d.wake_on,"
    " d.park_reason, r.name, d.close_note, f.name, d.stage_entered_on, d.is_entry_known, d.idle_on,"
    " d.company_id, d.contact_id, c.website, d.link, d.cost_minor, d.recurring_months, d.attention,"
    " d.forecast_category, s.forecast_category, d.bant, d.criteria_done, d.copied_from_id"
    " FROM deal d JOIN stage s ON s.id = d.stage_id JOIN pipeline l ON l.id = d.pipeline_id"
    " LEFT JOIN company c ON c.id = d.company_id LEFT JOIN contact p ON p.id = d.contact_id"
    " LEFT JOIN owner o ON o.id = d.owner_id LEFT JOIN lost_reason r ON r.id = d.lost_reason_id"
    " LEFT JOIN stage f ON f.id = d.closed_from_stage_id WHERE d.id = ? AND d.deleted = 0"
)
_INSTANTS = frozenset({27})
_DAYS = frozenset({28, 29, 30, 31, 32, 33, 38, 40})
_TEXTS = frozenset({3, 4, 5, 6, 7, 9, 35, 37, 43})

TASK_COLUMNS = (
    "t.id, t.version, t.deal_id, d.title, t.title, t.kind, t.assignee_id, t.due_on, t.due_time, t.snoozed_until,"
    " t.recurrence, t.done_at, t.is_dismissed, t.remind_minutes, t.position, t.anchor_on, t.occurrence,"
    " COALESCE((SELECT o.name FROM owner o WHERE o.id = t.assignee_id), '')"
)


class Happening(NamedTuple):
    """One event or activity as stored; the service turns it into words. The last fields are those of an activity."""

    at: Any
    kind: str
    actor: str
    body: str
    patch: dict[str, list[Any]]
    is_change: bool
    direction: str | None = None
    outcome: str | None = None
    activity_id: int | None = None
    version: int | None = None
    actor_id: int | None = None


def task(row: Any, codec: Codec) -> Task:
    """A task from a row of TASK_COLUMNS."""
    days = codec.day(row[7]), codec.clock_time(row[8]), codec.day(row[9])
    return Task._make(
        (*row[:7], *days, row[10], codec.instant(row[11]), bool(row[12]), *row[13:15], codec.day(row[15]), *row[16:18])
    )


def detail_fields(sql: Statements, deal_id: int) -> list[Any] | None:
    """The plain fields of `DealDetail` in order; None when the deal is gone."""
    row = sql.one(_DETAIL, (deal_id,))
    if row is None:
        return None
    codec = sql.codec
    values = list(row)
    for place in range(len(values)):
        if place in _DAYS:
            values[place] = codec.day(values[place])
        elif place in _INSTANTS:
            values[place] = codec.instant(values[place])
        elif place in _TEXTS:
            values[place] = values[place] or ""
    values[21] = bool(values[21])
    values[39] = bool(values[39])
    return values


def relatives(sql: Statements, deal_id: int) -> tuple[Relative, ...]:
    """The deal's original in another pipeline, and its copies."""
    rows = sql.all(
        "SELECT d.id, d.title, l.name, s.name, d.copied_from_id FROM deal d JOIN pipeline l ON l.id = d.pipeline_id"
        " JOIN stage s ON s.id = d.stage_id WHERE d.deleted = 0 AND (d.copied_from_id = ?"
        " OR d.id = (SELECT copied_from_id FROM deal WHERE id = ?)) ORDER BY d.id",
        (deal_id, deal_id),
    )
    return tuple(Relative._make((*row[:4], row[4] != deal_id)) for row in rows)


def stays(sql: Statements, deal_id: int) -> tuple[StageStay, ...]:
    """The deal's stays in stages, oldest first."""
    day = sql.codec.day
    rows = sql.all(
        "SELECT s.name, v.entered_on, v.left_on, v.is_entry_known, v.dwell_days, v.outcome"
        " FROM stage_visit v JOIN stage s ON s.id = v.stage_id WHERE v.deal_id = ? ORDER BY v.id",
        (deal_id,),
    )
    found = []
    for name, entered, left, _known, dwell, outcome in rows:
        entered_on = day(entered)
        if entered_on is not None:
            found.append(StageStay(name, entered_on, day(left), dwell, outcome))
    return tuple(found)


def tasks(sql: Statements, deal_id: int, done_limit: int = 5) -> tuple[Task, ...]:
    """The deal's open tasks by urgency, then its last done ones."""
    base = f"SELECT {TASK_COLUMNS} FROM task t JOIN deal d ON d.id = t.deal_id WHERE t.deal_id = ? AND t.deleted = 0"
    open_ones = sql.all(
        f"{base} AND t.done_at IS NULL AND t.is_dismissed = 0 ORDER BY CASE WHEN t.due_on IS NULL THEN 1 ELSE 0 END,"
        " COALESCE(t.snoozed_until, t.due_on), CASE WHEN t.position IS NULL THEN 1 ELSE 0 END, t.position,"
        " CASE WHEN t.due_time IS NULL THEN 1 ELSE 0 END, t.due_time, t.id",
        (deal_id,),
    )
    done = sql.all(
        f"{base} AND t.done_at IS NOT NULL AND t.is_dismissed = 0 ORDER BY t.done_at DESC, t.id DESC LIMIT ?",
        (deal_id, done_limit),
    )
    return tuple(task(row, sql.codec) for row in [*open_ones, *done])


def happenings(sql: Statements, deal_id: int, limit: int = 100) -> list[Happening]:
    """What happened with a deal, newest first: activities, and live changes of the deal and its tasks."""
    instant = sql.codec.instant
    activities = sql.all(
        "SELECT a.at, a.kind, COALESCE(o.name, ''), a.body, a.direction, a.outcome, a.id, a.version, a.actor_id"
        " FROM activity a LEFT JOIN owner o ON o.id = a.actor_id"
        " WHERE a.deal_id = ? AND a.deleted = 0 ORDER BY a.at DESC LIMIT ?",
        (deal_id, limit),
    )
    events = sql.all(
        "SELECT e.at, e.kind, COALESCE(o.name, ''), e.patch FROM event e JOIN action a ON a.id = e.action_id"
        " LEFT JOIN owner o ON o.id = a.actor_id WHERE e.deal_id = ? AND e.entity <> 'activity'"
        " AND a.undoes_id IS NULL AND a.undone_by_id IS NULL ORDER BY e.id DESC LIMIT ?",
        (deal_id, limit),
    )
    found = [Happening(instant(at), kind, who, body, {}, False, *more) for at, kind, who, body, *more in activities]
    found += [Happening(instant(at), kind, who, "", json.loads(patch), True) for at, kind, who, patch in events]
    return sorted(found, key=lambda h: h.at, reverse=True)[:limit]


def attempts(sql: Statements, deal_id: int) -> int:
    """How often we tried to reach the buyer."""
    return attempts_of(sql, [deal_id])[deal_id]


def deal_names(sql: Statements) -> list[tuple[int, str, str]]:
    """Every live deal: id, title, company."""
    return sql.all(
        "SELECT d.id, d.title, COALESCE(c.name, '') FROM deal d LEFT JOIN company c ON c.id = d.company_id"
        " WHERE d.deleted = 0 ORDER BY d.id"
    )
