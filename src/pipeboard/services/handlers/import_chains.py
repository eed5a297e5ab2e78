"""The stays in stages that an imported deal has behind it, as far as its file tells."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.stage import DealStatus, Stage
from pipeboard.domain.visits import StageEvent
from pipeboard.services.handlers.catalogues import Catalogue as Names
from pipeboard.storage.transaction import Transaction

_STEP = timedelta(minutes=1)


def chain_of(
    tx: Transaction, deal: ImportedDeal, row: dict[str, Any], catalogue: Names, *, is_own: bool
) -> list[StageEvent]:
    """The stage events of an imported deal: where it began and, when known, from where it was closed."""
    actor = tx.actor.owner_id
    stage_id = row["stage_id"]
    if told := _told_chain(tx, deal, catalogue):
        return _to_the_present(tx, deal, told, stage_id, catalogue)
    if deal.status in (DealStatus.WON, DealStatus.LOST) and deal.closed_on is not None:
        closed_at = catalogue.midnight((deal.stage_entered_on if is_own else None) or deal.closed_on)
        is_known = not is_own or deal.stage_entered_on is not None
        before = row.get("closed_from_stage_id")
        if before is None:
            return [StageEvent(closed_at, actor, None, stage_id, is_time_known=is_known)]
        began = catalogue.midnight(deal.started_on or deal.created_on or deal.closed_on)
        return [
            StageEvent(began, actor, None, before, is_time_known=False),
            StageEvent(max(closed_at, began), actor, before, stage_id, is_time_known=is_known),
        ]
    if deal.stage_entered_on is not None:
        return [StageEvent(catalogue.midnight(deal.stage_entered_on), actor, None, stage_id)]
    return [StageEvent(tx.now, actor, None, stage_id, is_time_known=False)]


def last_open(deal: ImportedDeal, stages: Mapping[str, Stage]) -> int | None:
    """The last open stage that the history of a deal tells of."""
    some = (stages.get(entry.stage) for entry in reversed(deal.history))
    return next((stage.id for stage in some if stage is not None and stage.is_open), None)


def _told_chain(tx: Transaction, deal: ImportedDeal, catalogue: Names) -> list[StageEvent]:
    """The stage events that the file tells, oldest first. Those of one day are a minute apart, or they would be
    taken for one walk; a beginning without a day stands just before the first one that has one."""
    chain: list[StageEvent] = []
    for entry in deal.history:
        stage_id = catalogue.stage_id(entry.stage)
        if stage_id is None:
            continue
        at = catalogue.midnight(entry.on) if entry.on is not None else None
        if chain:
            at = max(at or chain[-1].at, chain[-1].at + _STEP)
        elif at is None:
            first = next((one.on for one in deal.history if one.on is not None), None)
            at = catalogue.midnight(first) - _STEP if first is not None else tx.now
        before = chain[-1].to_stage_id if chain else None
        chain.append(StageEvent(at, tx.actor.owner_id, before, stage_id, is_time_known=entry.on is not None))
    return chain


def _to_the_present(
    tx: Transaction, deal: ImportedDeal, chain: list[StageEvent], stage_id: int, catalogue: Names
) -> list[StageEvent]:
    """The chain on to where the deal stands now, when that is not where the history ends."""
    last = chain[-1]
    if last.to_stage_id == stage_id:
        return chain
    day = deal.closed_on if deal.status in (DealStatus.WON, DealStatus.LOST) else deal.stage_entered_on
    at = max(catalogue.midnight(day) if day is not None else tx.now, last.at + _STEP)
    return [*chain, StageEvent(at, tx.actor.owner_id, last.to_stage_id, stage_id, is_time_known=day is not None)]
