"""Average deal size (DOMAIN.md 2.2, row 5)."""

from collections.abc import Iterable
from typing import NamedTuple

from pipeboard.domain.metrics.facts import DealFact
from pipeboard.domain.metrics.samples import mean, median


class DealSize(NamedTuple):
    """Mean and median of the known values, in (fractions of) minor units; None when `n` is 0."""

    mean_minor: float | None
    median_minor: float | None
    total_minor: int
    n: int


def valued(deals: Iterable[DealFact]) -> list[DealFact]:
    """The deals whose value is known in the base currency: 0 is a value, none entered is not."""
    return [deal for deal in deals if deal.value_minor is not None]


def deal_size(deals: Iterable[DealFact]) -> DealSize:
    """The size of these deals; those without a convertible value are in no sum and no denominator."""
    values = sorted([deal.value_minor for deal in deals if deal.value_minor is not None])
    return DealSize(mean(values), median(values), sum(values), len(values))
