"""Days and times as people type them, and as they are told back in words."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
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
    from pipeboard.domain.date_arithmetic import Asked
    from pipeboard.domain.date_grammar import canonical, day_of

    if iso := re.fullmatch(r"(\d{4}-\d\d-\d\d)[tT](\d\d:\d\d(?::\d\d)?(?:\.\d+)?)", typed):
        return When(date.fromisoformat(iso[1]), time.fromisoformat(iso[2]))
    words = canonical(typed)
    if words.isdecimal():
        raise InvalidInput(_bare_number(int(words)))
    if (moment := _moment(words, now, is_past)) is not None:
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
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"a bare number is no day; write {number} dec, {number}{ending} or +{number}d"


def _moment(words: str, now: datetime, is_past: bool) -> When | None:
    """+2h, in 30 minutes, 2 hours ago, 1 h 30 min: a point of time, to the minute, and "now" when looking back.

    Counted in instants where `now` knows its zone, so that two hours are two hours when the clocks change.
    """
    if words == "now" and is_past:
        return When(now.date(), now.time().replace(second=0, microsecond=0))
    found = re.fullmatch(
        r"(in\s)?([+-])?\s?(?:(\d{1,4})\s)?(?:(h)(?:\s(\d{1,2})\smin)?|min)(\sago|\safter\snow)?", words
    )
    if found is None or not (found[1] or found[3] or found[6]):
        return None
    minutes = int(found[3] or 1) * (60 if found[4] else 1) + int(found[5] or 0)
    is_back = found[2] == "-" or found[6] == " ago"
    is_back = is_back or (is_past and not (found[1] or found[2] or found[6]))
    moment = _later(now, timedelta(minutes=-minutes if is_back else minutes))
    return When(moment.date(), moment.time().replace(second=0, microsecond=0))


def _later(now: datetime, span: timedelta) -> datetime:
    """A local time moved by a span of real time."""
    return now + span if now.tzinfo is None else (now.astimezone(UTC) + span).astimezone(now.tzinfo)


_PARTS: Final = {"noon": 12, "midnight": 0, "morning": 9, "afternoon": 14, "evening": 18, "night": 20}
"""The hour that a part of the day means when nothing else is said."""

_PART: Final = "morning|afternoon|evening|night"
_TIME: Final = (
    r"(?:at\s)?(?:(?P<h>\d{1,2})[:](?P<m>\d\d)(?::\d\d)?\s?(?P<half>am|pm)?|(?P<hour>\d{1,2})\s?(?P<ap>am|pm)"
    rf"|(?P<word>noon|midnight|{_PART}))|at\s(?P<bare>\d{{1,2}})(?:[.:](?P<min>\d\d))?(?:\sh)?"
)
_MONTH_BEFORE: Final = r"(?P<month>\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s)?"
_HOUR_AND_PART: Final = re.compile(
    rf"{_MONTH_BEFORE}(?<![^\s])(?:at\s)?(?P<h>\d{{1,2}})(?::(?P<m>\d\d))?(?:\sh)?\s(?P<part>{_PART})\b"
)
_PART_AND_HOUR: Final = re.compile(
    rf"(?P<month>)\b(?P<part>{_PART})\s(?:at\s)?(?P<h>\d{{1,2}})(?::(?P<m>\d\d))?(?:\sh)?$"
)


def _on_the_day_clock(found: re.Match[str]) -> str:
    """Eight in the evening as 20:00; a day of a month that stands before a part of the day stays a day."""
    if found["month"]:
        return found[0]
    hour, part = int(found["h"]), found["part"]
    if hour > 12 or (hour == 12 and part in ("morning", "evening")):
        raise InvalidInput(f"there is no {hour} in the {part}")
    if part == "night":
        hour = hour % 12 if hour < 6 or hour == 12 else hour + 12
    elif part != "morning" and hour < 12:
        hour += 12
    return f"at {hour}:{found['m'] or '00'}"


def _split_time(words: str) -> tuple[str, time | None]:
    """The words without a time at their end or beginning, and that time."""
    words = _PART_AND_HOUR.sub(_on_the_day_clock, _HOUR_AND_PART.sub(_on_the_day_clock, words))
    for pattern in (rf"(?P<rest>.*?)(?:^|\s)(?:{_TIME})", rf"(?:{_TIME})\s(?P<rest>.+)"):
        found = re.fullmatch(pattern, words)
        if found is not None:
            return found["rest"], _clock(found)
    return words, None


def _clock(found: re.Match[str]) -> time:
    """The time of day of a match of `_TIME`; InvalidInput for 25:00 or 13pm."""
    if found["word"]:
        return time(_PARTS[found["word"]])
    hour = int(found["h"] or found["hour"] or found["bare"])
    minute = int(found["m"] or found["min"] or 0)
    half = found["half"] or found["ap"]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        shown = f"{hour}{half}" if half and not minute else f"{hour}:{minute:02d}{half or ''}"
        raise InvalidInput(f"there is no time {shown}")
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
    has_year = re.search(rf"(?<!\d){one.year:04d}(?!\d)", text) is not None  # "1-5 dec" is no day of the year 2001
    return one if one == two and has_year else None


def instant_of(when: When, zone: tzinfo, *, default: time | None = None) -> datetime:
    """The instant in UTC of a day and time in a zone; without a time, of `default` (None: the day's first moment).

    A time that the clocks skip is moved forward by as much as they are, one that comes twice is the first
    (unless its `fold` says otherwise): RELIABILITY.md section 4.
    """
    return datetime.combine(when.on, when.at or default or time(), zone).astimezone(UTC)


def clock_remark(when: When, zone: tzinfo) -> str:
    """What to tell about a time of day on the day the clocks change; "" on every other day."""
    if when.at is None:
        return ""
    moment = datetime.combine(when.on, when.at, zone)
    shown = moment.astimezone(UTC).astimezone(zone)
    if shown.replace(tzinfo=None) != moment.replace(tzinfo=None):
        day = "" if shown.date() == when.on else f"{_full_day(shown.date())} "
        return f"the clocks skip {when.at:%H:%M} that day; {day}{shown:%H:%M} is meant"
    if moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset():
        return f"{when.at:%H:%M} comes twice that day; the {'second' if when.at.fold else 'first'} is meant"
    return ""


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
