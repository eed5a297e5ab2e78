"""How full each stage will be in 30, 60 and 90 days, and how many of today's deals will have been won by then
(DOMAIN.md 2.2, row 17; S4: "how full the stages are in one, two, three months, how many reach the deal, what sums").

A daily step n(t+1) = n(t) x M. What leaves a stage on a day is its exits in the last 180 days over the days that deals
stood in it then; where to, is what happened then. A stage with fewer than 20 exits takes its probability and its
median stay instead, and says so. New deals are not in it: it says what becomes of those that are open today.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeboard.domain.stage import Stage, StageKind

WINDOW_DAYS = 180
ENOUGH_EXITS = 20
HORIZONS = (30, 60, 90)
ASSUMED_DAYS = 14
"""A stay where nothing is known of one."""

WON, LOST, GONE = "won", "lost", "gone"
"""Where deals end: `gone` are the parked ones and those that went to another pipeline."""


class StageStays(NamedTuple):
    """What happened in a stage in the last 180 days: the days deals stood in it, and how many left for which stage.

    `median_days` is that of its latest known stays, also older ones.
    """

    days: float
    exits: Mapping[int, int]
    median_days: float | None

    @property
    def exit_count(self) -> int:
        """How many deals left."""
        return sum(self.exits.values())


class FillRow(NamedTuple):
    """A stage: the deals in it now, and those expected in it at each horizon. `why` says what stands in for data."""

    stage_id: int
    name: str
    now: int
    later: tuple[float, ...]
    exits: int
    why: str


class FillPoint(NamedTuple):
    """What of today's deals is won, lost or gone so many days from now, and the value of the won (minor units)."""

    days: int
    won: float
    lost: float
    gone: float
    won_minor: float


class StageFill(NamedTuple):
    """The projection; empty rows when the pipeline has no open stage."""

    rows: tuple[FillRow, ...]
    points: tuple[FillPoint, ...]

    @property
    def is_measured(self) -> bool:
        """Whether every stage had enough exits of its own."""
        return all(not row.why for row in self.rows)


class Holding(NamedTuple):
    """What is in a stage now: its deals, and their value (those without one counted at the mean of the others)."""

    deals: int
    value_minor: float


Rates = dict[int | str, float]
"""The share of a stage's deals that leaves for each stage or end on a day."""


def stage_fill(
    stages: Sequence[Stage],
    every_stage: Mapping[int, Stage],
    stays: Mapping[int, StageStays],
    holdings: Mapping[int, Holding],
) -> StageFill:
    """Project what is in the open stages of a pipeline, given in order."""
    rates: dict[int, Rates] = {}
    why: dict[int, str] = {}
    for place, stage in enumerate(stages):
        found = stays.get(stage.id, StageStays(0, {}, None))
        if found.exit_count >= ENOUGH_EXITS:
            rates[stage.id], why[stage.id] = _measured(found, every_stage, {one.id for one in stages}), ""
        else:
            following = stages[place + 1] if place + 1 < len(stages) else None
            rates[stage.id], why[stage.id] = _assumed(stage, following, found)
    counts: dict[int | str, float] = {stage.id: float(_held(holdings, stage.id).deals) for stage in stages}
    values: dict[int | str, float] = {stage.id: _held(holdings, stage.id).value_minor for stage in stages}
    later: dict[int, list[float]] = {stage.id: [] for stage in stages}
    points = []
    for day in range(1, HORIZONS[-1] + 1):
        counts, values = _stepped(counts, rates), _stepped(values, rates)
        if day in HORIZONS:
            for stage in stages:
                later[stage.id].append(counts[stage.id])
            ends = (counts.get(WON, 0.0), counts.get(LOST, 0.0), counts.get(GONE, 0.0))
            points.append(FillPoint(day, *ends, values.get(WON, 0.0)))
    rows = tuple(
        FillRow(
            stage.id,
            stage.name,
            _held(holdings, stage.id).deals,
            tuple(later[stage.id]),
            stays[stage.id].exit_count if stage.id in stays else 0,
            why[stage.id],
        )
        for stage in stages
    )
    return StageFill(rows, tuple(points))


def _held(holdings: Mapping[int, Holding], stage_id: int) -> Holding:
    return holdings.get(stage_id, Holding(0, 0.0))


def _stepped(amounts: Mapping[int | str, float], rates: Mapping[int, Rates]) -> dict[int | str, float]:
    """One day on: what leaves a stage arrives where it goes to; nothing is lost on the way."""
    after = dict(amounts)
    for stage_id, going in rates.items():
        here = amounts[stage_id]
        for where, share in going.items():
            moved = here * share
            after[stage_id] -= moved
            after[where] = after.get(where, 0.0) + moved
    return after


def _measured(stays: StageStays, every_stage: Mapping[int, Stage], open_ids: set[int]) -> Rates:
    """Exits over exposure, by where they went. Nobody can leave more than once a day."""
    exposure = max(stays.days, float(stays.exit_count))
    rates: Rates = {}
    for stage_id, count in stays.exits.items():
        where = stage_id if stage_id in open_ids else _end_of(every_stage.get(stage_id))
        rates[where] = rates.get(where, 0.0) + count / exposure
    return rates


def _end_of(stage: Stage | None) -> str:
    ends = {StageKind.WON: WON, StageKind.LOST: LOST}
    return ends.get(stage.kind, GONE) if stage is not None else GONE


def _assumed(stage: Stage, following: Stage | None, stays: StageStays) -> tuple[Rates, str]:
    """The stage's probability and a stay: the share that goes on is such that the probabilities come true."""
    days = stays.median_days if stays.median_days is not None else float(stage.rot_days or ASSUMED_DAYS)
    next_percent = 100 if following is None else following.probability
    share = min(1.0, stage.probability / next_percent) if next_percent else 0.0
    leaving = 1 / max(1.0, days)
    onward: int | str = WON if following is None else following.id
    if stays.median_days is not None:
        stay = f"its median stay of {days:.0f} days"
    else:
        stay = f"{days:.0f} days, {'its rotting limit' if stage.rot_days else 'a guess'}"
    needs = f"{stays.exit_count} of the {ENOUGH_EXITS} exits it needs"
    return {onward: share * leaving, LOST: (1 - share) * leaving}, f"{needs}: its {stage.probability}% and {stay}"
