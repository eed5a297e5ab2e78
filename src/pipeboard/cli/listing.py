"""The verb that lists deals."""

from datetime import date

import click

from pipeboard.cli import documents, output
from pipeboard.cli.filters import filter_of
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of, late_or_day, money
from pipeboard.domain.stage import DealStatus
from pipeboard.services.listing import DealFilter, ListedDeal

_HEADER = ("id", "deal", "company", "stage", "value", "owner", "next step", "days")


@click.command("list")
@click.option(
    "--filter", "-f", "text", metavar="FILTER", default="", help="Words, @owner, value>10k, close<eom: as on the board."
)
@click.option("--view", metavar="NAME", default="", help="A filter kept under a name.")
@click.option("--stage", default="", help="Deals in this stage.")
@click.option("--owner", default="", help="Deals of this person.")
@click.option("--status", default="", help="open, won, lost or parked.")
@click.option("--pipeline", default="", help="Deals of this pipeline.")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.list/1.")
@click.option("--csv", "is_csv", is_flag=True, help="As CSV, one column for each field of the JSON.")
@pass_session
def list_deals(
    session: Session,
    text: str,
    view: str,
    stage: str,
    owner: str,
    status: str,
    pipeline: str,
    is_json: bool,
    is_csv: bool,
) -> None:
    """List deals in the order of the board. All of them, or those that the options leave.

    \b
    Examples:
      pipeboard list --status open --owner anna
      pipeboard list --filter "acme renewal" --json
      pipeboard list --filter "@anna value>10k close<eom -#web"
    """
    if is_json and is_csv:
        raise click.UsageError("--json and --csv exclude one another.")
    text = filter_of(session, text, view)
    deals = session.workspace.listing.deals(DealFilter(text, stage, owner, status, pipeline))
    if is_json:
        output.document(documents.deal_list(deals))
    elif is_csv:
        _print_csv(deals)
    else:
        _print(session, deals)


def _print_csv(deals: list[ListedDeal]) -> None:
    rows = [documents.deal(deal) for deal in deals]
    for row in rows:
        row["tags"] = " ".join(row["tags"])
        row["next_task"] = row["next_task"]["title"] if row["next_task"] else None
    header = list(rows[0]) if rows else list(documents.DEAL_KEYS)
    output.csv_rows(header, ([_cell(row[name]) for name in header] for row in rows))


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def _print(session: Session, deals: list[ListedDeal]) -> None:
    today = session.workspace.listing.today
    rows = []
    for deal in deals:
        row = deal.row
        days = "" if deal.days_in_stage is None else f"{deal.days_in_stage}d"
        next_step = _standing(deal, today)
        value = money(row.value_minor, row.currency)
        rows.append((str(row.id), row.title, row.company, row.stage, value, row.owner, next_step, days))
    output.table(_HEADER, rows, right=(0, 4, 7), flexible=(1, 6), optional=2)
    sums = [money(minor, currency) for currency, minor in documents.totals(deals).items()]
    output.line(" · ".join([count_of(len(deals), "deal"), *sums]))


def _standing(deal: ListedDeal, today: date) -> str:
    row = deal.row
    if deal.status in (DealStatus.WON, DealStatus.LOST):
        return f"{row.lost_reason or 'won'} {row.closed_on or ''}".strip()
    if deal.status == DealStatus.PARKED:
        return f"wakes {row.wake_on}" if row.wake_on else "parked"
    if row.task_id is None:
        return "rotting" if deal.is_rotting else "no next step"
    due = row.task_snoozed_until or row.task_due_on
    return late_or_day(due, row.task_due_time, today) or row.task_title
