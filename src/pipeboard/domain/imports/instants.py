"""The moment that a cell tells: its day is decided with its column, its time stands in the cell itself."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

_TIME: Final = re.compile(
    r"(?:T|\s|^)(\d{1,2})[:.]([0-5]\d)(?:[:.]([0-5]\d)(?:[.,]\d{1,9})?)?\s*([AaPp])?\.?\s?[Mm]?\.?"
    r"\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$",
    re.ASCII,
)
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z", re.ASCII)
_ONE_DAY: Final = timedelta(days=1)


def plain_instant(text: str) -> str:
    """An instant of taskwarrior (20261124T230000Z) as everybody else writes it; any other text as it is."""
    return _COMPACT.sub(r"\1-\2-\3T\4:\5:\6Z", text.strip())


def time_of(text: str) -> time | None:
    """The time of day that a text ends with, in the zone it names, if it does; None for none, and for 25:00."""
    found = _TIME.search(text.strip())
    if found is None:
        return None
    hour, half = int(found[1]), (found[4] or "").lower()
    if hour > (12 if half else 23):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found[2]), int(found[3] or 0), tzinfo=_offset(found[5] or ""))


def _offset(text: str) -> tzinfo | None:
    if not text:
        return None
    digits = text.lstrip("+-").replace(":", "")
    if not digits.isdigit():
        return UTC
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-away if text[0] == "-" else away) if away < _ONE_DAY else UTC


def local_time(text: str, day: date, zone: tzinfo) -> time | None:
    """The local time of a cell whose local day is decided; None when it tells none, and for midnight: that is a day."""
    told = time_of(text)
    if told is None or told.replace(tzinfo=None) == time():
        return None
    return instant_of(text, day, zone).astimezone(zone).time()


def instant_of(text: str, day: date, zone: tzinfo) -> datetime:
    """When it was, in UTC: the cell's time on its (local) day, the beginning of that day for a cell without a time."""
    told = time_of(text)
    if told is None or told.tzinfo is None or told.replace(tzinfo=None) == time():
        at = told.replace(tzinfo=None) if told is not None else time()
        return datetime.combine(day, at, zone).astimezone(UTC)
    near = [datetime.combine(day + step, told) for step in (timedelta(), -_ONE_DAY, _ONE_DAY)]
    return next((one for one in near if one.astimezone(zone).date() == day), near[0]).astimezone(UTC)
