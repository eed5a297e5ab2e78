"""Days and amounts typed into a dialog, read with a sentence for whatever cannot be meant."""

from datetime import date, datetime

from pipeboard.domain.dates import describe_day, parse_when
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.money import format_money, parse_money, to_minor
from pipeboard.domain.text import printable
from pipeboard.tui.dialogs.echo import Describe, Echo, told


def read_closing_day(text: str, now_local: datetime, today: date) -> date:
    """The day something was closed: today or before. InvalidInput says what is wrong."""
    day = _read_day(text, now_local, is_past=True)
    if day > today:
        raise InvalidInput(f"{describe_day(day, today)}, has not come yet; a deal is closed today or before.")
    return day


def read_waking_day(text: str, now_local: datetime, today: date) -> date:
    """A day after today. InvalidInput says what is wrong."""
    day = _read_day(text, now_local, is_past=False)
    if day <= today:
        raise InvalidInput(f"{describe_day(day, today)}: the day to wake up must be after today.")
    return day


def _read_day(text: str, now_local: datetime, *, is_past: bool) -> date:
    """A day without a time."""
    if not text.strip():
        raise InvalidInput("Type a day, for example today, fri, 1 dec or 2026-12-01.")
    when = parse_when(text, now_local, is_past=is_past)
    if when.at is not None:
        raise InvalidInput("Only the day is kept; leave out the time.")
    return when.on


def read_value(text: str, currency: str) -> int:
    """An amount in minor units of the deal's currency. InvalidInput says what is wrong."""
    money = parse_money(text, home=currency)
    if money is None:
        raise InvalidInput(f'"{printable(text)[:40]}" is not an amount. Try 12000, 12k or 1 200.50.')
    if money.currency not in (None, currency):
        raise InvalidInput(f"The deal is in {currency}; type the amount in {currency}, not {money.currency}.")
    minor = to_minor(money.amount, currency)
    if minor < 0:
        raise InvalidInput("A deal is not worth less than nothing; type an amount of 0 or more.")
    return minor


def closing_day_echo(now_local: datetime, today: date) -> Describe:
    """Tells a typed closing day back in words."""

    def describe(text: str) -> Echo:
        return told(describe_day(read_closing_day(text, now_local, today), today))

    return describe


def waking_day_echo(now_local: datetime, today: date) -> Describe:
    """Tells a typed waking day back in words."""

    def describe(text: str) -> Echo:
        return told(describe_day(read_waking_day(text, now_local, today), today))

    return describe


def value_echo(currency: str, old_minor: int | None) -> Describe:
    """Tells a typed final value back, and whether it is another one; an empty field changes nothing."""

    def describe(text: str) -> Echo:
        if not text:
            return told("no value" if old_minor is None else f"stays {format_money(old_minor, currency)}")
        minor = read_value(text, currency)
        if old_minor is None or minor == old_minor:
            return told(format_money(minor, currency))
        return told(f"{format_money(minor, currency)}, was {format_money(old_minor, currency)}", "text")

    return describe
