"""One open database: a reading side that is there at once, a writing side that is made when first needed."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from pipeboard.domain.errors import Refused, StorageFailure
from pipeboard.storage.engine import Writer
from pipeboard.storage.failures import cannot_open, explained, gone
from pipeboard.storage.hot.connection import Hot, connect
from pipeboard.storage.places import filesystem_of, is_network
from pipeboard.storage.sql import Statements
from pipeboard.storage.target import Target

if TYPE_CHECKING:
    from pipeboard.storage.transaction import Actor, Transaction

HEAD = "0003"
"""The schema revision that this program reads and writes."""

APPLICATION_ID = 0x50697065
"""Marks a SQLite file as ours ("Pipe"), so that another tool's database is never taken for one."""

CHECKPOINT_EVERY = 500
"""Commits between truncating checkpoints where SQLite's own are not safe."""


class SchemaState(NamedTuple):
    """What a look at the database says: `revision` None means it has no tables of ours."""

    revision: str | None

    @property
    def is_current(self) -> bool:
        """Whether this program may use it as it is."""
        return self.revision == HEAD


def inspect(target: Target) -> SchemaState:
    """Which schema the database has; a sentence (Refused, StorageFailure) when it is nothing of ours."""
    if target.is_sqlite:
        _check_file(target.path)
        if is_network(filesystem_of(target.path)):
            with explained(target):
                _leave_wal(target.path)
    with explained(target):
        connection = connect(target)
        try:
            return SchemaState(_revision(Statements(target.dialect, connection.execute), target))
        finally:
            connection.close()


def _check_file(path: str) -> None:
    if os.path.isdir(path) or not os.access(path, os.R_OK):
        raise StorageFailure(cannot_open(path))
    if os.stat(path).st_nlink > 1:
        raise Refused(f"{path} is a hard link: two names for one database lose data. Keep one of them.")


def _leave_wal(path: str) -> None:
    """Take a database out of write-ahead logging before it is used on a network file system.

    Exclusive locking first: then SQLite keeps the log's index in its own memory instead of in a shared file.
    """
    connection = sqlite3.connect(f"file:{quote(path)}?mode=rw", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()


def _revision(sql: Statements, target: Target) -> str | None:
    if not target.is_sqlite:
        found = sql.value("SELECT to_regclass('alembic_version')::text")
        return sql.value("SELECT version_num FROM alembic_version") if found else None
    tables = [row[0] for row in sql.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if not tables and os.path.getsize(target.path) == 0:
        return None
    if sql.value("PRAGMA application_id") != APPLICATION_ID or "alembic_version" not in tables:
        raise Refused(f"{target.path} is a database of another program; Pipeboard leaves it alone.")
    return str(sql.value("SELECT version_num FROM alembic_version"))


def check_revision(state: SchemaState, target: Target) -> None:
    """Refuse a database that a newer program made (Refused)."""
    if state.revision is not None and state.revision > HEAD:
        raise Refused(
            f"{target} was made by a newer Pipeboard (schema {state.revision}; this one knows {HEAD}). "
            "Nothing was touched. Update Pipeboard to open it."
        )


class Store:
    """The database. Open it with a current schema (see `migrate.prepare`)."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.hot = Hot(target)
        self.writer = Writer(target)
        self._commits = 0
        self._identity = self.target.file_identity()

    def check_still_there(self) -> None:
        """Refuse to go on when the file was deleted or replaced under us: SQLite would say "saved" all the same."""
        if self._identity is not None and self.target.file_identity() != self._identity:
            raise StorageFailure(f"Not saved: {gone(self.target.path)}")

    @contextmanager
    def write(self, now: datetime, zone: tzinfo, actor: "Actor") -> Iterator["Transaction"]:
        """One transaction: commits when the block ends, rolls back on any error."""
        from pipeboard.storage.transaction import Transaction

        self.check_still_there()
        with self.writer.transaction() as sql:
            transaction = Transaction(sql, now, zone, actor)
            yield transaction
            transaction.flush()
        self._commits += 1
        if self._commits % CHECKPOINT_EVERY == 0:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file. Skipped when somebody is reading or writing."""
        self.writer.checkpoint()

    def close(self) -> None:
        """Close both sides. A copy of the file made after this is whole."""
        self.hot.close()
        self.writer.checkpoint()
        self.writer.close()
