"""Where deals go when they enter a stage, and which stage a closing means."""

from collections.abc import Sequence

from pipeboard.domain import ordering
from pipeboard.domain.deal import Deal
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.domain.text import search_key
from pipeboard.storage.transaction import Transaction


def top_ranks(tx: Transaction, stage_id: int, count: int) -> list[int]:
    """Ranks for `count` deals that go to the top of a stage in their order."""
    first = tx.sql.value("SELECT min(rank) FROM deal WHERE stage_id = ? AND deleted = 0", (stage_id,))
    ranks = []
    for _ in range(count):
        first = ordering.above(first)
        ranks.append(first)
    return ranks[::-1]


def open_stages(tx: Transaction, pipeline_id: int) -> list[Stage]:
    """The open stages of a pipeline in order."""
    stages = (s for s in tx.stages.values() if s.pipeline_id == pipeline_id and s.is_open)
    return sorted(stages, key=lambda s: (s.position, s.id))


def stage_of_kind(tx: Transaction, pipeline_id: int, kind: StageKind) -> Stage:
    """The stage of a pipeline that stands for won, lost or parked; InvalidInput when it has none."""
    for stage in tx.stages.values():
        if stage.pipeline_id == pipeline_id and stage.kind == kind:
            return stage
    words = {StageKind.WON: "Won", StageKind.LOST: "Lost", StageKind.PARKED: "Fridge"}
    raise InvalidInput(f"This pipeline has no {words[kind]} stage.")


def named(deals: Sequence[Deal]) -> str:
    """How a label speaks of these deals: the title of one, the number of several."""
    return deals[0].title if len(deals) == 1 else f"{len(deals)} deals"


def came_from(tx: Transaction, deal: Deal) -> Stage:
    """The open stage a closed or parked deal stood in last; the first one when nobody knows."""
    stages = open_stages(tx, deal.pipeline_id)
    if not stages:
        raise InvalidInput("This pipeline has no open stage to come back to.")
    known = tx.stages.get(tx.successor(deal.closed_from_stage_id or 0))
    return known if known is not None and known in stages else stages[0]


def pipeline_named(tx: Transaction, pipeline_id: int) -> str:
    """The name of a live pipeline; NotFound when there is none."""
    row = tx.rows("pipeline", [pipeline_id]).get(pipeline_id)
    if row is None or row["deleted"]:
        raise NotFound(f"There is no pipeline {pipeline_id}.")
    return str(row["name"])


def stage_in(tx: Transaction, pipeline_id: int, deal: Deal) -> Stage:
    """Where a deal goes in another pipeline: to the open stage of the same name, else to the first one."""
    stages = open_stages(tx, pipeline_id)
    if not stages:
        raise InvalidInput("That pipeline has no open stage.")
    here = tx.stages.get(deal.stage_id)
    key = search_key(here.name) if here is not None else ""
    return next((stage for stage in stages if search_key(stage.name) == key), stages[0])
