"""The grammar of typed days: canonical words in, a day out. See INTERFACE section 4, "Dates"."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple

from pipeboard.domain.date_words import CANONICAL, MONTHS, UNITS, WEEKDAY_NAMES, WEEKDAYS
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.text import search_key

_DAY: Final = "|".join(WEEKDAYS)
_MONTH: Final = "|".join(MONTHS)
_YEAR: Final = r"(?:[\s-](?P<year>\d{4}|\d{2}))?"
_FULL_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LEAP_YEAR: Final = 2024


class Asked(NamedTuple):
    """One question for a day: canonical text, the day it is, and whether the past is likelier."""

    text: str
    today: date
    is_past: bool


def canonical(text: str) -> str:
    """What was typed as canonical English words, single spaces between them."""
    words = re.sub(r"(?<=\d)\s*-?\s*(?:го|ое|е|го\.|go|ego)\b", "th", search_key(text).replace(",", " ")).split()
    found = [_word(words, at) for at in range(len(words))]
    return " ".join(" ".join(found).split())


def _word(words: list[str], at: int) -> str:
    """One word in canonical form; "w" and "в" mean different things by what stands beside them."""
    word = words[at]
    after_number = at > 0 and words[at - 1].lstrip("+-").isdigit()
    if word in ("w", "в") and not after_number:
        return "at" if _is_hour(words[at + 1 : at + 3]) else ""
    if word in ("г", "г.", "r", "r.", "roku", "года") and after_number and len(words[at - 1]) == 4:
        return ""
    bare = word.rstrip(".") or word
    if stuck := re.fullmatch(r"([+-]?\d+)([^\W\d_]+)", bare):
        unit = CANONICAL.get(stuck[2], stuck[2])
        return f"{stuck[1]} {unit}" if unit in UNITS else bare
    return CANONICAL.get(bare, bare)


def _is_hour(following: list[str]) -> bool:
    """Whether the words after "at" begin with an hour and not with a count of days or weeks."""
    if not following or not following[0][0].isdigit():
        return False
    return len(following) == 1 or CANONICAL.get(following[1]) not in (*UNITS, *MONTHS)


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


def _month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def exact_day(year: int, month: int, day: int) -> date:
    """That day; InvalidInput says which part does not exist."""
    if not 1 <= month <= 12:
        raise InvalidInput(f"there is no month {month}")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise InvalidInput(f"{_FULL_MONTHS[month - 1]} {year} has no day {day}")
    return date(year, month, day)


def _full_year(digits: str) -> int:
    """A year of two or four digits; two digits are of this century."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day_of_year(asked: Asked, month: int, day: int, year: str | None) -> date:
    """A day and month; without a year the nearest in the likelier direction, today included."""
    if year:
        return exact_day(_full_year(year), month, day)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(_LEAP_YEAR, month)[1]:
        is_month = 1 <= month <= 12
        raise InvalidInput(f"{_FULL_MONTHS[month - 1]} has no day {day}" if is_month else f"there is no month {month}")
    step = -1 if asked.is_past else 1
    for years in range(9):
        wanted = asked.today.year + step * years
        if day > monthrange(wanted, month)[1]:
            continue
        found = date(wanted, month, day)
        if (found <= asked.today) if asked.is_past else (found >= asked.today):
            return found
    raise InvalidInput("there is no such day within 8 years")


def _named(asked: Asked) -> date | None:
    """Today, tomorrow and their neighbours."""
    away = {"today": 0, "tomorrow": 1, "overmorrow": 2, "yesterday": -1, "ereyesterday": -2}
    return asked.today + timedelta(away[asked.text]) if asked.text in away else None


def _weekday(asked: Asked) -> date | None:
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


def _period_end(asked: Asked) -> date | None:
    """The last day of a week (its Friday), month, quarter or year, or of a named month or quarter."""
    text = re.sub(r"^eo([wmqy])$", r"end \1", asked.text)
    if found := re.fullmatch(r"(?:end\s)?(?:(this|next|last)\s)?([wmqy])", text):
        if text.startswith("end") or found[1] == "this":
            step = {"next": 1, "last": -1}.get(found[1], 0)
            return _end_of(found[2], _shifted(asked.today, step, found[2]))
        step = {"next": 1, "last": -1}.get(found[1], 0)
        return _shifted(asked.today, step, found[2]) if step else None
    if found := re.fullmatch(rf"(?:end\s)?({_MONTH})(?:\s(\d{{4}}))?", text):
        return _end_near(asked, MONTHS.index(found[1]) + 1, found[2])
    if found := re.fullmatch(r"(?:end\s)?q([1-4])(?:[\s/](\d{4}))?", text):
        return _end_near(asked, int(found[1]) * 3, found[2])
    return None


def _end_of(unit: str, day: date) -> date:
    """The last day of the period around a day; a week ends on Friday for work (the coming one)."""
    if unit == "w":
        return day + timedelta((4 - day.weekday()) % 7)
    month = {"m": day.month, "q": (day.month + 2) // 3 * 3, "y": 12}[unit]
    return _month_end(day.year, month)


def _end_near(asked: Asked, month: int, year: str | None) -> date:
    """The last day of a month; without a year the nearest in the likelier direction."""
    if year:
        return _month_end(int(year), month)
    end = _month_end(asked.today.year, month)
    if asked.is_past and end > asked.today:
        return _month_end(asked.today.year - 1, month)
    if not asked.is_past and end < asked.today:
        return _month_end(asked.today.year + 1, month)
    return end


def _shifted(day: date, count: int, unit: str) -> date:
    """A day moved by days, weeks, months, quarters, years or business days."""
    if unit == "bd":
        return shift_business_days(day, count)
    if unit in "dw":
        return day + timedelta(count * (7 if unit == "w" else 1))
    return shift_months(day, count * {"m": 1, "q": 3, "y": 12}[unit])


def _relative(asked: Asked) -> date | None:
    """+3d, -2w, in 2 weeks, 3 days ago, 3 business days, and a span without a sign."""
    text = re.sub(r"business\sd\b|\bd\sbusiness", "bd", asked.text)
    found = re.fullmatch(r"(in\s)?([+-])?\s?(?:(\d{1,4})\s)?(bd|[dwmqy])(\sago)?", text)
    if found is None or not (found[1] or found[2] or found[3] or found[5]):
        return None
    is_back = found[2] == "-" or bool(found[5]) or (asked.is_past and not found[1] and found[2] is None)
    count = int(found[3] or 1)
    return _shifted(asked.today, -count if is_back else count, found[4])


def _numeric(asked: Asked) -> date | None:
    """2026-12-01 and 2026/12/01; 12.01 and 12.01.2027 (day first); 12/31 where only one order is possible."""
    if found := re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", asked.text):
        return exact_day(int(found[1]), int(found[3]), int(found[4]))
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?\.?", asked.text):
        return _day_of_year(asked, int(found[2]), int(found[1]), found[3])
    found = re.fullmatch(r"(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?", asked.text)
    if found is None:
        return None
    one, two = int(found[1]), int(found[3])
    if one <= 12 and two <= 12 and one != two:
        either = f"{one} {_FULL_MONTHS[two - 1]} or {two} {_FULL_MONTHS[one - 1]}"
        raise InvalidInput(f"it could be {either}; write the month as a word")
    day, month = (one, two) if one > 12 else (two, one)
    return _day_of_year(asked, month, day, found[4])


def _month_and_day(asked: Asked) -> date | None:
    """1 dec, dec 1, 1st december 2026, 1-dec-2026."""
    ordinal = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    found = re.fullmatch(rf"{ordinal}[\s-]?(?P<month>{_MONTH}){_YEAR}", asked.text) or re.fullmatch(
        rf"(?P<month>{_MONTH})\s{ordinal}{_YEAR}", asked.text
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
        if (day <= asked.today) if asked.is_past else (day >= asked.today):
            return day
    return None


_RULES: Final[tuple[Callable[[Asked], date | None], ...]] = (
    _named,
    _weekday,
    _period_end,
    _relative,
    _numeric,
    _month_and_day,
    _day_of_month,
)


def day_of(asked: Asked) -> date | None:
    """The day meant, or None if no rule knows the words; InvalidInput for a day that does not exist.

    A weekday may stand before a date ("fri 5 dec"); it has to be the right one.
    """
    if found := re.fullmatch(rf"({_DAY})\s(\d.*)", asked.text):
        day = day_of(asked._replace(text=found[2]))
        if day is not None and WEEKDAYS[day.weekday()] != found[1]:
            raise InvalidInput(f"{day.isoformat()} is a {WEEKDAY_NAMES[day.weekday()]}")
        return day
    return next((day for rule in _RULES if (day := rule(asked)) is not None), None)
