"""The sums of the open stages, of which only those are summed anew that something has happened in.

Where there are a hundred thousand, summing them costs as much as all the rest of a repaint; a move changes two stages.
What has happened is read from the history, in the same moment of the database as the sums.
"""

from collections.abc import Mapping
from typing import NamedTuple

from pipeboard.domain.board import CurrencyTotal
from pipeboard.storage.hot import board as hot
from pipeboard.storage.sql import Statements

Sums = dict[int, list[CurrencyTotal]]


class _Kept(NamedTuple):
    """Sums, and for which pipeline, probabilities and last event of the history they are."""

    pipeline_id: int
    percents: Mapping[int, int]
    last_event: int
    sums: Sums


class OpenTotals:
    """Reads the sums of one pipeline at a time, and remembers them."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None

    def read(self, sql: Statements, pipeline_id: int, percents: Mapping[int, int]) -> Sums:
        """Sums by open and parked stage; `percents` are the stages' probabilities."""
        last = hot.last_event_id(sql)
        sums = self._mended(sql, pipeline_id, percents, last)
        if sums is None:
            sums = hot.open_totals(sql, pipeline_id, percents)
        self._kept = _Kept(pipeline_id, dict(percents), last, sums)
        return dict(sums)

    def _mended(self, sql: Statements, pipeline_id: int, percents: Mapping[int, int], last: int) -> Sums | None:
        """The sums that are kept, with those of the stages that something happened in; None when all must be summed.

        A server numbers events in the order in which they were begun, not that in which they can be seen: there one
        could be missed, so all are summed. So they are when nothing happened: then something else is the reason to ask.
        """
        kept = self._kept
        if kept is None or not sql.is_sqlite or (kept.pipeline_id, kept.percents) != (pipeline_id, dict(percents)):
            return None
        touched = hot.stages_touched(sql, kept.last_event) if last > kept.last_event else None
        if touched is None:
            return None
        rest = {stage: sums for stage, sums in kept.sums.items() if stage not in touched}
        return rest | hot.open_totals(sql, pipeline_id, percents, tuple(touched)) if touched else rest
