"""The funnel seen otherwise: only stages that were visited, only in sequence, or of those created in the period
(DOMAIN.md 2.2, row 8b)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeboard.domain.metrics.facts import DealFact, Selection
from pipeboard.domain.metrics.funnel import WON_ROW, Funnel, FunnelRow, furthest
from pipeboard.domain.metrics.samples import ratio
from pipeboard.domain.stage import DealStatus, Stage

MODES = ("decided", "visited", "strict", "cohort")
TITLES = {
    "decided": "of the deals decided in the period",
    "visited": "decided deals, only stages they stood in",
    "strict": "decided deals that skipped no stage",
    "cohort": "of the deals created in the period",
}
SENTENCES = {
    "visited": "Deals decided in the period that stood in {name}; skipped stages do not count. Went on: came further.",
    "strict": "Deals decided in the period that stood in every stage up to {name}, in their order.",
    "cohort": "Deals created in the period that came at least to {name}; pending ones are in no rate.",
}

Visits = Mapping[int, Sequence[int]]
"""The stages each deal stood in, in the order in which it first entered them."""


class ModeFunnel(NamedTuple):
    """A funnel with the deals of each row: `members[i]` reached row i, the last one was won. `pending[i]` of them
    stand there still (cohort only)."""

    mode: str
    funnel: Funnel
    members: tuple[tuple[int, ...], ...]
    pending: tuple[int, ...]


def funnel_of(mode: str, chosen: Selection, stages: Sequence[Stage], visits: Visits) -> ModeFunnel:
    """The funnel in one of `MODES` but the first. `visits` are not needed for the cohort."""
    if mode == "cohort":
        return _cohort(chosen, stages)
    of = _visited if mode == "visited" else _strict
    return of(chosen, stages, visits)


def _visited(chosen: Selection, stages: Sequence[Stage], visits: Visits) -> ModeFunnel:
    """A deal counts in the stages it stood in, and went on when it came further by whatever way."""
    last = len(stages)
    rows, members = [], []
    for place, stage in enumerate(stages):
        here = [deal for deal in chosen.decided if stage.id in visits.get(deal.id, ())]
        further = sum(1 for deal in here if furthest(deal, last) > place)
        won = sum(1 for deal in here if deal.status == DealStatus.WON)
        rows.append(FunnelRow(stage.id, stage.name, len(here), ratio(further, len(here)), ratio(won, len(here))))
        members.append(tuple(deal.id for deal in here))
    return _closed("visited", rows, members, chosen.won)


def _strict(chosen: Selection, stages: Sequence[Stage], visits: Visits) -> ModeFunnel:
    """A deal counts up to the first stage that it skipped; it is won in sequence when it skipped none."""
    order = [stage.id for stage in stages]
    depth = {deal.id: _in_sequence(visits.get(deal.id, ()), order) for deal in chosen.decided}
    won = [deal for deal in chosen.won if depth[deal.id] == len(order)]
    rows, members = [], []
    for place, stage in enumerate(stages):
        here = [deal for deal in chosen.decided if depth[deal.id] > place]
        is_last = place + 1 == len(stages)
        further = len(won) if is_last else sum(1 for deal in here if depth[deal.id] > place + 1)
        rows.append(FunnelRow(stage.id, stage.name, len(here), ratio(further, len(here)), ratio(len(won), len(here))))
        members.append(tuple(deal.id for deal in here))
    return _closed("strict", rows, members, won)


def _in_sequence(stood_in: Sequence[int], order: Sequence[int]) -> int:
    """How many stages from the first on were entered one after the other, others between them aside."""
    depth = 0
    for stage_id in stood_in:
        if depth < len(order) and stage_id == order[depth]:
            depth += 1
    return depth


def _cohort(chosen: Selection, stages: Sequence[Stage]) -> ModeFunnel:
    """Of the deals created in the period; those that may still move are in no denominator."""
    born = [deal for deal in chosen.created if not deal.is_excluded]
    last = len(stages)
    came = {deal.id: _came_to(deal, last) for deal in born}
    waiting = {deal.id for deal in born if deal.status in (DealStatus.OPEN, DealStatus.PARKED)}
    won = [deal for deal in born if deal.status == DealStatus.WON]
    rows, members, pending = [], [], []
    for place, stage in enumerate(stages):
        here = [deal.id for deal in born if came[deal.id] >= place]
        further = sum(1 for deal_id in here if came[deal_id] > place)
        stuck = sum(1 for deal_id in here if deal_id in waiting and came[deal_id] == place)
        decided = sum(1 for deal_id in here if deal_id not in waiting)
        rows.append(
            FunnelRow(stage.id, stage.name, len(here), ratio(further, len(here) - stuck), ratio(len(won), decided))
        )
        members.append(tuple(here))
        pending.append(stuck)
    made = _closed("cohort", rows, members, won)
    return made._replace(pending=(*pending, 0))


def _came_to(deal: DealFact, stage_count: int) -> int:
    """The furthest position of any deal: past the last stage when won."""
    if deal.status == DealStatus.WON:
        return stage_count
    return max(0, min(deal.furthest_position or 0, stage_count - 1))


def _closed(mode: str, rows: list[FunnelRow], members: list[tuple[int, ...]], won: Sequence[DealFact]) -> ModeFunnel:
    """With the row of the won deals below."""
    first = rows[0].reached if rows else 0
    rows.append(FunnelRow(None, WON_ROW, len(won), None, ratio(len(won), len(won))))
    overall = ratio(len(won), first) if mode != "cohort" else rows[0].eventually_won
    funnel = Funnel(tuple(rows), overall)
    return ModeFunnel(mode, funnel, (*members, tuple(deal.id for deal in won)), (0,) * len(rows))
