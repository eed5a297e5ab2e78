"""A period as a person types it: "Q4", "last month", "30d", "2026-11", "1 sep..15 oct", "all"."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.periods import Period, last_days, month_of, parse_period, quarter_of, step, year_of

_UNITS = {"month": month_of, "quarter": quarter_of, "year": year_of}
_DAYS = re.compile(r"(?:last )?([0-9]{1,5}) ?(?:d|days?)")
_QUARTER = re.compile(r"q([1-4])")
ALL = ("all", "everything", "ever")

EXAMPLES = "month, last quarter, 2026, 2026-Q4, 2026-11, Q3, 30d, 1 sep..15 oct, all"


def read_period(text: str, today: date, day_of: Callable[[str], date]) -> Period | None:
    """The period that a text means; None for everything. `day_of` reads one day (and raises InvalidInput).

    "month", "quarter" and "year" are those of today, with "last" or "next" before them the ones beside; "30d" ends
    today; both days of "A..B" or "A to B" are included.
    """
    words = " ".join(text.lower().split())
    if words in ALL:
        return None
    for prefix, back in (("last ", -1), ("previous ", -1), ("next ", 1), ("this ", 0), ("", 0)):
        if words.startswith(prefix) and (unit := _UNITS.get(words[len(prefix) :])):
            return step(unit(today), back)
    if found := _DAYS.fullmatch(words):
        return last_days(today, int(found[1]))
    if found := _QUARTER.fullmatch(words):
        quarter = parse_period(f"{today.year}-Q{found[1]}")
        return quarter if quarter.start <= today else step(quarter, -4)
    words = words.replace(" to ", "..", 1)
    if ".." in words:
        return _between(words, today, day_of)
    try:
        return parse_period(words)
    except InvalidInput:
        raise InvalidInput(f"{text.strip()[:40]!r} is no period. Write for example {EXAMPLES}.") from None


def _between(words: str, today: date, day_of: Callable[[str], date]) -> Period:
    """The days from the one before the dots to the one after them; nothing after them means today."""
    since, _, until = (part.strip() for part in words.partition(".."))
    if not since:
        raise InvalidInput("Write the first day before the two dots: 1 sep..15 oct.")
    first, last = day_of(since), day_of(until) if until else today
    if last < first:
        raise InvalidInput(f"The period ends ({last}) before it begins ({first}).")
    return Period(first, last + timedelta(days=1))
