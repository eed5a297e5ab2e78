"""What a file would put into each stage: figures to hold against those of the tool that it comes from."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeboard.domain.imports.drafts import ImportedDeal


class StageTotal(NamedTuple):
    """How many deals of a file stand in a stage, and what they are worth in minor units by currency.

    `unvalued` of them have no value.
    """

    stage: str
    deals: int
    sums: tuple[tuple[str, int], ...]
    unvalued: int


def stage_totals(deals: Iterable[ImportedDeal], order: Sequence[str] = ()) -> tuple[StageTotal, ...]:
    """The totals of the stages that occur, in the order of `order`, then as they come."""
    found: dict[str, list[ImportedDeal]] = {}
    for deal in deals:
        found.setdefault(deal.stage_name, []).append(deal)
    names = [*(name for name in order if name in found), *(name for name in found if name not in order)]
    return tuple(_total(name, found[name]) for name in names)


def _total(stage: str, deals: Sequence[ImportedDeal]) -> StageTotal:
    sums: dict[str, int] = {}
    unvalued = 0
    for deal in deals:
        if deal.value_minor is None:
            unvalued += 1
        else:
            sums[deal.currency] = sums.get(deal.currency, 0) + deal.value_minor
    return StageTotal(stage, len(deals), tuple(sums.items()), unvalued)
