"""Length of the sales cycle (DOMAIN.md 2.2, row 6)."""

from collections.abc import Iterable
from typing import NamedTuple

from pipeboard.domain.metrics.facts import DealFact
from pipeboard.domain.metrics.samples import mean, median, quantile


class Cycle(NamedTuple):
    """Calendar days from start to close over `n` deals; None when `n` is 0.

    `n_negative` deals closed before they began (a data problem), `n_unknown` have no first or last day;
    both are in no average.
    """

    mean_days: float | None
    median_days: float | None
    p75_days: float | None
    n: int
    n_negative: int
    n_unknown: int


def days_of(deal: DealFact) -> int | None:
    """Days from the start (or else the creation) to the close: 0 on one day, None when either is unknown."""
    start = deal.started_on or deal.created_on
    if start is None or deal.closed_on is None:
        return None
    return (deal.closed_on - start).days


def sampled(deals: Iterable[DealFact]) -> list[DealFact]:
    """The deals whose cycle is known and not negative."""
    return [deal for deal in deals if (days := days_of(deal)) is not None and days >= 0]


def negative(deals: Iterable[DealFact]) -> list[DealFact]:
    """The deals that were closed before they began: data to correct."""
    return [deal for deal in deals if (days := days_of(deal)) is not None and days < 0]


def cycle(deals: Iterable[DealFact]) -> Cycle:
    """The cycle of these deals. Won and lost must not be mixed: give one kind (row 6b)."""
    days: list[int] = []
    negatives = unknown = 0
    for deal in deals:
        length = days_of(deal)
        if length is None:
            unknown += 1
        elif length < 0:
            negatives += 1
        else:
            days.append(length)
    days.sort()
    return Cycle(mean(days), median(days), quantile(days, 0.75), len(days), negatives, unknown)
