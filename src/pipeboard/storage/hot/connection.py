"""A read-only connection over the bare driver: cheap to open, never waits for a writer, cannot write."""

import os
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
    connection = _open_sqlite(path)
    connection.execute("PRAGMA busy_timeout=5000")
    if is_read_only:
        connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA temp_store=MEMORY")
    # No memory mapping: a file cut short by `cp` or a sync program would kill the program with SIGBUS (measured).
    connection.execute("PRAGMA cache_size=-16384")
    return connection


def _open_sqlite(path: str) -> sqlite3.Connection:
    """A connection that can read: for writing too where the system allows it, else for reading only.

    A write-ahead log needs files beside the database. In a folder where they cannot be made, the file is read as
    it stands (`immutable`), which is right only while there is no log with changes that are not in it yet.
    """
    from urllib.parse import quote

    failure: sqlite3.OperationalError | None = None
    has_log = os.path.exists(f"{path}-wal") and os.path.getsize(f"{path}-wal") > 0
    for mode in ("mode=rw", "mode=ro", *(() if has_log else ("mode=ro&immutable=1",))):
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(
                f"file:{quote(path)}?{mode}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=256,
            )
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
            return connection
        except sqlite3.OperationalError as error:
            if connection is not None:
                connection.close()
            name = getattr(error, "sqlite_errorname", "")
            if not name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
                raise
            failure = failure or error
    raise StorageFailure(cannot_open(path)) from failure


def read_anything(raw: Any) -> None:
    """From now on read text that is no UTF-8 with marks in place of what cannot be read (`Statements.all`)."""
    if isinstance(raw, sqlite3.Connection):
        raw.text_factory = lambda text: text.decode("utf-8", "replace")


def read_only_reason(target: Target) -> str:
    """Why nothing can be saved in this database, for a banner; "" when it can be written."""
    if not target.is_sqlite:
        return ""
    if not os.access(target.path, os.W_OK):
        return f"Read-only: you may not write {target.path}."
    folder = os.path.dirname(target.path) or "."
    if not os.access(folder, os.W_OK):
        return f"Read-only: you may not write in the folder {folder}."
    return ""


_MOST_LINES = 3
"""Connections at most: one for the board, and one for each long read beside it."""


class _Line:
    """One connection with its statements, used by one thread at a time."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._open()

    def _open(self) -> None:
        self.raw = connect(self._target)
        self.sql = Statements(self._target.dialect, self.raw.execute, be_lenient=lambda: read_anything(self.raw))

    def begin(self) -> None:
        """Enter a transaction."""
        try:
            self.raw.execute("BEGIN")
        except Exception:
            if self._target.is_sqlite or not self.raw.broken:
                raise
            self._open()  # the server was restarted, or the line was cut: once more on a new connection
            self.raw.execute("BEGIN")

    def end(self) -> None:
        """Leave the transaction, unless an error has ended it already: its own report must not be covered up."""
        if self.raw.in_transaction if self._target.is_sqlite else not self.raw.broken:
            self.raw.execute("ROLLBACK")


class Hot:
    """The reading side: one connection, and others for those who would have to wait for a long read."""

    def __init__(self, target: Target) -> None:
        self.target = target
        with explained(target):
            self._first = _Line(target)
        self._free = [self._first]
        self._lines = 1
        self._changed = threading.Condition()

    @contextmanager
    def snapshot(self) -> Iterator[Statements]:
        """Statements that all see the same moment of the database."""
        with explained(self.target):
            line = self._take()
            try:
                line.begin()
                try:
                    yield line.sql
                finally:
                    line.end()
            finally:
                self._give_back(line)

    def _take(self) -> _Line:
        """A connection that nobody uses; another one is opened while there are few."""
        with self._changed:
            self._changed.wait_for(lambda: self._free or self._lines < _MOST_LINES)
            if self._free:
                # The one used last: what it has read is still in its memory.
                return self._free.pop()
            self._lines += 1
        try:
            return _Line(self.target)
        except BaseException:
            with self._changed:
                self._lines -= 1
                self._changed.notify()
            raise

    def _give_back(self, line: _Line) -> None:
        with self._changed:
            if line is self._first:
                self._free.append(line)
            else:
                self._free.insert(0, line)
            self._changed.notify()

    def close(self) -> None:
        """Give the connections back, once the reads under way are over."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._free) == self._lines)
            for line in self._free:
                line.raw.close()
