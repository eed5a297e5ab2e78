"""The first rows of a new database: workspace, the person who made it, a pipeline, the lost reasons."""

import uuid
from datetime import datetime, tzinfo

from sqlalchemy import Connection

from pipeboard.domain.templates import LOST_REASONS, PipelineTemplate, StageTemplate
from pipeboard.storage import migrate
from pipeboard.storage.engine import statements
from pipeboard.storage.target import Target
from pipeboard.storage.transaction import Actor, Transaction


def create_workspace(
    target: Target,
    *,
    name: str,
    currency: str,
    zone_name: str,
    zone: tzinfo,
    person: str,
    login: str,
    template: PipelineTemplate,
    now: datetime,
    app_version: str,
) -> None:
    """Make the database with its first pipeline. Refused when one is there already."""

    def fill(connection: Connection) -> None:
        tx = Transaction(statements(connection, target), now, zone, Actor(None, uuid.uuid4().hex, app_version))
        tx.sql.run(
            "INSERT INTO workspace (uid, name, currency, zone, created_at) VALUES (?, ?, ?, ?, ?)",
            (uuid.uuid4().hex, name, currency, zone_name, now),
        )
        tx.begin("workspace.created", f"Created {name}")
        tx.create("owner", {"name": person, "login": login})
        tx.create_many(
            "lost_reason",
            [{"name": n, "position": i, "is_excluded": int(x)} for i, (n, x) in enumerate(LOST_REASONS)],
        )
        add_pipeline(tx, template.name, template.stages, is_post_sale=template.is_post_sale)
        tx.flush()

    migrate.create(target, fill)


def add_pipeline(tx: Transaction, name: str, stages: tuple[StageTemplate, ...], *, is_post_sale: bool) -> int:
    """Add a pipeline and its stages; its id."""
    position = tx.sql.value("SELECT COALESCE(max(position), -1) + 1 FROM pipeline")
    pipeline_id = tx.create("pipeline", {"name": name, "position": position, "is_post_sale": int(is_post_sale)})
    tx.create_many("stage", [stage_values(pipeline_id, place, stage) for place, stage in enumerate(stages)])
    return pipeline_id


def stage_values(pipeline_id: int, position: int, stage: StageTemplate) -> dict[str, object]:
    """A stage template as the values of a row."""
    return {
        "pipeline_id": pipeline_id,
        "name": stage.name,
        "position": position,
        "kind": int(stage.kind),
        "probability": stage.probability,
        "rot_days": stage.rot_days,
        "counts_for_velocity": int(stage.counts_for_velocity),
        "forecast_category": stage.forecast_category,
        "exit_criteria": stage.exit_criteria,
    }
