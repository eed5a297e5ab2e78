"""The same few figures month after month."""

from datetime import timedelta
from typing import NamedTuple

from pipeboard.domain.metrics.facts import MetricsInput, is_decided
from pipeboard.domain.metrics.samples import ratio
from pipeboard.domain.periods import Period, month_of, step
from pipeboard.domain.stage import DealStatus


class TrendPoint(NamedTuple):
    """One month: deals created, won and lost in it, and the value won in minor units."""

    period: Period
    created: int
    won: int
    lost: int
    won_value_minor: int

    @property
    def win_rate(self) -> float | None:
        """Won over decided, None when nothing was decided in the month."""
        return ratio(self.won, self.won + self.lost)


def trend(given: MetricsInput, months: int = 12) -> tuple[TrendPoint, ...]:
    """The last `months` months, oldest first, up to the one the period (as far as it has run) ends in."""
    last = month_of(min(given.period.end - timedelta(days=1), given.today))
    span = [step(last, place - months + 1) for place in range(months)]
    sums = {(month.start.year, month.start.month): [0, 0, 0, 0] for month in span}
    for deal in given.deals:
        created_on, closed_on = deal.created_on, deal.closed_on
        if created_on is not None and (cell := sums.get((created_on.year, created_on.month))):
            cell[0] += 1
        if closed_on is None or not (cell := sums.get((closed_on.year, closed_on.month))):
            continue
        if deal.status == DealStatus.WON:
            cell[1] += 1
            cell[3] += deal.value_minor or 0
        elif is_decided(deal):
            cell[2] += 1
    return tuple(TrendPoint(month, *cell) for month, cell in zip(span, sums.values(), strict=True))
