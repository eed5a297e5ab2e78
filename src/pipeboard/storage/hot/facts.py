"""The facts of many deals that a filter asks about: only the columns it needs, of a whole pipeline at once."""

from collections.abc import Sequence
from typing import Any

from pipeboard.storage.sql import Statements

_COLUMNS = {
    "text": "d.search_norm",
    "title": "d.title",
    "owner": "o.name",
    "tags": "d.tags",
    "stage": "s.name",
    "status": "d.status",
    "value_minor": "d.value_minor",
    "currency": "d.currency",
    "close_on": "d.expected_close_on",
    "created_on": "d.created_on",
    "updated_at": "d.updated_at",
    "entered_on": "d.stage_entered_on",
    "is_entry_known": "d.is_entry_known",
    "idle_on": "d.idle_on",
    "rot_days": "s.rot_days",
    "source": "d.source",
    "product": "d.product",
    "company": "c.name",
    "contact": "p.name",
    "reason": "r.name",
    "is_hot": "d.is_hot",
    "task_id": "d.next_task_id",
    "task_on": "COALESCE(t.snoozed_until, t.due_on)",
}
_JOINS = {
    "o.": " LEFT JOIN owner o ON o.id = d.owner_id",
    "s.": " LEFT JOIN stage s ON s.id = d.stage_id",
    "c.": " LEFT JOIN company c ON c.id = d.company_id",
    "p.": " LEFT JOIN contact p ON p.id = d.contact_id",
    "r.": " LEFT JOIN lost_reason r ON r.id = d.lost_reason_id",
    "t.": " LEFT JOIN task t ON t.id = d.next_task_id",
}


def fact_rows(sql: Statements, names: Sequence[str], pipeline_id: int | None = None) -> list[Any]:
    """The id and the named columns, as stored, of every deal of a pipeline (or of all), deleted ones too."""
    columns = [_COLUMNS[name] for name in names]
    joins = "".join(join for alias, join in _JOINS.items() if any(alias in column for column in columns))
    where, params = (" WHERE d.pipeline_id = ?", (pipeline_id,)) if pipeline_id is not None else ("", ())
    return sql.all(f"SELECT {', '.join(['d.id', *columns])} FROM deal d{joins}{where}", params)
