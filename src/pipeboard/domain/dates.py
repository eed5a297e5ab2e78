"""Days and times as people type them, and as they are told back in words."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.text import printable

_EARLIEST: Final = 1990
_LATEST: Final = 2100
_LONGEST: Final = 64
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EXAMPLES: Final = "Try tomorrow, fri, +3d, 2 weeks, 1 dec, eom or 2026-12-01."


class When(NamedTuple):
    """A local day and, if one was given, a local time of day."""

    on: date
    at: time | None


def parse_when(text: str, now: datetime, *, is_past: bool = False) -> When:
    """The day (and time) that a text means, seen from the local time `now`.

    English, Russian and Polish; see `date_grammar`. `is_past` prefers the past where a text leaves the
    direction open ("fri", "1 nov", "3d"), for questions like "closed on". Raises InvalidInput with a
    sentence that repeats what was typed.
    """
    typed = text.strip()
    try:
        when = _read(typed, now, is_past) if len(typed) <= _LONGEST else None
    except InvalidInput as reason:
        raise InvalidInput(f"{_quoted(typed)} is not a date: {reason}.") from None
    except (ValueError, OverflowError):
        when = None
    if when is None:
        raise InvalidInput(f"{_quoted(typed)} is not a date. {_EXAMPLES}")
    if not _EARLIEST <= when.on.year <= _LATEST:
        raise InvalidInput(f"{_quoted(typed)} is the year {when.on.year}, which is too far away.")
    return when


def _quoted(typed: str) -> str:
    """What was typed, short enough for a message."""
    shown = printable(typed)
    return f'"{shown if len(shown) <= 40 else shown[:39] + "…"}"' if shown else "Nothing"


def _read(typed: str, now: datetime, is_past: bool) -> When | None:
    """The meaning of a text by the first rule that knows it, or None."""
    from pipeboard.domain.date_grammar import Asked, canonical, day_of

    if iso := re.fullmatch(r"(\d{4}-\d\d-\d\d)[tT](\d\d:\d\d(?::\d\d)?(?:\.\d+)?)", typed):
        return When(date.fromisoformat(iso[1]), time.fromisoformat(iso[2]))
    words = canonical(typed)
    if words.isdecimal():
        raise InvalidInput(_bare_number(int(words)))
    if (moment := _moment(words, now)) is not None:
        return moment
    words, at = _split_time(words)
    if at is not None and not words:
        return _next_time(at, now, is_past)
    if not words:
        return None
    day = day_of(Asked(words, now.date(), is_past)) or _by_dateutil(typed if at is None else words)
    return When(day, at) if day is not None else None


def _bare_number(number: int) -> str:
    """Why a number alone is refused, with what it could have been."""
    if not 1 <= number <= 31:
        return "a bare number is no day"
    return f"a bare number is no day; write {number} dec, {number}th or +{number}d"


def _moment(words: str, now: datetime) -> When | None:
    """+2h, in 30 minutes, 2 hours ago: a point of time, to the minute."""
    found = re.fullmatch(r"(in\s)?([+-])?(?:(\d{1,4})\s)?(h|min)(\sago)?", words)
    if found is None or not (found[1] or found[3]):
        return None
    span = timedelta(**{"hours" if found[4] == "h" else "minutes": int(found[3] or 1)})
    moment = now - span if found[2] == "-" or found[5] else now + span
    return When(moment.date(), moment.time().replace(second=0, microsecond=0))


_TIME: Final = (
    r"(?:at\s)?(?:(?P<h>\d{1,2})[:](?P<m>\d\d)(?::\d\d)?\s?(?P<half>am|pm)?|(?P<hour>\d{1,2})\s?(?P<ap>am|pm)"
    r"|(?P<word>noon|midnight))|at\s(?P<bare>\d{1,2})(?:[.:](?P<min>\d\d))?"
)


def _split_time(words: str) -> tuple[str, time | None]:
    """The words without a time at their end or beginning, and that time."""
    for pattern in (rf"(?P<rest>.*?)(?:^|\s)(?:{_TIME})", rf"(?:{_TIME})\s(?P<rest>.+)"):
        found = re.fullmatch(pattern, words)
        if found is not None:
            return found["rest"], _clock(found)
    return words, None


def _clock(found: re.Match[str]) -> time:
    """The time of day of a match of `_TIME`; InvalidInput for 25:00 or 13pm."""
    if found["word"]:
        return time(12) if found["word"] == "noon" else time(0)
    hour = int(found["h"] or found["hour"] or found["bare"])
    minute = int(found["m"] or found["min"] or 0)
    half = found["half"] or found["ap"]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise InvalidInput(f"there is no time {hour}:{minute:02d}{half or ''}")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)


def _next_time(at: time, now: datetime, is_past: bool) -> When:
    """A time without a day: the next time the clock shows it, or the last time."""
    today, clock = now.date(), now.time()
    if is_past:
        return When(today if at <= clock else today - timedelta(1), at)
    return When(today if at > clock else today + timedelta(1), at)


def _by_dateutil(text: str) -> date | None:
    """What dateutil makes of a text with a written month, if it invents no part of the date.

    Read twice with different defaults: a part that was not written differs between the two.
    """
    if not re.search(r"[A-Za-z]{3}", text) or not re.search(r"\d", text):
        return None
    from dateutil import parser

    try:
        one, two = (
            parser.parse(text, default=default, ignoretz=True).date()
            for default in (datetime(2000, 1, 1), datetime(2004, 2, 29))  # noqa: DTZ001
        )
    except (parser.ParserError, OverflowError, ValueError, TypeError):
        return None
    return one if one == two else None


def describe_day(on: date, today: date) -> str:
    """A day in full with its distance: "Fri 5 Dec 2026, in 13 days"."""
    return f"{_full_day(on)}, {_distance((on - today).days)}"


def describe_when(when: When, today: date) -> str:
    """A day and time in full with the distance: "Fri 20 Nov 2026 15:00, in 2 days"."""
    clock = f" {when.at:%H:%M}" if when.at is not None else ""
    return f"{_full_day(when.on)}{clock}, {_distance((when.on - today).days)}"


def short_day(on: date, today: date) -> str:
    """A day in at most nine cells: "today", "fri" (within six days), "28 nov", "28 nov 27" (other year)."""
    days = (on - today).days
    if -1 <= days <= 1:
        return _distance(days)
    if 1 < days <= 6:
        return _WEEKDAYS[on.weekday()].lower()
    year = "" if on.year == today.year else f" {on.year % 100:02d}"
    return f"{on.day} {_MONTHS[on.month - 1].lower()}{year}"


def _full_day(on: date) -> str:
    """A day in full, in English whatever the locale."""
    return f"{_WEEKDAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def _distance(days: int) -> str:
    """A distance in days in words."""
    if -1 <= days <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"
