"""A read-only connection over the bare driver: cheap to open, never waits for a writer, cannot write."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeboard.domain.errors import StorageFailure
from pipeboard.storage.failures import cannot_open, explained
from pipeboard.storage.sql import Statements
from pipeboard.storage.target import Target


def connect(target: Target, *, is_read_only: bool = True) -> Any:
    """A driver connection. For SQLite the file must exist: a missing one is never created by reading."""
    if target.is_sqlite:
        return _connect_sqlite(target.path, is_read_only)
    try:
        import psycopg
    except ImportError as error:
        raise StorageFailure(
            "PostgreSQL needs the driver: install Pipeboard with its extra, `pip install 'pipeboard[postgres]'`."
        ) from error
    options = "-c timezone=UTC"
    if is_read_only:
        options += " -c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"
    return psycopg.connect(target.url, options=options, autocommit=True)


def _connect_sqlite(path: str, is_read_only: bool) -> sqlite3.Connection:
    from urllib.parse import quote

    uri = f"file:{quote(path)}?mode=rw"
    try:
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        connection.execute("PRAGMA busy_timeout=5000")
    except sqlite3.OperationalError:
        connection = _connect_unwritable(path)
    if is_read_only:
        connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA mmap_size=268435456")
    return connection


def _connect_unwritable(path: str) -> sqlite3.Connection:
    """Reading a file, or in a folder, that may not be written."""
    from urllib.parse import quote

    try:
        connection = sqlite3.connect(
            f"file:{quote(path)}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        connection.execute("SELECT 1 FROM sqlite_master")
        return connection
    except sqlite3.OperationalError as error:
        raise StorageFailure(cannot_open(path)) from error


class Hot:
    """The reading side: one connection, used by one thread at a time."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._lock = threading.Lock()
        with explained(target):
            self._raw = connect(target)
        self._sql = Statements(target.dialect, self._raw.execute)

    @contextmanager
    def snapshot(self) -> Iterator[Statements]:
        """Statements that all see the same moment of the database."""
        with self._lock, explained(self.target):
            self._raw.execute("BEGIN")
            try:
                yield self._sql
            finally:
                self._raw.execute("ROLLBACK")

    def close(self) -> None:
        """Give the connection back."""
        with self._lock:
            self._raw.close()
