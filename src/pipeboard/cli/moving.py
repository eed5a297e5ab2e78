"""Verbs that take a deal to another stage: move, won, lost, park, reopen."""

import click

from pipeboard.cli import diagnostics
from pipeboard.cli.deals import found_deal, show_changed
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import typed_day, typed_money
from pipeboard.domain.commands import (
    CopyDeals,
    HandOffDeals,
    LoseDeals,
    MoveDeals,
    ParkDeals,
    ReopenDeals,
    Seen,
    WinDeals,
)
from pipeboard.domain.events import DealCreated

FORCE = click.option("--force", is_flag=True, help="Even if required criteria of its stage are open; that is noted.")


@click.command()
@click.argument("deal")
@click.argument("stage", default="")
@click.option("--pipeline", default="", help="The pipeline of the stage; without a STAGE the one of the same name.")
@FORCE
@pass_session
def move(session: Session, deal: str, stage: str, pipeline: str, force: bool) -> None:
    """Move a deal to an open stage, of its own or another pipeline.

    Without a stage the deal goes to the one of the same name in the other pipeline, else to its first.

    \b
    Examples:
      pipeboard move "acme ren" negotiation
      pipeboard move "acme ren" --pipeline partners
    """
    deal_id = found_deal(session, deal)
    command: MoveDeals | HandOffDeals
    if not stage and not pipeline:
        raise click.UsageError("Say where to: a STAGE, or a --pipeline.")
    if stage:
        target = session.workspace.listing.stage_for(deal_id, stage, pipeline)
        command = MoveDeals((Seen(deal_id),), target.id, force)
    else:
        command = HandOffDeals((Seen(deal_id),), session.workspace.listing.pipeline(pipeline).id, force)
    outcome = session.workspace.execute(command)
    show_changed(session, deal_id, "Moved" if outcome.events else "Already there:")


@click.command()
@click.argument("deal")
@click.argument("pipeline")
@pass_session
def copy(session: Session, deal: str, pipeline: str) -> None:
    """Copy a deal into another pipeline, for the work after the sale. The original stays as it is.

    \b
    Example:
      pipeboard copy "acme ren" customers
    """
    deal_id = found_deal(session, deal)
    outcome = session.workspace.execute(CopyDeals((Seen(deal_id),), session.workspace.listing.pipeline(pipeline).id))
    for event in outcome.events:
        if isinstance(event, DealCreated):
            show_changed(session, event.deal_id, "Copied")


@click.command()
@click.argument("deal")
@click.option("--on", "day", default="today", show_default=True, help="The day it was won.")
@click.option("--value", default="", help="The final value, such as 14k or $14,000.")
@click.option("--note", default="", help="What decided it.")
@FORCE
@pass_session
def won(session: Session, deal: str, day: str, value: str, note: str, force: bool) -> None:
    """Close a deal as won.

    \b
    Example:
      pipeboard won "acme ren" --on yesterday --value 14k
    """
    deal_id = found_deal(session, deal)
    closed_on = typed_day(day, session.now, "--on", is_past=True)
    minor = _final_value(session, deal_id, value) if value else None
    session.workspace.execute(WinDeals((Seen(deal_id),), closed_on, minor, note, force))
    show_changed(session, deal_id, "Won")


def _final_value(session: Session, deal_id: int, typed: str) -> int:
    detail = session.workspace.deals.detail(deal_id)
    minor, currency = typed_money(typed, detail.currency, session.workspace.info.currency)
    if currency != detail.currency:
        raise click.BadParameter(
            f"the deal is in {detail.currency}; change that first with `pipeboard edit`.", param_hint="--value"
        )
    return minor


def _warn_of_few_attempts(session: Session, deal_id: int) -> None:
    """Say on stderr when a deal was given up after very few attempts to reach the buyer."""
    from pipeboard.domain.attempts import warning

    if words := warning([*session.workspace.activities.attempts([deal_id]).values()]):
        diagnostics.say(f"Note: {words[0].lower()}{words[1:]} before this deal was given up.")


@click.command()
@click.argument("deal")
@click.option("--reason", required=True, help="One of the lost reasons, by its beginning.")
@click.option("--on", "day", default="today", show_default=True, help="The day it was lost.")
@click.option("--note", default="", help="The story behind it.")
@pass_session
def lost(session: Session, deal: str, reason: str, day: str, note: str) -> None:
    """Close a deal as lost, for a reason.

    \b
    Example:
      pipeboard lost "acme ren" --reason price
    """
    deal_id = found_deal(session, deal)
    closed_on = typed_day(day, session.now, "--on", is_past=True)
    session.workspace.execute(LoseDeals((Seen(deal_id),), closed_on, reason, note))
    _warn_of_few_attempts(session, deal_id)
    show_changed(session, deal_id, "Lost")


@click.command()
@click.argument("deal")
@click.option("--until", "day", required=True, help="The day it wakes up.")
@click.option("--reason", required=True, help="Why it waits.")
@pass_session
def park(session: Session, deal: str, day: str, reason: str) -> None:
    """Put a deal into the fridge until a day.

    \b
    Example:
      pipeboard park "acme ren" --until "1 mar" --reason "budget in spring"
    """
    deal_id = found_deal(session, deal)
    wake_on = typed_day(day, session.now, "--until")
    session.workspace.execute(ParkDeals((Seen(deal_id),), wake_on, reason))
    _warn_of_few_attempts(session, deal_id)
    show_changed(session, deal_id, "Parked")


@click.command()
@click.argument("deal")
@click.option("--reason", default="", help="Why it is open again.")
@click.option("--stage", default="", help="The open stage it comes back to; without it, the one it left.")
@pass_session
def reopen(session: Session, deal: str, reason: str, stage: str) -> None:
    """Bring a won, lost or parked deal back.

    \b
    Example:
      pipeboard reopen "acme ren" --reason "new budget" --stage qualified
    """
    deal_id = found_deal(session, deal)
    target = session.workspace.listing.stage_for(deal_id, stage) if stage else None
    session.workspace.execute(ReopenDeals((Seen(deal_id),), reason, target.id if target else None))
    show_changed(session, deal_id, "Reopened")
