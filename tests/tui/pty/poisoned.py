"""A database in which every text that somebody can write is hostile, put there past the program."""

import json
import sqlite3
from contextlib import closing
from itertools import count, cycle
from typing import Any

from pipeboard.services.demo import DemoSize, fill_demo
from pipeboard.services.workspace import Workspace

from .hostile import HOSTILE

UNDECODABLE = (b"Ac\xed\xa0\x80me", b"Ac\xff\xfeme", b"\xc2")
"""A lone surrogate and bytes that are no UTF-8, which SQLite keeps as text all the same."""

OURS = {
    "uid", "currency", "zone", "client_id", "kind", "entity", "app_version", "recurrence", "direction", "outcome",
    "forecast_category", "attention", "bant", "criteria_done", "search_norm", "name_norm", "period", "measure",
    "record", "mapping", "header_hash", "cause", "rule", "patch", "login", "external_source", "external_id",
    "version_num",
}  # fmt: skip
"""Columns whose texts are the program's own words, keys and records."""

LESS_LONG = 1000
"""The longest text put into history, of which there are thousands of rows."""


def poison(workspace: Workspace) -> list[str]:
    """Fill a fresh workspace with the demo and make its texts hostile; the columns that were."""
    fill_demo(workspace, DemoSize())
    workspace.close()
    with closing(sqlite3.connect(workspace.target.path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute("DROP TRIGGER IF EXISTS event_no_update")
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        columns = [
            (table, column)
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for _, column, kind, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            if kind == "TEXT" and column not in OURS
        ]
        for number, (table, column) in enumerate(columns):
            _fill(connection, table, column, number * 11)
        _poison_patches(connection)
    return [f"{table}.{column}" for table, column in columns]


def _fill(connection: sqlite3.Connection, table: str, column: str, start: int) -> None:
    wanted: list[str | bytes] = [*HOSTILE, *UNDECODABLE]
    texts = cycle([*wanted[start % len(wanted) :], *wanted[: start % len(wanted)]])
    rows = connection.execute(f'SELECT id FROM "{table}" WHERE "{column}" IS NOT NULL ORDER BY id').fetchall()
    connection.executemany(
        f'UPDATE "{table}" SET "{column}" = CAST(? AS TEXT) WHERE id = ?',
        ((text[:LESS_LONG] if table == "action" else text, row[0]) for text, row in zip(texts, rows, strict=False)),
    )


def _poison_patches(connection: sqlite3.Connection) -> None:
    """The history's own copies of titles, names and notes."""
    places = count()
    for row, patch in connection.execute("SELECT id, patch FROM event WHERE patch <> '{}'").fetchall():
        read: dict[str, list[Any]] = json.loads(patch)
        for field in read.keys() & {"title", "name", "notes", "source", "tags", "body", "product", "park_reason"}:
            read[field] = [HOSTILE[next(places) % len(HOSTILE)][:LESS_LONG] for _ in read[field]]
        connection.execute("UPDATE event SET patch = ? WHERE id = ?", (json.dumps(read), row))
