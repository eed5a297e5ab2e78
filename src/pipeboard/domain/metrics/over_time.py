"""A report beside what came before it: twelve periods like it, and by how much the figures changed."""

from datetime import date, timedelta
from typing import NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.metrics.definitions import Definition
from pipeboard.domain.metrics.facts import DealFact, MetricsInput, select
from pipeboard.domain.metrics.figures import Headline, headline
from pipeboard.domain.metrics.report import Report
from pipeboard.domain.metrics.velocity import Velocity, velocity
from pipeboard.domain.metrics.win_rate import rate_text
from pipeboard.domain.periods import Period, label, month_of, parse_period, period_key, quarter_of, step, year_of

MONTHS = 12
MONTH = "month:"
"""The keys of single periods of the trend: "month:2026-11", "month:2026-Q4", "month:2026"."""


class MetricsView(NamedTuple):
    """A report with its history.

    `months` holds the figures of twelve months up to the end of the period, oldest first; of a quarter or a year those
    of twelve quarters or years.
    `velocity_before` is what the open deals of now would bring at the rates of the period before, so that its
    difference shows what the rates did; None when there is no period before.
    """

    report: Report
    months: tuple[Headline, ...]
    velocity_before: Velocity | None


class Change(NamedTuple):
    """How a figure moved against the period before: by how much, to what share (None: nothing before).

    `is_better` is None when nothing changed; fewer days of cycle are better.
    """

    by: float
    share: float | None
    is_better: bool | None


def months_of(period: Period, today: date) -> tuple[Period, ...]:
    """The twelve months up to the one the period, as far as it has run, ends in; oldest first.

    A calendar quarter or year stands among its like: twelve quarters or years.
    """
    day = min(period.end - timedelta(days=1), today)
    kind = next((kind for kind in (quarter_of, year_of) if kind(period.start) == period), month_of)
    try:
        return tuple(step(kind(day), place - MONTHS + 1) for place in range(MONTHS))
    except InvalidInput:
        # So early in the calendar there are no twelve years.
        return tuple(step(month_of(day), place - MONTHS + 1) for place in range(MONTHS))


def view_of(made: Report) -> MetricsView:
    """The report with its history, from the deals it was computed from."""
    given = made.given
    months = _by_month(given, months_of(given.period, given.today))
    if made.previous is None:
        return MetricsView(made, months, None)
    before = given._replace(period=made.previous.period)
    return MetricsView(made, months, velocity(before, select(given.deals, before.period)))


def _by_month(given: MetricsInput, months: tuple[Period, ...]) -> tuple[Headline, ...]:
    """The figures of each month (quarter, year), from one pass over the deals."""
    starts = sorted(months)
    sorted_in: list[dict[int, DealFact]] = [{} for _ in months]
    places: dict[tuple[int, int], int] = {}
    for place, period in enumerate(starts):
        here = month_of(period.start)
        while here.start < period.end:
            places[here.start.year, here.start.month] = place
            here = step(here, 1)
    for deal in given.deals:
        for day in (deal.created_on, deal.closed_on):
            if day is not None and (place := places.get((day.year, day.month), -1)) >= 0:
                sorted_in[place][deal.id] = deal
    return tuple(headline(select(deals.values(), month), month) for month, deals in zip(starts, sorted_in, strict=True))


def change(now: float | None, before: float | None, *, is_less_better: bool = False) -> Change | None:
    """The difference of two values of a figure; None when either is unknown."""
    if now is None or before is None:
        return None
    by = now - before
    is_better = None if not by else (by < 0) == is_less_better
    return Change(by, by / abs(before) if before else None, is_better)


def month_key(month: Period) -> str:
    """The key of one period of the trend."""
    return f"{MONTH}{period_key(month)}"


def decided_in_month(given: MetricsInput, key: str) -> list[DealFact]:
    """The deals decided in the month of a key."""
    return select(given.deals, parse_period(key.removeprefix(MONTH))).decided


def month_definition(given: MetricsInput, key: str) -> Definition:
    """What one bar of the trend means, with its numbers."""
    month = parse_period(key.removeprefix(MONTH))
    chosen = select(given.deals, month)
    won, lost = len(chosen.won), len(chosen.lost)
    sentence = f"Win rate of {label(month)} = won / (won + lost) by the day they were closed, as it stands today."
    return Definition(sentence, f"{won} / ({won} + {lost}) = {rate_text(won, won + lost)}")
