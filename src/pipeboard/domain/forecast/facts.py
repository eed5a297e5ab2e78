"""What a forecast is computed from: one frozen row per open or won deal, and sums of such rows."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pipeboard.domain.money import weighted
from pipeboard.domain.stage import DealStatus

CATEGORIES = ("commit", "best", "pipeline", "omitted")
"""From the surest to those that are left out of every sum but their own."""


class ForecastDeal(NamedTuple):
    """An open deal, or one that is won, all days local.

    `value_minor` is in the base currency: None when none was entered and when it `is_unconverted` (no rate).
    `weighted_hundredths` is minor units x percent (a won deal counts 100). `profit_minor` is the value less the cost,
    None while the cost is not known. `category` is the deal's own choice or else that of its stage.
    """

    id: int
    status: DealStatus
    stage_id: int
    owner_id: int | None
    percent: int
    value_minor: int | None
    is_unconverted: bool
    weighted_hundredths: int | None
    profit_minor: int | None
    category: str
    close_on: date | None
    closed_on: date | None
    payment_on: date | None

    @property
    def is_won(self) -> bool:
        """Whether it is won, and so counts in full."""
        return self.status == DealStatus.WON

    @property
    def weighted_minor(self) -> int | None:
        """Its weighted value, rounded by itself for a list; None without a value."""
        return None if self.weighted_hundredths is None else weighted(self.weighted_hundredths)


class Sums(NamedTuple):
    """What deals come to. Weighted sums are rounded once, at their end, as everywhere (DOMAIN.md 2.2, row 2).

    `without_value` and `unconverted` deals are counted but are in no sum. Profit is that of the deals whose cost is
    known; `unknown_cost` counts the others that have a value.
    """

    deals: int
    value_minor: int
    weighted_minor: int
    without_value: int
    unconverted: int
    profit_minor: int
    weighted_profit_minor: int
    unknown_cost: int

    def with_those(self, others: "Sums") -> "Sums":
        """Both together."""
        return Sums(*(mine + theirs for mine, theirs in zip(self, others, strict=True)))


def sums(deals: Iterable[ForecastDeal]) -> Sums:
    """Add deals up."""
    count = value = share = without = unconverted = profit = weighted_profit = unknown = 0
    for deal in deals:
        count += 1
        if deal.value_minor is None:
            unconverted += deal.is_unconverted
            without += not deal.is_unconverted
            continue
        value += deal.value_minor
        share += deal.weighted_hundredths or 0
        if deal.profit_minor is None:
            unknown += 1
        else:
            profit += deal.profit_minor
            weighted_profit += deal.profit_minor * deal.percent
    return Sums(count, value, weighted(share), without, unconverted, profit, weighted(weighted_profit), unknown)


def split(deals: Sequence[ForecastDeal]) -> tuple[list[ForecastDeal], list[ForecastDeal]]:
    """The open ones and the won ones."""
    return [deal for deal in deals if not deal.is_won], [deal for deal in deals if deal.is_won]
