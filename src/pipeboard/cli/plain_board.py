"""The board as plain text, for pipes, mail and terminals that cannot draw."""

from collections.abc import Mapping, Sequence
from datetime import date

from pipeboard.cli import output
from pipeboard.cli.words import count_of, late_or_day, money
from pipeboard.domain.board import Card, Overview, StageTotals
from pipeboard.domain.dates import short_day
from pipeboard.domain.money import short_money
from pipeboard.domain.rotting import Rot, rot_state
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.services.board import BoardView
from pipeboard.services.workspace import Workspace

CARDS = 100
"""Cards of a stage that are printed; a pipe is no place for ten thousand of them."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def print_board(workspace: Workspace, pipeline: str = "", text: str = "", view_name: str = "") -> None:
    """Print the stages of a pipeline ("": the first) with their totals and cards, or what a filter leaves of them."""
    pipeline_id = workspace.listing.pipeline(pipeline).id if pipeline else None
    view = workspace.board.view(pipeline_id, window=CARDS)
    if text or view_name:
        view = _filtered(workspace, view, text, view_name)
    print_view(view.overview, view.cards)


def print_view(overview: Overview, cards_of: Mapping[int, Sequence[Card]], when: str = "") -> None:
    """Print the first cards of each stage; `when` names the day of a past board."""
    if when:
        output.line(when)
    output.line(_summary(overview))
    for stage in overview.stages:
        totals = overview.totals[stage.id]
        output.line()
        output.line(_heading(stage, totals, overview))
        cards = cards_of[stage.id]
        rows = [_row(card, stage, overview) for card in cards]
        if rows:
            output.table(
                ("  id", "deal", "company", "value", "next step", "days"), rows, right=(0, 3, 5), flexible=(1, 2, 4)
            )
        if totals.count > len(cards):
            output.line(f"  and {totals.count - len(cards):,} more; `pipeboard list --stage` lists them all")


def _filtered(workspace: Workspace, view: BoardView, text: str, view_name: str) -> BoardView:
    """What a filter leaves of the board."""
    from pipeboard.cli.filters import filter_in

    wanted = filter_in(workspace, text, view_name)
    index = workspace.board.search_index(view.overview.pipeline.id, me=workspace.me)
    found = index.filter(wanted, is_guessing=False)
    cards = {stage_id: tuple(workspace.board.cards(ids[:CARDS])) for stage_id, ids in found.ids.items()}
    return view._replace(overview=view.overview._replace(totals=found.totals), cards=cards)


def _summary(overview: Overview) -> str:
    open_totals = [overview.totals[s.id] for s in overview.stages if s.is_open]
    currency = overview.workspace.currency
    parts = [
        f"{overview.workspace.name} · {overview.pipeline.name}",
        count_of(sum(t.count for t in open_totals), "open deal"),
        short_money(sum(t.value_minor for t in open_totals), currency),
        f"weighted {short_money(sum(t.weighted_minor for t in open_totals), currency)}",
        f"{overview.overdue} late" if overview.overdue else "",
        f"{overview.due_today} today" if overview.due_today else "",
    ]
    return " · ".join(part for part in parts if part)


def _heading(stage: Stage, totals: StageTotals, overview: Overview) -> str:
    currency = overview.workspace.currency
    period = ""
    if stage.kind in (StageKind.WON, StageKind.LOST):
        period = f" · {_MONTHS[overview.today.month - 1]}"
    parts = [stage.name + period, count_of(totals.count, "deal"), short_money(totals.value_minor, currency)]
    if stage.is_open:
        parts.append(f"weighted {short_money(totals.weighted_minor, currency)}")
    if totals.without_value:
        parts.append(f"{totals.without_value} without a value")
    if totals.unconverted:
        parts.append(f"{totals.unconverted} without a rate")
    return " · ".join(parts)


def _row(card: Card, stage: Stage, overview: Overview) -> tuple[str, ...]:
    today = overview.today
    idle = max(0, (today - card.idle_on).days) if card.idle_on else 0
    on = card.task_asks_on(today)
    ahead = (on - today).days if on else None
    rot = rot_state(idle, stage.rot_days if stage.is_open else None, ahead)
    days = ""
    if stage.is_open and card.entered_on is not None:
        days = f"{'' if card.is_entry_known else '≥'}{max(0, (today - card.entered_on).days)}d"
    if rot in (Rot.ROTTEN, Rot.DEAD):
        days = f"{idle}d/{stage.rot_days}"
    company = card.company
    return (
        str(card.id),
        card.title,
        company,
        money(card.value_minor, card.currency),
        _standing(card, stage, rot, today),
        days,
    )


def _standing(card: Card, stage: Stage, rot: Rot, today: date) -> str:
    if stage.kind == StageKind.WON:
        return f"won {short_day(card.closed_on, today)}" if card.closed_on else "won"
    if stage.kind == StageKind.LOST:
        return card.lost_reason or "lost"
    if stage.kind == StageKind.PARKED:
        return f"wakes {short_day(card.wake_on, today)}" if card.wake_on else "no wake date"
    if card.task_id is None:
        return "rotting" if rot in (Rot.ROTTEN, Rot.DEAD) else "no next step"
    when = late_or_day(card.task_asks_on(today), card.task_at, today) or "no date"
    return f"{card.task_title.split()[0]} {when}" if not when.startswith("late") else when
