"""Noticing that somebody changed the database: cheap enough to be asked four times a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeboard.domain.errors import StorageFailure
from pipeboard.storage.failures import explained, gone
from pipeboard.storage.hot.connection import connect
from pipeboard.storage.sql import Statements
from pipeboard.storage.target import Target

CHANNEL = "pipeboard"
"""What the trigger on `action` notifies on PostgreSQL."""


class Watch:
    """Says whether anything was committed since it was last asked, by this program or another.

    Has a connection of its own: on SQLite `data_version` counts only the commits of others, and must not be asked
    within a transaction. Use it from one thread at a time.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        with explained(target):
            self._identity = self.target.file_identity()
            self._connection = self._connect()
            self._version = self._data_version()

    def _connect(self) -> Any:
        connection = connect(self.target)
        if not self.target.is_sqlite:
            connection.execute(f"LISTEN {CHANNEL}")
        return connection

    @contextmanager
    def reading(self) -> Iterator[Statements]:
        """The watching connection as a reader; every statement sees the newest state."""
        with explained(self.target):
            yield Statements(self.target.dialect, self._connection.execute)

    def poll(self) -> bool:
        """Whether something changed. StorageFailure when the file was deleted or replaced, or the server is gone.

        After the server was away the answer is True: what was missed meanwhile is not known.
        """
        with explained(self.target):
            if self.target.is_sqlite:
                return self._poll_file()
            return self._poll_server()

    def _poll_file(self) -> bool:
        if self.target.file_identity() != self._identity:
            raise StorageFailure(gone(self.target.path))
        before, self._version = self._version, self._data_version()
        return before != self._version

    def _poll_server(self) -> bool:
        if self._connection.closed:
            self._connection = self._connect()
            return True
        return any(True for _ in list(self._connection.notifies(timeout=0)))

    def _data_version(self) -> int:
        if not self.target.is_sqlite:
            return 0
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()
