"""What the history keeps of each table: the fields of its patches and the values they start from."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Date, Time
from sqlmodel import UTCDateTime

from pipeboard.storage import tables
from pipeboard.storage.sql import Statements

PROJECTED = {
    "deal": frozenset(
        {
            "search_norm",
            "stage_entered_at",
            "stage_entered_on",
            "is_entry_known",
            "furthest_position",
            "last_activity_at",
            "idle_on",
            "next_task_id",
            "updated_at",
        }
    )
}
"""Columns that are derived from the history and therefore do not stand in it."""

_TABLES: dict[str, type[tables.Table]] = {
    "deal": tables.DealRow,
    "task": tables.TaskRow,
    "activity": tables.ActivityRow,
    "company": tables.CompanyRow,
    "contact": tables.ContactRow,
    "owner": tables.OwnerRow,
    "pipeline": tables.PipelineRow,
    "stage": tables.StageRow,
    "lost_reason": tables.LostReasonRow,
    "rate": tables.RateRow,
}


class Entity(NamedTuple):
    """A kind of thing with a history. `kinds` maps fields to "day", "instant", "clock" or "plain"."""

    name: str
    fields: tuple[str, ...]
    defaults: dict[str, Any]
    kinds: dict[str, str]
    insert_sql: str
    select_sql: str


def _kind(column: Column[Any]) -> str:
    if isinstance(column.type, UTCDateTime):
        return "instant"
    if isinstance(column.type, Date):
        return "day"
    return "clock" if isinstance(column.type, Time) else "plain"


@cache
def entity(name: str) -> Entity:
    """The entity of this table name."""
    columns: list[Column[Any]] = list(tables.metadata.tables[name].columns)
    kept = [c for c in columns if c.name not in {"id", "version"} and c.name not in PROJECTED.get(name, frozenset())]
    fields = tuple(c.name for c in kept)
    model = _TABLES[name].model_fields
    defaults = {f: (None if model[f].is_required() else model[f].default) for f in fields}
    names = ", ".join(f'"{f}"' for f in ("id", "version", *fields))
    marks = ", ".join("?" * (len(fields) + 2))
    return Entity(
        name=name,
        fields=fields,
        defaults=defaults,
        kinds={c.name: _kind(c) for c in kept},
        insert_sql=f'INSERT INTO "{name}" ({names}) VALUES ({marks})',
        select_sql=f'SELECT {names} FROM "{name}" WHERE id IN ({{ids}}) ORDER BY id',
    )


def entity_names() -> tuple[str, ...]:
    """Every kind of thing that has a history."""
    return tuple(_TABLES)


def from_patch(kind: str, value: Any) -> Any:
    """A patch's JSON value as the value of a column of this kind."""
    if value is None:
        return None
    if kind == "day":
        return date.fromisoformat(value)
    if kind == "instant":
        return datetime.fromisoformat(value)
    return time.fromisoformat(value) if kind == "clock" else value


def read_rows(sql: Statements, name: str, ids: Sequence[int], *, is_locking: bool = False) -> dict[int, dict[str, Any]]:
    """Rows by id as dictionaries of the history's fields plus id and version; locked where the engine can."""
    kind = entity(name)
    select = kind.select_sql + " FOR UPDATE" if is_locking and not sql.is_sqlite else kind.select_sql
    codec = sql.codec
    readers = {"day": codec.day, "instant": codec.instant, "clock": codec.clock_time}
    columns = [(field, readers.get(kind.kinds.get(field, "plain"))) for field in ("id", "version", *kind.fields)]
    found: dict[int, dict[str, Any]] = {}
    for row in sql.by_ids(select, sorted(set(ids))):
        values: dict[str, Any] = {f: read(v) if read else v for (f, read), v in zip(columns, row, strict=True)}
        found[values["id"]] = values
    return found
