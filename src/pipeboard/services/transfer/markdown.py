"""The board in Markdown: stages with their sums, and a line for each deal."""

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

from pipeboard.domain.dates import short_day
from pipeboard.domain.markdown import plain
from pipeboard.domain.money import format_money
from pipeboard.services.listing import DealFilter, ListedDeal
from pipeboard.services.workspace import Workspace


def write_board(workspace: Workspace, asked: DealFilter, file: BinaryIO) -> int:
    """Write the deals that a filter leaves by pipeline and stage; how many."""
    deals = workspace.listing.deals(asked)
    file.write(board_text(workspace, deals).encode())
    return len(deals)


def board_text(workspace: Workspace, deals: Sequence[ListedDeal]) -> str:
    """These deals by pipeline and stage."""
    today = workspace.deals.today
    lines = [f"# {plain(workspace.info.name)}, {today:%-d %B %Y}", ""]
    places: dict[tuple[str, str], list[ListedDeal]] = {}
    for deal in deals:
        places.setdefault((deal.row.pipeline, deal.row.stage), []).append(deal)
    has_pipelines = len({pipeline for pipeline, _ in places}) > 1
    for (pipeline, stage), some in places.items():
        name = f"{plain(pipeline)}: {plain(stage)}" if has_pipelines else plain(stage)
        lines += [f"## {name} ({len(some):,}{_sum(some)})", ""]
        lines += [*(f"- {_deal(deal, today)}" for deal in some), ""]
    return "\n".join(lines)


def _sum(deals: Sequence[ListedDeal]) -> str:
    sums: dict[str, int] = {}
    for deal in deals:
        if deal.row.value_minor is not None:
            sums[deal.row.currency] = sums.get(deal.row.currency, 0) + deal.row.value_minor
    return "".join(f", {format_money(minor, currency)}" for currency, minor in sums.items())


def _deal(deal: ListedDeal, today: date) -> str:
    row = deal.row
    parts = [f"**{plain(row.title)}**"]
    if row.company:
        parts.append(plain(row.company))
    if row.value_minor is not None:
        parts.append(format_money(row.value_minor, row.currency))
    if row.owner:
        parts.append(plain(row.owner))
    if row.closed_on:
        parts.append(f"closed {row.closed_on.isoformat()}{f', {plain(row.lost_reason)}' if row.lost_reason else ''}")
    elif row.wake_on:
        parts.append(f"wakes {row.wake_on.isoformat()}")
    elif row.task_title:
        due = row.task_snoozed_until or row.task_due_on
        parts.append(f"next: {plain(row.task_title)}{f' ({short_day(due, today)})' if due else ''}")
    else:
        parts.append("no next step")
    return " · ".join(parts)
