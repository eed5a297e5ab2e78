"""Companies that merge, criteria, saved views, quotas, spend, reviews, recurring tasks, reminders and rules."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
EMPTY = sa.text("''")
ZERO = sa.text("0")


def _columns() -> dict[str, tuple[sa.Column[Any], ...]]:
    """New columns by table; made anew each time, because a column belongs to one table for good."""
    return {
        "company": (
            sa.Column("external_source", sa.Text(), nullable=True),
            sa.Column("external_id", sa.Text(), nullable=True),
            sa.Column("merged_into_id", BIG, nullable=True),
        ),
        "contact": (
            sa.Column("notes", sa.Text(), nullable=True),
            sa.Column("external_source", sa.Text(), nullable=True),
            sa.Column("external_id", sa.Text(), nullable=True),
            sa.Column("merged_into_id", BIG, nullable=True),
        ),
        "deal": (
            sa.Column("criteria_done", sa.Text(), server_default=EMPTY, nullable=False),
            sa.Column("link", sa.Text(), server_default=EMPTY, nullable=False),
            sa.Column("copied_from_id", BIG, nullable=True),
            sa.Column("closed_owner_id", BIG, nullable=True),
        ),
        "task": (
            sa.Column("position", BIG, nullable=True),
            sa.Column("anchor_on", sa.Date(), nullable=True),
            sa.Column("occurrence", BIG, server_default=ZERO, nullable=False),
            sa.Column("external_id", sa.Text(), nullable=True),
        ),
        "activity": (sa.Column("external_id", sa.Text(), nullable=True),),
    }


def upgrade() -> None:
    """Add columns that are empty in what is there, and new tables; no row is touched."""
    for table, columns in _columns().items():
        for column in columns:
            op.add_column(table, column)
    op.create_index("event_at", "event", ["at"], unique=False)
    _with_history(
        "saved_view",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_norm", sa.Text(), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("owner_id", BIG, nullable=True),
        sa.Column("position", BIG, nullable=False),
        _reference("saved_view", "owner_id", "owner"),
    )
    _with_history(
        "quota",
        sa.Column("owner_id", BIG, nullable=True),
        sa.Column("pipeline_id", BIG, nullable=True),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("amount_minor", BIG, nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("deals", BIG, nullable=True),
        _reference("quota", "owner_id", "owner"),
        _reference("quota", "pipeline_id", "pipeline"),
    )
    op.create_index(op.f("ix_quota_period"), "quota", ["period"], unique=False)
    _with_history(
        "spend",
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("amount_minor", BIG, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_spend_spent_on"), "spend", ["spent_on"], unique=False)
    _with_history(
        "review",
        sa.Column("pipeline_id", BIG, nullable=True),
        sa.Column("held_by_id", BIG, nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        _reference("review", "pipeline_id", "pipeline"),
        _reference("review", "held_by_id", "owner"),
    )
    _with_history(
        "dismissal",
        sa.Column("deal_id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        _reference("dismissal", "deal_id", "deal"),
    )
    op.create_index(op.f("ix_dismissal_deal_id"), "dismissal", ["deal_id"], unique=False)
    op.create_table(
        "ring",
        sa.Column("id", BIG, nullable=False),
        sa.Column("task_id", BIG, nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rung_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ring")),
        sa.UniqueConstraint("task_id", "remind_at", name=op.f("uq_ring_task_id_remind_at")),
    )
    op.create_table(
        "rule_firing",
        sa.Column("id", BIG, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("deal_id", BIG, nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("fired_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action_id", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_firing")),
        sa.UniqueConstraint("rule", "deal_id", "cause", name=op.f("uq_rule_firing_rule_deal_id_cause")),
    )
    op.create_table(
        "import_mapping",
        sa.Column("id", BIG, nullable=False),
        sa.Column("header_hash", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("header_hash", name=op.f("uq_import_mapping_header_hash")),
    )


def _with_history(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("deleted", sa.SmallInteger(), server_default=ZERO, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_autoincrement=True,
    )


def _reference(name: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}_{table}"))
