"""What required criteria would stay open if deals went on: asked before they do, by the rule of the handlers."""

from typing import NamedTuple

from pipeboard.domain.commands import Command, HandOffDeals, MoveDeals, Seen, StepDeals, WinDeals
from pipeboard.domain.criteria import goes_on, open_required
from pipeboard.domain.stage import DealStatus, Stage, StageKind
from pipeboard.services.reads import Reads
from pipeboard.storage.gateways.catalogue import read_stages
from pipeboard.storage.hot.catalogues import ticks


class Lacking(NamedTuple):
    """A deal that would leave its stage with required criteria open."""

    deal_id: int
    title: str
    stage: str
    criteria: tuple[str, ...]


class LeavingReads(Reads):
    """Looks at deals before they go on."""

    def lacking(self, command: Command) -> tuple[Lacking, ...]:
        """The deals of a command that would leave criteria open; none for a command that moves nothing on."""
        if not isinstance(command, (MoveDeals, HandOffDeals, StepDeals, WinDeals)) or command.is_forced:
            return ()
        found = []
        with self._hot.snapshot() as sql:
            stages = read_stages(sql)
            for deal_id, title, stage_id, status, done in ticks(sql, _ids(command.deals)):
                stage = stages.get(stage_id)
                if stage is None or status != DealStatus.OPEN or not _goes_on(command, stage, stages):
                    continue
                if missing := open_required(stage.id, stage.exit_criteria, done):
                    found.append(Lacking(deal_id, title, stage.name, missing))
        return tuple(found)


def _ids(deals: tuple[Seen, ...]) -> list[int]:
    return [deal.id for deal in deals]


def _goes_on(command: MoveDeals | HandOffDeals | StepDeals | WinDeals, stage: Stage, stages: dict[int, Stage]) -> bool:
    here = [one for one in stages.values() if one.pipeline_id == stage.pipeline_id]
    if isinstance(command, WinDeals):
        return any(goes_on(stage, one) for one in here if one.kind == StageKind.WON)
    if isinstance(command, HandOffDeals):
        return command.pipeline_id != stage.pipeline_id
    if isinstance(command, MoveDeals):
        target = stages.get(command.stage_id)
        return target is not None and goes_on(stage, target)
    last = max(one.position for one in here if one.is_open)
    return command.step > 0 and stage.position < last
