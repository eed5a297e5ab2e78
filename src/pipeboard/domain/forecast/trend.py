"""How the forecast of a period stood at earlier moments, rebuilt from the history (DOMAIN.md 1.9, point 122; S2).

At each moment: what was won in the period by then, and the open deals that were then expected to close in the rest of
it. Nothing is stored for this, so days on which the program did not run are not missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pipeboard.domain.figure_parts import DealPart, OpenedFigure
from pipeboard.domain.money import format_money, weighted
from pipeboard.domain.periods import Period, day_label, label
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.domain.standing import Standing, Trail
from pipeboard.domain.waterfall import Worth

WEEKS = 8
"""How many Mondays are looked back to, beside the present."""


class Counted(NamedTuple):
    """A deal that counted at a moment: what it was worth (None: not known), with how many percent, by which day."""

    deal_id: int
    value_minor: int | None
    percent: int
    day: date
    is_won: bool


class TrendPoint(NamedTuple):
    """The forecast as it stood when a day began: won, expected (won + weighted) and best case, and its deals."""

    on: date
    won_minor: int
    expected_minor: int
    best_minor: int
    counted: tuple[Counted, ...]

    @property
    def parts(self) -> tuple[DealPart, ...]:
        """The deals in words: put together only for a point that somebody opens."""
        return tuple(map(_part, self.counted))


def _part(one: Counted) -> DealPart:
    note = f"was won {day_label(one.day)}" if one.is_won else f"was to close {day_label(one.day)}, {one.percent}%"
    return DealPart(one.deal_id, None if one.value_minor is None else weighted(one.value_minor * one.percent), note)


class TrendScope(NamedTuple):
    """What is looked at: the period, the pipeline, and its stages (archived ones too)."""

    period: Period
    pipeline_id: int
    stages: Mapping[int, Stage]


def mondays(today: date) -> tuple[date, ...]:
    """The last Mondays up to today, oldest first."""
    last = today - timedelta(days=today.weekday())
    return tuple(last - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1))


def trend(
    trails: Iterable[Trail], moments: Sequence[tuple[date, datetime]], scope: TrendScope, worth: Worth
) -> tuple[TrendPoint, ...]:
    """The forecast when each of the days began; the moments are given with the instant at which that was."""
    # Most deals of a large pipeline never had to do with the period, and need not be looked at for each of the moments.
    known = [one for one in trails if _may_count(one, scope.period)]
    return tuple(_point(on, [(one.deal_id, one.at(at)) for one in known], scope, worth) for on, at in moments)


def _may_count(one: Trail, period: Period) -> bool:
    """Whether a deal was ever expected to close, or closed, in the period."""
    standings = (one.start, *(standing for _, standing in one.steps))
    return any(period.has(standing.close_on) or period.has(standing.closed_on) for standing in standings)


def _point(on: date, standings: Sequence[tuple[int, Standing]], scope: TrendScope, worth: Worth) -> TrendPoint:
    won = hundredths = best = 0
    counted = []
    for deal_id, standing in standings:
        stage = scope.stages.get(standing.stage_id)
        if not standing.is_there or stage is None or stage.pipeline_id != scope.pipeline_id:
            continue
        is_won = stage.kind == StageKind.WON
        day = standing.closed_on if is_won else standing.close_on
        if not (is_won or stage.is_open) or day is None or not scope.period.has(day) or (not is_won and day < on):
            continue
        value = standing.value_minor
        found = None if value is None else worth(value, standing.currency, day if is_won else on)
        percent = 100 if is_won else stage.probability if standing.probability is None else standing.probability
        counted.append(Counted(deal_id, found, percent, day, is_won))
        if found is not None and is_won:
            won += found
        elif found is not None:
            hundredths += found * percent
            best += found
    return TrendPoint(on, won, won + weighted(hundredths), won + best, tuple(counted))


def opened_point(point: TrendPoint, period: Period, currency: str) -> OpenedFigure:
    """A point of the trend with its deals, as they then were."""
    won, rest = point.won_minor, point.expected_minor - point.won_minor
    total = format_money(point.expected_minor, currency)
    return OpenedFigure(
        f"trend:{point.on}",
        f"{label(period)} as it stood on {day_label(point.on)}",
        "What was won in the period when that day began, and the weighted rest as it was then expected.",
        f"{format_money(won, currency)} won + {format_money(rest, currency)} weighted = {total}",
        point.parts,
        f"{len(point.counted):,} deals, {total} won or weighted",
    )
