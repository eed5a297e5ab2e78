"""Tasks that come again: the rule as stored (an RRULE), as typed, as told, and the days it gives.

Months and years are counted from the day the series began (`start + relativedelta(months=n)`), never from the
day before: a task of 31 January comes on 28 February and on 31 March. RFC 5545 leaves the short months out
instead; `calendar_rule` writes a rule so that a calendar shows the same days as this module.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count as counting
from typing import Final, NamedTuple

from pipeboard.domain.date_arithmetic import shift_months
from pipeboard.domain.date_words import MONTHS, WEEKDAY_NAMES
from pipeboard.domain.errors import InvalidInput

_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNITS: Final = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_MONTHS_OF: Final = {"MONTHLY": 1, "YEARLY": 12}
_LAST: Final = date(2100, 12, 31)
_LONGEST: Final = 200
_YEARS_LOOKED: Final = 30
_WORKING: Final = (0, 1, 2, 3, 4)
_ORDINALS: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


class Rule(NamedTuple):
    """When a task comes again.

    `weekdays` (0 is Monday) are days of the week, or with `nth` those of a month: the nth one, -1 the last.
    `month_day` is a day of the month, -1 the last one. `other` is an RRULE that says more than these fields.
    The series ends with `until`, or after `times` tasks, the first one counted.
    """

    freq: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    month_day: int | None = None
    until: date | None = None
    times: int | None = None
    other: str = ""


class Occurrence(NamedTuple):
    """A day of a series and its number; the day the series began has the number 0."""

    on: date
    number: int


# Stored


def rule_text(rule: Rule) -> str:
    """A rule as it is stored: an RRULE without its name."""
    if rule.other:
        return rule.other
    parts = [f"FREQ={rule.freq}"]
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.weekdays:
        parts.append("BYDAY=" + ",".join(f"{rule.nth or ''}{_CODES[day]}" for day in rule.weekdays))
    if rule.month_day is not None:
        parts.append(f"BYMONTHDAY={rule.month_day}")
    if rule.until is not None:
        parts.append(f"UNTIL={rule.until:%Y%m%d}")
    if rule.times is not None:
        parts.append(f"COUNT={rule.times}")
    return ";".join(parts)


def rule_of(text: str) -> Rule:
    """The rule of a stored text or of any RRULE of whole days. InvalidInput says what is wrong with it."""
    plain = re.sub(r"^RRULE:", "", text.strip().upper())
    parts = dict(part.partition("=")[::2] for part in plain.split(";") if part)
    freq = parts.get("FREQ", "")
    if freq not in _UNITS or len(plain) > _LONGEST:
        raise InvalidInput(f"“{text[:60]}” is no rule for days: FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY.")
    try:
        return _plain_rule(freq, dict(parts)) or _other_rule(freq, plain, parts)
    except (ValueError, KeyError, TypeError):
        raise InvalidInput(
            f"“{text[:60]}” is no rule that can be read. Try every:2w or FREQ=WEEKLY;BYDAY=MO."
        ) from None


def _plain_rule(freq: str, parts: dict[str, str]) -> Rule | None:
    """A rule that the fields of `Rule` can say; None where it says more."""
    del parts["FREQ"]
    interval, times = int(parts.pop("INTERVAL", 1)), parts.pop("COUNT", None)
    until = _until(parts.pop("UNTIL", ""))
    by_day, month_day = parts.pop("BYDAY", ""), parts.pop("BYMONTHDAY", "")
    if parts.pop("WKST", "MO") != "MO" or parts or not 1 <= interval <= 999 or (by_day and month_day):
        return None
    rule = Rule(freq, interval, until=until, times=int(times) if times else None)
    if rule.times is not None and rule.times < 1:
        raise ValueError(times)
    if month_day:
        on = int(month_day) if freq == "MONTHLY" and "," not in month_day else 0
        return rule._replace(month_day=on) if 1 <= on <= 31 or on == -1 else None
    if not by_day:
        return rule
    codes = re.findall(r"(-?\d)?(MO|TU|WE|TH|FR|SA|SU)(?:,|$)", by_day)
    places = {int(nth) if nth else None for nth, _ in codes}
    days = tuple(sorted({_CODES.index(code) for _, code in codes}))
    is_whole = len(codes) == by_day.count(",") + 1
    if is_whole and freq == "WEEKLY" and places == {None}:
        return rule._replace(weekdays=days)
    if is_whole and freq == "MONTHLY" and len(codes) == 1 and places <= set(_ORDINALS):
        return rule._replace(weekdays=days, nth=places.pop())
    return None


def _until(text: str) -> date | None:
    return datetime.strptime(text[:8], "%Y%m%d").date() if text else None  # noqa: DTZ007 - a day has no zone


def _other_rule(freq: str, plain: str, parts: dict[str, str]) -> Rule:
    """A rule that dateutil has to carry out; refused when it never comes."""
    if {"BYHOUR", "BYMINUTE", "BYSECOND"} & set(parts):
        raise InvalidInput("A task comes again on days; hours, minutes and seconds cannot be repeated.")
    rule = Rule(freq, until=_until(parts.get("UNTIL", "")), other=plain)
    start = date(2024, 1, 1)
    if next(_by_dateutil(rule._replace(until=None, other=_without(plain, "UNTIL")), start), None) is None:
        raise InvalidInput(f"“{plain[:60]}” never comes.")
    return rule


def _without(plain: str, name: str) -> str:
    return ";".join(part for part in plain.split(";") if not part.startswith(f"{name}="))


# The days


def days_after(rule: Rule, anchor: date) -> Iterator[date]:
    """The days of a series after the one it began on, in order, as long as the rule lasts."""
    source = _by_dateutil(rule, anchor) if rule.other else _by_fields(rule, anchor)
    for number, on in enumerate(source, 1):
        if on > min(rule.until or _LAST, _LAST) or (rule.times is not None and number >= rule.times):
            return
        yield on


def _by_fields(rule: Rule, anchor: date) -> Iterator[date]:
    if rule.freq == "WEEKLY" and rule.weekdays:
        monday = anchor - timedelta(anchor.weekday())
        for step in counting():
            week = monday + timedelta(7 * rule.interval * step)
            yield from (on for day in rule.weekdays if (on := week + timedelta(day)) > anchor)
    elif rule.freq in _MONTHS_OF:
        for step in counting(0 if rule.weekdays or rule.month_day else 1):
            month = shift_months(anchor, step * rule.interval * _MONTHS_OF[rule.freq])
            if (on := _in_month(rule, month)) > anchor:
                yield on
    else:
        days = rule.interval * (7 if rule.freq == "WEEKLY" else 1)
        for step in counting(1):
            yield anchor + timedelta(days * step)


def _in_month(rule: Rule, like: date) -> date:
    """The day of a series in the month of a day."""
    first = like.replace(day=1)
    end = shift_months(first, 1) - timedelta(1)
    if rule.weekdays:
        (weekday,) = rule.weekdays
        if rule.nth == -1:
            return end - timedelta((end.weekday() - weekday) % 7)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * ((rule.nth or 1) - 1))
    if rule.month_day is None:
        return like
    return end if rule.month_day == -1 else first.replace(day=min(rule.month_day, end.day))


def _by_dateutil(rule: Rule, anchor: date) -> Iterator[date]:
    from dateutil.rrule import rrulestr

    start = datetime.combine(anchor, time())
    plain = _without(_without(rule.other, "UNTIL"), "COUNT")
    last = shift_months(anchor, 12 * _YEARS_LOOKED) if anchor.year + _YEARS_LOOKED < _LAST.year else _LAST
    found = iter(rrulestr(f"{plain};UNTIL={last:%Y%m%d}", dtstart=start))
    times = re.search(r"COUNT=(\d+)", rule.other)
    for number, moment in enumerate((m for m in found if m > start), 1):
        if times is not None and number >= int(times[1]):
            return
        yield moment.date()


def first_on(rule: Rule, today: date) -> date:
    """The day on which a series begins that was given none: the first one of the rule, today included."""
    if not (rule.weekdays or rule.month_day or rule.other):
        return today
    return next(days_after(rule._replace(until=None, times=None), today - timedelta(1)), today)


def following(rule: Rule, anchor: date, number: int, today: date) -> Occurrence | None:
    """What comes after the occurrence of this number: the first one after today, so that what was missed does not
    pile up. None when the series is over."""
    for at, on in enumerate(days_after(rule, anchor), 1):
        if at > number and on > today:
            return Occurrence(on, at)
    return None


# Told


def describe_rule(rule: Rule) -> str:
    """A rule in words: "every 2 weeks", "every Mon and Thu", "every month on the last day until 1 Mar 2027"."""
    until = rule.until
    end = f" until {until.day} {MONTHS[until.month - 1].capitalize()} {until.year}" if until else ""
    end += f", {rule.times} times" if rule.times else ""
    return _without_end(rule) + end


def _without_end(rule: Rule) -> str:
    unit = _UNITS[rule.freq]
    if rule.other:
        return f"by the rule {rule.other.lower()}"
    if rule.freq == "WEEKLY" and rule.weekdays:
        if rule.weekdays == _WORKING and rule.interval == 1:
            return "every working day"
        names = [WEEKDAY_NAMES[day] if len(rule.weekdays) == 1 else WEEKDAY_NAMES[day][:3] for day in rule.weekdays]
        days = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        return f"every {days}" if rule.interval == 1 else f"every {rule.interval} weeks on {days}"
    every = f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"
    if rule.weekdays:
        return f"{every} on the {_ORDINALS[rule.nth or 1]} {WEEKDAY_NAMES[rule.weekdays[0]]}"
    if rule.month_day is not None:
        return f"{every} on {'the last day' if rule.month_day == -1 else f'day {rule.month_day}'}"
    return every


def calendar_rule(rule: Rule, anchor: date) -> str:
    """The RRULE by which a calendar shows the same days: where a month is too short, its last day is named."""
    day = rule.month_day or anchor.day
    if rule.other or rule.weekdays or rule.freq not in _MONTHS_OF or day == -1 or day <= 28:
        return rule_text(rule)
    head, *others = rule_text(rule._replace(month_day=None)).split(";")
    if rule.freq == "YEARLY":
        is_leap_day = (anchor.month, anchor.day) == (2, 29)
        return ";".join([head, *others, "BYMONTH=2", "BYMONTHDAY=-1"]) if is_leap_day else rule_text(rule)
    days = ",".join(str(one) for one in range(28, day + 1))
    return ";".join([head, *others, f"BYMONTHDAY={days}", "BYSETPOS=-1"])
