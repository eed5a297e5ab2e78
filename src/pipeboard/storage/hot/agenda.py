"""Every task that waits to be done, with the deal it belongs to; and the deals that nobody cares for."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from pipeboard.storage.sql import Statements

_SELECT = (
    "SELECT t.id, t.version, t.deal_id, d.title, c.name, t.title, t.kind, t.due_on, t.due_time, t.snoozed_until,"
    " t.recurrence, t.assignee_id, o.name, d.version, d.pipeline_id, d.stage_id, s.name, d.value_minor, d.currency,"
    " d.is_hot, t.remind_minutes, t.position, t.created_at"
    " FROM task t JOIN deal d ON d.id = t.deal_id JOIN stage s ON s.id = d.stage_id"
    " LEFT JOIN company c ON c.id = d.company_id LEFT JOIN owner o ON o.id = t.assignee_id"
    " WHERE t.deleted = 0 AND t.done_at IS NULL AND t.is_dismissed = 0 AND d.deleted = 0 AND d.status IN (0, 3)"
)
_TIMED = (
    f"{_SELECT} AND (t.due_time IS NOT NULL OR t.remind_minutes IS NOT NULL)"
    " AND (t.due_on >= ? OR t.snoozed_until >= ?)"
)
_LAST_PLACE = 2**63
_LAST_TIME = time.max
_OPEN = "FROM deal d WHERE d.deleted = 0 AND d.status = 0"
_UNPLANNED = f"SELECT d.id {_OPEN} AND d.next_task_id IS NULL ORDER BY COALESCE(d.value_minor, 0) DESC, d.id"


class AgendaTask(NamedTuple):
    """An open task of a live deal that is open or parked, with what the agenda shows and changes of that deal.

    `created_at` is told of those that remind.
    """

    id: int
    version: int
    deal_id: int
    deal: str
    company: str
    title: str
    kind: str
    due_on: date | None
    due_time: time | None
    snoozed_until: date | None
    every: str | None
    assignee_id: int | None
    assignee: str
    deal_version: int
    pipeline_id: int
    stage_id: int
    stage: str
    value_minor: int | None
    currency: str
    is_hot: bool
    remind_minutes: int | None = None
    position: int | None = None
    created_at: datetime | None = None


def open_tasks(sql: Statements) -> list[AgendaTask]:
    """All of them, the longest due first, those without a day last."""
    # Sorted here: a database that sorts all the columns with them takes longer than for all the rest.
    return sorted(_tasks(sql, sql.all(_SELECT)), key=_urgency)


def _urgency(task: AgendaTask) -> tuple[date, int, time, int]:
    """By day, by the order that somebody has given the tasks of a day, by time; what is not known comes last."""
    place = _LAST_PLACE if task.position is None else task.position
    return (task.due_on or date.max, place, task.due_time or _LAST_TIME, task.id)


def timed_tasks(sql: Statements, since: date) -> list[AgendaTask]:
    """Those that remind (with a time of day, or said so) and are due, or put off until, a day or later."""
    return _tasks(sql, sql.all(_TIMED, (since, since)))


def _tasks(sql: Statements, rows: Iterable[Sequence[Any]]) -> list[AgendaTask]:
    day, clock_time, instant = sql.codec.day, sql.codec.clock_time, sql.codec.instant
    tasks = []
    for row in rows:
        values = list(row)
        values[4], values[12] = values[4] or "", values[12] or ""
        values[7], values[8], values[9] = day(values[7]), clock_time(values[8]), day(values[9])
        values[19] = bool(values[19])
        # When it was made matters to reminders alone, and a day takes as long to read as all the rest of a task.
        is_reminding = values[8] is not None or values[20] is not None
        values[22] = instant(values[22]) if is_reminding else None
        tasks.append(AgendaTask(*values))
    return tasks


def unplanned_ids(sql: Statements) -> list[int]:
    """The open deals without an open task, dear ones first."""
    return [row[0] for row in sql.all(_UNPLANNED)]


def owned_ids(sql: Statements, owner_id: int) -> list[int]:
    """The open deals of a person."""
    return [row[0] for row in sql.all(f"SELECT d.id {_OPEN} AND d.owner_id = ?", (owner_id,))]
