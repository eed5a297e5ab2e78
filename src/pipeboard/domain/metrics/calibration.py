"""Own history against the probabilities of the stages (DOMAIN.md 2.2, row 8, last column)."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.domain.metrics.funnel import FunnelRow
from pipeboard.domain.stage import Stage

ENOUGH = 20
"""Decided deals from which on a probability may be taken over."""

_Z = 1.959963984540054
"""Of the normal distribution: 95 % lie within so many deviations."""


class Interval(NamedTuple):
    """Where a share from 0 to 1 lies in 95 of 100 cases."""

    low: float
    high: float


class CalibrationRow(NamedTuple):
    """One stage: what its probability says, and what became of the `n` decided deals that reached it.

    `share` is won of reached, `interval` that of Wilson; None without deals.
    """

    stage_id: int
    name: str
    probability: int
    won: int
    n: int
    share: float | None
    interval: Interval | None

    @property
    def percent(self) -> int | None:
        """The share in whole percent, as a stage keeps it."""
        return None if self.share is None else round(self.share * 100)

    @property
    def is_off(self) -> bool:
        """Whether the probability lies outside of what the own history makes likely."""
        return self.interval is not None and not self.interval.low <= self.probability / 100 <= self.interval.high

    @property
    def can_be_taken(self) -> bool:
        """Whether enough was decided to take the own figure over, and it differs."""
        return self.n >= ENOUGH and self.percent != self.probability


def wilson(won: int, n: int) -> Interval | None:
    """The score interval of Wilson (1927) at 95 %: right also for few deals and for shares near 0 or 1."""
    if not n:
        return None
    share = won / n
    below = 1 + _Z**2 / n
    middle = (share + _Z**2 / (2 * n)) / below
    half = _Z / below * (share * (1 - share) / n + _Z**2 / (4 * n * n)) ** 0.5
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def calibration(rows: Sequence[FunnelRow], stages: Sequence[Stage]) -> tuple[CalibrationRow, ...]:
    """One row for every open stage, from the funnel of decided deals."""
    won = rows[-1].reached if rows else 0
    return tuple(
        CalibrationRow(
            stage.id, stage.name, stage.probability, won, row.reached, row.eventually_won, wilson(won, row.reached)
        )
        for stage, row in zip(stages, rows, strict=False)
    )
