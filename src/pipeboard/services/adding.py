"""From a quick-add line to the command that adds the deal."""

from pipeboard.domain.commands import CreateDeal
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.quick_add import QuickAdd, parse
from pipeboard.domain.stage import Stage
from pipeboard.domain.task import kind_of
from pipeboard.services.workspace import Workspace


def understood(workspace: Workspace, line: str) -> QuickAdd:
    """What a line means now, in this workspace."""
    now = workspace.clock.now().astimezone(workspace.zone).replace(tzinfo=None)
    return parse(line, now, workspace.info.currency)


def command_for(workspace: Workspace, said: QuickAdd, *, stage_id: int | None = None) -> CreateDeal:
    """The command that adds the deal a line describes; `stage_id` is where it goes unless the line says so.

    InvalidInput without any title, NotFound or Ambiguous for names of owner, stage or pipeline.
    """
    title = said.title or said.company or ""
    if not title:
        raise InvalidInput("A deal needs a title: a few words that are no value, owner or tag.")
    place = _stage_id(workspace, said) if said.stage or said.pipeline or stage_id is None else stage_id
    return CreateDeal(
        title=title,
        stage_id=place,
        value_minor=said.value_minor,
        currency=said.currency,
        company=said.company or "",
        contact=said.contact or "",
        owner_id=workspace.listing.owner_id(said.owner) if said.owner else None,
        tags=said.tags,
        probability=said.probability,
        is_hot=said.is_hot,
        expected_close_on=said.close_on,
        product=said.product or "",
        source=said.source or "",
        next_step=said.next_step or "",
        next_kind=kind_of(said.next_step or ""),
        due_on=said.due_on,
        due_time=said.due_at,
    )


def _stage_id(workspace: Workspace, said: QuickAdd) -> int:
    pipeline_id = workspace.listing.pipeline(said.pipeline).id if said.pipeline else None
    if said.stage:
        return workspace.listing.stage(said.stage, pipeline_id).id
    return first_open_stage(workspace, pipeline_id).id


def first_open_stage(workspace: Workspace, pipeline_id: int | None = None) -> Stage:
    """Where a new deal begins: the first open stage of a pipeline (None: the first pipeline)."""
    names = workspace.listing.names()
    home = pipeline_id if pipeline_id is not None else next((p.id for p in names.pipelines), None)
    for stage in names.stages:
        if stage.pipeline_id == home and stage.is_open:
            return stage
    raise InvalidInput("There is no open stage to put the deal in. `pipeboard pipeline add` makes a pipeline.")
