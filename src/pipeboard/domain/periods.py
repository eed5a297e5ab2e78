"""Reporting periods: half-open ranges of local calendar days, their names, neighbours and predecessors.

Months, quarters and years are recognised by their borders, so `Period` needs no kind. Every other range is
"rolling" and is moved by its own length (DOMAIN.md 2.0, row "Previous period").
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from pipeboard.domain.errors import InvalidInput

_DAY = timedelta(days=1)
_MONTHS_OF_UNIT = (1, 3, 12)
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PATTERN = re.compile(r"([0-9]{4})(?:-?[qQ]([1-4])|-(0?[1-9]|1[0-2]))?")
_LONGEST_ECHO = 40


class Period(NamedTuple):
    """The days from `start` to the day before `end`, in the reporting zone."""

    start: date
    end: date

    def has(self, day: date | None) -> bool:
        """Whether the day lies in the period; an unknown day lies in none."""
        return day is not None and self.start <= day < self.end

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days


def _first_of_month(index: int) -> date:
    """The first day of a month counted from January of year 0."""
    try:
        return date(index // 12, index % 12 + 1, 1)
    except (ValueError, OverflowError) as error:
        raise InvalidInput("The calendar ends here: periods lie in the years 1 to 9998.") from error


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _months_from(index: int, months: int) -> Period:
    return Period(_first_of_month(index), _first_of_month(index + months))


def month_of(day: date) -> Period:
    """The calendar month around the day."""
    return _months_from(_index(day), 1)


def quarter_of(day: date) -> Period:
    """The calendar quarter around the day."""
    return _months_from(_index(day) // 3 * 3, 3)


def year_of(day: date) -> Period:
    """The calendar year around the day."""
    return _months_from(_index(day) // 12 * 12, 12)


def last_days(today: date, days: int) -> Period:
    """The given number of days ending with today (today is the last day in it)."""
    if days < 1:
        raise InvalidInput(f"A period has at least one day, not {days}.")
    try:
        return Period(today - timedelta(days=days - 1), today + _DAY)
    except OverflowError as error:
        raise InvalidInput(f"A period of {days} days is longer than the calendar.") from error


def parse_period(text: str) -> Period:
    """The period written as a year, a quarter or a month ("2026", "2026-Q4", "2026-11").

    Raises InvalidInput with a sentence for anything else.
    """
    match = _PATTERN.fullmatch(text.strip())
    if match is None or not 1 <= int(match[1]) <= 9998:
        shown = text.strip()[:_LONGEST_ECHO]
        raise InvalidInput(f"{shown!r} is no period: write a year (2026), a quarter (2026-Q4) or a month (2026-11).")
    january = int(match[1]) * 12
    if match[2]:
        return _months_from(january + (int(match[2]) - 1) * 3, 3)
    if match[3]:
        return _months_from(january + int(match[3]) - 1, 1)
    return _months_from(january, 12)


def period_key(period: Period) -> str | None:
    """How `parse_period` reads a year, quarter or month: "2026", "2026-Q4", "2026-11"; None for other periods."""
    year, month = period.start.year, period.start.month
    match _unit(period):
        case 12:
            return f"{year:04d}"
        case 3:
            return f"{year:04d}-Q{(month + 2) // 3}"
        case 1:
            return f"{year:04d}-{month:02d}"
    return None


def parts_of(period: Period) -> tuple[tuple[Period, ...], ...]:
    """The calendar periods that a year or quarter is made of: quarters and months, or months; else nothing."""
    months = _unit(period)
    if months not in (3, 12):
        return ()
    index = _index(period.start)
    by_month = tuple(_months_from(index + at, 1) for at in range(months))
    return (by_month,) if months == 3 else (tuple(_months_from(index + at, 3) for at in range(0, 12, 3)), by_month)


def workdays(start: date, end: date) -> int:
    """The days from Monday to Friday in a half-open range of days."""
    days = max(0, (end - start).days)
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum(1 for at in range(rest) if (start.weekday() + at) % 7 < 5)


def weeks_of(period: Period) -> tuple[Period, ...]:
    """The weeks from Monday to Sunday that a period touches, the first and last cut to it."""
    weeks, start = [], period.start
    while start < period.end:
        end = min(start + timedelta(days=7 - start.weekday()), period.end)
        weeks.append(Period(start, end))
        start = end
    return tuple(weeks)


def _unit(period: Period) -> int | None:
    """1, 3 or 12 when the period is exactly a calendar month, quarter or year; None when it is rolling."""
    if period.start.day != 1 or period.end.day != 1:
        return None
    index = _index(period.start)
    months = _index(period.end) - index
    return months if months in _MONTHS_OF_UNIT and index % months == 0 else None


def step(period: Period, count: int) -> Period:
    """The period `count` places later (earlier when negative), of the same kind.

    Rolling periods move by their own number of days. Raises InvalidInput past the ends of the calendar.
    """
    months = _unit(period)
    if months is not None:
        return _months_from(_index(period.start) + months * count, months)
    try:
        moved = timedelta(days=period.days * count)
        return Period(period.start + moved, period.end + moved)
    except OverflowError as error:
        raise InvalidInput("The calendar ends here: periods lie in the years 1 to 9998.") from error


def previous(period: Period) -> Period:
    """The period before: last month for a month, last quarter for a quarter, the N days before for N days."""
    return step(period, -1)


def previous_to_date(period: Period, today: date) -> Period:
    """What to compare the period with: the one before, cut to the same elapsed days while it still runs.

    On 10 November the month of November (10 days so far) is compared with 1 to 10 October. A period that
    has not begun is compared with nothing (an empty period).
    """
    before = previous(period)
    if today >= period.end:
        return before
    elapsed = max(0, (today - period.start).days + 1)
    return Period(before.start, min(before.end, before.start + timedelta(days=elapsed)))


def day_label(day: date, *, has_year: bool = True) -> str:
    """A day as people write it: "22 Nov 2026"."""
    text = f"{day.day} {_MONTH_NAMES[day.month - 1]}"
    return f"{text} {day.year}" if has_year else text


def label(period: Period) -> str:
    """A short name: "2026", "Q4 2026", "Nov 2026", or first and last day "25 Aug to 22 Nov 2026"."""
    start = period.start
    match _unit(period):
        case 12:
            return str(start.year)
        case 3:
            return f"Q{(start.month + 2) // 3} {start.year}"
        case 1:
            return f"{_MONTH_NAMES[start.month - 1]} {start.year}"
    last = max(start, period.end - _DAY)
    if last == start:
        return day_label(start, has_year=True)
    return f"{day_label(start, has_year=start.year != last.year)} to {day_label(last, has_year=True)}"
