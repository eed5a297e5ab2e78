"""The tables. Nothing outside `storage` imports these.

Flags are small integers (0 or 1), so that the literal SQL of `hot` and the partial indices read the same on
both engines. Instants are sqlmodel's UTCDateTime: aware, UTC. Projection columns (marked so) are derived from
the history by `projection.py` and are the only ones that do not stand in an event's patch.
"""

from datetime import date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Date, Index, SmallInteger, Text, Time, text
from sqlmodel import Field, UTCDateTime

from pipeboard.storage import planning_tables as planning_tables  # their rows belong to the same metadata
from pipeboard.storage.columns import AUTOINCREMENT, Table, flag, identity, metadata, reference
from pipeboard.storage.types import BigId

__all__ = ["Table", "metadata"]


class WorkspaceRow(Table, table=True):
    """The one row that says what this database is about."""

    __tablename__ = "workspace"
    id: int | None = identity()
    uid: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    currency: str = Field(sa_type=Text)
    zone: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UTCDateTime)


class OwnerRow(Table, table=True):
    """A person who owns deals or does things."""

    __tablename__ = "owner"
    __table_args__: ClassVar[Any] = (AUTOINCREMENT,)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    name: str = Field(sa_type=Text)
    login: str | None = Field(default=None, sa_type=Text, index=True)


class PipelineRow(Table, table=True):
    """A pipeline."""

    __tablename__ = "pipeline"
    __table_args__: ClassVar[Any] = (AUTOINCREMENT,)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    name: str = Field(sa_type=Text)
    position: int = Field(sa_type=SmallInteger)
    is_post_sale: int = flag()


class StageRow(Table, table=True):
    """A stage of a pipeline. `kind` is domain.stage.StageKind."""

    __tablename__ = "stage"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("kind BETWEEN 0 AND 4", name="kind"),
        CheckConstraint("probability BETWEEN 0 AND 100", name="probability"),
        AUTOINCREMENT,
    )
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    pipeline_id: int = Field(sa_type=BigId, foreign_key="pipeline.id", index=True)
    name: str = Field(sa_type=Text)
    position: int = Field(sa_type=SmallInteger)
    kind: int = flag()
    probability: int = Field(default=0, sa_type=SmallInteger)
    rot_days: int | None = Field(default=None, sa_type=SmallInteger)
    counts_for_velocity: int = flag()
    forecast_category: str = Field(default="pipeline", sa_type=Text)
    deal_limit: int | None = Field(default=None, sa_type=SmallInteger)
    definition: str = Field(default="", sa_type=Text)
    exit_criteria: str = Field(default="", sa_type=Text)
    merged_into_id: int | None = reference("stage")


class CompanyRow(Table, table=True):
    """A company that buys."""

    __tablename__ = "company"
    __table_args__: ClassVar[Any] = (AUTOINCREMENT,)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    name: str = Field(sa_type=Text)
    name_norm: str = Field(sa_type=Text, index=True)
    website: str | None = Field(default=None, sa_type=Text)
    notes: str | None = Field(default=None, sa_type=Text)
    external_source: str | None = Field(default=None, sa_type=Text)
    external_id: str | None = Field(default=None, sa_type=Text)
    merged_into_id: int | None = Field(default=None, sa_type=BigId)


class ContactRow(Table, table=True):
    """A person at a company."""

    __tablename__ = "contact"
    __table_args__: ClassVar[Any] = (AUTOINCREMENT,)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    company_id: int | None = reference("company", is_indexed=True)
    name: str = Field(sa_type=Text)
    name_norm: str = Field(sa_type=Text, index=True)
    job_title: str | None = Field(default=None, sa_type=Text)
    email: str | None = Field(default=None, sa_type=Text)
    phone: str | None = Field(default=None, sa_type=Text)
    notes: str | None = Field(default=None, sa_type=Text)
    external_source: str | None = Field(default=None, sa_type=Text)
    external_id: str | None = Field(default=None, sa_type=Text)
    merged_into_id: int | None = Field(default=None, sa_type=BigId)


class LostReasonRow(Table, table=True):
    """Why a deal was lost. `is_excluded` reasons (duplicates, tests) stay out of the win rate."""

    __tablename__ = "lost_reason"
    __table_args__: ClassVar[Any] = (AUTOINCREMENT,)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    name: str = Field(sa_type=Text)
    position: int = Field(sa_type=SmallInteger)
    is_excluded: int = flag()


class RateRow(Table, table=True):
    """One unit of `currency` is `rate_nano` / 10^9 units of the workspace currency from `on_day` on."""

    __tablename__ = "rate"
    __table_args__: ClassVar[Any] = (CheckConstraint("rate_nano > 0", name="positive"), AUTOINCREMENT)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    currency: str = Field(sa_type=Text, index=True)
    on_day: date = Field(sa_type=Date)
    rate_nano: int = Field(sa_type=BigId)


class DealRow(Table, table=True):
    """A deal. Money in minor units of `currency`, probability in percent (NULL: that of the stage)."""

    __tablename__ = "deal"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("status BETWEEN 0 AND 3", name="status"),
        CheckConstraint("probability BETWEEN 0 AND 100", name="probability"),
        CheckConstraint("length(title) > 0", name="title"),
        Index(
            "deal_board",
            "stage_id",
            "rank",
            "id",
            sqlite_where=text("deleted = 0"),
            postgresql_where=text("deleted = 0"),
        ),
        Index(
            "deal_sum",
            "pipeline_id",
            "stage_id",
            "currency",
            "value_minor",
            "probability",
            "status",
            "deleted",
            sqlite_where=text("deleted = 0 AND status IN (0, 3)"),
            postgresql_where=text("deleted = 0 AND status IN (0, 3)"),
        ),
        Index(
            "deal_closed",
            "stage_id",
            "closed_on",
            "id",
            "currency",
            "value_minor",
            "rate_at_close_nano",
            sqlite_where=text("deleted = 0 AND status IN (1, 2)"),
            postgresql_where=text("deleted = 0 AND status IN (1, 2)"),
        ),
        Index(
            "deal_period",
            "pipeline_id",
            "closed_on",
            "created_on",
            "status",
            "deleted",
            sqlite_where=text("deleted = 0"),
            postgresql_where=text("deleted = 0"),
        ),
        Index(
            "deal_deleted",
            "id",
            sqlite_where=text("deleted <> 0"),
            postgresql_where=text("deleted <> 0"),
        ),
        Index(
            "deal_external",
            "external_source",
            "external_id",
            sqlite_where=text("external_id IS NOT NULL"),
            postgresql_where=text("external_id IS NOT NULL"),
        ),
        AUTOINCREMENT,
    )
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    pipeline_id: int = Field(sa_type=BigId, foreign_key="pipeline.id")
    stage_id: int = Field(sa_type=BigId, foreign_key="stage.id")
    status: int = flag()
    rank: int = Field(sa_type=BigId)
    title: str = Field(sa_type=Text)
    company_id: int | None = reference("company", is_indexed=True)
    contact_id: int | None = reference("contact")
    owner_id: int | None = reference("owner")
    value_minor: int | None = Field(default=None, sa_type=BigId)
    cost_minor: int | None = Field(default=None, sa_type=BigId)
    currency: str = Field(sa_type=Text)
    recurring_months: int | None = Field(default=None, sa_type=SmallInteger)
    probability: int | None = Field(default=None, sa_type=SmallInteger)
    is_hot: int = flag()
    product: str = Field(default="", sa_type=Text)
    source: str = Field(default="", sa_type=Text)
    tags: str = Field(default="", sa_type=Text)
    notes: str = Field(default="", sa_type=Text)
    extra: str = Field(default="", sa_type=Text)
    attention: str = Field(default="", sa_type=Text)
    bant: str = Field(default="", sa_type=Text)
    forecast_category: str | None = Field(default=None, sa_type=Text)
    created_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    created_on: date | None = Field(default=None, sa_type=Date)
    started_on: date | None = Field(default=None, sa_type=Date)
    expected_close_on: date | None = Field(default=None, sa_type=Date)
    closed_on: date | None = Field(default=None, sa_type=Date)
    payment_on: date | None = Field(default=None, sa_type=Date)
    wake_on: date | None = Field(default=None, sa_type=Date)
    park_reason: str = Field(default="", sa_type=Text)
    lost_reason_id: int | None = reference("lost_reason")
    close_note: str = Field(default="", sa_type=Text)
    closed_from_stage_id: int | None = reference("stage")
    rate_at_close_nano: int | None = Field(default=None, sa_type=BigId)
    external_source: str | None = Field(default=None, sa_type=Text)
    external_id: str | None = Field(default=None, sa_type=Text)
    import_run_id: int | None = reference("import_run", is_indexed=True)
    criteria_done: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": text("''")})
    link: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": text("''")})
    copied_from_id: int | None = Field(default=None, sa_type=BigId)
    closed_owner_id: int | None = Field(default=None, sa_type=BigId)
    # projections
    search_norm: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": text("''")})
    stage_entered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    stage_entered_on: date | None = Field(default=None, sa_type=Date)
    is_entry_known: int = flag(1)
    furthest_position: int | None = Field(default=None, sa_type=SmallInteger)
    last_activity_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    idle_on: date | None = Field(default=None, sa_type=Date)
    next_task_id: int | None = Field(default=None, sa_type=BigId)
    updated_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class TaskRow(Table, table=True):
    """A to-do of a salesperson. `snoozed_until` hides it apart from its due day."""

    __tablename__ = "task"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("length(title) > 0", name="title"),
        Index(
            "task_due",
            "due_on",
            "deal_id",
            sqlite_where=text("deleted = 0 AND done_at IS NULL"),
            postgresql_where=text("deleted = 0 AND done_at IS NULL"),
        ),
        AUTOINCREMENT,
    )
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    deal_id: int = Field(sa_type=BigId, foreign_key="deal.id", index=True)
    title: str = Field(sa_type=Text)
    kind: str = Field(default="todo", sa_type=Text)
    assignee_id: int | None = reference("owner")
    due_on: date | None = Field(default=None, sa_type=Date)
    due_time: time | None = Field(default=None, sa_type=Time)
    snoozed_until: date | None = Field(default=None, sa_type=Date)
    remind_minutes: int | None = Field(default=None, sa_type=SmallInteger)
    recurrence: str | None = Field(default=None, sa_type=Text)
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    done_by_id: int | None = reference("owner")
    is_dismissed: int = flag()
    created_at: datetime = Field(sa_type=UTCDateTime)
    position: int | None = Field(default=None, sa_type=BigId)
    anchor_on: date | None = Field(default=None, sa_type=Date)
    occurrence: int = Field(default=0, sa_type=BigId, sa_column_kwargs={"server_default": text("0")})
    external_id: str | None = Field(default=None, sa_type=Text)


class ActivityRow(Table, table=True):
    """Something that happened with the buyer: call, email, meeting, note."""

    __tablename__ = "activity"
    __table_args__: ClassVar[Any] = (Index("activity_deal", "deal_id", "at"), AUTOINCREMENT)
    id: int | None = identity()
    version: int = Field(default=1, sa_type=BigId)
    deleted: int = flag()
    deal_id: int = Field(sa_type=BigId, foreign_key="deal.id")
    kind: str = Field(default="note", sa_type=Text)
    direction: str | None = Field(default=None, sa_type=Text)
    outcome: str | None = Field(default=None, sa_type=Text)
    body: str = Field(default="", sa_type=Text)
    actor_id: int | None = reference("owner")
    at: datetime = Field(sa_type=UTCDateTime)
    external_id: str | None = Field(default=None, sa_type=Text)


class ImportRunRow(Table, table=True):
    """One import of one file."""

    __tablename__ = "import_run"
    __table_args__: ClassVar[Any] = (AUTOINCREMENT,)
    id: int | None = identity()
    action_id: int | None = reference("action")
    file_name: str = Field(sa_type=Text)
    profile: str = Field(sa_type=Text)
    imported_at: datetime = Field(sa_type=UTCDateTime)
    new_count: int = Field(default=0, sa_type=BigId)
    changed_count: int = Field(default=0, sa_type=BigId)


class ActionRow(Table, table=True):
    """One thing a person did: the unit of undo. Only `undone_by_id` ever changes."""

    __tablename__ = "action"
    __table_args__: ClassVar[Any] = (
        Index("action_undoable", "actor_id", "id"),
        AUTOINCREMENT,
    )
    id: int | None = identity()
    uid: str = Field(sa_type=Text, unique=True)
    actor_id: int | None = reference("owner")
    client_id: str = Field(sa_type=Text)
    recorded_at: datetime = Field(sa_type=UTCDateTime)
    kind: str = Field(sa_type=Text)
    label: str = Field(sa_type=Text)
    undoes_id: int | None = reference("action", is_indexed=True)
    undone_by_id: int | None = reference("action")
    app_version: str = Field(sa_type=Text)


class EventRow(Table, table=True):
    """One changed thing within an action; append-only. The typed columns repeat parts of the patch for SQL.

    `order_id` is set on an event that takes the place of an earlier one in the chain of stages (see undo).
    """

    __tablename__ = "event"
    __table_args__: ClassVar[Any] = (
        Index("event_deal", "deal_id", "id"),
        Index("event_entity", "entity", "entity_id", "id"),
        Index("event_action", "action_id"),
        Index("event_at", "at"),
        AUTOINCREMENT,
    )
    id: int | None = identity()
    action_id: int = Field(sa_type=BigId, foreign_key="action.id")
    entity: str = Field(sa_type=Text)
    entity_id: int = Field(sa_type=BigId)
    deal_id: int | None = Field(default=None, sa_type=BigId)
    kind: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UTCDateTime)
    is_time_known: int = flag(1)
    version: int = Field(sa_type=BigId)
    from_stage_id: int | None = Field(default=None, sa_type=BigId)
    to_stage_id: int | None = Field(default=None, sa_type=BigId)
    order_id: int | None = Field(default=None, sa_type=BigId)
    patch: str = Field(sa_type=Text)


class StageVisitRow(Table, table=True):
    """A stay of a deal in a stage: a projection of the live stage events, rebuilt at will."""

    __tablename__ = "stage_visit"
    __table_args__: ClassVar[Any] = (
        Index("visit_deal", "deal_id"),
        Index("visit_time", "pipeline_id", "stage_id", "deal_id", "is_entry_known", "left_on", "dwell_days"),
        Index("visit_left", "pipeline_id", "left_on", "stage_id", "deal_id", "dwell_days"),
    )
    id: int | None = identity()
    deal_id: int = Field(sa_type=BigId, foreign_key="deal.id")
    pipeline_id: int = Field(sa_type=BigId)
    stage_id: int = Field(sa_type=BigId)
    entered_at: datetime = Field(sa_type=UTCDateTime)
    entered_on: date = Field(sa_type=Date)
    is_entry_known: int = flag(1)
    left_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    left_on: date | None = Field(default=None, sa_type=Date)
    dwell_days: int | None = Field(default=None, sa_type=BigId)
    outcome: str | None = Field(default=None, sa_type=Text)
