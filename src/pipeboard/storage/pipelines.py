"""Pipelines and their stages, from templates."""

from pipeboard.domain.templates import StageTemplate
from pipeboard.storage.transaction import Transaction


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
