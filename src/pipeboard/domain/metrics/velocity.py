"""Sales velocity: what the open pipeline brings per day, and what would raise it (DOMAIN.md 2.2, row 7)."""

from collections.abc import Sequence
from datetime import date, timedelta
from heapq import nlargest
from typing import NamedTuple

from pipeboard.domain.metrics.cycle import cycle
from pipeboard.domain.metrics.deal_size import deal_size
from pipeboard.domain.metrics.facts import DealFact, MetricsInput, Selection, is_decided, select
from pipeboard.domain.metrics.samples import ratio
from pipeboard.domain.periods import Period

ENOUGH_DECIDED = 10
WINDOWS_DAYS = (90, 180, 365)
SHORTEST_CYCLE_DAYS = 1.0


class Lever(NamedTuple):
    """One way to raise the velocity: its name and the gain per day in minor units, all else equal."""

    name: str
    gain_minor: float


class Velocity(NamedTuple):
    """Expected revenue per day in minor units, its four parts and the window of the last three.

    `value_minor` is None while a part is missing; `missing` names those parts ("win_rate",
    "average_won_value", "cycle_days"). `levers` is empty then.
    """

    value_minor: float | None
    open_deals: int
    win_rate: float | None
    average_won_minor: float | None
    cycle_days: float | None
    decided: int
    window: Period
    missing: tuple[str, ...]
    levers: tuple[Lever, ...]

    @property
    def best(self) -> Lever | None:
        """The lever that moves the velocity most; None where none moves it."""
        found = max(self.levers, key=lambda lever: lever.gain_minor, default=None)
        return found if found is not None and found.gain_minor > 0 else None

    @property
    def monthly_minor(self) -> float | None:
        """The same for 30 days."""
        return None if self.value_minor is None else self.value_minor * 30


def counted_open(given: MetricsInput, open_deals: Sequence[DealFact]) -> list[DealFact]:
    """The open deals that enter the velocity: those in marked stages, all when no stage is marked."""
    if any(stage.counts_for_velocity for stage in given.stages):
        return [deal for deal in open_deals if deal.is_velocity_stage]
    return list(open_deals)


def window_of(given: MetricsInput) -> Period:
    """The days the three rates are taken from.

    The trailing 90 days before the end of the period, widened to 180, 365 and all until ten deals were
    decided in them; the whole period when it is "everything". A period that still runs ends today, or a
    year looked at in January would have no trailing days at all.
    """
    if given.is_all:
        return given.period
    end = end_of_rates(given.period, given.today)
    days = [
        closed_on
        for deal in given.deals
        if (closed_on := deal.closed_on) is not None and closed_on < end and is_decided(deal)
    ]
    start = trailing_start(nlargest(ENOUGH_DECIDED, days), end)
    return Period(min([*days, _days_before(end, WINDOWS_DAYS[-1])]) if start is None else start, end)


def end_of_rates(period: Period, today: date) -> date:
    """The day after the last one whose closings enter the rates of a period."""
    return min(period.end, today + timedelta(days=1))


def trailing_start(latest: Sequence[date], end: date) -> date | None:
    """Where the shortest window before `end` with enough decided deals begins; None when none has enough.

    `latest` are the days of the `ENOUGH_DECIDED` deals that were decided last before `end`, the latest first.
    """
    if len(latest) < ENOUGH_DECIDED:
        return None
    starts = (_days_before(end, days) for days in WINDOWS_DAYS)
    return next((start for start in starts if latest[ENOUGH_DECIDED - 1] >= start), None)


def _days_before(end: date, days: int) -> date:
    """So many days earlier, or the first day of the calendar."""
    return date.fromordinal(max(1, end.toordinal() - days))


def per_day(open_deals: int, win_rate: float, average_minor: float, cycle_days: float) -> float:
    """Deals x share won x value ÷ days; a mean cycle below one day counts as one."""
    return open_deals * win_rate * average_minor / max(SHORTEST_CYCLE_DAYS, cycle_days)


def _levers(open_deals: int, win_rate: float, average_minor: float, cycle_days: float) -> tuple[Lever, ...]:
    now = per_day(open_deals, win_rate, average_minor, cycle_days)
    changed = (
        ("+1 deal", per_day(open_deals + 1, win_rate, average_minor, cycle_days)),
        ("+5 points win rate", per_day(open_deals, min(1.0, win_rate + 0.05), average_minor, cycle_days)),
        ("+10% average value", per_day(open_deals, win_rate, average_minor * 1.1, cycle_days)),
        ("-5 days cycle", per_day(open_deals, win_rate, average_minor, cycle_days - 5)),
    )
    return tuple(Lever(name, value - now) for name, value in changed)


def velocity(given: MetricsInput, now: Selection) -> Velocity:
    """The velocity of the open deals at the rates of the trailing window; `now` is chosen for the period."""
    window = window_of(given)
    chosen = now if window == given.period else select(given.deals, window)
    count = len(counted_open(given, now.open))
    decided = len(chosen.won) + len(chosen.lost)
    rate = ratio(len(chosen.won), decided)
    average = deal_size(chosen.won).mean_minor
    days = cycle(chosen.won).mean_days
    parts = {"win_rate": rate, "average_won_value": average, "cycle_days": days}
    missing = tuple(name for name, value in parts.items() if value is None)
    if rate is None or average is None or days is None:
        return Velocity(None, count, rate, average, days, decided, window, missing, ())
    levers = _levers(count, rate, average, days)
    value = per_day(count, rate, average, days)
    return Velocity(value, count, rate, average, days, decided, window, (), levers)
