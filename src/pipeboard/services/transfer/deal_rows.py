"""Deals as rows of an export: one column for everything that is known, typed, custom fields behind."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from pipeboard.domain.extras import custom_fields
from pipeboard.domain.money import exponent
from pipeboard.services.listing import ListedDeal
from pipeboard.storage.hot.exporting import DealRest

Cell = str | int | Decimal | date | datetime | None


class Column(NamedTuple):
    """A column: its name in the header, what is in it, and how a spreadsheet shows it.

    `kind` is text, money, day, number or percent; `width` counts characters.
    """

    name: str
    value: Callable[[ListedDeal, DealRest], Cell]
    kind: str = "text"
    width: int = 14


def amount(minor: int | None, currency: str) -> Decimal | None:
    """Minor units as an exact number of the currency, with all its places."""
    return None if minor is None else Decimal(minor).scaleb(-exponent(currency))


def _next_due(deal: ListedDeal, _: DealRest) -> Cell:
    return deal.row.task_snoozed_until or deal.row.task_due_on


COLUMNS: tuple[Column, ...] = (
    Column("id", lambda d, _: d.row.id, "number", 7),
    Column("title", lambda d, _: d.row.title, "text", 32),
    Column("company", lambda d, _: d.row.company, "text", 22),
    Column("contact", lambda d, _: d.row.contact, "text", 20),
    Column("contact job", lambda _, r: r.contact_job),
    Column("contact email", lambda _, r: r.contact_email, "text", 24),
    Column("contact phone", lambda _, r: r.contact_phone, "text", 16),
    Column("company website", lambda _, r: r.company_website),
    Column("owner", lambda d, _: d.row.owner, "text", 16),
    Column("pipeline", lambda d, _: d.row.pipeline, "text", 14),
    Column("stage", lambda d, _: d.row.stage, "text", 16),
    Column("status", lambda d, _: d.status.name.lower(), "text", 8),
    Column("value", lambda d, _: amount(d.row.value_minor, d.row.currency), "money"),
    Column("currency", lambda d, _: d.row.currency, "text", 9),
    Column("weighted value", lambda d, _: amount(d.weighted_minor, d.row.currency), "money"),
    Column("cost", lambda d, r: amount(r.cost_minor, d.row.currency), "money"),
    Column("probability", lambda _, r: r.probability, "percent", 11),
    Column("recurring months", lambda _, r: r.recurring_months, "number", 8),
    Column("product", lambda d, _: d.row.product),
    Column("source", lambda d, _: d.row.source),
    Column("tags", lambda d, _: d.row.tags),
    Column("hot", lambda d, _: "yes" if d.row.is_hot else "", "text", 5),
    Column("attention", lambda _, r: r.attention),
    Column("forecast category", lambda _, r: r.forecast_category or ""),
    Column("created", lambda _, r: r.created_on, "day", 11),
    Column("start date", lambda d, _: d.row.started_on, "day", 11),
    Column("expected close date", lambda d, _: d.row.expected_close_on, "day", 11),
    Column("closed on", lambda d, _: d.row.closed_on, "day", 11),
    Column("payment date", lambda d, _: d.row.payment_on, "day", 11),
    Column("wakes on", lambda d, _: d.row.wake_on, "day", 11),
    Column("stage entered", lambda d, _: d.row.entered_on if d.row.is_entry_known else None, "day", 11),
    Column("lost reason", lambda d, _: d.row.lost_reason),
    Column("lost at stage", lambda _, r: r.closed_from),
    Column("close note", lambda _, r: r.close_note),
    Column("park reason", lambda _, r: r.park_reason),
    Column("next step", lambda d, _: d.row.task_title, "text", 24),
    Column("next step due", _next_due, "day", 11),
    Column("link", lambda _, r: r.link),
    Column("notes", lambda _, r: r.notes, "text", 40),
)
"""Every column, in order. The names are such that importing the file finds each field by itself."""


def custom_names(rests: Sequence[DealRest]) -> tuple[str, ...]:
    """The names of the custom fields that occur, sorted: the columns do not hang on the ids of the deals."""
    names = sorted({field.name for rest in rests for field in custom_fields(rest.extra) if field.name})
    taken = {column.name for column in COLUMNS}
    return tuple(name for name in names if name.casefold() not in taken)


def rows(deals: Sequence[ListedDeal], rests: dict[int, DealRest], custom: Sequence[str]) -> Iterator[list[Cell]]:
    """One row for each deal: the columns, then its custom fields."""
    for deal in deals:
        rest = rests[deal.row.id]
        extra: dict[str, Any] = {field.name: field.text for field in custom_fields(rest.extra)}
        yield [*(column.value(deal, rest) for column in COLUMNS), *(extra.get(name, "") for name in custom)]
