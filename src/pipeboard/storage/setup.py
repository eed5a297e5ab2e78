"""The first rows of a new database: workspace, the person who made it, a pipeline, the lost reasons."""

import uuid
from datetime import datetime, tzinfo

from sqlalchemy import Connection

from pipeboard.domain.templates import LOST_REASONS, PipelineTemplate
from pipeboard.storage import migrate
from pipeboard.storage.engine import statements
from pipeboard.storage.pipelines import add_pipeline
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
        raw = connection.connection.driver_connection
        tx = Transaction(statements(raw, target), now, zone, Actor(None, uuid.uuid4().hex, app_version))
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
