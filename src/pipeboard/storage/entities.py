"""What the history keeps of each table: the fields of its patches and the values they start from."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any, NamedTuple

from pipeboard.storage.fields import FIELDS
from pipeboard.storage.sql import Statements


class Entity(NamedTuple):
    """A kind of thing with a history. `kinds` maps fields to "day", "instant", "clock" or "plain"."""

    name: str
    fields: tuple[str, ...]
    defaults: dict[str, Any]
    kinds: dict[str, str]
    insert_sql: str
    select_sql: str


@cache
def entity(name: str) -> Entity:
    """The entity of this table name."""
    fields = tuple(field for field, _, _ in FIELDS[name])
    names = ", ".join(f'"{f}"' for f in ("id", "version", *fields))
    marks = ", ".join("?" * (len(fields) + 2))
    return Entity(
        name=name,
        fields=fields,
        defaults={field: default for field, _, default in FIELDS[name]},
        kinds={field: kind for field, kind, _ in FIELDS[name]},
        insert_sql=f'INSERT INTO "{name}" ({names}) VALUES ({marks})',
        select_sql=f'SELECT {names} FROM "{name}" WHERE id IN ({{ids}}) ORDER BY id',
    )


def entity_names() -> tuple[str, ...]:
    """Every kind of thing that has a history."""
    return tuple(FIELDS)


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
