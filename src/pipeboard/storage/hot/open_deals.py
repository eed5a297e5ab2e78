"""How the open deals stand today: idle, overdue, waiting for a task; and how many tasks everybody has."""

from datetime import date
from typing import NamedTuple

from pipeboard.domain.metrics.stuck import OpenDeal
from pipeboard.storage.hot.metrics import Scope
from pipeboard.storage.sql import Statements

_OPEN = (
    "SELECT d.id, d.owner_id, d.stage_id, CASE WHEN d.is_entry_known <> 0 THEN d.stage_entered_on END, d.idle_on,"
    " d.expected_close_on, COALESCE(t.snoozed_until, t.due_on) FROM deal d LEFT JOIN task t ON t.id = d.next_task_id"
    " WHERE d.deleted = 0 AND d.pipeline_id = ? AND d.status IN (0, 3) AND d.status = 0"
)
_LATE = "t.due_on < ? AND (t.snoozed_until IS NULL OR t.snoozed_until <= ?)"
_TASKS = (
    f"SELECT COALESCE(t.assignee_id, d.owner_id), count(*), sum(CASE WHEN {_LATE} THEN 1 ELSE 0 END)"
    " FROM task t JOIN deal d ON d.id = t.deal_id"
    " WHERE t.deleted = 0 AND t.done_at IS NULL AND t.is_dismissed = 0 AND d.deleted = 0 AND d.status IN (0, 3)"
    " AND d.pipeline_id = ?"
)
_TASK_DEALS = (
    "SELECT t.deal_id, count(*) FROM task t JOIN deal d ON d.id = t.deal_id"
    " WHERE t.deleted = 0 AND t.done_at IS NULL AND t.is_dismissed = 0 AND d.deleted = 0 AND d.status IN (0, 3)"
    " AND d.pipeline_id = ? AND COALESCE(t.assignee_id, d.owner_id, 0) = ?"
)


class TaskLoad(NamedTuple):
    """How many open tasks a person has, and how many of them are late."""

    owner_id: int | None
    tasks: int
    late: int


def open_deals(sql: Statements, scope: Scope) -> list[OpenDeal]:
    """The open deals of the scope."""
    narrowed, params = scope.narrowed()
    day = sql.codec.day
    rows = sql.all(f"{_OPEN}{narrowed} ORDER BY d.id", (scope.pipeline_id, *params))
    return [OpenDeal(r[0], r[1], r[2], day(r[3]), day(r[4]), day(r[5]), day(r[6])) for r in rows]


def task_loads(sql: Statements, scope: Scope, today: date) -> list[TaskLoad]:
    """The open tasks of every person: of the one they were given to, else of the owner of the deal."""
    narrowed, params = scope._replace(owner_id=None).narrowed()
    rows = sql.all(f"{_TASKS}{narrowed} GROUP BY 1", (today, today, scope.pipeline_id, *params))
    return [TaskLoad(owner, count, int(late or 0)) for owner, count, late in rows]


def deals_of_tasks(sql: Statements, scope: Scope, owner_id: int | None, late_on: date | None = None) -> dict[int, int]:
    """How many open tasks of a person each deal has; only those that are late on a day where one is given."""
    narrowed, params = scope._replace(owner_id=None).narrowed()
    late, days = ("", ()) if late_on is None else (f" AND {_LATE}", (late_on, late_on))
    query = f"{_TASK_DEALS}{late}{narrowed} GROUP BY t.deal_id"
    return dict(sql.all(query, (scope.pipeline_id, owner_id or 0, *days, *params)))
