"""Verbs for what deals refer to: pipelines, owners, rates."""

import click

from pipeboard.cli import output
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import typed_day
from pipeboard.domain.commands import AddOwner, ArchiveOwner, ArchivePipeline, CreatePipeline, SetRate
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.names import match_name
from pipeboard.domain.stage import StageKind
from pipeboard.domain.templates import DEFAULT_KEY, TEMPLATES, parse_stages

NANO = 10**9


@click.group()
def pipeline() -> None:
    """Pipelines: list, add, archive.

    \b
    Example:
      pipeboard pipeline add Partners --stages "Lead 10% 7d, Pilot 50% 14d"
    """


@pipeline.command("list")
@pass_session
def list_pipelines(session: Session) -> None:
    """List the pipelines with their stages.

    \b
    Example:
      pipeboard pipeline list
    """
    names = session.workspace.listing.names()
    for one in names.pipelines:
        output.line(one.name)
        rows = []
        for stage in names.stages:
            if stage.pipeline_id == one.id:
                rots = f"rots after {stage.rot_days}d" if stage.rot_days else ""
                rows.append(("  " + stage.name, _KINDS[stage.kind], f"{stage.probability}%", rots))
        output.table(("  stage", "kind", "chance", ""), rows, right=(2,))


_KINDS = {
    StageKind.OPEN: "open",
    StageKind.POST: "after the sale",
    StageKind.WON: "won",
    StageKind.LOST: "lost",
    StageKind.PARKED: "parked",
}


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


@click.group()
def owner() -> None:
    """Owners: list, add, archive.

    \b
    Example:
      pipeboard owner add "Anna Nowak"
    """


@owner.command("list")
@pass_session
def list_owners(session: Session) -> None:
    """List the people who own deals.

    \b
    Example:
      pipeboard owner list
    """
    for _, name in session.workspace.listing.names().owners:
        output.line(name)


@owner.command("add")
@click.argument("name")
@pass_session
def add_owner(session: Session, name: str) -> None:
    """Add a person.

    \b
    Example:
      pipeboard owner add "Anna Nowak"
    """
    output.line(session.workspace.execute(AddOwner(name)).label)


@owner.command("archive")
@click.argument("name")
@pass_session
def archive_owner(session: Session, name: str) -> None:
    """Take a person out of the lists; deals and history keep the name.

    \b
    Example:
      pipeboard owner archive anna
    """
    owner_id = session.workspace.listing.owner_id(name)
    output.line(session.workspace.execute(ArchiveOwner(owner_id)).label)


@click.group()
def rate() -> None:
    """Exchange rates: set, list.

    \b
    Example:
      pipeboard rate set USD 0.92
    """


@rate.command("set")
@click.argument("currency")
@click.argument("value", metavar="RATE")
@click.option("--on", "day", default="today", show_default=True, help="The day from which it holds.")
@pass_session
def set_rate(session: Session, currency: str, value: str, day: str) -> None:
    """Note what one unit of a currency is worth in the workspace's currency.

    \b
    Example:
      pipeboard rate set USD 0.92 --on 2026-10-01
    """
    command = SetRate(currency.upper(), _nano(value), typed_day(day, session.now, "--on", is_past=True))
    session.workspace.execute(command)
    output.line(f"1 {currency.upper()} = {_plain(command.rate_nano)} {session.workspace.info.currency}")


def _nano(typed: str) -> int:
    """A typed rate in billionths, exactly."""
    from decimal import Decimal, InvalidOperation

    try:
        scaled = Decimal(typed.replace(",", ".")) * NANO
        whole = int(scaled) if scaled.is_finite() else 0
    except (InvalidOperation, ValueError):
        raise InvalidInput(f"{typed[:60]!r} is no rate. Write for example 0.92.") from None
    if scaled != whole or whole <= 0:
        raise InvalidInput(f"{typed[:60]!r} is no rate: it is above zero and has at most nine decimals.")
    return whole


def _plain(nano: int) -> str:
    return f"{nano // NANO}.{nano % NANO:09d}".rstrip("0").rstrip(".")


@rate.command("list")
@pass_session
def list_rates(session: Session) -> None:
    """List the rates in force today.

    \b
    Example:
      pipeboard rate list
    """
    base = session.workspace.info.currency
    for currency, nano in sorted(session.workspace.listing.names().rates.items()):
        output.line(f"1 {currency} = {_plain(nano)} {base}")
