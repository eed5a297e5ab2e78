"""Pipelines and stages as a person shapes them: rename, reorder, add, set."""

from collections.abc import Sequence
from typing import Any

from pipeboard.domain.commands import AddStage, EditPipeline, EditStage, MovePipeline, MoveStage
from pipeboard.domain.criteria import criteria_text, read_criteria
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import Event, SetupChanged
from pipeboard.domain.stage import Stage, StageKind, status_of
from pipeboard.domain.text import clean, search_key
from pipeboard.services.handlers.fields import CATEGORIES
from pipeboard.services.handlers.placing import open_stages, pipeline_named
from pipeboard.storage.gateways.catalogue import read_pipelines
from pipeboard.storage.pipelines import stage_values
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]

MOST_DAYS = 3650
MOST_DEALS = 9999
STAGE_FIELDS = {
    "name": "name",
    "kind": "kind",
    "probability": "probability",
    "rot_days": "days until rotting",
    "deal_limit": "limit",
    "counts_for_velocity": "velocity",
    "forecast_category": "forecast category",
    "definition": "definition",
    "exit_criteria": "exit criteria",
}
"""The fields that `EditStage` may set, in words."""

_SINGLE = (StageKind.WON, StageKind.LOST, StageKind.PARKED)
_KIND_WORDS = {
    StageKind.OPEN: "open",
    StageKind.POST: "after the sale",
    StageKind.WON: "won",
    StageKind.LOST: "lost",
    StageKind.PARKED: "parked",
}


def edit_pipeline(command: EditPipeline, tx: Transaction) -> Facts:
    """Rename a pipeline."""
    old = pipeline_named(tx, command.pipeline_id)
    name = clean(command.name)
    if not name:
        raise InvalidInput("A pipeline needs a name.")
    others = (p for p in read_pipelines(tx.sql) if p.id != command.pipeline_id)
    if search_key(name) in {search_key(p.name) for p in others}:
        raise InvalidInput(f"There is a pipeline {name!r} already.")
    tx.begin("pipeline.edited", f"Renamed the pipeline {old} to {name}")
    row = tx.rows("pipeline", [command.pipeline_id])[command.pipeline_id]
    tx.change("pipeline", row, {"name": name}, kind="pipeline.edited")
    return (SetupChanged("pipeline", command.pipeline_id),)


def move_pipeline(command: MovePipeline, tx: Transaction) -> Facts:
    """Put a pipeline elsewhere in the list."""
    name = pipeline_named(tx, command.pipeline_id)
    ids = [p.id for p in read_pipelines(tx.sql)]
    tx.begin("pipeline.moved", f"Moved the pipeline {name}")
    return reorder(tx, "pipeline", ids, command.pipeline_id, command.step)


def reorder(tx: Transaction, entity: str, ids: Sequence[int], moved_id: int, step: int) -> Facts:
    """Move one of the things in this order by some places, giving the places they have among one another anew."""
    order = list(ids)
    place = order.index(moved_id)
    target = max(0, min(len(order) - 1, place + step))
    if target == place:
        return ()
    order.insert(target, order.pop(place))
    rows = tx.rows(entity, order)
    # Two things may stand at one place, so the places are spread before they are given away.
    places: list[int] = []
    for position in sorted(row["position"] for row in rows.values()):
        places.append(max(position, places[-1] + 1) if places else position)
    for position, thing in zip(places, order, strict=True):
        tx.change(entity, rows[thing], {"position": position}, kind=f"{entity}.moved")
    return (SetupChanged(entity, moved_id),)


def add_stage(command: AddStage, tx: Transaction) -> Facts:
    """Add a stage behind another one; those after it make room."""
    pipeline_named(tx, command.pipeline_id)
    here = _stages(tx, command.pipeline_id)
    given = command.stage
    name = _name(tx, given.name, command.pipeline_id, None)
    _check_kind(here, given.kind)
    before = open_stages(tx, command.pipeline_id)
    after = tx.stage(command.after_id) if command.after_id is not None else before[-1] if before else None
    if after is not None and after.pipeline_id != command.pipeline_id:
        raise InvalidInput(f"{after.name} is a stage of another pipeline.")
    position = after.position + 1 if after is not None else 0
    tx.begin("stage.created", f"Added the stage {name}")
    values = {**stage_values(command.pipeline_id, position, given), "name": name}
    values |= _checked(tx, None, {"probability": given.probability, "rot_days": given.rot_days})
    values["exit_criteria"] = criteria_text(read_criteria(given.exit_criteria))
    later = [stage.id for stage in here if stage.position >= position and stage is not after]
    if any(stage.position == position for stage in here if stage is not after):
        rows = tx.rows("stage", later)
        for row in rows.values():
            tx.change("stage", row, {"position": row["position"] + 1}, kind="stage.moved")
    return (SetupChanged("stage", tx.create("stage", values)),)


def edit_stage(command: EditStage, tx: Transaction) -> Facts:
    """Set fields of a stage, after checking every value."""
    stage = tx.stage(command.stage_id)
    wanted = dict(command.changes)
    if unknown := [field for field in wanted if field not in STAGE_FIELDS]:
        raise InvalidInput(f"A stage has no field {unknown[0]!r}. Fields: {', '.join(STAGE_FIELDS)}.")
    values = _checked(tx, stage, wanted)
    words = ", ".join(STAGE_FIELDS[field] for field in wanted)
    is_name = list(wanted) == ["name"]
    label = f"Renamed the stage {stage.name} to {values['name']}" if is_name else f"Changed {words} of {stage.name}"
    tx.begin("stage.edited", label)
    row = tx.rows("stage", [stage.id])[stage.id]
    changed = tx.change("stage", row, values, kind="stage.edited")
    return (SetupChanged("stage", stage.id),) if changed else ()


def move_stage(command: MoveStage, tx: Transaction) -> Facts:
    """Put a stage elsewhere in its pipeline: among those that are worked on, or among those at the end."""
    stage = tx.stage(command.stage_id)
    alike = [one.id for one in _stages(tx, stage.pipeline_id) if one.is_open == stage.is_open]
    tx.begin("stage.moved", f"Moved the stage {stage.name}")
    return reorder(tx, "stage", alike, stage.id, command.step)


def _stages(tx: Transaction, pipeline_id: int) -> list[Stage]:
    """The live stages of a pipeline in order."""
    found = (stage for stage in tx.stages.values() if stage.pipeline_id == pipeline_id)
    return sorted(found, key=lambda stage: (stage.position, stage.id))


def _checked(tx: Transaction, stage: Stage | None, wanted: dict[str, Any]) -> dict[str, Any]:
    """The values as columns; InvalidInput names the one that cannot be used. `stage` None: one that is being added."""
    values: dict[str, Any] = {}
    for field, value in wanted.items():
        if field == "name":
            assert stage is not None
            values[field] = _name(tx, value, stage.pipeline_id, stage.id)
        elif field == "kind":
            assert stage is not None
            values |= _kind(tx, stage, value)
        elif field in ("probability", "rot_days", "deal_limit", "counts_for_velocity", "forecast_category"):
            if stage is not None and not stage.is_open and "kind" not in wanted:
                raise InvalidInput(f"{stage.name} is not worked in, so its {STAGE_FIELDS[field]} says nothing.")
            values[field] = _figure(field, value)
        elif field == "definition":
            values[field] = clean(str(value or ""), is_multiline=True)
        else:
            values[field] = criteria_text(read_criteria(str(value or "")))
    return values


def _figure(field: str, value: Any) -> Any:
    words = STAGE_FIELDS[field]
    if field == "counts_for_velocity":
        return int(bool(value))
    if field == "forecast_category":
        if value not in CATEGORIES:
            raise InvalidInput(f"{value!r} is no forecast category. Categories: {', '.join(CATEGORIES)}.")
        return value
    if field == "probability":
        return _whole(words, value, 0, 100)
    return None if value in (None, 0) else _whole(words, value, 1, MOST_DAYS if field == "rot_days" else MOST_DEALS)


def _whole(words: str, value: Any, low: int, high: int) -> int:
    if not isinstance(value, int) or not low <= value <= high:
        raise InvalidInput(f"{words} is {value}; it must be a whole number from {low} to {high}.")
    return value


def _name(tx: Transaction, typed: Any, pipeline_id: int, own_id: int | None) -> str:
    name = clean(str(typed or ""))
    if not name:
        raise InvalidInput("A stage needs a name.")
    others = (stage for stage in tx.stages.values() if stage.pipeline_id == pipeline_id and stage.id != own_id)
    if search_key(name) in {search_key(stage.name) for stage in others}:
        raise InvalidInput(f"There is a stage {name!r} in this pipeline already.")
    return name


def _kind(tx: Transaction, stage: Stage, value: Any) -> dict[str, Any]:
    kind = StageKind(value)
    if kind == stage.kind:
        return {}
    if stage.kind in (StageKind.WON, StageKind.LOST):
        raise InvalidInput(f"{stage.name} is where deals end; a pipeline cannot do without it.")
    here = [one for one in _stages(tx, stage.pipeline_id) if one.id != stage.id]
    _check_kind(here, kind)
    if not any(one.is_open for one in here) and kind not in (StageKind.OPEN, StageKind.POST):
        raise InvalidInput(f"{stage.name} is the only stage that is worked in; add another one first.")
    count = tx.sql.value("SELECT count(*) FROM deal WHERE stage_id = ? AND deleted = 0", (stage.id,))
    if count and status_of(kind) != status_of(stage.kind):
        raise InvalidInput(f"{count} deals stand in {stage.name}; move them before it becomes another kind of stage.")
    chance = {StageKind.WON: 100, StageKind.LOST: 0, StageKind.PARKED: 0}.get(kind)
    return {"kind": int(kind)} | ({} if chance is None else {"probability": chance, "forecast_category": "omitted"})


def _check_kind(others: Sequence[Stage], kind: StageKind) -> None:
    """A pipeline has one stage for won deals, one for lost ones and one for parked ones."""
    if kind in _SINGLE and (same := next((stage for stage in others if stage.kind == kind), None)) is not None:
        raise InvalidInput(f"{same.name} is the stage for {_KIND_WORDS[kind]} deals; a pipeline has one of them.")
