"""Checking the values that a person gives for a deal's fields, before anything is written."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pipeboard.domain.attention import flag_text
from pipeboard.domain.commands import EDITABLE
from pipeboard.domain.deal import Deal, tag_text
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.money import LARGEST_MINOR, is_currency
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.text import clean
from pipeboard.services.handlers.names import company_id_of, contact_id_of
from pipeboard.storage.hot.products import catalogue_for
from pipeboard.storage.transaction import Transaction

CATEGORIES = ("pipeline", "best", "commit", "omitted")
_COLUMN = {"company": "company_id", "contact": "contact_id"}


def validated(tx: Transaction, changes: Mapping[str, Any], *, subject: Sequence[Deal] = ()) -> dict[str, Any]:
    """The changes as column values; InvalidInput names the field that cannot be used and why."""
    values: dict[str, Any] = {}
    for field, value in changes.items():
        if field not in EDITABLE:
            raise InvalidInput(f"{field!r} is no field that can be set. Fields: {', '.join(EDITABLE)}.")
        values[_COLUMN.get(field, field)] = _checked(tx, field, value)
    _check_together(values, subject)
    return values


def _checked(tx: Transaction, field: str, value: Any) -> Any:
    kind = EDITABLE[field]
    words = field.replace("_", " ")
    if kind == "company":
        return company_id_of(tx, value or "")
    if kind == "contact":
        return contact_id_of(tx, value or "", None)
    if kind == "tags":
        return tag_text([clean(tag) for tag in (value.split() if isinstance(value, str) else value or ())])
    if kind == "flags":
        return flag_text(value or "")
    if kind in ("text", "long text"):
        text = _text(field, value, is_long=kind == "long text")
        return catalogue_for(tx.sql, text).spelt(text) if field == "product" and text else text
    if kind == "flag":
        return int(bool(value))
    if value is None:
        if kind == "currency":
            raise InvalidInput("A deal needs a currency.")
        return None
    if kind == "money":
        return _whole(words, value, -LARGEST_MINOR, LARGEST_MINOR)
    if kind == "months":
        return _whole(words, value, 1, 120)
    if kind == "percent":
        return _whole(words, value, 0, 100)
    if kind == "owner":
        if tx.sql.value("SELECT 1 FROM owner WHERE id = ? AND deleted = 0", (value,)) is None:
            raise InvalidInput(f"There is no owner {value}.")
        return value
    return _of_kind(kind, words, value)


def _of_kind(kind: str, words: str, value: Any) -> Any:
    if kind == "date" and not isinstance(value, date):
        raise InvalidInput(f"{words} must be a day, not {value!r}.")
    if kind == "currency" and not is_currency(str(value)):
        raise InvalidInput(f"{value!r} is no ISO 4217 currency code such as EUR or USD.")
    if kind == "category" and value not in CATEGORIES:
        raise InvalidInput(f"{value!r} is no forecast category. Categories: {', '.join(CATEGORIES)}.")
    return value


def _text(field: str, value: Any, *, is_long: bool) -> str:
    text = clean(str(value or ""), is_multiline=is_long)
    if field == "title" and not text:
        raise InvalidInput("A deal needs a title.")
    return text


def _whole(words: str, value: Any, low: int, high: int) -> int:
    if not isinstance(value, int) or not low <= value <= high:
        limits = f"from {low} to {high}" if high <= 1000 else "smaller"
        raise InvalidInput(f"{words} is {value}; it must be a whole number {limits}.")
    return value


def _check_together(values: Mapping[str, Any], subject: Sequence[Deal]) -> None:
    if "closed_on" in values:
        for deal in subject:
            if deal.status not in (DealStatus.WON, DealStatus.LOST):
                raise InvalidInput(f"“{deal.title}” is not closed, so it has no day of closing.")
            if values["closed_on"] is None:
                raise InvalidInput(f"“{deal.title}” is closed and needs its day of closing; reopen it instead.")
    if "wake_on" in values:
        for deal in subject:
            if deal.status != DealStatus.PARKED:
                raise InvalidInput(f"“{deal.title}” is not parked, so it has no day to wake up.")
            if values["wake_on"] is None:
                raise InvalidInput(f"“{deal.title}” is parked and needs its day to wake up; reopen it instead.")
    if values.get("expected_close_on") is not None:
        for deal in subject:
            if deal.status in (DealStatus.WON, DealStatus.LOST):
                raise InvalidInput(f"“{deal.title}” is closed; its day of closing is `closed_on`.")
