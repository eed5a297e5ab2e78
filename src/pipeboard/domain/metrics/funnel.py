"""The funnel of the deals decided in a period (DOMAIN.md 2.2, row 8)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeboard.domain.metrics.facts import DealFact, Selection
from pipeboard.domain.metrics.samples import ratio
from pipeboard.domain.stage import DealStatus, Stage

WON_ROW = "Won"


class FunnelRow(NamedTuple):
    """How many deals reached a stage, the share that went on, and the share that was won in the end.

    The last row is the won deals: its `stage_id` and `conversion` are None. Rates of nothing are None.
    """

    stage_id: int | None
    name: str
    reached: int
    conversion: float | None
    eventually_won: float | None


class Funnel(NamedTuple):
    """The open stages in order and a last row "Won"; `overall` is won over decided, the win rate itself."""

    rows: tuple[FunnelRow, ...]
    overall: float | None


def furthest(deal: DealFact, stage_count: int) -> int:
    """The position a decided deal came to: past the last open stage when won.

    A skipped stage counts as passed and a backward move takes nothing away, because only the highest
    position matters. A lost deal of unknown path reached the first stage, the one it must have stood in.
    """
    if deal.status == DealStatus.WON:
        return stage_count
    return max(0, min(deal.furthest_position or 0, stage_count - 1))


def reached(decided: Sequence[DealFact], position: int, stage_count: int) -> list[DealFact]:
    """The deals that came at least as far as this position (`stage_count`: won)."""
    return [deal for deal in decided if furthest(deal, stage_count) >= position]


def came_to(counted: Iterable[tuple[bool, int | None, int]], stage_count: int) -> list[int]:
    """How many reached each position, and won, from (is won, furthest position, how many) of decided deals."""
    counts = [0] * (stage_count + 1)
    for is_won, position, count in counted:
        counts[stage_count if is_won else max(0, min(position or 0, stage_count - 1))] += count
    for place in range(stage_count - 1, -1, -1):
        counts[place] += counts[place + 1]
    return counts


def funnel(chosen: Selection, stages: Sequence[Stage]) -> Funnel:
    """The funnel through these open stages, empty when there are none."""
    if not stages:
        return Funnel((), None)
    last = len(stages)
    counts = [0] * (last + 1)
    counts[last] = won = len(chosen.won)
    for deal in chosen.lost:
        counts[furthest(deal, last)] += 1
    for position in range(last - 1, -1, -1):
        counts[position] += counts[position + 1]
    rows = [
        FunnelRow(
            stage.id,
            stage.name,
            counts[position],
            ratio(counts[position + 1], counts[position]),
            ratio(won, counts[position]),
        )
        for position, stage in enumerate(stages)
    ]
    rows.append(FunnelRow(None, WON_ROW, won, None, ratio(won, won)))
    return Funnel(tuple(rows), ratio(counts[last], counts[0]))
