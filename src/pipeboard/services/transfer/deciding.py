"""How each column of a file writes its days and numbers, decided before any row is read."""

from collections.abc import Mapping
from typing import NamedTuple

from pipeboard.domain.imports.date_columns import DateColumn, decide_dates
from pipeboard.domain.imports.details import exact_numbers
from pipeboard.domain.imports.fields import DATE_FIELDS
from pipeboard.domain.imports.headers import header_currency
from pipeboard.domain.imports.mapping import HeaderMap
from pipeboard.domain.imports.number_columns import NumberColumn, decide_numbers, decide_percents
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.transfer.reading import Table
from pipeboard.services.transfer.surveying import Survey


class Columns(NamedTuple):
    """The decisions on all columns of dates and numbers.

    `entered` are columns, by place, that tell when a stage was entered. `joined` are the places of columns whose
    order of day and month the other columns of the same export have settled.
    """

    dates: dict[str, DateColumn]
    entered: dict[int, DateColumn]
    joined: tuple[int, ...]
    value: NumberColumn
    probability: NumberColumn
    cost: NumberColumn


def decide_columns(
    seen: Survey, options: ImportOptions, currency: str, headers: HeaderMap, table: Table, *, has_one_locale: bool
) -> Columns:
    """Decide every column. With `has_one_locale` a tool wrote the file, which writes all its days in one order."""
    texts = {headers.fields[field]: seen.values[field] for field in DATE_FIELDS if field in seen.values} | seen.entered
    days = {at: decide_dates(values, options.date_order, options.zone) for at, values in texts.items()}
    joined: tuple[int, ...] = ()
    shown = {order for column in days.values() for order in column.shown}
    if has_one_locale and len(shown) == 1:
        order = shown.pop()
        joined = tuple(at for at, column in days.items() if column.doubt)
        days |= {at: decide_dates(texts[at], order, options.zone) for at in joined}
    at = headers.fields.get("value")
    home = (header_currency(table.header[at], currency) if at is not None else None) or currency
    amounts = [sorted(seen.values.get(field, ())) for field in ("value", "cost")]
    exact = [exact_numbers(texts) if table.is_own else None for texts in amounts]
    value, cost = (known or decide_numbers(texts, home) for known, texts in zip(exact, amounts, strict=True))
    return Columns(
        {field: days[headers.fields[field]] for field in DATE_FIELDS if field in seen.values},
        {at: days[at] for at in seen.entered},
        joined,
        value,
        decide_percents(seen.values.get("probability", ()), is_sheet=table.source.kind == "workbook"),
        cost,
    )


def column_doubts(table: Table, headers: HeaderMap, columns: Columns) -> list[str]:
    """One sentence for every column of dates that could be read in two ways."""
    return [
        f"Column {table.columns[at]!r}: {column.doubt}; say --dates dmy or --dates mdy."
        for at, column in _by_place(headers, columns).items()
        if column.doubt
    ]


def joined_warnings(table: Table, headers: HeaderMap, columns: Columns) -> list[str]:
    """One sentence for every column that is read as the other columns of its export are."""
    days = _by_place(headers, columns)
    return [
        f"Column {table.columns[at]!r} was read as {days[at].rule}, as the other days of this export are written."
        for at in columns.joined
    ]


def number_rules(table: Table, headers: HeaderMap, columns: Columns) -> dict[str, str]:
    """The rules of the number columns that the file has."""
    rules = {"value": columns.value.rule, "cost": columns.cost.rule, "probability": columns.probability.rule}
    return {table.columns[headers.fields[f]]: rule for f, rule in rules.items() if f in headers.fields}


def _by_place(headers: HeaderMap, columns: Columns) -> Mapping[int, DateColumn]:
    """All columns of days by their place in the file."""
    return {headers.fields[field]: column for field, column in columns.dates.items()} | columns.entered
