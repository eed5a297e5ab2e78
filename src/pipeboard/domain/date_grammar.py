"""The grammar of typed days: canonical words in, a day out. See INTERFACE section 4, "Dates"."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from pipeboard.domain.date_arithmetic import FULL_MONTHS, UNIT, Asked, exact_day, is_near_side, shift_months, shifted
from pipeboard.domain.date_phrases import known_phrases
from pipeboard.domain.date_places import (
    nth_weekday,
    ordinal_of_month,
    period_end,
    period_start,
    weekday,
    weekday_of_week,
)
from pipeboard.domain.date_words import CANONICAL, MONTHS, UNITS, WEEKDAY_NAMES, WEEKDAYS
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.text import search_key

_DAY: Final = "|".join(WEEKDAYS)
_MONTH: Final = "|".join(MONTHS)
_YEAR: Final = r"(?:[\s./-](?P<year>\d{4}|\d{2}))?"
_LEAP_YEAR: Final = 2024


def canonical(text: str) -> str:
    """What was typed as canonical English words, single spaces between them."""
    folded = " ".join(search_key(text).replace(",", " ").split())
    words = known_phrases(folded).split()
    found = " ".join(_word(words, at) for at in range(len(words)))
    text = re.sub(r"\bbusiness\sd\b|\bd\sbusiness\b", "bd", " ".join(found.split()))
    return re.sub(r"\b(end|start)\s(iv|i{1,3}|[1-4])\sq\b", _quarter, text)


def _quarter(found: re.Match[str]) -> str:
    """The end of the 1st or of the I quarter."""
    number = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}.get(found[2], found[2])
    return f"{found[1]} q{number}"


def _word(words: list[str], at: int) -> str:
    """One word in canonical form; "w" and "в" mean different things by what stands beside them."""
    word = words[at]
    after_number = at > 0 and words[at - 1].lstrip("+-").isdigit()
    if word in ("w", "в") and not after_number:
        return "at" if _is_hour(words[at + 1 : at + 3], word) else ""
    if word in ("г", "г.", "r", "r.", "roku", "года") and after_number and len(words[at - 1]) == 4:
        return ""
    bare = word.rstrip(".") or word
    if bare == "ten" and at + 1 < len(words) and CANONICAL.get(words[at + 1]) in WEEKDAYS:
        return "this"  # in Polish
    if stuck := re.fullmatch(r"([+-]?\d+)([^\W\d_]+)", bare):
        unit = CANONICAL.get(stuck[2], stuck[2])
        return f"{stuck[1]} {unit}" if unit in UNITS else bare
    return CANONICAL.get(bare, bare)


def _is_hour(following: list[str], word: str) -> bool:
    """Whether the words after "at" begin with an hour and not with a count of days or weeks.

    "в 10 часов" is a time of day, "w 2 godziny" a span.
    """
    if not following or not following[0][0].isdigit():
        return False
    if not re.fullmatch(r"\d{1,2}(?:[:.]\d\d)?(?:ч|h)?", following[0]):
        return False
    unit = CANONICAL.get(following[1].rstrip(".")) if len(following) > 1 else None
    return unit not in (*UNITS, *MONTHS) or (unit == "h" and word == "в")


def _full_year(digits: str) -> int:
    """A year of two or four digits; two digits are of this century."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day_of_year(asked: Asked, month: int, day: int, year: str | None) -> date:
    """A day and month; without a year the nearest in the likelier direction, today included."""
    if year:
        return exact_day(_full_year(year), month, day)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(_LEAP_YEAR, month)[1]:
        is_month = 1 <= month <= 12
        raise InvalidInput(f"{FULL_MONTHS[month - 1]} has no day {day}" if is_month else f"there is no month {month}")
    step = -1 if asked.is_past else 1
    for years in range(9):
        wanted = asked.today.year + step * years
        if day > monthrange(wanted, month)[1]:
            continue
        found = date(wanted, month, day)
        if is_near_side(found, asked):
            return found
    raise InvalidInput("there is no such day within 8 years")


def _named(asked: Asked) -> date | None:
    """Today, tomorrow and their neighbours."""
    away = {"today": 0, "tomorrow": 1, "overmorrow": 2, "yesterday": -1, "ereyesterday": -2}
    return asked.today + timedelta(away[asked.text]) if asked.text in away else None


def _relative(asked: Asked) -> date | None:
    """+3d, -2w, in 2 weeks, 3 days ago, 3 business days, and a span without a sign."""
    found = re.fullmatch(rf"(in\s)?([+-])?\s?(?:(\d{{1,4}})\s)?({UNIT})(\sago)?", asked.text)
    if found is None or not (found[1] or found[2] or found[3] or found[5]):
        return None
    is_back = found[2] == "-" or bool(found[5]) or (asked.is_past and not found[1] and found[2] is None)
    count = int(found[3] or 1)
    return shifted(asked.today, -count if is_back else count, found[4])


def _from_another(asked: Asked) -> date | None:
    """2 weeks after friday, 3 days before eom, a week from now; eom +3d, fri -1bd."""
    if found := re.fullmatch(rf"(?:in\s)?(?:(\d{{1,4}})\s)?({UNIT})\s(after|before)\s(.+)", asked.text):
        count, unit, base, is_back = int(found[1] or 1), found[2], found[4], found[3] == "before"
    elif found := re.fullmatch(rf"(.+?)\s([+-])\s?(\d{{1,4}})\s({UNIT})", asked.text):
        count, unit, base, is_back = int(found[3]), found[4], found[1], found[2] == "-"
    else:
        return None
    day = asked.today if base == "now" else day_of(asked._replace(text=base))
    return None if day is None else shifted(day, -count if is_back else count, unit)


def _numeric(asked: Asked) -> date | None:
    """2026-12-01 and 2026/12/01; 12.01 and 12.01.2027 (day first); 12/31 where only one order is possible."""
    if re.fullmatch(r"\d{4}-w\d\d-\d", asked.text):
        return date.fromisoformat(asked.text.upper())
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})", asked.text):
        raise InvalidInput(_whole_month(int(found[2] or found[3]), found[1] or found[4]))
    if found := re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", asked.text):
        return exact_day(int(found[1]), int(found[3]), int(found[4]))
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?\.?", asked.text):
        return _day_of_year(asked, int(found[2]), int(found[1]), found[3])
    found = re.fullmatch(r"(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?", asked.text)
    if found is None:
        return None
    one, two = int(found[1]), int(found[3])
    if one <= 12 and two <= 12 and one != two:
        either = f"{one} {FULL_MONTHS[two - 1]} or {two} {FULL_MONTHS[one - 1]}"
        raise InvalidInput(f"it could be {either}; write the month as a word")
    day, month = (one, two) if one > 12 else (two, one)
    return _day_of_year(asked, month, day, found[4])


def _whole_month(month: int, year: str) -> str:
    """Why 12.2026 is refused."""
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    return f"it is a month, not a day; write 1 {MONTHS[month - 1]} {year} or end of {MONTHS[month - 1]} {year}"


def _month_and_day(asked: Asked) -> date | None:
    """1 dec, dec 1, 1st december 2026, 1-dec-2026, 1/dec/26."""
    ordinal = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    found = re.fullmatch(rf"{ordinal}[\s./-]?(?P<month>{_MONTH}){_YEAR}", asked.text) or re.fullmatch(
        rf"(?P<month>{_MONTH})[\s./-]{ordinal}{_YEAR}", asked.text
    )
    if found is None:
        return None
    return _day_of_year(asked, MONTHS.index(found["month"]) + 1, int(found["day"]), found["year"])


def _day_of_month(asked: Asked) -> date | None:
    """The 15th: of this month or the nearest one that has it."""
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", asked.text)
    if found is None:
        return None
    wanted = int(found[1])
    if not 1 <= wanted <= 31:
        raise InvalidInput(f"no month has a day {wanted}")
    step = -1 if asked.is_past else 1
    for months in range(4):
        first = shift_months(asked.today.replace(day=1), step * months)
        if wanted > monthrange(first.year, first.month)[1]:
            continue
        day = first.replace(day=wanted)
        if is_near_side(day, asked):
            return day
    return None


_RULES: Final[tuple[Callable[[Asked], date | None], ...]] = (
    _named,
    weekday,
    weekday_of_week,
    period_end,
    period_start,
    _relative,
    _numeric,
    _month_and_day,
    _day_of_month,
    ordinal_of_month,
    nth_weekday,
    _from_another,
)


def day_of(asked: Asked) -> date | None:
    """The day meant, or None if no rule knows the words; InvalidInput for a day that does not exist.

    A weekday may stand before a date ("fri 5 dec"); it has to be the right one.
    """
    if found := re.fullmatch(rf"({_DAY})\s((?:\d|(?:{_MONTH})\s\d).*)", asked.text):
        day = day_of(asked._replace(text=found[2]))
        if day is not None and WEEKDAYS[day.weekday()] != found[1]:
            raise InvalidInput(f"{day.isoformat()} is a {WEEKDAY_NAMES[day.weekday()]}")
        return day
    return next((day for rule in _RULES if (day := rule(asked)) is not None), None)
