"""The tables around the deals: products, views, targets, spend, reviews, and what has rung, fired or been decided.

Only `tables` imports this.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Date, Text, UniqueConstraint
from sqlmodel import Field, UTCDateTime

from pipeboard.storage.columns import AUTOINCREMENT, Table, flag, identity, reference
from pipeboard.storage.types import BigId


class ProductRow(Table, table=True):
    """Something that is sold. A row with `merged_into_id` is no product but another spelling of that one.

    `name_norm` and `code_norm` are `domain.products.product_key` of name and code; a NULL price is not 0.
    """

    __tablename__ = "product"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint("price_minor IS NULL OR currency IS NOT NULL", name="price"),
        AUTOINCREMENT,
    )
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    name: str = Field(sa_type=Text)
    name_norm: str = Field(sa_type=Text, index=True)
    code: str | None = Field(default=None, sa_type=Text)
    code_norm: str | None = Field(default=None, sa_type=Text, index=True)
    category: str | None = Field(default=None, sa_type=Text)
    price_minor: int | None = Field(default=None, sa_type=BigId)
    currency: str | None = Field(default=None, sa_type=Text)
    notes: str | None = Field(default=None, sa_type=Text)
    is_archived: int = flag()
    merged_into_id: int | None = Field(default=None, sa_type=BigId)
    external_source: str | None = Field(default=None, sa_type=Text)
    external_id: str | None = Field(default=None, sa_type=Text)


class SavedViewRow(Table, table=True):
    """A filter (and an order) kept under a name; `owner_id` None: everybody's."""

    __tablename__ = "saved_view"
    __table_args__: ClassVar[Any] = (AUTOINCREMENT,)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    name: str = Field(sa_type=Text)
    name_norm: str = Field(sa_type=Text)
    filter: str = Field(default="", sa_type=Text)
    sort: str = Field(default="", sa_type=Text)
    owner_id: int | None = reference("owner")
    position: int = Field(default=0, sa_type=BigId)


class QuotaRow(Table, table=True):
    """A target of a person or (None) everybody, in a pipeline or (None) all, for a period like 2026-Q4 or 2026-11.

    `measure` is "value" (then `amount_minor` of `currency`) or "count" (then `deals`).
    """

    __tablename__ = "quota"
    __table_args__: ClassVar[Any] = (AUTOINCREMENT,)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    owner_id: int | None = reference("owner")
    pipeline_id: int | None = reference("pipeline")
    period: str = Field(sa_type=Text, index=True)
    measure: str = Field(default="value", sa_type=Text)
    amount_minor: int | None = Field(default=None, sa_type=BigId)
    currency: str | None = Field(default=None, sa_type=Text)
    deals: int | None = Field(default=None, sa_type=BigId)


class SpendRow(Table, table=True):
    """Money spent on winning customers, on a day, for a source or in general."""

    __tablename__ = "spend"
    __table_args__: ClassVar[Any] = (AUTOINCREMENT,)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    spent_on: date = Field(sa_type=Date, index=True)
    source: str = Field(default="", sa_type=Text)
    amount_minor: int = Field(sa_type=BigId)
    currency: str = Field(sa_type=Text)
    note: str = Field(default="", sa_type=Text)


class ReviewRow(Table, table=True):
    """A held pipeline meeting, with its record in Markdown."""

    __tablename__ = "review"
    __table_args__: ClassVar[Any] = (AUTOINCREMENT,)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    pipeline_id: int | None = reference("pipeline")
    held_by_id: int | None = reference("owner")
    held_at: datetime = Field(sa_type=UTCDateTime)
    notes: str = Field(default="", sa_type=Text)
    record: str = Field(default="", sa_type=Text)


class DismissalRow(Table, table=True):
    """A suggestion about a deal that somebody does not want to see until a day (None: never again)."""

    __tablename__ = "dismissal"
    __table_args__: ClassVar[Any] = (AUTOINCREMENT,)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    deal_id: int = Field(sa_type=BigId, foreign_key="deal.id", index=True)
    kind: str = Field(sa_type=Text)
    until_on: date | None = Field(default=None, sa_type=Date)


class RingRow(Table, table=True):
    """A reminder that has rung: written before it rings, so that of several terminals one rings. No history."""

    __tablename__ = "ring"
    __table_args__: ClassVar[Any] = (UniqueConstraint("task_id", "remind_at"),)
    id: int | None = identity()
    task_id: int = Field(sa_type=BigId)
    remind_at: datetime = Field(sa_type=UTCDateTime)
    rung_at: datetime = Field(sa_type=UTCDateTime)
    client_id: str = Field(sa_type=Text)


class RuleFiringRow(Table, table=True):
    """A rule that has fired for a deal, so that it fires once for one cause.

    `cause` is an event's id or a day. No history.
    """

    __tablename__ = "rule_firing"
    __table_args__: ClassVar[Any] = (UniqueConstraint("rule", "deal_id", "cause"),)
    id: int | None = identity()
    rule: str = Field(sa_type=Text)
    deal_id: int = Field(sa_type=BigId)
    cause: str = Field(sa_type=Text)
    fired_at: datetime = Field(sa_type=UTCDateTime)
    action_id: int | None = Field(default=None, sa_type=BigId)


class ImportMappingRow(Table, table=True):
    """What a person decided about files with this header, remembered for the next one. No history."""

    __tablename__ = "import_mapping"
    __table_args__: ClassVar[Any] = (UniqueConstraint("header_hash"),)
    id: int | None = identity()
    header_hash: str = Field(sa_type=Text)
    mapping: str = Field(sa_type=Text)
    updated_at: datetime = Field(sa_type=UTCDateTime)
