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
    "pipeline": "l.name",
    "probability": "d.probability",
    "stage_probability": "s.probability",
    "status": "d.status",
    "value_minor": "d.value_minor",
    "currency": "d.currency",
    "close_on": "d.expected_close_on",
    "created_on": "d.created_on",
    "started_on": "d.started_on",
    "closed_on": "d.closed_on",
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
    "bant": "d.bant",
    "task_on": "COALESCE(t.snoozed_until, t.due_on)",
}
_JOINS = {
    "o.": " LEFT JOIN owner o ON o.id = d.owner_id",
    "s.": " LEFT JOIN stage s ON s.id = d.stage_id",
    "l.": " LEFT JOIN pipeline l ON l.id = d.pipeline_id",
    "c.": " LEFT JOIN company c ON c.id = d.company_id",
    "p.": " LEFT JOIN contact p ON p.id = d.contact_id",
    "r.": " LEFT JOIN lost_reason r ON r.id = d.lost_reason_id",
    "t.": " LEFT JOIN task t ON t.id = d.next_task_id",
}


def fact_rows(
    sql: Statements, names: Sequence[str], pipeline_id: int | None = None, only: int | None = None
) -> list[Any]:
    """The id and the named columns, as stored, of every deal of a pipeline (or of all), deleted ones too.

    Of one deal alone where `only` names it.
    """
    columns = [_COLUMNS[name] for name in names]
    joins = "".join(join for alias, join in _JOINS.items() if any(alias in column for column in columns))
    where, params = (" WHERE d.pipeline_id = ?", (pipeline_id,)) if pipeline_id is not None else ("", ())
    if only is not None:
        where, params = " WHERE d.id = ?", (only,)
    return sql.all(f"SELECT {', '.join(['d.id', *columns])} FROM deal d{joins}{where}", params)


def live_ids(sql: Statements, pipeline_id: int | None = None) -> list[int]:
    """The ids of the deals that are there, of a pipeline or of all."""
    where, params = (" AND pipeline_id = ?", (pipeline_id,)) if pipeline_id is not None else ("", ())
    return [row[0] for row in sql.all(f"SELECT id FROM deal WHERE deleted = 0{where} ORDER BY id", params)]


def counted_values(sql: Statements, name: str, pipeline_id: int | None = None) -> list[tuple[str, int]]:
    """The texts that a named column of open and parked deals has, each with how many deals have it."""
    column = _COLUMNS[name]
    joins = "".join(join for alias, join in _JOINS.items() if alias in column)
    where, params = (" AND d.pipeline_id = ?", (pipeline_id,)) if pipeline_id is not None else ("", ())
    rows = sql.all(
        f"SELECT COALESCE({column}, ''), count(*) FROM deal d{joins}"
        f" WHERE d.deleted = 0 AND d.status IN (0, 3){where} GROUP BY COALESCE({column}, '')",
        params,
    )
    return [(text, int(count)) for text, count in rows]
