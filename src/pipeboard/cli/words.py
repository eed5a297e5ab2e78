"""What is said in the same words by several verbs: money, days, and what a person typed for them."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from pipeboard.domain.dates import parse_when, short_day
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.money import format_money, parse_money, to_minor

if TYPE_CHECKING:
    from pipeboard.services.agenda import AgendaTask


def money(minor: int | None, currency: str) -> str:
    """An amount as text; empty when there is none."""
    return "" if minor is None else format_money(minor, currency)


def day_text(on: date | None, today: date) -> str:
    """A day as text; empty when there is none."""
    return "" if on is None else short_day(on, today)


def late_or_day(on: date | None, at: time | None, today: date) -> str:
    """When something is due: "late 5d", "today 15:00", "fri"."""
    if on is None:
        return ""
    if on < today:
        return f"late {(today - on).days}d"
    return short_day(on, today) + (f" {at:%H:%M}" if at is not None else "")


def when_words(task: "AgendaTask", today: date) -> str:
    """When a task is due and until when it is put off: "late 2d", "snoozed, mon (late 2d)", "today (due 31 jan)"."""
    due, until = task.due_on, task.snoozed_until
    if until is None or (until <= today and (due is None or due <= today)):
        return late_or_day(due or until, task.due_time, today)
    is_asleep = until > today
    shown = f"snoozed, {late_or_day(until, None, today)}" if is_asleep else "today"
    if due is None:
        return shown
    return f"{shown} ({'' if due < today else 'due '}{late_or_day(due, None, today)})"


def typed_day(text: str, now: datetime, option: str, *, is_past: bool = False) -> date:
    """The day that an option means; a usage error that names the option when it is none."""
    try:
        return parse_when(text, now, is_past=is_past).on
    except InvalidInput as error:
        import click  # the board as plain text needs these words and no parser

        raise click.BadParameter(str(error), param_hint=option) from None


def typed_money(text: str, currency: str, home: str) -> tuple[int, str]:
    """An amount in minor units and its currency: the one that was typed, else `currency`."""
    found = parse_money(text, home=home)
    if found is None:
        raise InvalidInput(f"{text[:60]!r} is no amount of money. Write for example 12000, 12k or €1,200.50.")
    named = found.currency or currency
    return to_minor(found.amount, named), named


def count_of(count: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 deal", "1,200 deals"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
