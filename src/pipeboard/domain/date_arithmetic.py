"""Counting with days: months without a 31st, working days, and days that do not exist."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput

FULL_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The months in full, for messages."""

UNIT: Final = "bd|[dwmqy]"
"""The canonical units that a span of days can have, as a pattern."""


class Asked(NamedTuple):
    """One question for a day: canonical text, the day it is, and whether the past is likelier."""

    text: str
    today: date
    is_past: bool


def shift_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift_business_days(day: date, count: int) -> date:
    """`count` working days (Monday to Friday) later, or earlier when negative."""
    step = 1 if count > 0 else -1
    while count:
        day += timedelta(step)
        if day.weekday() < 5:
            count -= step
    return day


def shifted(day: date, count: int, unit: str) -> date:
    """A day moved by days, weeks, months, quarters, years or business days."""
    if unit == "bd":
        return shift_business_days(day, count)
    if unit in "dw":
        return day + timedelta(count * (7 if unit == "w" else 1))
    return shift_months(day, count * {"m": 1, "q": 3, "y": 12}[unit])


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def exact_day(year: int, month: int, day: int) -> date:
    """That day; InvalidInput says which part does not exist."""
    if not 1 <= month <= 12:
        raise InvalidInput(f"there is no month {month}")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise InvalidInput(f"{FULL_MONTHS[month - 1]} {year} has no day {day}")
    return date(year, month, day)


def is_near_side(day: date, asked: Asked) -> bool:
    """Whether a day lies in the likelier direction, today included."""
    return day <= asked.today if asked.is_past else day >= asked.today


def first_of(unit: str, day: date) -> date:
    """The first day of the week, month, quarter or year around a day; weeks begin on Monday."""
    if unit == "w":
        return day - timedelta(day.weekday())
    if unit == "d":
        return day
    month = {"m": day.month, "q": (day.month - 1) // 3 * 3 + 1, "y": 1}[unit]
    return date(day.year, month, 1)


def last_of(unit: str, day: date) -> date:
    """The last day of the period around a day; a week ends on Friday for work (the coming one)."""
    if unit == "w":
        return day + timedelta((4 - day.weekday()) % 7)
    if unit == "d":
        return day
    month = {"m": day.month, "q": (day.month + 2) // 3 * 3, "y": 12}[unit]
    return month_end(day.year, month)
