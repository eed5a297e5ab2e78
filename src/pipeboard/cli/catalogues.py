"""Verbs for what deals refer to: owners, lost reasons, rates."""

import click

from pipeboard.cli import output
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of, typed_day
from pipeboard.domain.commands import (
    AddLostReason,
    AddOwner,
    ArchiveLostReason,
    ArchiveOwner,
    EditLostReason,
    MoveLostReason,
    RenameOwner,
    SetRate,
)
from pipeboard.domain.names import match_thing
from pipeboard.domain.rates import parse_rate, rate_text


@click.group()
def owner() -> None:
    """Owners: list, add, rename, archive.

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


@owner.command("rename")
@click.argument("name")
@click.argument("new_name")
@pass_session
def rename_owner(session: Session, name: str, new_name: str) -> None:
    """Give a person another name.

    \b
    Example:
      pipeboard owner rename anna "Anna Nowak-Kos"
    """
    owner_id = session.workspace.listing.owner_id(name)
    output.line(session.workspace.execute(RenameOwner(owner_id, new_name)).label or "Already called that")


@owner.command("archive")
@click.argument("name")
@click.option("--to", "heir", default="", help="Who takes over the open and parked deals and the open tasks.")
@pass_session
def archive_owner(session: Session, name: str, heir: str) -> None:
    """Take a person out of the lists; closed deals and the history keep the name.

    \b
    Example:
      pipeboard owner archive boris --to anna
    """
    listing = session.workspace.listing
    into = listing.owner_id(heir) if heir else None
    output.line(session.workspace.execute(ArchiveOwner(listing.owner_id(name), into)).label)


@click.group()
def reason() -> None:
    """Lost reasons: list, add, rename, exclude, move, archive.

    \b
    Example:
      pipeboard reason add "Chose to build it"
    """


@reason.command("list")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.reasons/1.")
@pass_session
def list_reasons(session: Session, is_json: bool) -> None:
    """List the reasons for losing in order, with how many deals were lost for each.

    \b
    Example:
      pipeboard reason list
    """
    reasons = session.workspace.catalogues.lost_reasons()
    if is_json:
        rows = [{"id": r.id, "name": r.name, "excluded": r.is_excluded, "deals": r.deal_count} for r in reasons]
        output.document({"schema": "pipeboard.reasons/1", "reasons": rows})
        return
    excluded = {True: "not in the win rate", False: ""}
    output.table(
        ("reason", "deals", ""), [(r.name, str(r.deal_count), excluded[r.is_excluded]) for r in reasons], right=(1,)
    )


def _reason(session: Session, typed: str) -> int:
    return match_thing(typed, session.workspace.catalogues.lost_reasons(), "lost reason").id


@reason.command("add")
@click.argument("name")
@click.option("--excluded", is_flag=True, help="Deals lost for it stay out of the win rate (bad data, no sale).")
@pass_session
def add_reason(session: Session, name: str, excluded: bool) -> None:
    """Add a reason for losing.

    \b
    Example:
      pipeboard reason add "Chose to build it"
    """
    output.line(session.workspace.execute(AddLostReason(name, excluded)).label)


@reason.command("rename")
@click.argument("name")
@click.argument("new_name")
@pass_session
def rename_reason(session: Session, name: str, new_name: str) -> None:
    """Give a reason another name; deals lost for it show the new one.

    \b
    Example:
      pipeboard reason rename timing "Bad timing"
    """
    command = EditLostReason(_reason(session, name), new_name)
    output.line(session.workspace.execute(command).label)


@reason.command("exclude")
@click.argument("name")
@click.option("--off", is_flag=True, help="Count deals lost for it again.")
@pass_session
def exclude_reason(session: Session, name: str, off: bool) -> None:
    """Leave deals lost for a reason out of the win rate.

    \b
    Example:
      pipeboard reason exclude duplicate
    """
    command = EditLostReason(_reason(session, name), is_excluded=not off)
    output.line(session.workspace.execute(command).label)


@reason.command("move")
@click.argument("name")
@click.argument("place", type=click.IntRange(1))
@pass_session
def move_reason(session: Session, name: str, place: int) -> None:
    """Put a reason at a place of the list, counted from 1.

    \b
    Example:
      pipeboard reason move competitor 1
    """
    reason_id = _reason(session, name)
    ids = [r.id for r in session.workspace.catalogues.lost_reasons()]
    session.workspace.execute(MoveLostReason(reason_id, place - 1 - ids.index(reason_id)))
    output.line(f"{', '.join(r.name for r in session.workspace.catalogues.lost_reasons())}")


@reason.command("archive")
@click.argument("name")
@pass_session
def archive_reason(session: Session, name: str) -> None:
    """Take a reason out of the list; deals lost for it keep it.

    \b
    Example:
      pipeboard reason archive timing
    """
    found = match_thing(name, session.workspace.catalogues.lost_reasons(), "lost reason")
    label = session.workspace.execute(ArchiveLostReason(found.id)).label
    output.line(f"{label} ({count_of(found.deal_count, 'deal')} keep it)" if found.deal_count else label)


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
    command = SetRate(currency.upper(), parse_rate(value), typed_day(day, session.now, "--on", is_past=True))
    session.workspace.execute(command)
    output.line(f"1 {currency.upper()} = {rate_text(command.rate_nano)} {session.workspace.info.currency}")


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
        output.line(f"1 {currency} = {rate_text(nano)} {base}")
