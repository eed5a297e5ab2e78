"""A window of days as people type it: a named period, or from one day to another."""

import re
from datetime import date, datetime, timedelta

from pipeboard.domain.dates import parse_when
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.periods import Period, last_days, month_of, parse_period, quarter_of, step, year_of

_UNITS = {"month": month_of, "quarter": quarter_of, "year": year_of}
_NAMED = re.compile(r"(this|last|next)\s+(month|quarter|year)")
_LAST_DAYS = re.compile(r"(?:last\s+)?([0-9]{1,4})\s*d(?:ays?)?")
_QUARTER = re.compile(r"q([1-4])(?:\s+([0-9]{4}))?")
_BETWEEN = re.compile(r"\s+(?:to|till|until|-|–)\s+|\s*\.\.+\s*")
HINT = "2026-Q4, 2026-11, q3, last month, last 30 days, 1 oct to today"


def parse_window(text: str, now: datetime, *, is_past: bool) -> Period:
    """The days that a phrase means, the last one included; a single day means from that day until today.

    `is_past` says which way days without a year are taken. InvalidInput with a sentence for anything else.
    """
    words = " ".join(text.casefold().split())
    today = now.date()
    if not words:
        raise InvalidInput(f"Write a period: {HINT}.")
    if found := _NAMED.fullmatch(words):
        return step(_UNITS[found[2]](today), {"this": 0, "last": -1, "next": 1}[found[1]])
    if found := _LAST_DAYS.fullmatch(words):
        return last_days(today, int(found[1]))
    if found := _QUARTER.fullmatch(words):
        return parse_period(f"{found[2] or today.year}-Q{found[1]}")
    if re.fullmatch(r"[0-9]{4}(-?q[1-4]|-[0-9]{1,2})?", words):
        return parse_period(words)
    parts = _BETWEEN.split(words.removeprefix("from ").removeprefix("since "))
    if len(parts) > 2:
        raise InvalidInput(f"“{text.strip()[:60]}” names more than two days. Write for example: {HINT}.")
    first = _day(parts[0], now, is_past=is_past)
    last = today if len(parts) == 1 else _last(parts[1], now, first, is_past=is_past)
    if last < first:
        raise InvalidInput(f"The last day ({last}) lies before the first ({first}).")
    return Period(first, last + timedelta(days=1))


def _last(text: str, now: datetime, first: date, *, is_past: bool) -> date:
    """The last day; one without a year that would lie before the first is taken the other way."""
    found = _day(text, now, is_past=is_past)
    return found if found >= first else _day(text, now, is_past=False)


def _day(text: str, now: datetime, *, is_past: bool) -> date:
    return parse_when(text, now, is_past=is_past).on
