"""What a calendar is made of: tasks with the moment of their last change, and close dates, by literal SQL."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from pipeboard.storage.sql import CHUNK, Statements, marks

_TASKS = (
    "SELECT t.id, t.version, t.deal_id, t.title, t.kind, o.name, t.due_on, t.due_time, t.snoozed_until,"
    " t.remind_minutes, t.recurrence, t.anchor_on, t.occurrence, t.done_at, t.is_dismissed, t.external_id,"
    " t.created_at,"
    " (SELECT max(a.recorded_at) FROM action a WHERE a.id ="
    "  (SELECT max(e.action_id) FROM event e WHERE e.entity = 'task' AND e.entity_id = t.id))"
    " FROM task t LEFT JOIN owner o ON o.id = t.assignee_id"
    " WHERE t.deleted = 0 AND t.deal_id IN ({ids})"
)
_CLOSES = (
    "SELECT d.id, d.version, d.expected_close_on, d.created_at,"
    " (SELECT max(a.recorded_at) FROM action a WHERE a.id ="
    "  (SELECT max(e.action_id) FROM event e WHERE e.entity = 'deal' AND e.entity_id = d.id))"
    " FROM deal d WHERE d.deleted = 0 AND d.expected_close_on IS NOT NULL AND d.id IN ({ids})"
)


class CalendarTask(NamedTuple):
    """A task as a calendar needs it; `changed_at` is when it was last changed."""

    id: int
    version: int
    deal_id: int
    title: str
    kind: str
    assignee: str
    due_on: date | None
    due_time: time | None
    snoozed_until: date | None
    remind_minutes: int | None
    recurrence: str | None
    anchor_on: date | None
    occurrence: int
    done_at: datetime | None
    is_dismissed: bool
    external_id: str | None
    changed_at: datetime | None


class CalendarClose(NamedTuple):
    """The day a deal is expected to close, with the last change of the deal."""

    deal_id: int
    version: int
    on: date
    changed_at: datetime | None


def workspace_uid(sql: Statements) -> str:
    """What tells this database from every other."""
    return str(sql.value("SELECT uid FROM workspace") or "")


def calendar_tasks(sql: Statements, deal_ids: Sequence[int]) -> list[CalendarTask]:
    """The tasks of these deals, done and dropped ones too, in the order they were planned."""
    day, clock, instant = sql.codec.day, sql.codec.clock_time, sql.codec.instant
    found = [
        CalendarTask._make(
            [
                *(*row[:5], row[5] or "", day(row[6]), clock(row[7]), day(row[8]), row[9], row[10], day(row[11])),
                *(row[12], instant(row[13]), bool(row[14]), row[15], instant(row[17]) or instant(row[16])),
            ]
        )
        for row in sql.by_ids(_TASKS, deal_ids)
    ]
    return sorted(found, key=lambda task: task.id)


def calendar_closes(sql: Statements, deal_ids: Sequence[int]) -> list[CalendarClose]:
    """The expected close dates of these deals."""
    day, instant = sql.codec.day, sql.codec.instant
    rows = sql.by_ids(_CLOSES, deal_ids)
    return [
        CalendarClose(deal_id, version, on, instant(changed) or instant(created))
        for deal_id, version, stored, created, changed in rows
        if (on := day(stored)) is not None
    ]


def task_uid(task_id: int, uid: str) -> str:
    """The UID of a task of this database."""
    return f"task-{task_id}@{uid}.pipeboard"


def known_todos(sql: Statements, uids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """The live tasks that came from a calendar with these UIDs or were exported under them: the task, its deal."""
    found: dict[str, tuple[int, int]] = {}
    for start in range(0, len(uids), CHUNK):
        piece = uids[start : start + CHUNK]
        rows = sql.all(
            "SELECT t.external_id, t.id, t.deal_id FROM task t JOIN deal d ON d.id = t.deal_id"
            f" WHERE t.deleted = 0 AND d.deleted = 0 AND t.external_id IN ({marks(len(piece))}) ORDER BY t.id",
            piece,
        )
        found |= {uid: (task_id, deal_id) for uid, task_id, deal_id in rows}
    ours = re.compile(rf"task-(\d{{1,15}})@{re.escape(workspace_uid(sql))}\.pipeboard")
    ids = {int(match[1]): uid for uid in uids if (match := ours.fullmatch(uid))}
    rows = sql.by_ids(
        "SELECT t.id, t.deal_id FROM task t JOIN deal d ON d.id = t.deal_id"
        " WHERE t.deleted = 0 AND d.deleted = 0 AND t.id IN ({ids})",
        list(ids),
    )
    return found | {ids[task_id]: (task_id, deal_id) for task_id, deal_id in rows}
