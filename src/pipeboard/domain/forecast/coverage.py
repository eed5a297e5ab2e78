"""Coverage, attainment and pace against a target (DOMAIN.md 2.2, rows 14 and 15).

Coverage = open value expected in the rest of the period / (target - won in it); needed is 1 / win rate. Sources:
winsabove (open / quota remaining), rekener (close date in the period), S2's plain pipeline / target beside it. Pace
goes by workdays, Monday to Friday; today counts as elapsed.
"""

from datetime import date, timedelta
from typing import NamedTuple

from pipeboard.domain.forecast.facts import Sums
from pipeboard.domain.forecast.targets import Goal
from pipeboard.domain.periods import Period, workdays


class Coverage(NamedTuple):
    """How far the target is, and what there is to reach it with; amounts are minor units, or deals for a count.

    `ratio` is None when nothing remains to be covered, `needed` while no win rate is known.
    """

    target: Goal | None
    won: int
    open: int
    weighted: float
    pipeline: int
    needed: float | None
    elapsed_share: float

    @property
    def remaining(self) -> int | None:
        """What is left to win; None without a target."""
        return None if self.target is None else max(0, self.target.amount - self.won)

    @property
    def ratio(self) -> float | None:
        """Open over remaining."""
        return self.open / self.remaining if self.remaining else None

    @property
    def plain_ratio(self) -> float | None:
        """The whole open pipeline over the target, as S2 has it."""
        return self.pipeline / self.target.amount if self.target is not None and self.target.amount > 0 else None

    @property
    def attainment(self) -> float | None:
        """Won over target."""
        return self.won / self.target.amount if self.target is not None and self.target.amount > 0 else None

    @property
    def projected(self) -> float:
        """Won and the weighted rest."""
        return self.won + self.weighted

    @property
    def projected_share(self) -> float | None:
        """The projection over the target."""
        return self.projected / self.target.amount if self.target is not None and self.target.amount > 0 else None

    @property
    def due_by_now(self) -> float | None:
        """What would be won by today at an even pace."""
        return None if self.target is None else self.target.amount * self.elapsed_share

    @property
    def is_enough(self) -> bool | None:
        """Whether there is as much open as experience asks for; None when that cannot be said."""
        if self.remaining == 0:
            return True
        return None if self.ratio is None or self.needed is None else self.ratio >= self.needed


def coverage(
    target: Goal | None, won: Sums, ahead: Sums, ahead_percents: int, pipeline: Sums, rate: float | None, elapsed: float
) -> Coverage:
    """Coverage from the deals won in the period, those expected in its rest and all that are open.

    `ahead_percents` is the sum of the probabilities of the expected deals: what a target counted in deals weighs by.
    """
    needed = 1 / rate if rate else None
    if target is not None and target.is_count:
        return Coverage(target, won.deals, ahead.deals, ahead_percents / 100, pipeline.deals, needed, elapsed)
    return Coverage(
        target, won.value_minor, ahead.value_minor, ahead.weighted_minor, pipeline.value_minor, needed, elapsed
    )


def elapsed_share(period: Period, today: date) -> float:
    """The share of the period's workdays that are over, today included; 0 before it begins, 1 after its end."""
    total = workdays(period.start, period.end)
    if today >= period.end:
        return 1.0
    done = workdays(period.start, today + timedelta(days=1))
    return done / total if total else 0.0
