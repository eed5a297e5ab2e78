"""Bringing a file in: plan it, keep a backup, write it in one action, and say what happened."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pipeboard.domain.commands import ImportDeals
from pipeboard.domain.errors import InvalidInput, PipeboardError, Refused
from pipeboard.domain.events import DealsImported, Outcome
from pipeboard.domain.imports.origin import told_sign
from pipeboard.domain.imports.stages import new_stage
from pipeboard.domain.stage import Pipeline
from pipeboard.services.transfer.own_files import homes, joined
from pipeboard.services.transfer.planning import plan_import
from pipeboard.services.transfer.plans import ImportOptions, ImportPlan, OwnPipelines, Progress, require_decided
from pipeboard.services.transfer.rejects import write_rejects
from pipeboard.services.transfer.remembering import header_hash, with_remembered, worth_remembering
from pipeboard.services.transfer.sources import Source, spooled
from pipeboard.services.workspace import Workspace

MODES = ("create", "update", "both")


class ImportTarget(NamedTuple):
    """Where the deals go: the pipeline as typed ("": the first), what may happen to deals, and whether at all.

    `rejects` is a file for the rows that were refused, `history` one of stage changes of the same deals.
    """

    pipeline: str = ""
    mode: str = "both"
    is_dry_run: bool = False
    rejects: Path | None = None
    history: Source | None = None


class ImportReport(NamedTuple):
    """What was understood and what became of it; of a dry run, what would have.

    `rows` of the plan is new + changed + unchanged + rejected. `action_id` is what undo takes back, None when
    nothing changed. `backup` is the copy made before.
    """

    plan: ImportPlan
    pipeline: str
    new: int
    changed: int
    unchanged: int
    action_id: int | None = None
    backup: str = ""


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
    with _no_collection():
        return _import(workspace, source, options, target or ImportTarget(), progress, name)


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for garbage meanwhile: an import makes millions of values that stay, and not one cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _import(
    workspace: Workspace,
    source: Source,
    options: ImportOptions,
    target: ImportTarget,
    progress: Progress | None,
    name: str,
) -> ImportReport:
    _check(target)
    pipeline = _pipeline(workspace, target.pipeline)
    if not isinstance(source, Path | bytes):
        source = spooled(source)
    asked = options._replace(zone=options.zone or workspace.zone, only="" if target.pipeline else None)
    try:
        parts = [(pipeline, _plan(workspace, source, asked, pipeline, progress, name))]
    except OwnPipelines as found:
        parts = [
            (home, _plan(workspace, source, asked._replace(only=own), home, progress, name))
            for own, home in homes(found.names, workspace.listing.names().pipelines)
        ]
    if target.history is not None:
        parts = [(home, _with_history(plan, target.history, options, workspace, home)) for home, plan in parts]
    file_name = name or (source.name if isinstance(source, Path) else "stdin")
    commands = [
        ImportDeals(
            home.id,
            file_name,
            plan.profile,
            tuple(plan.deals),
            target.mode,
            plan.unknown_stages,
            origin=told_sign(plan.header),
        )
        for home, plan in parts
    ]
    command = commands[0]._replace(more=tuple(commands[1:]))
    plan = joined([plan for _, plan in parts]) if len(parts) > 1 else parts[0][1]
    where = ", ".join(home.name for home, _ in parts)
    if target.is_dry_run:
        return _report(plan, where, workspace.rehearse(command))
    require_decided(plan)
    backup = _backup(workspace) if plan.deals else ""
    report = _report(plan, where, workspace.execute(command))._replace(backup=backup)
    _keep_besides(workspace, plan, options, target)
    return report


def _keep_besides(workspace: Workspace, plan: ImportPlan, options: ImportOptions, target: ImportTarget) -> None:
    """What is kept beside the deals, which are saved by now: no failure here may sound as if they were not."""
    if decided := worth_remembering(options):
        with suppress(PipeboardError):  # a convenience: next time the person is asked again
            workspace.remember(header_hash(plan.header), decided)
    if target.rejects is not None and plan.rejected:
        try:
            write_rejects(target.rejects, plan.header, plan.rejected)
        except PipeboardError as failure:
            raise type(failure)(f"The deals are imported, but the rejected rows are not written: {failure}") from None


def _plan(
    workspace: Workspace,
    source: Source,
    options: ImportOptions,
    pipeline: Pipeline,
    progress: Progress | None,
    name: str,
) -> ImportPlan:
    """What would go into one pipeline."""
    if not isinstance(source, Path | bytes):
        source.seek(0)
    stages = workspace.deals.stages(pipeline.id)
    return plan_import(
        source,
        options,
        stages,
        workspace.listing.names().owners,
        workspace.info.currency,
        workspace.deals.today,
        progress,
        name,
        lambda header, said: with_remembered(
            said, workspace.recalled(header_hash(header)), header, [stage.name for stage in stages]
        ),
    )


def _with_history(
    plan: ImportPlan, source: Source, options: ImportOptions, workspace: Workspace, pipeline: Pipeline
) -> ImportPlan:
    """The plan with the stages that another file says its deals have entered."""
    from pipeboard.services.transfer.stage_histories import read_history, with_history

    said = options._replace(zone=options.zone or workspace.zone)
    stages = [*workspace.deals.stages(pipeline.id), *(new_stage(name) for name in plan.unknown_stages)]
    history = read_history(source, said, stages)
    deals, count = with_history(plan.deals, history)
    told = f"The history tells of {count:,} of these deals ({len(history.entries):,} in its file)."
    return plan._replace(deals=deals, warnings=[*plan.warnings, told, *history.warnings])


def _check(target: ImportTarget) -> None:
    if target.mode not in MODES:
        raise InvalidInput(f"{target.mode!r} is no way to import. Ways: {', '.join(MODES)}.")
    if target.rejects is not None and target.rejects.exists():
        raise Refused(f"{target.rejects} exists already; name another file for the rejected rows.")


def _pipeline(workspace: Workspace, typed: str) -> Pipeline:
    if typed:
        return workspace.listing.pipeline(typed)
    pipelines = workspace.listing.names().pipelines
    if not pipelines:
        raise InvalidInput("There is no pipeline to import into. `pipeboard pipeline add` makes one.")
    return pipelines[0]


def _backup(workspace: Workspace) -> str:
    from pipeboard.services.safety import backup_before

    target = workspace.target
    return backup_before(target.path if target.is_sqlite else target.url, workspace.clock, "import")


def _report(plan: ImportPlan, pipeline: str, outcome: Outcome) -> ImportReport:
    for event in outcome.events:
        if isinstance(event, DealsImported):
            counts = (event.new, event.changed, event.unchanged)
            return ImportReport(plan, pipeline, *counts, action_id=outcome.action_id)
    return ImportReport(plan, pipeline, 0, 0, len(plan.deals), action_id=outcome.action_id)
