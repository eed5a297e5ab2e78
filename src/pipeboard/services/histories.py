"""Reads of the history: who did what, and what was taken back."""

from pipeboard.domain.history import ActionEntry
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.history import NEWEST, actions


class HistoryReads:
    """Reads for the history screen and `pipeboard history`."""

    def __init__(self, reader: Hot) -> None:
        self._hot = reader

    def actions(self, limit: int = 100, *, before_id: int | None = None) -> list[ActionEntry]:
        """The last actions, newest first; with `before_id` those before that one."""
        with self._hot.snapshot() as sql:
            return actions(sql, limit, NEWEST if before_id is None else before_id)
