"""Verbs for targets and spending."""

from typing import Any

import click

from pipeboard.cli import output
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of, day_text, money, typed_day, typed_money
from pipeboard.domain.commands import AddSpend, DeleteQuota, DeleteSpend, SetQuota
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.money import decimal_string
from pipeboard.domain.periods import Period, label, parse_period
from pipeboard.domain.quota import COUNT


@click.group()
def quota() -> None:
    """Targets: set, list, delete.

    \b
    Example:
      pipeboard quota set 120k --period 2026-Q4
    """


@quota.command("set")
@click.argument("amount")
@click.option("--period", required=True, metavar="PERIOD", help="A year, quarter or month: 2026, 2026-Q4, 2026-11.")
@click.option("--owner", metavar="NAME", help="The person; without it the team.")
@click.option("--pipeline", metavar="NAME", help="The pipeline; without it all together.")
@click.option("--count", "is_count", is_flag=True, help="AMOUNT is a number of won deals.")
@pass_session
def set_quota(
    session: Session, amount: str, period: str, owner: str | None, pipeline: str | None, is_count: bool
) -> None:
    """Set what is to be won in a period: an amount of money, or with --count a number of deals.

    \b
    Examples:
      pipeboard quota set 120k --period 2026-Q4
      pipeboard quota set 20 --count --period 2026-11 --owner anna
    """
    workspace = session.workspace
    base = workspace.info.currency
    minor, currency = (None, None) if is_count else typed_money(amount, base, base)
    command = SetQuota(
        period,
        minor,
        currency,
        _number(amount) if is_count else None,
        None if owner is None else workspace.listing.owner_id(owner.removeprefix("@")),
        None if pipeline is None else workspace.listing.pipeline(pipeline).id,
    )
    output.line(workspace.execute(command).label or "That is the target already.")


def _number(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit():
        raise InvalidInput(f"{typed[:60]!r} is no number of deals.")
    return int(typed[:18])


@quota.command("list")
@click.option("--json", "is_json", is_flag=True, help="Print the targets as a JSON document.")
@pass_session
def list_quotas(session: Session, is_json: bool) -> None:
    """List the targets with how far each is reached.

    \b
    Example:
      pipeboard quota list
    """
    rows = _quota_rows(session)
    if is_json:
        output.document({"schema": "pipeboard.quotas/1", "currency": session.workspace.info.currency, "quotas": rows})
        return
    cells = [
        (
            f"{row['id']}",
            label(parse_period(row["period"])),
            row["owner"] or "team",
            row["pipeline"] or "all",
            row["target"],
            row["won"],
            "-" if row["share"] is None else f"{row['share']:.0%}",
            f"{row['pace']:.0%}",
        )
        for row in _in_words(rows)
    ]
    output.table(
        ("", "period", "for", "pipeline", "target", "won", "done", "time"),
        cells,
        right=(0, 4, 5, 6, 7),
        flexible=(2, 3),
    )


def _quota_rows(session: Session) -> list[dict[str, Any]]:
    """The targets as the JSON document has them."""
    workspace = session.workspace
    names = workspace.listing.names()
    pipelines = {one.id: one.name for one in names.pipelines}
    owners = workspace.metrics.owner_names()
    base = workspace.info.currency
    rows = []
    for one, reached in workspace.quotas.each():
        is_count = one.measure == COUNT
        rows.append(
            {
                "id": one.id,
                "period": one.period,
                "owner": None if one.owner_id is None else owners.get(one.owner_id),
                "pipeline": None if one.pipeline_id is None else pipelines.get(one.pipeline_id),
                "measure": one.measure,
                "currency": None if is_count else base,
                "target": reached.target.amount if is_count else decimal_string(reached.target.amount, base),
                "won": reached.done if is_count else decimal_string(reached.done, base),
                "share": None if reached.share is None else round(reached.share, 6),
                "pace": round(reached.pace, 6),
            }
        )
    return rows


def _in_words(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same with amounts as people read them."""
    told = []
    for row in rows:
        words = dict(row)
        for name in ("target", "won"):
            if row["currency"]:
                words[name] = money(_minor(row[name], row["currency"]), row["currency"])
            else:
                words[name] = count_of(row[name], "deal")
        told.append(words)
    return told


def _minor(text: str, currency: str) -> int:
    from decimal import Decimal

    from pipeboard.domain.money import to_minor

    return to_minor(Decimal(text), currency)


@quota.command("delete")
@click.argument("quota_id", metavar="ID", type=int)
@pass_session
def delete_quota(session: Session, quota_id: int) -> None:
    """Take a target away; `quota list` shows the numbers.

    \b
    Example:
      pipeboard quota delete 3
    """
    output.line(session.workspace.execute(DeleteQuota(quota_id)).label)


@click.group()
def spend() -> None:
    """What winning customers costs: add, list, delete.

    \b
    Example:
      pipeboard spend add 2500 --source fair --note "stand in Berlin"
    """


@spend.command("add")
@click.argument("amount")
@click.option("--on", "day", default="today", show_default=True, help="The day it was spent.")
@click.option("--source", default="", help="The source it was spent on, as on the deals.")
@click.option("--note", default="", help="What for.")
@pass_session
def add_spend(session: Session, amount: str, day: str, source: str, note: str) -> None:
    """Note money spent on marketing or selling: the customer acquisition cost is computed from it.

    \b
    Example:
      pipeboard spend add 2500 --source fair --on 2026-11-03
    """
    base = session.workspace.info.currency
    minor, currency = typed_money(amount, base, base)
    on = typed_day(day, session.now, "--on", is_past=True)
    output.line(session.workspace.execute(AddSpend(on, minor, currency, source, note)).label)


@spend.command("list")
@click.option("--period", metavar="PERIOD", help="A year, quarter or month: 2026, 2026-Q4, 2026-11.")
@click.option("--json", "is_json", is_flag=True, help="Print the entries as a JSON document.")
@pass_session
def list_spend(session: Session, period: str | None, is_json: bool) -> None:
    """List what was spent, the latest first.

    \b
    Example:
      pipeboard spend list --period 2026-Q4
    """
    chosen: Period | None = parse_period(period) if period else None
    entries = session.workspace.quotas.spend(chosen)
    if is_json:
        rows = [
            {
                "id": one.id,
                "on": one.spent_on.isoformat(),
                "source": one.source,
                "amount": decimal_string(one.amount_minor, one.currency),
                "currency": one.currency,
                "note": one.note,
            }
            for one in entries
        ]
        output.document({"schema": "pipeboard.spend/1", "count": len(rows), "spend": rows})
        return
    today = session.now.date()
    cells = [
        (f"{e.id}", day_text(e.spent_on, today), e.source or "in general", money(e.amount_minor, e.currency), e.note)
        for e in entries
    ]
    output.table(("", "day", "source", "amount", "note"), cells, right=(0, 3), flexible=(2, 4))


@spend.command("delete")
@click.argument("spend_id", metavar="ID", type=int)
@pass_session
def delete_spend(session: Session, spend_id: int) -> None:
    """Take an entry away; `spend list` shows the numbers.

    \b
    Example:
      pipeboard spend delete 3
    """
    output.line(session.workspace.execute(DeleteSpend(spend_id)).label)
