"""The writing engine. The only file that knows how the two dialects differ in connecting and locking."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from pipeboard.storage.failures import explained
from pipeboard.storage.places import filesystem_of, is_network
from pipeboard.storage.sql import Statements
from pipeboard.storage.target import Target
from pipeboard.storage.wal import is_wal_reset_unsafe

BUSY_MS = 5000
"""How long a write waits for another writer."""

LOCAL = ("journal_mode=WAL", "synchronous=FULL")
"""On a disk of this machine: a commit is on disk when it returns, and readers never wait (RELIABILITY.md 2a)."""

NETWORKED = ("journal_mode=DELETE", "synchronous=EXTRA")
"""On a network file system the log's shared memory does not work: slower, but whole."""

ALWAYS = (f"busy_timeout={BUSY_MS}", "foreign_keys=ON", "temp_store=MEMORY")

WRITE_LOCK = 7253
"""The advisory lock that makes writers on PostgreSQL take turns, as those of SQLite do. Then ids of actions and
events grow in the order of the commits, and nobody reads what another is about to change."""


def make_engine(target: Target) -> Engine:
    """An engine for `target` whose transactions take the write lock at their beginning."""
    if target.is_sqlite:
        return _sqlite_engine(target.path)
    return create_engine(
        "postgresql+psycopg://" + target.url.split("://", 1)[1],
        hide_parameters=True,
        pool_pre_ping=True,
        poolclass=QueuePool,
        pool_size=1,
        connect_args={"options": f"-c timezone=UTC -c lock_timeout={BUSY_MS}"},
    )


def _sqlite_engine(path: str) -> Engine:
    is_remote = is_network(filesystem_of(path))
    engine = create_engine(
        f"sqlite:///{path}",
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=1,
        connect_args={"check_same_thread": False, "cached_statements": 256},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        # The driver's own BEGIN would be deferred and come too late; ours is below.
        connection.isolation_level = None
        for pragma in (*ALWAYS, *(NETWORKED if is_remote else LOCAL)):
            connection.execute(f"PRAGMA {pragma}")
        # An automatic checkpoint can lose commits on older libraries (RELIABILITY.md 2b); Store.checkpoint does it.
        connection.execute(f"PRAGMA wal_autocheckpoint={0 if is_wal_reset_unsafe() else 1000}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def create_private(path: str) -> None:
    """Make an empty file that only its owner can read, refusing to touch one that exists.

    SQLite would create it readable for everybody; -wal and -shm inherit the mode of this file.
    """
    directory = os.path.dirname(path)
    if directory and not os.path.isdir(directory):
        os.makedirs(directory, mode=0o700, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def writing(engine: Engine, target: Target) -> Iterator[Statements]:
    """One transaction with the write lock: commits on success, rolls back on any error.

    Errors of the driver come out as StorageFailure or Refused with a sentence for the user.
    """
    with explained(target), engine.begin() as connection:
        if not target.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
        yield statements(connection, target)


def statements(connection: Connection, target: Target) -> Statements:
    """Literal SQL on the driver's own cursor of a SQLAlchemy connection, inside its transaction.

    Going past SQLAlchemy's statement layer halves the time of a move; the transaction stays SQLAlchemy's.
    """
    raw: Any = connection.connection.driver_connection
    if target.is_sqlite:
        return Statements("sqlite", raw.execute, raw.executemany)

    def many(sql: str, rows: list[tuple[Any, ...]]) -> None:
        with raw.cursor() as cursor:
            cursor.executemany(sql, rows)

    return Statements("postgresql", raw.execute, many)
