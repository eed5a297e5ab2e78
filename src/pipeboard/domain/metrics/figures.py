"""All figures of one report as a value, and the few that are compared with the period before."""

from typing import NamedTuple

from pipeboard.domain.metrics.breakdown import BreakdownRow
from pipeboard.domain.metrics.cycle import Cycle, cycle
from pipeboard.domain.metrics.deal_size import DealSize, deal_size
from pipeboard.domain.metrics.facts import MetricsInput, Selection, Tally, tally
from pipeboard.domain.metrics.funnel import Funnel
from pipeboard.domain.metrics.losses import Losses
from pipeboard.domain.metrics.time_in_stage import StageDuration
from pipeboard.domain.metrics.velocity import Velocity
from pipeboard.domain.metrics.win_rate import WinRate, win_rate
from pipeboard.domain.periods import Period


class Headline(NamedTuple):
    """The figures that belong to a period alone, and so can be compared with those of another one."""

    period: Period
    created: Tally
    won: Tally
    lost: Tally
    excluded: Tally
    win_rate: WinRate
    average_won: DealSize
    cycle: Cycle


def headline(chosen: Selection, period: Period) -> Headline:
    """The figures of the deals chosen for this period."""
    return Headline(
        period,
        tally(chosen.created),
        tally(chosen.won),
        tally(chosen.lost),
        tally(chosen.excluded),
        win_rate(chosen),
        deal_size(chosen.won),
        cycle(chosen.won),
    )


class Figures(NamedTuple):
    """Every figure of a report. `open`, `parked` and `weighted_minor` are of now, the others of the period.

    `without_value` and `unconverted` count the open, won, lost and created deals that the sums leave out.
    `undated` deals are won or lost on an unknown day and in no figure of a period. `previous` is None when
    the period is everything.
    """

    given: MetricsInput
    now: Headline
    open: Tally
    weighted_minor: int
    parked: Tally
    undated: Tally
    without_value: int
    unconverted: int
    lost_cycle: Cycle
    velocity: Velocity
    funnel: Funnel
    time_in_stage: tuple[StageDuration, ...]
    losses: Losses
    by_owner: tuple[BreakdownRow, ...]
    by_source: tuple[BreakdownRow, ...]
    by_product: tuple[BreakdownRow, ...]
    by_company: tuple[BreakdownRow, ...]
    previous: Headline | None

    @property
    def created(self) -> Tally:
        """Deals created in the period."""
        return self.now.created

    @property
    def won(self) -> Tally:
        """Deals won in the period."""
        return self.now.won

    @property
    def lost(self) -> Tally:
        """Deals lost in the period, without the excluded reasons."""
        return self.now.lost

    @property
    def excluded(self) -> Tally:
        """Deals closed in the period for a reason that says nothing about selling."""
        return self.now.excluded

    @property
    def win_rate(self) -> WinRate:
        """Won over decided in the period."""
        return self.now.win_rate

    @property
    def average_won(self) -> DealSize:
        """The size of the deals won in the period."""
        return self.now.average_won

    @property
    def cycle(self) -> Cycle:
        """The cycle of the deals won in the period."""
        return self.now.cycle
