"""From a quick-add line to the command that adds the deal: whom, which stage and which pipeline its names mean."""

from typing import NamedTuple

from pipeboard.domain.board import Owner
from pipeboard.domain.commands import CreateDeal
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.names import match_thing, place_of
from pipeboard.domain.quick_add import QuickAdd
from pipeboard.domain.stage import Pipeline, Stage
from pipeboard.domain.task import kind_of


class DealNames(NamedTuple):
    """What the names in a line can mean: all pipelines, the stages of all of them, all owners; `me` is the id of the
    owner behind "@me"."""

    pipelines: tuple[Pipeline, ...]
    stages: tuple[Stage, ...]
    owners: tuple[Owner, ...]
    me: int | None = None

    def pipeline_of(self, stage: Stage) -> Pipeline:
        """The pipeline in which a stage is."""
        return next(pipeline for pipeline in self.pipelines if pipeline.id == stage.pipeline_id)


def new_deal(said: QuickAdd, names: DealNames, home: Stage | None = None) -> CreateDeal:
    """The command that adds the deal a line describes; `home` is the stage it goes to unless the line says so.

    InvalidInput without any title or for a closed stage, NotFound or Ambiguous for names of owner, stage or
    pipeline.
    """
    stage = stage_of(said, names, home)
    owner = owner_of(said, names)
    title = said.title or said.company or ""
    if not title:
        raise InvalidInput("A deal needs a title: a few words that are no value, owner or tag.")
    return CreateDeal(
        title=title,
        stage_id=stage.id,
        value_minor=said.value_minor,
        currency=said.currency,
        company=said.company or "",
        contact=said.contact or "",
        owner_id=owner.id if owner else None,
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


def owner_of(said: QuickAdd, names: DealNames) -> Owner | None:
    """Who is to own the deal; None when nobody is named."""
    if not said.owner:
        return None
    typed, mine = said.owner.lstrip("@"), place_of(names.owners, names.me)
    if mine is not None and typed.casefold() == "me":
        return names.owners[mine]
    return match_thing(typed, names.owners, "owner")


def stage_of(said: QuickAdd, names: DealNames, home: Stage | None = None) -> Stage:
    """Where the deal goes: the named stage, else the first open one of the named pipeline, else `home`.

    A stage's name is looked for in the named pipeline alone; without one at home first, then in every pipeline.
    """
    pipelines: tuple[Pipeline, ...]
    if said.pipeline:
        pipelines = (match_thing(said.pipeline, names.pipelines, "pipeline"),)
    else:
        pipelines = tuple(sorted(names.pipelines, key=lambda one: home is None or one.id != home.pipeline_id))
    if said.stage:
        return _stage_named(said.stage, pipelines, names)
    if home is not None and not said.pipeline:
        return home
    for stage in _stages(names, pipelines[:1]):
        if stage.is_open:
            return stage
    raise InvalidInput("There is no open stage to put the deal in. `pipeboard pipeline add` makes a pipeline.")


def _stages(names: DealNames, pipelines: tuple[Pipeline, ...]) -> list[Stage]:
    """The stages of pipelines, one pipeline after the other."""
    return [stage for pipeline in pipelines for stage in names.stages if stage.pipeline_id == pipeline.id]


def _stage_named(typed: str, pipelines: tuple[Pipeline, ...], names: DealNames) -> Stage:
    """The open stage of this name in the first pipeline that has one; the errors are about all of them."""
    for pipeline in pipelines:
        try:
            return match_thing(typed, [s for s in _stages(names, (pipeline,)) if s.is_open], "stage")
        except NotFound:
            continue
    stage = match_thing(typed, _stages(names, pipelines), "stage")
    raise InvalidInput(f"A new deal starts in an open stage, not in {stage.name}.")
