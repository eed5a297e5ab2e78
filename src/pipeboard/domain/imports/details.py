"""The cells of a row that most files lack: what our own export tells of a deal besides the usual."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from pipeboard.domain.attention import flag_text
from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.domain.imports.drafts import Details
from pipeboard.domain.imports.number_columns import NO_NUMBER, NumberColumn, why_no_number
from pipeboard.domain.imports.status import flag
from pipeboard.domain.money import to_minor
from pipeboard.domain.money_text import ParsedMoney
from pipeboard.domain.text import clean

DETAIL_FIELDS: Final = (
    "contact_job",
    "company_website",
    "cost",
    "recurring_months",
    "hot",
    "attention",
    "forecast_category",
    "wakes_on",
    "park_reason",
    "close_note",
    "link",
    "next_step_due",
)
"""What a column may mean of these."""

_LONG: Final = ("park_reason", "close_note")
_MOST_MONTHS: Final = 120
CATEGORIES: Final = ("pipeline", "best", "commit", "omitted")
"""The categories of a forecast."""

_EXACT: Final = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,6})?", re.ASCII)


class BadCell(Exception):
    """A cell that cannot be used: the field (or ""), its text and the reason."""


def exact_numbers(values: Sequence[str]) -> NumberColumn | None:
    """Amounts as our own export writes them, where a point is the decimal mark; None when one is written otherwise."""
    texts = [value for value in values if value.strip() not in NO_NUMBER]
    if not all(_EXACT.fullmatch(text) for text in texts):
        return None
    return NumberColumn("decimal point", {text: ParsedMoney(Decimal(text), None) for text in texts})


def read_details(
    row: Sequence[str],
    fields: Mapping[str, int],
    days: Mapping[str, date],
    costs: NumberColumn,
    currency: str,
) -> Details | None:
    """The details of a row; None when it has none. Raises BadCell."""
    said = {name: row[at] for name, at in fields.items() if name in DETAIL_FIELDS and row[at].strip()}
    if not said:
        return None
    text = {name: clean(cell, is_multiline=name in _LONG) for name, cell in said.items()}
    return Details(
        text.get("contact_job", ""),
        text.get("company_website", ""),
        _cost(said.get("cost", ""), costs, currency),
        _months(said.get("recurring_months", "")),
        bool(flag(said.get("hot", ""))),
        _flags(text.get("attention", "")),
        _category(text.get("forecast_category", "")),
        days.get("wakes_on"),
        text.get("park_reason", ""),
        text.get("close_note", ""),
        text.get("link", ""),
        days.get("next_step_due"),
    )


def _cost(text: str, costs: NumberColumn, currency: str) -> int | None:
    if text.strip() in NO_NUMBER:
        return None
    number = costs.numbers.get(text)
    if number is None or number.currency not in (None, currency):
        raise BadCell("cost", text, why_no_number(text, costs.rule))
    try:
        return to_minor(number.amount, currency)
    except InvalidInput as error:
        raise BadCell("cost", text, str(error)) from None


def _flags(text: str) -> str:
    try:
        return flag_text(text)
    except PipeboardError as error:
        raise BadCell("attention", text, str(error)) from None


def _category(text: str) -> str:
    if text and text.casefold() not in CATEGORIES:
        raise BadCell("forecast_category", text, f"not one of {', '.join(CATEGORIES)}")
    return text.casefold()


def _months(text: str) -> int | None:
    if not text.strip():
        return None
    if not re.fullmatch(r"[0-9]{1,4}(?:\.0)?", text.strip(), re.ASCII):
        raise BadCell("recurring_months", text, "not a number of months")
    months = int(text.strip().removesuffix(".0"))
    if not 0 < months <= _MOST_MONTHS:
        raise BadCell("recurring_months", text, "not a number of months")
    return months
