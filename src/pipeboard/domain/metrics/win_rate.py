"""Win rate by count, by value and by cohort (DOMAIN.md 2.2, rows 3, 3b, 3c)."""

from collections.abc import Iterable
from typing import NamedTuple

from pipeboard.domain.metrics.facts import DealFact, Selection, tally
from pipeboard.domain.metrics.samples import ratio
from pipeboard.domain.stage import DealStatus

FEW_DECIDED = 5
"""Below so many decided deals a percentage misleads, and a screen shows `fraction` instead."""


class Cohort(NamedTuple):
    """What became of the deals created in the period; excluded and parked ones are in `created` only."""

    created: int
    won: int
    lost: int
    open: int

    @property
    def value(self) -> float | None:
        """Won over decided among the deals created in the period; None while none is decided."""
        return ratio(self.won, self.won + self.lost)


class WinRate(NamedTuple):
    """Won over decided in a period. `by_value` is None when the lost deals carry no value at all."""

    won: int
    decided: int
    by_value: float | None
    cohort: Cohort

    @property
    def value(self) -> float | None:
        """The share from 0 to 1, None when nothing was decided."""
        return ratio(self.won, self.decided)


def fraction(won: int, decided: int) -> str:
    """The rate in words for few deals: "3 of 4"."""
    return f"{won} of {decided}"


def rate_text(won: int, decided: int) -> str:
    """The rate as a person should read it: "63.2%", "3 of 4" when few were decided, "-" when none was."""
    if decided == 0:
        return "-"
    return fraction(won, decided) if decided < FEW_DECIDED else f"{won / decided:.1%}"


def cohort_of(created: Iterable[DealFact]) -> Cohort:
    """What became of these deals."""
    total = won = lost = still_open = 0
    for deal in created:
        total += 1
        if deal.status == DealStatus.WON:
            won += 1
        elif deal.status == DealStatus.OPEN:
            still_open += 1
        elif deal.status == DealStatus.LOST and not deal.is_excluded:
            lost += 1
    return Cohort(total, won, lost, still_open)


def win_rate(chosen: Selection) -> WinRate:
    """The win rate of the deals decided in the period."""
    won, lost = len(chosen.won), len(chosen.lost)
    lost_value = tally(chosen.lost).value_minor
    won_value = tally(chosen.won).value_minor
    by_value = ratio(won_value, won_value + lost_value) if lost_value else None
    return WinRate(won, won + lost, by_value, cohort_of(chosen.created))
