"""Days by their place in a week, month, quarter or year: "end of next month", "mid december", "last friday of june"."""

import re
from datetime import date, timedelta
from typing import Final

from pipeboard.domain.date_arithmetic import (
    FULL_MONTHS,
    Asked,
    first_of,
    is_near_side,
    last_of,
    month_end,
    shift_months,
    shifted,
)
from pipeboard.domain.date_words import MONTHS, WEEKDAYS
from pipeboard.domain.errors import InvalidInput

_DAY: Final = "|".join(WEEKDAYS)
_MONTH: Final = "|".join(MONTHS)
_STEPS: Final = {"next": 1, "last": -1}


def period_end(asked: Asked) -> date | None:
    """The last day of a week (its Friday), month, quarter or year, or of a named month, quarter or year.

    "next month" alone is a month from today, "this month" alone its end.
    """
    text = re.sub(r"^eo([dwmqy])$", r"end \1", asked.text)
    if found := re.fullmatch(r"(?:end\s)?(?:(this|next|last)\s)?([wmqy]|(?<=end\s)d)", text):
        step = _STEPS.get(found[1], 0)
        day = shifted(asked.today, step, found[2])
        if text.startswith("end") or found[1] == "this":
            return last_of(found[2], first_of(found[2], day) if step else day)
        return day if step else None
    if found := re.fullmatch(r"end\s(\d{4})", text):
        return date(int(found[1]), 12, 31)
    first, length = _named_period(re.sub(r"^end\s", "", text), asked, is_end=True)
    return None if first is None else last_of("m", shift_months(first, length - 1))


def period_start(asked: Asked) -> date | None:
    """The first day of a week, month, quarter or year; without "this" or "last" the nearest in the likelier
    direction. The middle is the 15th of a month, the Wednesday of a week."""
    found = re.fullmatch(r"(start|mid)\s(.+)", asked.text)
    if found is None:
        return None
    if spoken := re.fullmatch(r"(?:(this|next|last)\s)?([wmqy])", found[2]):
        unit = spoken[2]
        if found[1] == "mid" and unit in "qy":
            return None
        return _placed(asked, first_of(unit, asked.today), unit, found[1] == "mid", spoken[1])
    if found[1] == "start" and (year := re.fullmatch(r"\d{4}", found[2])):
        return date(int(year[0]), 1, 1)
    first, length = _named_period(found[2], asked, is_end=False)
    if first is None or (found[1] == "mid" and length != 1):
        return None
    return first.replace(day=15) if found[1] == "mid" else first


def _placed(asked: Asked, first: date, unit: str, is_middle: bool, which: str | None) -> date:
    """The first day or the middle of the period that begins on `first`, or of one beside it."""
    inside = {"w": 2, "m": 14}[unit] if is_middle else 0
    if which:
        return shifted(first, _STEPS.get(which, 0), unit) + timedelta(inside)
    day = first + timedelta(inside)
    return day if is_near_side(day, asked) else shifted(first, -1 if asked.is_past else 1, unit) + timedelta(inside)


def _named_period(text: str, asked: Asked, *, is_end: bool) -> tuple[date | None, int]:
    """The first day of a month or quarter by name and its length in months; (None, 0) for anything else."""
    if found := re.fullmatch(rf"({_MONTH})(?:\s(\d{{4}}))?", text):
        return _near(asked, MONTHS.index(found[1]) + 1, 1, found[2], is_end), 1
    if found := re.fullmatch(r"q([1-4])(?:[\s/](\d{4}|\d{2}))?", text):
        return _near(asked, int(found[1]) * 3 - 2, 3, found[2], is_end), 3
    return None, 0


def _near(asked: Asked, month: int, length: int, year: str | None, is_end: bool) -> date:
    """The first day of a period of months; without a year of the nearest in the likelier direction."""
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, 1)
    first = date(asked.today.year, month, 1)
    shown = month_end(first.year, month + length - 1) if is_end else first
    if is_near_side(shown, asked):
        return first
    return first.replace(year=first.year + (-1 if asked.is_past else 1))


def weekday(asked: Asked) -> date | None:
    """A weekday: the coming one after today; "this" includes today, "next" is in next week."""
    found = re.fullmatch(rf"(?:(next|this|last)\s)?({_DAY})", asked.text)
    if found is None:
        return None
    today, wanted = asked.today, WEEKDAYS.index(found[2])
    if found[1] == "next":
        return today + timedelta(7 - today.weekday() + wanted)
    if found[1] == "this":
        return today + timedelta((wanted - today.weekday()) % 7)
    if found[1] == "last" or asked.is_past:
        return today - timedelta((today.weekday() - wanted - 1) % 7 + 1)
    return today + timedelta((wanted - today.weekday() - 1) % 7 + 1)


def weekday_of_week(asked: Asked) -> date | None:
    """Monday next week, friday this week, in either order."""
    found = re.fullmatch(rf"({_DAY})\s(this|next|last)\sw", asked.text)
    other = re.fullmatch(rf"(this|next|last)\sw\s({_DAY})", asked.text)
    if found is None and other is None:
        return None
    name, which = (found[1], found[2]) if found else (other[2], other[1]) if other else ("", "")
    return first_of("w", asked.today) + timedelta(7 * _STEPS.get(which, 0) + WEEKDAYS.index(name))


def nth_weekday(asked: Asked) -> date | None:
    """The first monday of december, the last friday of next month; in "the month" the nearest that is left."""
    found = re.fullmatch(
        rf"(1st|2nd|3rd|4th|5th|last)\s({_DAY})\s(?:({_MONTH})(?:\s(\d{{4}}))?|(?:(this|next|last)\s)?m)", asked.text
    )
    if found is None:
        return None
    place, wanted = found[1], WEEKDAYS.index(found[2])
    today = asked.today.replace(day=1)
    if found[3]:
        month, years = MONTHS.index(found[3]) + 1, [int(found[4])] if found[4] else []
        around = (today.year, today.year - 1 if asked.is_past else today.year + 1)
        candidates = [date(year, month, 1) for year in years or around]
    elif found[5]:
        candidates = [shift_months(today, _STEPS.get(found[5], 0))]
    else:
        candidates = [today, shift_months(today, -1 if asked.is_past else 1)]
    days = [day for first in candidates if (day := _in_month(first, wanted, place)) is not None]
    if not days:
        raise InvalidInput(f"{FULL_MONTHS[candidates[-1].month - 1]} {candidates[-1].year} has no such day")
    return next((day for day in days if is_near_side(day, asked)), days[-1])


def _in_month(first: date, wanted: int, place: str) -> date | None:
    """The first to fifth or last such weekday of the month that begins on `first`; None if it has no fifth."""
    end = last_of("m", first)
    if place == "last":
        return end - timedelta((end.weekday() - wanted) % 7)
    day = first + timedelta((wanted - first.weekday()) % 7 + 7 * (int(place[0]) - 1))
    return day if day <= end else None


def ordinal_of_month(asked: Asked) -> date | None:
    """The 15th of next month."""
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\s(this|next|last)\sm", asked.text)
    if found is None:
        return None
    first = shift_months(asked.today.replace(day=1), _STEPS.get(found[2], 0))
    wanted, end = int(found[1]), last_of("m", first)
    if not 1 <= wanted <= end.day:
        raise InvalidInput(f"{FULL_MONTHS[first.month - 1]} {first.year} has no day {wanted}")
    return first.replace(day=wanted)
