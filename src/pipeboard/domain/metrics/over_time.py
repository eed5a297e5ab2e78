"""A report beside what came before it: twelve months, and by how much the figures changed."""

from datetime import date, timedelta
from typing import NamedTuple

from pipeboard.domain.metrics.definitions import Definition
from pipeboard.domain.metrics.facts import DealFact, MetricsInput, select
from pipeboard.domain.metrics.figures import Headline, headline
from pipeboard.domain.metrics.report import Report
from pipeboard.domain.metrics.velocity import Velocity, velocity
from pipeboard.domain.metrics.win_rate import rate_text
from pipeboard.domain.periods import Period, label, month_of, parse_period, step

MONTHS = 12
MONTH = "month:"
"""The keys of single months of the trend: "month:2026-11"."""


class MetricsView(NamedTuple):
    """A report with its history.

    `months` holds the figures of the twelve months up to the end of the period, oldest first.
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
    """The twelve months up to the one the period, as far as it has run, ends in; oldest first."""
    last = month_of(min(period.end - timedelta(days=1), today))
    return tuple(step(last, place - MONTHS + 1) for place in range(MONTHS))


def view_of(made: Report) -> MetricsView:
    """The report with its history, from the deals it was computed from."""
    given = made.given
    months = _by_month(given, months_of(given.period, given.today))
    if made.previous is None:
        return MetricsView(made, months, None)
    before = given._replace(period=made.previous.period)
    return MetricsView(made, months, velocity(before, select(given.deals, before.period)))


def _by_month(given: MetricsInput, months: tuple[Period, ...]) -> tuple[Headline, ...]:
    """The figures of each month, from one pass over the deals."""
    sorted_in: dict[tuple[int, int], dict[int, DealFact]] = {(m.start.year, m.start.month): {} for m in months}
    for deal in given.deals:
        for day in (deal.created_on, deal.closed_on):
            if day is not None and (cell := sorted_in.get((day.year, day.month))) is not None:
                cell[deal.id] = deal
    return tuple(
        headline(select(deals.values(), month), month) for month, deals in zip(months, sorted_in.values(), strict=True)
    )


def change(now: float | None, before: float | None, *, is_less_better: bool = False) -> Change | None:
    """The difference of two values of a figure; None when either is unknown."""
    if now is None or before is None:
        return None
    by = now - before
    is_better = None if not by else (by < 0) == is_less_better
    return Change(by, by / abs(before) if before else None, is_better)


def month_key(month: Period) -> str:
    """The key of one month of the trend."""
    return f"{MONTH}{month.start:%Y-%m}"


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
