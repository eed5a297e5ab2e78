"""What a calendar is made of, read at one moment."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.storage.hot.calendar import (
    CalendarClose,
    CalendarTask,
    calendar_closes,
    calendar_tasks,
    known_todos,
    workspace_uid,
)
from pipeboard.storage.hot.connection import Hot


class CalendarFacts(NamedTuple):
    """Tasks and close dates; `uid` tells this database from every other."""

    uid: str
    tasks: list[CalendarTask]
    closes: list[CalendarClose]


def read_facts(reader: Hot, deal_ids: Sequence[int]) -> CalendarFacts:
    """The facts about these deals."""
    with reader.snapshot() as sql:
        return CalendarFacts(workspace_uid(sql), calendar_tasks(sql, deal_ids), calendar_closes(sql, deal_ids))


def read_known(reader: Hot, uids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """The tasks that a calendar's UIDs name, by UID: the task and its deal."""
    with reader.snapshot() as sql:
        return known_todos(sql, uids)
