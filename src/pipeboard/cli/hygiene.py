"""The verb that looks for stale and incomplete deals, and closes the stale ones."""

import click

from pipeboard.cli import diagnostics, documents, output
from pipeboard.cli.filters import kept_by
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of, day_text, money
from pipeboard.domain.commands import FlushDeals, Seen
from pipeboard.domain.hygiene import GAP_WORDS, Gap
from pipeboard.domain.money import decimal_string, format_money
from pipeboard.services.hygiene import Hygiene
from pipeboard.services.listing import ListedDeal

_SHOWN = 8


@click.command()
@click.option("--owner", default="", help="Deals of this person.")
@click.option("--pipeline", default="", help="Deals of this pipeline.")
@click.option("--filter", "-f", "text", metavar="FILTER", default="", help="Only deals that the filter leaves.")
@click.option("--view", metavar="NAME", default="", help="A filter kept under a name.")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.hygiene/1.")
@click.option("--csv", "is_csv", is_flag=True, help="As CSV, one row for each deal and gap.")
@click.option("--flush", "is_flush", is_flag=True, help="List the stale deals that a flush would close as lost.")
@click.option("--yes", "is_sure", is_flag=True, help="With --flush: close them, in one action that undo takes back.")
@pass_session
def hygiene(
    session: Session,
    owner: str,
    pipeline: str,
    text: str,
    view: str,
    is_json: bool,
    is_csv: bool,
    is_flush: bool,
    is_sure: bool,
) -> None:
    """Show what is wrong with the open deals. Rotting, silent, slipped, without value, date or next step.

    \b
    Examples:
      pipeboard hygiene --owner anna
      pipeboard hygiene --filter "value>10k #web"
      pipeboard hygiene --flush          (what would be closed)
      pipeboard hygiene --flush --yes
    """
    if is_json and is_csv:
        raise click.UsageError("--json and --csv exclude one another.")
    if is_sure and not is_flush:
        raise click.UsageError("--yes belongs to --flush.")
    if is_flush and (is_json or is_csv):
        raise click.UsageError("--flush prints plain text.")
    names = session.workspace.listing
    report = session.workspace.hygiene.report(
        owner_id=names.owner_id(owner) if owner else None,
        pipeline_id=names.pipeline(pipeline).id if pipeline else None,
        kept=kept_by(session, text, view),
    )
    if is_flush:
        _flush(session, report, is_sure=is_sure)
    elif is_json:
        output.document(document(report, session.workspace.info.currency))
    elif is_csv:
        header = ("gap", *documents.DEAL_KEYS)
        output.csv_rows(header, ([_cell(cell) for cell in row] for row in _csv_rows(report)))
    else:
        _print(session, report)


def document(report: Hygiene, currency: str) -> documents.Json:
    """The report as the contract pipeboard.hygiene/1."""
    return {
        "schema": "pipeboard.hygiene/1",
        "today": report.today_on.isoformat(),
        "currency": currency,
        "open": report.open_deals,
        "gaps": [
            {
                "kind": str(group.gap),
                "count": group.deal_count,
                "value": decimal_string(group.value_minor, currency),
                "deals": [documents.deal(deal) | {"pushes": report.pushes.get(deal.row.id, 0)} for deal in group.deals],
            }
            for group in report.groups
        ],
        "quality": [
            {"owner": one.owner or None, "deals": one.deals, "complete": one.complete, "share": round(one.share, 4)}
            for one in report.qualities
        ],
        "stale": [deal_id for deal_id, _ in report.stale],
    }


def _csv_rows(report: Hygiene) -> list[list[object]]:
    rows: list[list[object]] = []
    for group in report.groups:
        for deal in group.deals:
            values = documents.deal(deal)
            values["tags"] = " ".join(values["tags"])
            values["next_task"] = values["next_task"]["title"] if values["next_task"] else None
            rows.append([str(group.gap), *(values[key] for key in documents.DEAL_KEYS)])
    return rows


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def _print(session: Session, report: Hygiene) -> None:
    currency = session.workspace.info.currency
    if not report.groups:
        output.line(f"Nothing is wrong with {count_of(report.open_deals, 'open deal')}.")
    for group in report.groups:
        output.line(f"{GAP_WORDS[group.gap]} ({group.deal_count:,}, {format_money(group.value_minor, currency)})")
        rows = [
            (str(deal.row.id), deal.row.title, deal.row.stage, money(deal.row.value_minor, deal.row.currency), why)
            for deal in group.deals[:_SHOWN]
            for why in [reason(group.gap, deal, report)]
        ]
        output.table(("id", "deal", "stage", "value", "why"), rows, right=(0, 3), flexible=(1, 4))
        if group.deal_count > _SHOWN:
            output.line(f"      and {group.deal_count - _SHOWN:,} more; --json has them all")
    for one in report.qualities:
        output.line(f"{one.owner or 'nobody'}: {one.share:.0%} of {count_of(one.deals, 'open deal')} complete")
    if report.stale:
        output.line(f"{count_of(len(report.stale), 'deal')} stale; `pipeboard hygiene --flush` lists them.")


def reason(gap: Gap, deal: ListedDeal, report: Hygiene) -> str:
    """Why a deal stands in a group, in words."""
    row = deal.row
    if gap in (Gap.DEAD, Gap.ROTTING, Gap.SILENT):
        limit = f", limit {row.rot_days}" if row.rot_days else ""
        return f"no activity for {count_of(deal.idle_days or 0, 'day')}{limit}"
    if gap == Gap.CLOSE_PASSED and row.expected_close_on:
        late = count_of((report.today_on - row.expected_close_on).days, "day")
        return f"{day_text(row.expected_close_on, report.today_on)}, {late} ago"
    if gap == Gap.PUSHED:
        return f"pushed {count_of(report.pushes.get(row.id, 0), 'time')}"
    return ""


def _flush(session: Session, report: Hygiene, *, is_sure: bool) -> None:
    stale = report.stale
    if not stale:
        output.line("Nothing is stale.")
        return
    deals = session.workspace.hygiene.deals(tuple(deal_id for deal_id, _ in stale))
    if not is_sure:
        rows = [
            (
                str(deal.row.id),
                deal.row.title,
                deal.row.stage,
                money(deal.row.value_minor, deal.row.currency),
                f"{deal.idle_days} days",
            )
            for deal in deals
        ]
        output.table(("id", "deal", "stage", "value", "idle"), rows, right=(0, 3, 4), flexible=(1,))
        output.line(f"{count_of(len(stale), 'deal')} would be closed as lost, Stale (flush). --yes does it.")
        return
    from pipeboard.services.safety import backup_before

    backup_before(session.settings.database, session.clock, "flush")
    found = tuple(Seen(deal_id, version) for deal_id, version in stale)
    outcome = session.workspace.execute(FlushDeals(found, session.now.date()))
    output.line(outcome.label)
    diagnostics.say("`pipeboard undo` takes it back.")
