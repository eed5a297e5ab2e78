"""Reads of the history: who did what, and what was taken back."""

from array import array
from collections.abc import Sequence
from datetime import tzinfo

from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.errors import NotFound
from pipeboard.domain.history import ActionDetail, ActionEntry, HistoryQuery
from pipeboard.services.action_words import things_of
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.history import NEWEST, action_ids, actions, actions_by_id, changes_of, count_changes

MOST_THINGS = 300
"""Things of an action that are told one by one; a bulk action may have touched thousands."""


class HistoryReads:
    """Reads for the history screen and `pipeboard history`."""

    def __init__(self, reader: Hot, zone: tzinfo, info: WorkspaceInfo) -> None:
        self._hot = reader
        self._zone = zone
        self._info = info

    def actions(self, limit: int = 100, *, before_id: int | None = None) -> list[ActionEntry]:
        """The last actions, newest first; with `before_id` those before that one."""
        with self._hot.snapshot() as sql:
            return actions(sql, limit, NEWEST if before_id is None else before_id)

    def ids(self, query: HistoryQuery) -> "array[int]":
        """The ids of every action that a question leaves, newest first."""
        with self._hot.snapshot() as sql:
            return action_ids(sql, query)

    def entries(self, ids: Sequence[int]) -> dict[int, ActionEntry]:
        """These actions by id."""
        with self._hot.snapshot() as sql:
            return {entry.id: entry for entry in actions_by_id(sql, ids)}

    def detail(self, action_id: int) -> ActionDetail:
        """What an action changed, field by field, before and after. NotFound when there is none of this id."""
        with self._hot.snapshot() as sql:
            found = actions_by_id(sql, [action_id])
            if not found:
                raise NotFound(f"There is no action {action_id} in the history.")
            changes = changes_of(sql, action_id, MOST_THINGS)
            things = things_of(sql, changes, self._info.currency, self._zone)
            return ActionDetail(found[0], things, count_changes(sql, action_id))
