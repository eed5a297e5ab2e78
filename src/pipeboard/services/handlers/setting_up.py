"""Pipelines, stages, owners and rates."""

from collections.abc import Sequence

from pipeboard.domain.commands import AddOwner, AddStages, ArchivePipeline, CreatePipeline, SetRate
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.events import Event, SetupChanged
from pipeboard.domain.money import is_currency
from pipeboard.domain.stage import StageKind
from pipeboard.domain.text import clean, search_key
from pipeboard.services.handlers.placing import open_stages
from pipeboard.storage.gateways.catalogue import read_owners, read_pipelines
from pipeboard.storage.pipelines import add_pipeline
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]


def create_pipeline(command: CreatePipeline, tx: Transaction) -> Facts:
    """Add a pipeline with its stages."""
    name = clean(command.name)
    if not name:
        raise InvalidInput("A pipeline needs a name.")
    if search_key(name) in {search_key(p.name) for p in read_pipelines(tx.sql)}:
        raise InvalidInput(f"There is a pipeline {name!r} already.")
    tx.begin("pipeline.created", f"Added the pipeline {name}")
    pipeline_id = add_pipeline(tx, name, command.stages, is_post_sale=command.is_post_sale)
    return (SetupChanged("pipeline", pipeline_id),)


def archive_pipeline(command: ArchivePipeline, tx: Transaction) -> Facts:
    """Take a pipeline out of sight; refused while it holds open deals or is the only one."""
    row = tx.rows("pipeline", [command.pipeline_id]).get(command.pipeline_id)
    if row is None or row["deleted"]:
        raise NotFound(f"There is no pipeline {command.pipeline_id}.")
    if len(read_pipelines(tx.sql)) == 1:
        raise InvalidInput("The only pipeline cannot be archived.")
    count = tx.sql.value(
        "SELECT count(*) FROM deal WHERE pipeline_id = ? AND deleted = 0 AND status IN (0, 3)", (command.pipeline_id,)
    )
    if count:
        raise InvalidInput(f"{row['name']} still holds {count} open or parked deals; move or close them first.")
    tx.begin("pipeline.archived", f"Archived the pipeline {row['name']}")
    tx.change("pipeline", row, {"deleted": 1}, kind="pipeline.archived")
    return (SetupChanged("pipeline", command.pipeline_id),)


def add_stages(command: AddStages, tx: Transaction) -> Facts:
    """Add open stages behind the last open one."""
    tx.begin("stage.created", f"Added the stages {', '.join(command.names)}")
    return create_open_stages(tx, command.pipeline_id, command.names)


def create_open_stages(tx: Transaction, pipeline_id: int, names: Sequence[str]) -> Facts:
    """Add open stages within the action that was begun, with the probability of the last open one."""
    if all(p.id != pipeline_id for p in read_pipelines(tx.sql)):
        raise NotFound(f"There is no pipeline {pipeline_id}.")
    if not all(clean(name) for name in names):
        raise InvalidInput("A stage needs a name.")
    stages = open_stages(tx, pipeline_id)
    position = max((s.position for s in tx.stages.values() if s.pipeline_id == pipeline_id), default=-1)
    probability = stages[-1].probability if stages else 0
    facts = []
    for place, name in enumerate(names, 1):
        values = {
            "pipeline_id": pipeline_id,
            "name": clean(name),
            "position": position + place,
            "kind": int(StageKind.OPEN),
            "probability": probability,
            "counts_for_velocity": 1,
        }
        facts.append(SetupChanged("stage", tx.create("stage", values)))
    return tuple(facts)


def add_owner(command: AddOwner, tx: Transaction) -> Facts:
    """Add a person."""
    name = clean(command.name)
    if not name:
        raise InvalidInput("An owner needs a name.")
    if search_key(name) in {search_key(o.name) for o in read_owners(tx.sql)}:
        raise InvalidInput(f"There is an owner {name!r} already.")
    tx.begin("owner.created", f"Added the owner {name}")
    return (SetupChanged("owner", tx.create("owner", {"name": name})),)


def set_rate(command: SetRate, tx: Transaction) -> Facts:
    """Note what a currency is worth from a day on."""
    base = tx.sql.value("SELECT currency FROM workspace")
    code = command.currency.upper()
    if not is_currency(code):
        raise InvalidInput(f"{command.currency!r} is no ISO 4217 currency code such as EUR or USD.")
    if code == base:
        raise InvalidInput(f"{code} is the currency of the workspace; its rate is 1.")
    if not 0 < command.rate_nano < 2**53:
        raise InvalidInput("A rate must be more than 0 and less than nine million.")
    tx.begin("rate.set", f"Set the rate of {code}")
    values = {"currency": code, "on_day": command.on_day, "rate_nano": command.rate_nano}
    return (SetupChanged("rate", tx.create("rate", values)),)
