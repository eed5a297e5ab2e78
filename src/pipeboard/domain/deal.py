"""The deal as a value, and what may be said about its fields."""

from datetime import date, datetime
from typing import NamedTuple

from pipeboard.domain.stage import DealStatus


class Deal(NamedTuple):
    """A deal with every field that the history keeps, plus its version. Meanings: see `Card` and DOMAIN.md 1.1."""

    id: int
    version: int
    deleted: int
    pipeline_id: int
    stage_id: int
    status: DealStatus
    rank: int
    title: str
    company_id: int | None
    contact_id: int | None
    owner_id: int | None
    value_minor: int | None
    cost_minor: int | None
    currency: str
    recurring_months: int | None
    probability: int | None
    is_hot: int
    product: str
    source: str
    tags: str
    notes: str
    extra: str
    attention: str
    bant: str
    forecast_category: str | None
    created_at: datetime | None
    created_on: date | None
    started_on: date | None
    expected_close_on: date | None
    closed_on: date | None
    payment_on: date | None
    wake_on: date | None
    park_reason: str
    lost_reason_id: int | None
    close_note: str
    closed_from_stage_id: int | None
    rate_at_close_nano: int | None
    external_source: str | None
    external_id: str | None
    import_run_id: int | None
    criteria_done: str
    link: str
    copied_from_id: int | None
    closed_owner_id: int | None


def tag_list(tags: str) -> tuple[str, ...]:
    """The stored tag text as separate tags, in the order they were given."""
    return tuple(tags.split())


def tag_text(tags: tuple[str, ...] | list[str]) -> str:
    """Tags as they are stored: single words, first occurrence kept, separated by one space."""
    words = (word.lstrip("#").replace(" ", "-") for word in tags)
    return " ".join(dict.fromkeys(word for word in words if word))
