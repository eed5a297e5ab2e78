"""The list: every deal of a pipeline in one order, narrowed by the filter it shares with the board."""

from array import array
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from pipeboard.domain.board import Overview, StageTotals, WorkspaceInfo
from pipeboard.domain.list_order import ListOrder
from pipeboard.services.board import BoardReads
from pipeboard.services.money_sums import comparable
from pipeboard.services.searching import SearchIndex
from pipeboard.storage.gateways.catalogue import read_rates
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.order import ordered_ids


class TableView(NamedTuple):
    """What the list shows: the deals that are left, in order, and the sums of just these by stage.

    `count_of_all` is how many deals there are without the filter.
    """

    text: str
    ids: "array[int]"
    totals: dict[int, StageTotals]
    count_of_all: int
    is_fuzzy: bool = False


class TableContent(NamedTuple):
    """Everything the list needs to answer a filter at each key: read once, narrowed in memory."""

    overview: Overview
    order: ListOrder
    ids: "array[int]"
    search: SearchIndex | None

    def answers(self, text: str) -> bool:
        """Whether a filter can be answered with what was read."""
        if not text.strip():
            return self.search is None or not self.search.is_history
        return self.search is not None and self.search.understood(text).asks_for_closed == self.search.is_history

    def view(self, text: str) -> TableView:
        """What a filter leaves."""
        if self.search is None or not text.strip():
            totals = self.overview.totals
            return TableView(text, self.ids, totals, len(self.ids))
        found = self.search.filter(text)
        kept = {deal_id for ids in found.ids.values() for deal_id in ids}
        ids = array("q", [deal_id for deal_id in self.ids if deal_id in kept])
        return TableView(text, ids, found.totals, len(self.ids), found.is_fuzzy)


class TableReads:
    """Reads for the list."""

    def __init__(self, reader: Hot, board: BoardReads, info: WorkspaceInfo, me: Callable[[], int | None]) -> None:
        self._hot = reader
        self._board = board
        self._info = info
        self._me = me

    def content(self, pipeline_id: int, text: str, order: ListOrder) -> TableContent:
        """The deals of a pipeline in order, and their text where there is a filter.

        They are those of the board; a filter that asks for won or lost ones gets those of all time.
        """
        me = self._me()
        overview = self._board.overview(pipeline_id, me=me)
        index = None
        if text.strip():
            index = self._board.search_index(pipeline_id, me=me)
            if index.understood(text).asks_for_closed:
                index = self._board.search_index(pipeline_id, me=me, is_history=True)
        since = date.min if index is not None and index.is_history else self._board.closed_since()
        with self._hot.snapshot() as sql:
            rates = read_rates(sql, self._board.today)
            scores = self._board.scores(sql, pipeline_id) if order.column == "score" else {}
            ids = ordered_ids(sql, pipeline_id, order, since, comparable(rates, self._info.currency), scores)
        return TableContent(overview, order, ids, index)
