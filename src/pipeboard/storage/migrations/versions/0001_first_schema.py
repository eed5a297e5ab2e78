"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

APPEND_ONLY_SQLITE = (
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END",
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END",
)
APPEND_ONLY_POSTGRESQL = (
    "CREATE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'event is append-only'; END $$",
    "CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event"
    " FOR EACH ROW EXECUTE FUNCTION event_is_append_only()",
    "CREATE FUNCTION event_notify() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN PERFORM pg_notify('pipeboard', NEW.id::text); RETURN NULL; END $$",
    "CREATE TRIGGER action_notify AFTER INSERT ON action FOR EACH ROW EXECUTE FUNCTION event_notify()",
)


def upgrade() -> None:
    """Make every table, index and trigger."""

    op.create_table(
        "company",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("deleted", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_norm", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_company_name_norm"), "company", ["name_norm"], unique=False)
    op.create_table(
        "lost_reason",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("deleted", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("is_excluded", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_reason")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "owner",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("deleted", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_owner_login"), "owner", ["login"], unique=False)
    op.create_table(
        "pipeline",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("deleted", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("is_post_sale", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pipeline")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rate",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("deleted", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("rate_nano", BIG, nullable=False),
        sa.CheckConstraint("rate_nano > 0", name=op.f("ck_rate_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rate_currency"), "rate", ["currency"], unique=False)
    op.create_table(
        "workspace",
        sa.Column("id", BIG, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "action",
        sa.Column("id", BIG, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("actor_id", BIG, nullable=True),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("undoes_id", BIG, nullable=True),
        sa.Column("undone_by_id", BIG, nullable=True),
        sa.Column("app_version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["owner.id"], name=op.f("fk_action_actor_id_owner")),
        sa.ForeignKeyConstraint(["undoes_id"], ["action.id"], name=op.f("fk_action_undoes_id_action")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["action.id"], name=op.f("fk_action_undone_by_id_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("uid", name=op.f("uq_action_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index("action_undoable", "action", ["actor_id", "id"], unique=False)
    op.create_index(op.f("ix_action_undoes_id"), "action", ["undoes_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("deleted", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("company_id", BIG, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_norm", sa.Text(), nullable=False),
        sa.Column("job_title", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_contact_company_id_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_company_id"), "contact", ["company_id"], unique=False)
    op.create_index(op.f("ix_contact_name_norm"), "contact", ["name_norm"], unique=False)
    op.create_table(
        "stage",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("deleted", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("pipeline_id", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("probability", sa.SmallInteger(), nullable=False),
        sa.Column("rot_days", sa.SmallInteger(), nullable=True),
        sa.Column("counts_for_velocity", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("forecast_category", sa.Text(), nullable=False),
        sa.Column("deal_limit", sa.SmallInteger(), nullable=True),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("exit_criteria", sa.Text(), nullable=False),
        sa.Column("merged_into_id", BIG, nullable=True),
        sa.CheckConstraint("kind BETWEEN 0 AND 4", name=op.f("ck_stage_kind")),
        sa.CheckConstraint("probability BETWEEN 0 AND 100", name=op.f("ck_stage_probability")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["stage.id"], name=op.f("fk_stage_merged_into_id_stage")),
        sa.ForeignKeyConstraint(["pipeline_id"], ["pipeline.id"], name=op.f("fk_stage_pipeline_id_pipeline")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stage_pipeline_id"), "stage", ["pipeline_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("action_id", BIG, nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", BIG, nullable=False),
        sa.Column("deal_id", BIG, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_time_known", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("from_stage_id", BIG, nullable=True),
        sa.Column("to_stage_id", BIG, nullable=True),
        sa.Column("order_id", BIG, nullable=True),
        sa.Column("patch", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_event_action_id_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_index("event_action", "event", ["action_id"], unique=False)
    op.create_index("event_deal", "event", ["deal_id", "id"], unique=False)
    op.create_index("event_entity", "event", ["entity", "entity_id", "id"], unique=False)
    op.create_table(
        "import_run",
        sa.Column("id", BIG, nullable=False),
        sa.Column("action_id", BIG, nullable=True),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("new_count", BIG, nullable=False),
        sa.Column("changed_count", BIG, nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_import_run_action_id_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "deal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("deleted", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("pipeline_id", BIG, nullable=False),
        sa.Column("stage_id", BIG, nullable=False),
        sa.Column("status", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("rank", BIG, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("company_id", BIG, nullable=True),
        sa.Column("contact_id", BIG, nullable=True),
        sa.Column("owner_id", BIG, nullable=True),
        sa.Column("value_minor", BIG, nullable=True),
        sa.Column("cost_minor", BIG, nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("recurring_months", sa.SmallInteger(), nullable=True),
        sa.Column("probability", sa.SmallInteger(), nullable=True),
        sa.Column("is_hot", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.Column("attention", sa.Text(), nullable=False),
        sa.Column("bant", sa.Text(), nullable=False),
        sa.Column("forecast_category", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("expected_close_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("payment_on", sa.Date(), nullable=True),
        sa.Column("wake_on", sa.Date(), nullable=True),
        sa.Column("park_reason", sa.Text(), nullable=False),
        sa.Column("lost_reason_id", BIG, nullable=True),
        sa.Column("close_note", sa.Text(), nullable=False),
        sa.Column("closed_from_stage_id", BIG, nullable=True),
        sa.Column("rate_at_close_nano", BIG, nullable=True),
        sa.Column("external_source", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("import_run_id", BIG, nullable=True),
        sa.Column("search_norm", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("stage_entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stage_entered_on", sa.Date(), nullable=True),
        sa.Column("is_entry_known", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("furthest_position", sa.SmallInteger(), nullable=True),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("idle_on", sa.Date(), nullable=True),
        sa.Column("next_task_id", BIG, nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_deal_title")),
        sa.CheckConstraint("probability BETWEEN 0 AND 100", name=op.f("ck_deal_probability")),
        sa.CheckConstraint("status BETWEEN 0 AND 3", name=op.f("ck_deal_status")),
        sa.ForeignKeyConstraint(
            ["closed_from_stage_id"], ["stage.id"], name=op.f("fk_deal_closed_from_stage_id_stage")
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_deal_company_id_company")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_deal_contact_id_contact")),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_run.id"], name=op.f("fk_deal_import_run_id_import_run")),
        sa.ForeignKeyConstraint(
            ["lost_reason_id"], ["lost_reason.id"], name=op.f("fk_deal_lost_reason_id_lost_reason")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_deal_owner_id_owner")),
        sa.ForeignKeyConstraint(["pipeline_id"], ["pipeline.id"], name=op.f("fk_deal_pipeline_id_pipeline")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_deal_stage_id_stage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "deal_board",
        "deal",
        ["stage_id", "rank", "id"],
        unique=False,
        sqlite_where=sa.text("deleted = 0"),
        postgresql_where=sa.text("deleted = 0"),
    )
    op.create_index(
        "deal_closed",
        "deal",
        ["stage_id", "closed_on", "id", "currency", "value_minor", "rate_at_close_nano"],
        unique=False,
        sqlite_where=sa.text("deleted = 0 AND status IN (1, 2)"),
        postgresql_where=sa.text("deleted = 0 AND status IN (1, 2)"),
    )
    op.create_index(
        "deal_deleted",
        "deal",
        ["id"],
        unique=False,
        sqlite_where=sa.text("deleted <> 0"),
        postgresql_where=sa.text("deleted <> 0"),
    )
    op.create_index(
        "deal_external",
        "deal",
        ["external_source", "external_id"],
        unique=False,
        sqlite_where=sa.text("external_id IS NOT NULL"),
        postgresql_where=sa.text("external_id IS NOT NULL"),
    )
    op.create_index(
        "deal_period",
        "deal",
        ["pipeline_id", "closed_on", "created_on", "status", "deleted"],
        unique=False,
        sqlite_where=sa.text("deleted = 0"),
        postgresql_where=sa.text("deleted = 0"),
    )
    op.create_index(
        "deal_sum",
        "deal",
        ["pipeline_id", "stage_id", "currency", "value_minor", "probability", "status", "deleted"],
        unique=False,
        sqlite_where=sa.text("deleted = 0 AND status IN (0, 3)"),
        postgresql_where=sa.text("deleted = 0 AND status IN (0, 3)"),
    )
    op.create_index(op.f("ix_deal_company_id"), "deal", ["company_id"], unique=False)
    op.create_index(op.f("ix_deal_import_run_id"), "deal", ["import_run_id"], unique=False)
    op.create_table(
        "activity",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("deleted", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("deal_id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("actor_id", BIG, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["owner.id"], name=op.f("fk_activity_actor_id_owner")),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_activity_deal_id_deal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sqlite_autoincrement=True,
    )
    op.create_index("activity_deal", "activity", ["deal_id", "at"], unique=False)
    op.create_table(
        "stage_visit",
        sa.Column("id", BIG, nullable=False),
        sa.Column("deal_id", BIG, nullable=False),
        sa.Column("pipeline_id", BIG, nullable=False),
        sa.Column("stage_id", BIG, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("is_entry_known", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("dwell_days", BIG, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_stage_visit_deal_id_deal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_visit")),
    )
    op.create_index("visit_deal", "stage_visit", ["deal_id"], unique=False)
    op.create_index(
        "visit_left",
        "stage_visit",
        ["pipeline_id", "left_on", "stage_id", "deal_id", "dwell_days"],
        unique=False,
    )
    op.create_index(
        "visit_time",
        "stage_visit",
        ["pipeline_id", "stage_id", "deal_id", "is_entry_known", "left_on", "dwell_days"],
        unique=False,
    )
    op.create_table(
        "task",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("deleted", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("deal_id", BIG, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("assignee_id", BIG, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_time", sa.Time(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("remind_minutes", sa.SmallInteger(), nullable=True),
        sa.Column("recurrence", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", BIG, nullable=True),
        sa.Column("is_dismissed", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_task_title")),
        sa.ForeignKeyConstraint(["assignee_id"], ["owner.id"], name=op.f("fk_task_assignee_id_owner")),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_task_deal_id_deal")),
        sa.ForeignKeyConstraint(["done_by_id"], ["owner.id"], name=op.f("fk_task_done_by_id_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_task_deal_id"), "task", ["deal_id"], unique=False)
    op.create_index(
        "task_due",
        "task",
        ["due_on", "deal_id"],
        unique=False,
        sqlite_where=sa.text("deleted = 0 AND done_at IS NULL"),
        postgresql_where=sa.text("deleted = 0 AND done_at IS NULL"),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in APPEND_ONLY_SQLITE if is_sqlite else APPEND_ONLY_POSTGRESQL:
        op.execute(statement)
