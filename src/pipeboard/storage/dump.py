"""Everything in a database as rows of plain values, and back into an empty one: the same on both engines."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Date, SmallInteger, Text, Time
from sqlmodel import UTCDateTime

from pipeboard.domain.errors import InvalidInput, Refused
from pipeboard.storage import migrate
from pipeboard.storage.check import problems_of
from pipeboard.storage.engine import statements
from pipeboard.storage.entities import from_patch
from pipeboard.storage.failures import explained
from pipeboard.storage.gateways.catalogue import read_every_stage
from pipeboard.storage.hot.connection import connect, read_anything
from pipeboard.storage.patches import patch_value
from pipeboard.storage.projection import SUMMARY_COLUMNS, project
from pipeboard.storage.sql import Statements
from pipeboard.storage.store import check_revision, inspect
from pipeboard.storage.tables import metadata
from pipeboard.storage.target import Target

TABLES = (
    *("workspace", "owner", "pipeline", "stage", "company", "contact", "lost_reason", "rate", "action", "import_run"),
    *("deal", "task", "activity", "event", "product", "saved_view", "quota", "spend", "review", "dismissal"),
    *("ring", "rule_firing", "import_mapping"),
)
"""Every table but the projections, in an order in which each row stands behind those it points to."""

_LATER = {"stage": ("merged_into_id",), "action": ("undone_by_id",)}
"""Columns that point to later rows of their own table: written when all rows are there."""

_AT_ONCE = 2_000
_KINDS = ((UTCDateTime, "instant"), (Date, "day"), (Time, "clock"))


def columns_of(table: str) -> dict[str, str]:
    """The columns of a table in order, with the kind of their values; without what is derived."""
    derived = set(SUMMARY_COLUMNS) if table == "deal" else set()
    return {
        column.name: next((kind for type_, kind in _KINDS if isinstance(column.type, type_)), _plain(column.type))
        for column in metadata.tables[table].columns
        if column.name not in derived
    }


def _plain(kind: Any) -> str:
    return "text" if isinstance(kind, Text) else "small" if isinstance(kind, SmallInteger) else "number"


def dump(target: Target) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of every table from one moment of the database: its table and its values, null ones left out.

    Days and instants are ISO 8601 texts, the latter in UTC.
    """
    with explained(target), closing(connect(target)) as connection:
        connection.execute("BEGIN" if target.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        sql = Statements(target.dialect, connection.execute, be_lenient=lambda: read_anything(connection))
        for table in TABLES:
            yield from ((table, row) for row in _rows(sql, table))


def _rows(sql: Statements, table: str) -> Iterator[dict[str, Any]]:
    columns = columns_of(table)
    codec = sql.codec
    readers = {"day": codec.day, "instant": codec.instant, "clock": codec.clock_time}
    reading = [(name, readers.get(kind)) for name, kind in columns.items()]
    names = ", ".join(f'"{name}"' for name in columns)
    last = 0
    while rows := sql.all(f'SELECT {names} FROM "{table}" WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}', (last,)):
        last = rows[-1][0]
        for row in rows:
            values = ((name, read(value) if read else value) for (name, read), value in zip(reading, row, strict=True))
            yield {name: patch_value(value) for name, value in values if value is not None}


def load(target: Target, rows: Iterable[tuple[int, str, dict[str, Any]]], zone: Any) -> int:
    """Make a new database out of dumped rows (line, table, values); how many deals it has.

    Refused when something is there already, InvalidInput with the line for a row that does not fit. Either all
    of it is there at the end or nothing. `zone` gives the time zone of a name.
    """
    if not target.is_sqlite or (os.path.lexists(target.path) and os.path.getsize(target.path)):
        state = inspect(target)
        check_revision(state, target)
        if state.revision is not None:
            raise Refused(
                f"{target} holds a Pipeboard workspace already. What was exported whole goes into a new database: "
                "name one with --db."
            )
    counted: list[int] = []

    def fill(connection: Connection) -> None:
        counted.append(_fill(statements(connection.connection.driver_connection, target), rows, zone))

    migrate.create(target, fill)
    return counted[0]


def _fill(sql: Statements, rows: Iterable[tuple[int, str, dict[str, Any]]], zone: Any) -> int:
    filling = _Filling(sql)
    for line, table, values in rows:
        filling.add(line, table, values)
    filling.finish()
    if sql.value("SELECT count(*) FROM workspace") != 1:
        raise InvalidInput("The file holds no workspace: it is not whole. Nothing was imported.")
    ids = [row[0] for row in sql.all("SELECT id FROM deal ORDER BY id")]
    try:
        project(sql, ids, read_every_stage(sql)[1], zone(sql.value("SELECT zone FROM workspace")))
    except KeyError:
        raise InvalidInput(
            "The file does not add up: stages of its deals are not in it. Nothing was imported."
        ) from None
    if problems := problems_of(sql):
        first = problems[0]
        raise InvalidInput(
            f"The file does not add up: {first.where}: {first.text} ({len(problems):,} such places). "
            "Nothing was imported."
        )
    return len(ids)


class _Filling:
    """Rows on their way into an empty database: kept until some of the same table can be written together."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql
        self._columns = {table: columns_of(table) for table in TABLES}
        self._place = 0
        self._waiting: list[tuple[int, dict[str, Any]]] = []
        self._pointers: list[tuple[str, str, int, int]] = []

    def add(self, line: int, table: str, values: dict[str, Any]) -> None:
        """Take one row; InvalidInput with its line when it fits nowhere."""
        if table not in self._columns:
            raise InvalidInput(f"Line {line}: there is no table {table[:40]!r}.")
        place = TABLES.index(table)
        if place < self._place:
            raise InvalidInput(f"Line {line}: rows of {table} belong before those of {TABLES[self._place]}.")
        if place > self._place or len(self._waiting) >= _AT_ONCE:
            self._write()
            self._place = place
        row = _read(line, table, self._columns[table], values)
        for name in _LATER.get(table, ()):
            if (points_to := row.pop(name, None)) is not None:
                self._pointers.append((table, name, points_to, row["id"]))
        self._waiting.append((line, row))

    def finish(self) -> None:
        """Write what is left, the pointers to later rows, and where the server's counters go on."""
        self._write()
        for table, name, points_to, row_id in self._pointers:
            self._sql.run(f'UPDATE "{table}" SET "{name}" = ? WHERE id = ?', (points_to, row_id))
        if not self._sql.is_sqlite:
            for table in TABLES:
                self._sql.all(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"))"
                )

    def _write(self) -> None:
        """Write what waits: rows with the same columns together."""
        table = TABLES[self._place]
        shapes: dict[tuple[str, ...], list[Sequence[Any]]] = {}
        for _, row in self._waiting:
            shapes.setdefault(tuple(row), []).append(tuple(row.values()))
        lines = [line for line, _ in self._waiting]
        self._waiting = []
        for names, some in shapes.items():
            columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
            try:
                self._sql.many(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', some)
            except Exception as error:
                if not any(
                    word in kind.__name__ for kind in type(error).__mro__ for word in ("Integrity", "DataError")
                ):
                    raise
                raise InvalidInput(
                    f"Lines {lines[0]} to {lines[-1]}: a row of {table} does not fit: it is there twice, points to a "
                    "row that is not there, or breaks a rule. Nothing was imported."
                ) from None


def _read(line: int, table: str, columns: dict[str, str], values: dict[str, Any]) -> dict[str, Any]:
    """A row's values in their types."""
    if unknown := sorted(set(values) - set(columns)):
        raise InvalidInput(f"Line {line}: {table} has no column {unknown[0][:40]!r}.")
    row = {}
    for name, value in values.items():
        kind = columns[name]
        if kind in ("number", "small"):
            if type(value) is not int:
                raise InvalidInput(f"Line {line}: {table}.{name} cannot be {str(value)[:40]!r}.")
            if abs(value) >= 2 ** (15 if kind == "small" else 63):
                raise InvalidInput(f"Line {line}: {table}.{name} is too large: {str(value)[:40]}.")
            row[name] = value
        else:
            row[name] = _read_text(f"Line {line}: {table}.{name}", kind, value)
    if "id" not in row:
        raise InvalidInput(f"Line {line}: the row has no id.")
    return row


def _read_text(where: str, kind: str, value: Any) -> Any:
    """A text, or the day or instant that it says."""
    if type(value) is not str:
        raise InvalidInput(f"{where} cannot be {str(value)[:40]!r}.")
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidInput(f"{where} holds characters that no text has.")
    try:
        read = from_patch(kind, value)
    except ValueError:
        raise InvalidInput(f"{where} cannot be {value[:40]!r}.") from None
    if kind == "instant" and read.tzinfo is None:
        raise InvalidInput(f"{where} lacks a time zone: {value[:40]!r}.")
    return read
