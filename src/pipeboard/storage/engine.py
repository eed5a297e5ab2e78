"""The writing side's connection. The only file that knows how the two dialects differ in connecting and locking.

The bare driver, like the reading side: importing SQLAlchemy would cost 35 MB and 0.3 s in which keys stutter,
and its layer doubles the time of a move. The tables, migrations and checks are sqlmodel's.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from pipeboard.storage.failures import explained
from pipeboard.storage.hot.connection import connect, read_anything
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


def create_private(path: str) -> None:
    """Make an empty file that only its owner can read, refusing to touch one that exists.

    SQLite would create it readable for everybody; -wal and -shm inherit the mode of this file.
    """
    directory = os.path.dirname(path)
    if directory and not os.path.isdir(directory):
        os.makedirs(directory, mode=0o700, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


class Writer:
    """One connection for writing, used by one thread at a time; opened when first needed."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._lock = threading.Lock()
        self._raw: Any = None

    def connection(self) -> Any:
        """The driver's connection, set up for writing."""
        if self._raw is None:
            self._raw = _open(self.target)
        return self._raw

    @contextmanager
    def transaction(self) -> Iterator[Statements]:
        """One transaction with the write lock: commits on success, rolls back on any error.

        Errors of the driver come out as StorageFailure or Refused with a sentence for the user.
        """
        with self._lock, explained(self.target):
            raw = self._begin()
            try:
                yield statements(raw, self.target)
                raw.execute("COMMIT")
            except BaseException:
                with suppress(Exception):  # the error under way says more than one of the rollback
                    raw.execute("ROLLBACK")
                raise

    def _begin(self) -> Any:
        raw = self.connection()
        if self.target.is_sqlite:
            raw.execute("BEGIN IMMEDIATE")
            return raw
        try:
            raw.execute("BEGIN")
        except Exception:
            # The server was restarted, or the line was cut: nothing has been said yet, so say it on a new one.
            self.close()
            raw = self.connection()
            raw.execute("BEGIN")
        raw.execute(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
        return raw

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file; skipped when somebody is reading or writing."""
        if not self.target.is_sqlite or self._raw is None:
            return
        with self._lock, suppress(Exception):  # the log is as safe as the file
            # Quitting must not wait for somebody else's long read.
            self._raw.execute("PRAGMA busy_timeout=200")
            self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")

    def close(self) -> None:
        """Give the connection back."""
        raw, self._raw = self._raw, None
        if raw is not None:
            with suppress(Exception):
                raw.close()


def _open(target: Target) -> Any:
    raw = connect(target, is_read_only=False)
    if not target.is_sqlite:
        raw.execute(f"SET lock_timeout = {BUSY_MS}")
        return raw
    is_remote = is_network(filesystem_of(target.path))
    for pragma in (*ALWAYS, *(NETWORKED if is_remote else LOCAL)):
        raw.execute(f"PRAGMA {pragma}")
    # An automatic checkpoint can lose commits on older libraries (RELIABILITY.md 2b); Store.checkpoint does it.
    raw.execute(f"PRAGMA wal_autocheckpoint={0 if is_wal_reset_unsafe() else 1000}")
    return raw


def statements(raw: Any, target: Target) -> Statements:
    """Literal SQL on a driver's connection, inside the transaction that whoever calls it holds."""
    if target.is_sqlite:
        return Statements("sqlite", raw.execute, raw.executemany, be_lenient=lambda: read_anything(raw))

    def many(sql: str, rows: list[tuple[Any, ...]]) -> None:
        with raw.cursor() as cursor:
            cursor.executemany(sql, rows)

    return Statements("postgresql", raw.execute, many)
