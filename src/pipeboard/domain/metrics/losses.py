"""Why and where deals are lost (DOMAIN.md 2.2, row 24; the stage of loss: 2.0)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.domain.metrics.facts import NO_NAME, DealFact
from pipeboard.domain.stage import Stage

UNKNOWN_STAGE = "(unknown)"


class ReasonRow(NamedTuple):
    """The deals lost for one reason; `value_minor` leaves out those without a known value."""

    reason: str
    deals: int
    value_minor: int


class StageRow(NamedTuple):
    """The deals lost from one open stage; `stage_id` None stands for unknown or archived stages."""

    stage_id: int | None
    name: str
    deals: int


class Losses(NamedTuple):
    """Lost deals by reason, by stage, and both: `matrix[i][j]` counts `by_reason[i]` in `by_stage[j]`."""

    by_reason: tuple[ReasonRow, ...]
    by_stage: tuple[StageRow, ...]
    matrix: tuple[tuple[int, ...], ...]


def reason_of(deal: DealFact) -> str:
    """The lost reason, never empty."""
    return deal.lost_reason or NO_NAME


def stage_of_loss(deal: DealFact, stage_ids: frozenset[int]) -> int | None:
    """The open stage the deal fell out of, None when it is none of these."""
    stage_id = deal.closed_from_stage_id
    return stage_id if stage_id in stage_ids else None


def losses(lost: Sequence[DealFact], stages: Sequence[Stage]) -> Losses:
    """Sort the lost deals: reasons by how often, stages in their order and the unknown one last, if any."""
    stage_ids = frozenset(stage.id for stage in stages)
    cells: Counter[tuple[str, int | None]] = Counter()
    values: defaultdict[str, int] = defaultdict(int)
    for deal in lost:
        reason = reason_of(deal)
        cells[reason, stage_of_loss(deal, stage_ids)] += 1
        values[reason] += deal.value_minor or 0
    by_reason: Counter[str] = Counter()
    by_stage: Counter[int | None] = Counter()
    for (reason, stage_id), count in cells.items():
        by_reason[reason] += count
        by_stage[stage_id] += count
    reasons = sorted(
        (ReasonRow(reason, count, values[reason]) for reason, count in by_reason.items()),
        key=lambda row: (-row.deals, -row.value_minor, row.reason),
    )
    places = [StageRow(stage.id, stage.name, by_stage[stage.id]) for stage in stages]
    if by_stage[None]:
        places.append(StageRow(None, UNKNOWN_STAGE, by_stage[None]))
    matrix = tuple(tuple(cells[row.reason, place.stage_id] for place in places) for row in reasons)
    return Losses(tuple(reasons), tuple(places), matrix)
