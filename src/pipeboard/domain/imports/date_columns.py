"""How one column of a file writes its dates: decided once for the column, never row by row (DOMAIN.md 3, rule 3).

ISO dates and dates with the month in letters mean the same everywhere. Of three numbers the order is decided
by the values that can only be read one way; where none can, a point means day first (nobody writes the month
first with points) and anything else is a doubt for the person. Times are cut off: these columns hold days.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, Literal, NamedTuple

from pipeboard.domain.imports.month_names import month_number

Order = Literal["dmy", "mdy"]
"""Day first or month first."""


class DateColumn(NamedTuple):
    """What was decided: `rule` in words, the day of every value that is one, and the doubt if there is one.

    `doubt` is a sentence without an end; while it is set the days are those of the day-first reading.
    `overruled` tells that the column is clearly written the other way than the person said. `shown` are the
    orders of day and month that its values cannot do without.
    """

    rule: str
    days: dict[str, date]
    doubt: str = ""
    overruled: bool = False
    shown: frozenset[Order] = frozenset()


NO_DATE: Final = frozenset(("", "-", "–", "—", "n/a", "N/A", "null", "NULL"))
"""Cells that say there is no date (or number)."""

_TIME: Final = re.compile(
    r"(?:T|,?\s+)(?P<hour>\d{1,2})[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$",
    re.ASCII,
)
_YEAR_FIRST: Final = re.compile(r"([12]\d{3})([-/.])(\d{1,2})\2(\d{1,2})\.?", re.ASCII)
_COMPACT: Final = re.compile(r"([12]\d{3})([01]\d)([0-3]\d)", re.ASCII)
_THREE: Final = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\.?", re.ASCII)
_DAY_WORD: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*([^\W\d_]+)\.?,?[\s-]*(\d{4}|\d{2})", re.I)
_WORD_DAY: Final = re.compile(r"([^\W\d_]+)\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})", re.I)
_WEEKDAY: Final = re.compile(r"^[^\W\d_]{2,12}\.?,?\s+(?=\d|[^\W\d_]+\.?\s+\d)")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d{1,12})?", re.ASCII)
_SERIAL_START: Final = date(1899, 12, 30)
_SERIALS: Final = range(20_000, 80_000)


class _Parts(NamedTuple):
    """A value of three numbers whose order is not known yet."""

    text: str
    first: int
    mark: str
    second: int
    year: int
    has_short_year: bool


def decide_dates(values: Iterable[str], order: Order | None = None, zone: tzinfo | None = None) -> DateColumn:
    """Decide how these (distinct) values write dates.

    `order` settles what the column itself leaves open. An instant that names its offset from UTC is the day
    it falls on in `zone`; without a zone the day is taken as written. Values that are no date in the column's
    writing are missing from `days`. Never raises.
    """
    days: dict[str, date] = {}
    rules: dict[str, None] = {}
    loose: list[_Parts] = []
    serials: dict[str, date] = {}
    for value in values:
        text = " ".join(value.split()) if not value.isascii() or "  " in value else value.strip()
        if text in NO_DATE:
            continue
        bare, shift = _without_time(text, zone)
        known = _certain(bare)
        if known is not None:
            days[value] = _shifted(known[0], text, bare, shift, zone)
            rules.setdefault(known[1] + (" HH:MM" if bare != text else ""))
        elif (found := _THREE.fullmatch(bare)) is not None and shift != "bad":
            loose.append(_parts(value, found))
        elif (serial := _serial(text)) is not None:
            serials[value] = serial
    if serials:
        rules.setdefault("spreadsheet serial")
        days |= serials
    column = _decide_order(loose, order)
    days |= column.days
    if column.rule:
        rules.setdefault(column.rule)
    return column._replace(rule=" or ".join(rules) or "no dates", days=days)


def why_no_date(value: str, rule: str) -> str:
    """The reason why a value is no date in a column with this rule."""
    text = value.strip()
    found = _THREE.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if found is not None and not rule.startswith("no dates"):
        return f"there is no such day ({rule})"
    return f"not a date ({rule})" if rule != "no dates" else "not a date"


def _without_time(text: str, zone: tzinfo | None) -> tuple[str, str]:
    """The value without its time of day, and "utc" when the day has to be moved into the zone, "bad" for 25:00."""
    found = _TIME.search(text) if ":" in text or "." in text else None
    if found is None:
        return text, ""
    hour = int(found["hour"])
    if hour > (12 if found["half"] else 24):
        return text, "bad"
    is_midnight = hour == 0 and found["minute"] == "00"
    return text[: found.start()], "utc" if found["zone"] and zone is not None and not is_midnight else ""


def _shifted(day: date, text: str, bare: str, shift: str, zone: tzinfo | None) -> date:
    """The day in the zone for an instant with an offset; midnight itself is a date, not an instant."""
    if shift != "utc":
        return day
    try:
        rest = text[len(bare) :].strip().replace(" ", "").replace("UTC", "Z").replace("GMT", "Z")
        moment = datetime.fromisoformat(f"{day.isoformat()}T{rest.removeprefix('T')}")
        return moment.astimezone(zone).date()
    except (ValueError, OverflowError):
        return day


def _certain(text: str) -> tuple[date, str] | None:
    """The day and the writing of a value that can be read in one way only."""
    if found := _YEAR_FIRST.fullmatch(text):
        mark = found[2]
        return _with_rule(_day(int(found[1]), int(found[3]), int(found[4])), f"YYYY{mark}MM{mark}DD")
    if found := _COMPACT.fullmatch(text):
        return _with_rule(_day(int(found[1]), int(found[2]), int(found[3])), "YYYYMMDD")
    if text[:1].isdigit() and not any(map(str.isalpha, text)):
        return None
    text = _WEEKDAY.sub("", text) if month_number(text.split(" ")[0].strip(".,")) is None else text
    text = re.sub(r"\s+(?:de|г|года|r|roku)\.?$", "", text)
    if (found := _DAY_WORD.fullmatch(text)) and (month := month_number(found[2])):
        return _with_rule(_day(_year(found[3]), month, int(found[1])), "D month YYYY")
    if (found := _WORD_DAY.fullmatch(text)) and (month := month_number(found[1])):
        return _with_rule(_day(int(found[3]), month, int(found[2])), "month D, YYYY")
    return None


def _with_rule(day: date | None, rule: str) -> tuple[date, str] | None:
    """The pair, or None for a day that does not exist."""
    return None if day is None else (day, rule)


def _serial(text: str) -> date | None:
    """The day of a spreadsheet's serial number: days since 30 December 1899, between 1954 and 2119."""
    found = _SERIAL.fullmatch(text)
    if found is None or int(found[1]) not in _SERIALS:
        return None
    return _SERIAL_START + timedelta(days=int(found[1]))


def _day(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar does not have it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    """The year meant by four digits, or by two: 70 to 99 are of the last century."""
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= 70 else 2000)


def _parts(value: str, found: re.Match[str]) -> _Parts:
    """The numbers of a value."""
    return _Parts(value, int(found[1]), found[2], int(found[3]), _year(found[4]), len(found[4]) == 2)


def _read(part: _Parts, order: Order) -> date | None:
    """The day of a value in one order."""
    day, month = (part.first, part.second) if order == "dmy" else (part.second, part.first)
    return _day(part.year, month, day)


def _decide_order(loose: list[_Parts], told: Order | None) -> DateColumn:
    """Decide for every mark (slash, point, dash) of a column by itself."""
    columns = [_decide_mark([p for p in loose if p.mark == mark], mark, told) for mark in "/.-"]
    found = [column for column in columns if column.rule]
    return DateColumn(
        " or ".join(column.rule for column in found),
        {text: day for column in found for text, day in column.days.items()},
        next((column.doubt for column in found if column.doubt), ""),
        any(column.overruled for column in found),
        frozenset(order for column in found for order in column.shown),
    )


def _decide_mark(parts: list[_Parts], mark: str, told: Order | None) -> DateColumn:
    """The order of the values with one mark: by those that fit one order only, else as told, else a doubt."""
    if not parts:
        return DateColumn("", {})
    order, is_evident = _evidence(parts, mark)
    doubt = ""
    if not is_evident:
        doubt = "" if told else _doubt(parts, order)
        order = told or order or "dmy"
    year = "YY" if all(part.has_short_year for part in parts) else "YYYY"
    names = ("DD", "MM", year) if order == "dmy" else ("MM", "DD", year)
    days = {part.text: day for part in parts if (day := _read(part, order or "dmy")) is not None}
    return DateColumn(mark.join(names), days, doubt, is_evident and told not in (None, order), _shown(parts, mark))


def _shown(parts: list[_Parts], mark: str) -> frozenset[Order]:
    """The orders that the values cannot do without; both where nothing may be concluded for other columns."""
    if mark == ".":
        return frozenset()
    if mark == "-" and any(part.has_short_year for part in parts):
        return frozenset(("dmy", "mdy"))
    found: list[Order] = ["dmy"] if any(part.first > 12 for part in parts) else []
    return frozenset([*found, *(("mdy",) if any(part.second > 12 for part in parts) else ())])


def _evidence(parts: list[_Parts], mark: str) -> tuple[Order | None, bool]:
    """The order the values show, and whether they show it beyond doubt."""
    only = {"dmy": 0, "mdy": 0}
    leaning: set[Order] = set()
    is_open = False
    for part in parts:
        day_first, month_first = _read(part, "dmy"), _read(part, "mdy")
        if day_first is not None and month_first is not None:
            is_open |= day_first != month_first
        elif day_first is not None or month_first is not None:
            only["dmy" if day_first is not None else "mdy"] += 1
        elif part.first > 12 >= part.second:
            leaning.add("dmy")
        elif part.second > 12 >= part.first:
            leaning.add("mdy")
    if mark == "-" and any(part.has_short_year for part in parts):
        return None, False
    if only["dmy"] and only["mdy"]:
        return ("dmy" if only["dmy"] >= only["mdy"] else "mdy"), False
    if only["dmy"] or only["mdy"]:
        return ("dmy" if only["dmy"] else "mdy"), True
    if len(leaning) == 1:
        return leaning.pop(), True
    return ("dmy", True) if mark == "." or not is_open else (None, False)


def _doubt(parts: list[_Parts], order: Order | None) -> str:
    """Why the order cannot be told from the values."""
    if order is not None:
        one = next(p.text for p in parts if _read(p, "dmy") and not _read(p, "mdy"))
        other = next(p.text for p in parts if _read(p, "mdy") and not _read(p, "dmy"))
        return f"{one.strip()} is day first and {other.strip()} is month first"
    example = next((p for p in parts if _read(p, "dmy") != _read(p, "mdy")), parts[0])
    shapes = [f"{day:%-d %b %Y}" for o in ("dmy", "mdy") if (day := _read(example, "dmy" if o == "dmy" else "mdy"))]
    return f"{example.text.strip()} may be {' or '.join(shapes)}"
