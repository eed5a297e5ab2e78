"""The tasks that were done lately: a day's work, to be seen."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pipeboard.storage.sql import Statements

# The history has an index by time and the tasks have none: what was done since was also written down since.
_DONE = (
    "SELECT t.id, t.deal_id, d.title, t.title, t.kind, t.done_at, t.done_by_id, o.name"
    " FROM task t JOIN deal d ON d.id = t.deal_id LEFT JOIN owner o ON o.id = t.done_by_id"
    " WHERE t.deleted = 0 AND t.is_dismissed = 0 AND t.done_at >= ? AND d.deleted = 0"
    " AND t.id IN (SELECT e.entity_id FROM event e WHERE e.at >= ? AND e.entity = 'task')"
    " ORDER BY t.done_at, t.id"
)


class DoneTask(NamedTuple):
    """A task that was done: for which deal, when and by whom."""

    id: int
    deal_id: int
    deal: str
    title: str
    kind: str
    done_at: datetime
    done_by_id: int | None
    done_by: str


def done_tasks(sql: Statements, since: datetime) -> Sequence[DoneTask]:
    """Those done at an instant or later, in the order in which they were."""
    found = []
    for task_id, deal_id, deal, title, kind, at, who, name in sql.all(_DONE, (since, since)):
        if (done_at := sql.codec.instant(at)) is not None:
            found.append(DoneTask(task_id, deal_id, deal, title, kind, done_at, who, name or ""))
    return found
