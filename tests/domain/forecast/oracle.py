"""The figures of a forecast worked out the long way, from plain dictionaries: never with the code under test."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Row = dict[str, Any]


def cents(amount: Fraction) -> int:
    """Rounded half to even."""
    whole, rest = divmod(amount.numerator, amount.denominator)
    twice = 2 * rest
    return whole + (twice > amount.denominator or (twice == amount.denominator and whole % 2 == 1))


def full(rows: list[Row]) -> int:
    """The values that there are."""
    return sum(row["value"] for row in rows if row["value"] is not None)


def share(rows: list[Row]) -> int:
    """The same by probability, won ones whole, rounded once."""
    found = Fraction(0)
    for row in rows:
        if row["value"] is not None:
            found += Fraction(row["value"] * (100 if row["is_won"] else row["percent"]), 100)
    return cents(found)


def in_month(day: date | None, month: str) -> bool:
    return day is not None and day.isoformat()[:7] == month


def month(rows: list[Row], name: str, today: date) -> tuple[int, int, int, int]:
    """Won, weighted, best and number of deals of a month."""
    won = [row for row in rows if row["is_won"] and in_month(row["closed_on"], name)]
    coming = [r for r in rows if not r["is_won"] and in_month(r["close_on"], name) and not r["close_on"] < today]
    return full(won), share(coming), full(coming), len(won) + len(coming)


def overdue(rows: list[Row], today: date) -> tuple[int, int, int]:
    """Value, weighted and number of the deals that should have closed."""
    late = [row for row in rows if not row["is_won"] and row["close_on"] is not None and row["close_on"] < today]
    return full(late), share(late), len(late)


def undated(rows: list[Row]) -> tuple[int, int, int]:
    """The same of those without a day."""
    found = [row for row in rows if not row["is_won"] and row["close_on"] is None]
    return full(found), share(found), len(found)


def horizon(rows: list[Row], today: date, days: int) -> tuple[int, int, int]:
    """The same of those that are to close on one of the next days, the first of them today."""
    window = {today + timedelta(days=place) for place in range(days)}
    found = [row for row in rows if not row["is_won"] and row["close_on"] in window]
    return full(found), share(found), len(found)


def workday_share(start: date, end: date, today: date) -> Fraction:
    """The share of the weekdays of a period that have begun, counted one by one."""
    every = [start + timedelta(days=place) for place in range((end - start).days)]
    weekdays = [day for day in every if day.isoweekday() <= 5]
    return Fraction(sum(day <= today for day in weekdays), len(weekdays))


def walk(stages: list[str], rates: dict[str, dict[str, Fraction]], counts: dict[str, Fraction], days: int) -> Any:
    """What is where after so many days, moving the shares of every stage at once."""
    here = dict(counts)
    for _ in range(days):
        after = dict(here)
        for stage in stages:
            for where, part in rates[stage].items():
                after[stage] -= here[stage] * part
                after[where] = after.get(where, Fraction(0)) + here[stage] * part
        here = after
    return here
