"""The reverse funnel: how much has to be in each stage to reach the target (DOMAIN.md 2.2, row 18; S4).

wins = what remains / average won value, leads = wins / win rate, deals in a stage = wins / share eventually won from
it. Nobody wins a part of a deal, so wins are rounded up first and every stage is counted for whole wins.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from pipeboard.domain.metrics.funnel import Funnel
from pipeboard.domain.stage import Stage

ENOUGH_REACHED = 5
"""Decided deals that must have come to a stage before its own share is believed."""


class NeededRow(NamedTuple):
    """A stage: deals needed in it or past it, deals there now, the share eventually won and whether it is measured.

    `needed` is None where no deal of the stage is ever won.
    """

    stage_id: int
    name: str
    needed: int | None
    have: int
    share: float
    is_measured: bool

    @property
    def missing(self) -> int:
        """How many are missing."""
        return max(0, (self.needed or 0) - self.have)


class ReverseFunnel(NamedTuple):
    """What it takes. `wins` and `leads` are None while a part is missing, and `missing` names it.

    `expected` are the wins that the open deals should bring, each by the share won from its stage. `push_id` is the
    stage where more is missing than in the one before it: where the funnel narrows most against what is needed (of
    equals the later one); None when enough is there.
    """

    wins: int | None
    leads: int | None
    rows: tuple[NeededRow, ...]
    expected: float
    push_id: int | None
    missing: tuple[str, ...]


def reverse_funnel(
    stages: Sequence[Stage],
    funnel: Funnel,
    open_by_stage: Mapping[int, int],
    remaining: int | None,
    average_minor: float | None,
    win_rate: float | None,
    *,
    is_count: bool,
) -> ReverseFunnel:
    """What is needed in the open stages (in order) to win what remains: minor units, or deals when `is_count`."""
    missing = []
    if remaining is None:
        missing.append("a target")
    if not is_count and not average_minor:
        missing.append("an average won value")
    if not win_rate:
        missing.append("a win rate")
    if remaining is None or (not is_count and not average_minor):
        return ReverseFunnel(None, None, (), 0.0, None, tuple(missing))
    wins = remaining if is_count else ceil(remaining / (average_minor or 1))
    leads = ceil(_clean(wins / win_rate)) if win_rate else None
    known = {row.stage_id: row for row in funnel.rows}
    rows = []
    for place, stage in enumerate(stages):
        measured = known.get(stage.id)
        is_measured = measured is not None and measured.reached >= ENOUGH_REACHED
        share = (measured.eventually_won or 0.0) if measured is not None and is_measured else stage.probability / 100
        have = sum(open_by_stage.get(one.id, 0) for one in stages[place:])
        needed = ceil(_clean(wins / share)) if share > 0 else (0 if not wins else None)
        rows.append(NeededRow(stage.id, stage.name, needed, have, share, is_measured))
    expected = sum(open_by_stage.get(row.stage_id, 0) * row.share for row in rows)
    return ReverseFunnel(wins, leads, tuple(rows), expected, _push(rows), tuple(missing))


def _clean(amount: float) -> float:
    """A quotient without the dust of binary fractions, so that 3 / 0.6 is 5 and not a little more."""
    return round(amount, 9)


def _push(rows: Sequence[NeededRow]) -> int | None:
    lacking = [row.missing / (row.needed or 1) for row in rows]
    narrowing = [(lack - before, place) for place, (before, lack) in enumerate(pairwise([0.0, *lacking])) if lack]
    return rows[max(narrowing)[1]].stage_id if narrowing else None
