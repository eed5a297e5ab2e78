"""Taking stages out of a pipeline: their deals go on in another stage, the history keeps the old one."""

from typing import Any

from pipeboard.domain.commands import ArchiveStage, StageToChecklist
from pipeboard.domain.criteria import REQUIRED, checklist, criteria_text, read_criteria, ticked
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import DealMoved, Event, SetupChanged
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.services.handlers.placing import open_stages, top_ranks
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]


def archive_stage(command: ArchiveStage, tx: Transaction) -> Facts:
    """Archive a stage; what stands in it goes on in another open stage of the pipeline, in one action."""
    stage, into = _archivable(tx, command.stage_id), tx.stage(command.into_id)
    if into.pipeline_id != stage.pipeline_id or not into.is_open or into.id == stage.id:
        raise InvalidInput(
            f"The deals of {stage.name} go on in another open stage of the pipeline, not in {into.name}."
        )
    tx.begin("stage.archived", f"Archived the stage {stage.name}, its deals are in {into.name}")
    return _archive(tx, stage, into)


def stage_to_checklist(command: StageToChecklist, tx: Transaction) -> Facts:
    """Let the stage before ask for what this stage was: its name and its criteria.

    Deals that stood in it have done it, so that is ticked for them.
    """
    stage = _archivable(tx, command.stage_id)
    earlier = [one for one in open_stages(tx, stage.pipeline_id) if one.position < stage.position]
    if not stage.is_open or not earlier:
        raise InvalidInput(f"There is no stage before {stage.name} whose checklist it could become part of.")
    into = earlier[-1]
    tx.begin("stage.archived", f"Made the stage {stage.name} a part of the checklist of {into.name}")
    row = tx.rows("stage", [into.id])[into.id]
    lines = "\n".join([into.exit_criteria, f"{REQUIRED} {stage.name}", stage.exit_criteria])
    tx.change("stage", row, {"exit_criteria": criteria_text(read_criteria(lines))}, kind="stage.edited")
    return _archive(tx, stage, into, is_ticked=True)


def _archivable(tx: Transaction, stage_id: int) -> Stage:
    stage = tx.stage(stage_id)
    if stage.kind in (StageKind.WON, StageKind.LOST):
        raise InvalidInput(f"{stage.name} cannot be archived: it is where deals end.")
    if stage.is_open and len(open_stages(tx, stage.pipeline_id)) == 1:
        raise InvalidInput(f"{stage.name} cannot be archived: it is the last open stage of its pipeline.")
    if stage.kind == StageKind.PARKED:
        count = tx.sql.value("SELECT count(*) FROM deal WHERE stage_id = ? AND deleted = 0", (stage.id,))
        if count:
            raise InvalidInput(f"{stage.name} cannot be archived: {count} parked deals wait in it. Reopen them first.")
    return stage


def _archive(tx: Transaction, stage: Stage, into: Stage, *, is_ticked: bool = False) -> Facts:
    entries = tx.sql.all(
        "SELECT id, stage_entered_at, is_entry_known FROM deal WHERE stage_id = ? AND deleted = 0 ORDER BY rank, id",
        (stage.id,),
    )
    rows = tx.rows("deal", [entry[0] for entry in entries])
    for (deal_id, entered, is_known), rank in zip(entries, top_ranks(tx, into.id, len(entries)), strict=True):
        changes: dict[str, Any] = {"stage_id": into.id, "rank": rank, "probability": None}
        if is_ticked:
            changes["criteria_done"] = _carried(rows[deal_id]["criteria_done"], stage, into)
        # The deals have not moved, their stage has gone: what they have waited so far goes on counting.
        at = tx.sql.codec.instant(entered)
        tx.change("deal", rows[deal_id], changes, kind="deal.moved", at=at, is_time_known=bool(is_known))
    row = tx.rows("stage", [stage.id])[stage.id]
    tx.change("stage", row, {"deleted": 1, "merged_into_id": into.id}, kind="stage.archived")
    moved = tuple(DealMoved(entry[0], stage.id, into.id) for entry in entries)
    return (*moved, SetupChanged("stage", stage.id), SetupChanged("stage", into.id))


def _carried(done: str, stage: Stage, into: Stage) -> str:
    """A deal's ticks with those of the stage that goes, and with the stage itself, in the stage before."""
    texts = [check.text for check in checklist(stage.id, stage.exit_criteria, done) if check.is_done]
    for text in [stage.name, *texts]:
        done = ticked(done, into.id, text, is_done=True)
    return done
