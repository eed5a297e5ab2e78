"""The forecast by month and by horizon (DOMAIN.md 2.2, row 12).

Won deals stand in the month they were closed in, open ones in the month they are expected to close in. Open deals
whose day has passed, and those without a day, stand apart: they are never folded into the present month, or every
month would look as good as all the slipped ones together. Sources: Pipedrive's and Odoo's forecast boards.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pipeboard.domain.forecast.facts import ForecastDeal, Sums, split, sums
from pipeboard.domain.periods import Period, month_of, step

HORIZONS = (30, 60, 90)
MOST_MONTHS = 12
LONGEST_MONTHS = 36
"""Months that a period asked for may show; past ones take no more than this."""

Day = Callable[[ForecastDeal], date | None]


class MonthRow(NamedTuple):
    """A month: what is won in it, and the open deals expected in it."""

    month: Period
    won: Sums
    open: Sums

    @property
    def key(self) -> str:
        """The month as keys and JSON write it: "2026-11"."""
        return month_key(self.month)

    @property
    def expected_minor(self) -> int:
        """Won so far and the weighted rest."""
        return self.won.value_minor + self.open.weighted_minor

    @property
    def best_minor(self) -> int:
        """Won so far and every open deal in full."""
        return self.won.value_minor + self.open.value_minor


class MonthTable(NamedTuple):
    """The months, and what is in none: open deals whose day has passed, without a day, or after the last month.

    `won_no_date` and `won_later` are the won deals of which the day is not known or lies after the last month: money
    that is to arrive has such days.
    """

    rows: tuple[MonthRow, ...]
    overdue: Sums
    no_date: Sums
    later: Sums
    won_no_date: Sums
    won_later: Sums


def month_key(month: Period) -> str:
    """A month as "2026-11"."""
    return f"{month.start.year:04d}-{month.start.month:02d}"


def open_day(deal: ForecastDeal) -> date | None:
    """The day an open deal is expected to close."""
    return deal.close_on


def won_day(deal: ForecastDeal) -> date | None:
    """The day a won deal was closed."""
    return deal.closed_on


def payment_day(deal: ForecastDeal) -> date | None:
    """The day the money is to arrive."""
    return deal.payment_on


def is_overdue(deal: ForecastDeal, today: date, day: Day = open_day) -> bool:
    """Whether an open deal should have closed before today."""
    on = day(deal)
    return not deal.is_won and on is not None and on < today


def is_ahead(deal: ForecastDeal, period: Period, today: date) -> bool:
    """Whether an open deal is expected to close in the period, today or later."""
    return not deal.is_won and deal.close_on is not None and deal.close_on >= today and period.has(deal.close_on)


def won_in(deals: Iterable[ForecastDeal], period: Period) -> list[ForecastDeal]:
    """The deals won in the period."""
    return [deal for deal in deals if deal.is_won and period.has(deal.closed_on)]


def ahead_in(deals: Iterable[ForecastDeal], period: Period, today: date) -> list[ForecastDeal]:
    """The open deals expected to close in what is left of the period."""
    return [deal for deal in deals if is_ahead(deal, period, today)]


def months_shown(deals: Sequence[ForecastDeal], period: Period, today: date) -> tuple[Period, ...]:
    """The months to show: those of the period, from the present one if it is still to come, and on to the last one
    that an open deal is expected in, twelve at most beside a longer period."""
    first = month_of(min(period.start, today))
    last = period.end - timedelta(days=1)
    if period.end > today:
        days = [deal.close_on for deal in deals if not deal.is_won and deal.close_on is not None]
        last = max([last, today, *days])
    months = [first]
    within = LONGEST_MONTHS if period.days > 366 else MOST_MONTHS
    while months[-1].end <= last and len(months) < within:
        months.append(step(months[-1], 1))
    return tuple(months)


def month_table(
    deals: Sequence[ForecastDeal], months: Sequence[Period], today: date, day: Day = open_day, won: Day = won_day
) -> MonthTable:
    """The deals by month; `day` and `won` say which day of an open and of a won deal counts."""
    open_deals, won_deals = split(deals)
    ahead, overdue, no_date, later = _by_month(open_deals, day, today, max(months[-1].end, today))
    closed, _, won_no_date, won_later = _by_month(won_deals, won, date.min, months[-1].end)
    rows = []
    for month in months:
        place = (month.start.year, month.start.month)
        rows.append(MonthRow(month, sums(closed.get(place, ())), sums(ahead.get(place, ()))))
    return MonthTable(tuple(rows), *map(sums, (overdue, no_date, later, won_no_date, won_later)))


Dated = tuple[dict[tuple[int, int], list[ForecastDeal]], list[ForecastDeal], list[ForecastDeal], list[ForecastDeal]]


def _by_month(deals: Iterable[ForecastDeal], day: Day, first: date, end: date) -> Dated:
    """The deals by year and month from the first day on; those before it, without a day, and from the end on.

    Looked through once: there may be a hundred thousand.
    """
    months: dict[tuple[int, int], list[ForecastDeal]] = {}
    before: list[ForecastDeal] = []
    without: list[ForecastDeal] = []
    after: list[ForecastDeal] = []
    for deal in deals:
        on = day(deal)
        if on is None:
            without.append(deal)
        elif on < first:
            before.append(deal)
        else:
            months.setdefault((on.year, on.month), []).append(deal)
            if on >= end:
                after.append(deal)
    return months, before, without, after


def is_later(day: date | None, end: date, today: date) -> bool:
    """Whether the day of an open deal lies after the months that are shown (the last one ends at `end`)."""
    return day is not None and day >= max(end, today)


def in_horizon(deals: Iterable[ForecastDeal], today: date, days: int | None) -> list[ForecastDeal]:
    """The open deals expected to close within so many days from today (None: at any time), overdue ones not."""
    end = date.max if days is None else today + timedelta(days=days)
    return [d for d in deals if not d.is_won and d.close_on is not None and today <= d.close_on < end]
