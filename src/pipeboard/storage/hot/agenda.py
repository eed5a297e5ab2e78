"""Every task that waits to be done, with the deal it belongs to."""

from datetime import date, time
from typing import NamedTuple

from pipeboard.storage.sql import Statements

_TASKS = (
    "SELECT t.id, t.version, t.deal_id, d.title, c.name, t.title, t.kind, t.due_on, t.due_time, t.snoozed_until,"
    " t.recurrence, t.assignee_id, o.name FROM task t JOIN deal d ON d.id = t.deal_id"
    " LEFT JOIN company c ON c.id = d.company_id LEFT JOIN owner o ON o.id = t.assignee_id"
    " WHERE t.deleted = 0 AND t.done_at IS NULL AND t.is_dismissed = 0 AND d.deleted = 0 AND d.status IN (0, 3)"
    " ORDER BY CASE WHEN t.due_on IS NULL THEN 1 ELSE 0 END, t.due_on,"
    " CASE WHEN t.due_time IS NULL THEN 1 ELSE 0 END, t.due_time, t.id"
)


class AgendaTask(NamedTuple):
    """An open task of a live deal that is open or parked."""

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


def open_tasks(sql: Statements) -> list[AgendaTask]:
    """All of them, the longest due first, those without a day last."""
    day, clock_time = sql.codec.day, sql.codec.clock_time
    tasks = []
    for row in sql.all(_TASKS):
        values = list(row)
        values[4], values[12] = values[4] or "", values[12] or ""
        values[7], values[8], values[9] = day(values[7]), clock_time(values[8]), day(values[9])
        tasks.append(AgendaTask(*values))
    return tasks
