"""Verbs for pipelines: list, stages, templates, add, rename, move, archive."""

import click

from pipeboard.cli import documents, output
from pipeboard.cli.session import Session, pass_session
from pipeboard.domain.commands import ArchivePipeline, CreatePipeline, EditPipeline, MovePipeline
from pipeboard.domain.criteria import read_criteria
from pipeboard.domain.names import match_name
from pipeboard.domain.stage import StageKind
from pipeboard.domain.templates import DEFAULT_KEY, TEMPLATES, parse_stages
from pipeboard.services.catalogues import PipelineSheet

KINDS = {
    StageKind.OPEN: "open",
    StageKind.POST: "after the sale",
    StageKind.WON: "won",
    StageKind.LOST: "lost",
    StageKind.PARKED: "parked",
}
"""The kinds of stages in words."""


@click.group()
def pipeline() -> None:
    """Pipelines: list, stages, templates, add, rename, move, archive.

    \b
    Example:
      pipeboard pipeline add Partners --stages "Lead 10% 7d, Pilot 50% 14d"
    """


@pipeline.command("list")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.pipelines/1.")
@pass_session
def list_pipelines(session: Session, is_json: bool) -> None:
    """List the pipelines with their stages.

    \b
    Example:
      pipeboard pipeline list
    """
    sheets = session.workspace.catalogues.pipelines()
    if is_json:
        output.document(documents.pipelines(sheets))
        return
    for sheet in sheets:
        _print(sheet)


@pipeline.command("stages")
@click.argument("name", default="")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.pipelines/1.")
@pass_session
def list_stages(session: Session, name: str, is_json: bool) -> None:
    """Show the stages of a pipeline with what they ask for; without a name, of the first one.

    \b
    Example:
      pipeboard pipeline stages b2b
    """
    sheets = session.workspace.catalogues.pipelines()
    wanted = session.workspace.listing.pipeline(name).id if name else sheets[0].pipeline.id
    (sheet,) = (one for one in sheets if one.pipeline.id == wanted)
    if is_json:
        output.document(documents.pipelines([sheet]))
        return
    _print(sheet)
    for stage in (one.stage for one in sheet.stages):
        if not stage.definition and not stage.exit_criteria:
            continue
        output.line()
        output.line(stage.name)
        for line in stage.definition.splitlines():
            output.line(f"  {line}")
        for criterion in read_criteria(stage.exit_criteria):
            output.line(f"  - {criterion.text}{' (required)' if criterion.is_required else ''}")


def _print(sheet: PipelineSheet) -> None:
    output.line(sheet.pipeline.name)
    rows = [
        (
            f"  {stage.name}",
            KINDS[stage.kind],
            f"{stage.probability}%",
            f"rots after {stage.rot_days}d" if stage.rot_days else "",
            f"at most {stage.deal_limit}" if stage.deal_limit else "",
            str(count),
        )
        for stage, count in sheet.stages
    ]
    output.table(("  stage", "kind", "chance", "", "limit", "deals"), rows, right=(2, 5))


@pipeline.command("templates")
def list_templates() -> None:
    """List the ready-made pipelines.

    \b
    Example:
      pipeboard pipeline templates
    """
    for template in TEMPLATES.values():
        output.line(f"{template.key}: {template.description}")
        output.line(f"  {', '.join(stage.name for stage in template.stages)}")


@pipeline.command("add")
@click.argument("name")
@click.option("--template", default="", help=f"One of {', '.join(TEMPLATES)}.")
@click.option("--stages", default="", help='Own stages, as "Lead 10% 7d, Contacted 20% 7d".')
@pass_session
def add_pipeline(session: Session, name: str, template: str, stages: str) -> None:
    """Add a pipeline from a template or with your own stages.

    \b
    Examples:
      pipeboard pipeline add Projects --template consulting
      pipeboard pipeline add Partners --stages "Lead 10% 7d, Pilot 50% 14d"
    """
    if template and stages:
        raise click.UsageError("--template and --stages exclude one another.")
    keys = list(TEMPLATES)
    chosen = TEMPLATES[keys[match_name(template or DEFAULT_KEY, keys, "template")]]
    own = parse_stages(stages) if stages else None
    is_post_sale = chosen.is_post_sale and own is None
    session.workspace.execute(CreatePipeline(name, own or chosen.stages, is_post_sale))
    output.line(f"Added the pipeline {name}: {', '.join(stage.name for stage in own or chosen.stages)}")


@pipeline.command("rename")
@click.argument("name")
@click.argument("new_name")
@pass_session
def rename_pipeline(session: Session, name: str, new_name: str) -> None:
    """Give a pipeline another name.

    \b
    Example:
      pipeboard pipeline rename partners Resellers
    """
    found = session.workspace.listing.pipeline(name)
    output.line(session.workspace.execute(EditPipeline(found.id, new_name)).label)


@pipeline.command("move")
@click.argument("name")
@click.argument("place", type=click.IntRange(1))
@pass_session
def move_pipeline(session: Session, name: str, place: int) -> None:
    """Put a pipeline at a place of the list, counted from 1. The first one is the board that opens.

    \b
    Example:
      pipeboard pipeline move partners 1
    """
    listing = session.workspace.listing
    found = listing.pipeline(name)
    ids = [one.id for one in listing.names().pipelines]
    session.workspace.execute(MovePipeline(found.id, place - 1 - ids.index(found.id)))
    output.line(", ".join(one.name for one in listing.names().pipelines))


@pipeline.command("archive")
@click.argument("name")
@pass_session
def archive_pipeline(session: Session, name: str) -> None:
    """Take a pipeline without open deals out of sight.

    \b
    Example:
      pipeboard pipeline archive partners
    """
    found = session.workspace.listing.pipeline(name)
    output.line(session.workspace.execute(ArchivePipeline(found.id)).label)
