"""Bringing a file in: plan it, keep a backup, write it in one action, and say what happened."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pipeboard.domain.commands import CreatePipeline, ImportDeals
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import DealsImported
from pipeboard.domain.imports.origin import told_sign
from pipeboard.domain.imports.profiles import OWN
from pipeboard.domain.imports.stages import new_stage
from pipeboard.domain.imports.their_stages import mean_probabilities, stages_like_theirs, without_echo
from pipeboard.domain.imports.totals import StageTotal, stage_totals
from pipeboard.domain.stage import Pipeline
from pipeboard.services.transfer.carrying_out import Fact, Prepared, Told, carry_out, keep_besides, no_collection
from pipeboard.services.transfer.own_files import Home, homes, homes_like_theirs, joined
from pipeboard.services.transfer.planning import plan_import
from pipeboard.services.transfer.plans import (
    ImportOptions,
    ImportPlan,
    ImportTarget,
    Progress,
    TheirPipelines,
    both_phases,
    check_target,
    require_decided,
)
from pipeboard.services.transfer.remembering import header_hash, with_remembered
from pipeboard.services.transfer.sources import Opened, Source, label_of, spooled
from pipeboard.services.workspace import Workspace


class ImportReport(NamedTuple):
    """What was understood and what became of it; of a dry run, what would have.

    `rows` of the plan is new + changed + unchanged + rejected. `action_id` is what undo takes back, None when
    nothing changed. `backup` is the copy made before. `totals` are those of the file, to hold against the other tool.
    """

    plan: ImportPlan
    pipeline: str
    new: int
    changed: int
    unchanged: int
    action_id: int | None = None
    backup: str = ""
    totals: tuple[StageTotal, ...] = ()


def import_file(
    workspace: Workspace,
    source: Source,
    options: ImportOptions,
    target: ImportTarget | None = None,
    *,
    progress: Progress | None = None,
    name: str = "",
) -> ImportReport:
    """Bring the deals of a file in, all in one action, or refuse it as a whole with a sentence.

    A dry run executes the same and takes it back, so its counts are those of the real run.
    """
    target = target or ImportTarget()
    reading, writing = both_phases(progress)
    with no_collection():
        prepared = prepare_deals(workspace, source, options, target, reading, name)
        return carry_out(workspace, [prepared], target, writing)[0]


def prepare_deals(
    workspace: Workspace,
    source: Source,
    options: ImportOptions,
    target: ImportTarget,
    reading: Progress,
    name: str = "",
) -> Prepared[ImportReport]:
    """Read the deals of a file. Raises a PipeboardError with a sentence for what cannot be read as a whole."""
    check_target(target)
    if not isinstance(source, Path | bytes | Opened):
        source = spooled(source)
    parts = _parts(workspace, source, options, target, reading, name)
    if target.history is not None:
        parts = [(home, _with_history(plan, target.history, options, workspace, home)) for home, plan in parts]
    made = [(home, *_like_theirs(home, plan)) for home, plan in parts]
    commands = [
        ImportDeals(
            home.pipeline.id,
            label_of(source, name),
            plan.profile,
            tuple(plan.deals),
            target.mode,
            plan.unknown_stages,
            origin=told_sign(plan.header),
            new_pipeline=new,
        )
        for home, plan, new in made
    ]
    plan = joined([plan for _, plan, _ in made]) if len(made) > 1 else made[0][1]
    where = ", ".join(f"{home.pipeline.name}{' (new)' if new else ''}" for home, _, new in made)
    order = [stage.name for home, _, new in made for stage in (new.stages if new else home.stages)]
    totals = stage_totals(plan.deals, order)

    def report(fact: Fact, told: Told) -> tuple[ImportReport, Callable[[], None]]:
        done = plan
        if isinstance(fact, DealsImported) and fact.elsewhere:
            some = "deal stands in another pipeline by now, and stays there"
            some = some if fact.elsewhere == 1 else "deals stand in another pipeline by now, and stay there"
            said = f"{fact.elsewhere:,} known {some}."
            done = plan._replace(warnings=[*plan.warnings, said])
        return ImportReport(done, where, fact.new, fact.changed, fact.unchanged, *told, totals), keep

    def keep() -> None:
        keep_besides(workspace, options, target, header_hash(plan.header), plan.header, plan.rejected)

    command = commands[0]._replace(more=tuple(commands[1:]))
    return Prepared(command, bool(plan.deals), lambda: require_decided(plan), report)


def _parts(
    workspace: Workspace, source: Source, options: ImportOptions, target: ImportTarget, reading: Progress, name: str
) -> list[tuple[Home, ImportPlan]]:
    """What would go into each pipeline."""
    is_like_theirs = target.is_like_theirs
    asked = options._replace(zone=options.zone or workspace.zone, only="" if target.pipeline else None)
    if is_like_theirs:
        asked = asked._replace(is_like_theirs=True, is_creating_stages=True)
    home = Home.of(workspace, _pipeline(workspace, target.pipeline))
    try:
        return [(home, _plan(workspace, source, asked, home, reading, name))]
    except TheirPipelines as found:
        ours = workspace.listing.names().pipelines
        if is_like_theirs and found.tool != OWN:
            label = label_of(source, name)
            places = [
                (theirs, Home.of(workspace, mine) if mine else Home.new(called))
                for theirs, called, mine in homes_like_theirs(found.names, ours, found.tool, label)
            ]
        else:
            places = [(theirs, Home.of(workspace, mine)) for theirs, mine in homes(found.names, ours)]
    # A file without a column of pipelines is read whole, as is one of a single pipeline.
    is_one = len(places) == 1
    return [
        (place, _plan(workspace, source, asked._replace(only="" if is_one else theirs), place, reading, name))
        for theirs, place in places
    ]


def _like_theirs(home: Home, plan: ImportPlan) -> tuple[ImportPlan, CreatePipeline | None]:
    """The plan for a pipeline that is there; for a new one, with what makes it."""
    if not home.is_new:
        return plan, None
    stages = stages_like_theirs(plan.unknown_stages, mean_probabilities(plan.deals))
    return plan._replace(deals=without_echo(plan.deals, stages)), CreatePipeline(home.pipeline.name, stages)


def _plan(
    workspace: Workspace, source: Source, options: ImportOptions, home: Home, progress: Progress, name: str
) -> ImportPlan:
    """What would go into one pipeline."""
    if not isinstance(source, Path | bytes | Opened):
        source.seek(0)
    return plan_import(
        source,
        options,
        home.stages,
        workspace.listing.names().owners,
        workspace.info.currency,
        workspace.deals.today,
        progress,
        name,
        lambda header, said: with_remembered(
            said, workspace.recalled(header_hash(header)), header, [stage.name for stage in home.stages]
        ),
    )


def _with_history(
    plan: ImportPlan, source: Source, options: ImportOptions, workspace: Workspace, home: Home
) -> ImportPlan:
    """The plan with the stages that another file says its deals have entered."""
    from pipeboard.services.transfer.stage_histories import read_history, with_history

    said = options._replace(zone=options.zone or workspace.zone)
    stages = [*home.stages, *(new_stage(name) for name in plan.unknown_stages)]
    history = read_history(source, said, stages)
    deals, count = with_history(plan.deals, history)
    told = f"The history tells of {count:,} of these deals ({len(history.entries):,} in its file)."
    return plan._replace(deals=deals, warnings=[*plan.warnings, told, *history.warnings])


def _pipeline(workspace: Workspace, typed: str) -> Pipeline:
    if typed:
        return workspace.listing.pipeline(typed)
    pipelines = workspace.listing.names().pipelines
    if not pipelines:
        raise InvalidInput("There is no pipeline to import into. `pipeboard pipeline add` makes one.")
    return pipelines[0]


__all__ = ["ImportReport", "ImportTarget", "import_file", "prepare_deals"]
