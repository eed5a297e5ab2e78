"""Companies, contacts, activities, tasks and targets as an export says them, by literal SQL."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from pipeboard.storage.sql import Statements, chunks

_IDS = {
    "companies": "SELECT id FROM company WHERE deleted = 0 ORDER BY id",
    "contacts": "SELECT id FROM contact WHERE deleted = 0 ORDER BY id",
    "activities": "SELECT id FROM deal WHERE deleted = 0 ORDER BY id",
    "tasks": "SELECT id FROM deal WHERE deleted = 0 ORDER BY id",
    "quotas": "SELECT id FROM quota WHERE deleted = 0 ORDER BY id",
}
_OF_DEALS = {
    "companies": "SELECT DISTINCT company_id FROM deal WHERE id IN ({ids})",
    "contacts": "SELECT DISTINCT contact_id FROM deal WHERE id IN ({ids})",
}
_ROWS = {
    "companies": "SELECT id, name, website, notes FROM company WHERE deleted = 0 AND id IN ({ids}) ORDER BY id",
    "contacts": (
        "SELECT p.id, p.name, c.name, p.job_title, p.email, p.phone, p.notes FROM contact p"
        " LEFT JOIN company c ON c.id = p.company_id WHERE p.deleted = 0 AND p.id IN ({ids}) ORDER BY p.id"
    ),
    "activities": (
        "SELECT a.id, a.deal_id, d.title, c.name, a.at, a.kind, a.direction, a.outcome, o.name, a.body FROM activity a"
        " JOIN deal d ON d.id = a.deal_id LEFT JOIN company c ON c.id = d.company_id"
        " LEFT JOIN owner o ON o.id = a.actor_id WHERE a.deleted = 0 AND a.deal_id IN ({ids}) ORDER BY a.deal_id, a.at,"
        " a.id"
    ),
    "tasks": (
        "SELECT t.id, t.deal_id, d.title, c.name, t.title, t.kind, t.due_on, t.due_time, t.snoozed_until, t.recurrence,"
        " t.is_dismissed, t.done_at, t.created_at, o.name FROM task t JOIN deal d ON d.id = t.deal_id"
        " LEFT JOIN company c ON c.id = d.company_id LEFT JOIN owner o ON o.id = t.assignee_id"
        " WHERE t.deleted = 0 AND t.deal_id IN ({ids}) ORDER BY t.deal_id, t.id"
    ),
    "quotas": (
        "SELECT o.name, p.name, q.period, q.amount_minor, q.currency, q.deals FROM quota q"
        " LEFT JOIN owner o ON o.id = q.owner_id LEFT JOIN pipeline p ON p.id = q.pipeline_id"
        " WHERE q.deleted = 0 AND q.id IN ({ids}) ORDER BY q.period, q.id"
    ),
}


class ActivityRow(NamedTuple):
    """An activity with the deal it was about and who did it."""

    id: int
    deal_id: int
    deal: str
    company: str | None
    at: datetime
    kind: str
    direction: str | None
    outcome: str | None
    owner: str | None
    body: str


class TaskRow(NamedTuple):
    """A task with its deal and who has it."""

    id: int
    deal_id: int
    deal: str
    company: str | None
    title: str
    kind: str
    due_on: date | None
    due_time: time | None
    snoozed_until: date | None
    recurrence: str | None
    is_dismissed: bool
    done_at: datetime | None
    created_at: datetime
    owner: str | None


class QuotaRow(NamedTuple):
    """A target with the names of its person and pipeline."""

    owner: str | None
    pipeline: str | None
    period: str
    amount_minor: int | None
    currency: str | None
    deals: int | None


def records(sql: Statements, kind: str, deal_ids: Sequence[int] | None) -> Iterator[Any]:
    """Every live thing of a kind, or only those of these deals; read piece by piece, so that any number will do."""
    ids: Sequence[int]
    if deal_ids is None:
        ids = [row[0] for row in sql.all(_IDS[kind])]
    elif kind in _OF_DEALS:
        ids = sorted({row[0] for row in sql.by_ids(_OF_DEALS[kind], deal_ids) if row[0] is not None})
    else:
        ids = deal_ids
    made = _MADE.get(kind, _as_it_is)
    for piece in chunks(ids):
        for row in sql.by_ids(_ROWS[kind], piece):
            yield made(sql, row)


def _as_it_is(_: Statements, row: Any) -> Any:
    return tuple(row)


def _activity(sql: Statements, row: Any) -> ActivityRow:
    return ActivityRow._make((*row[:4], sql.codec.instant(row[4]), *row[5:]))


def _task(sql: Statements, row: Any) -> TaskRow:
    day, instant = sql.codec.day, sql.codec.instant
    due = (day(row[6]), sql.codec.clock_time(row[7]), day(row[8]))
    return TaskRow._make((*row[:6], *due, row[9], bool(row[10]), instant(row[11]), instant(row[12]), row[13]))


def _quota(_: Statements, row: Any) -> QuotaRow:
    return QuotaRow._make(row)


_MADE: dict[str, Callable[[Statements, Any], Any]] = {"activities": _activity, "tasks": _task, "quotas": _quota}
