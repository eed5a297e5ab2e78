"""The forecast: every figure of a pipeline for a period, from the same deals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from pipeboard.domain.forecast.categories import CategoryRow, category_rows
from pipeboard.domain.forecast.coverage import Coverage, coverage, elapsed_share
from pipeboard.domain.forecast.facts import ForecastDeal, Sums, sums
from pipeboard.domain.forecast.months import (
    HORIZONS,
    MonthTable,
    ahead_in,
    in_horizon,
    month_table,
    months_shown,
    payment_day,
    won_in,
)
from pipeboard.domain.forecast.reverse_funnel import ReverseFunnel, reverse_funnel
from pipeboard.domain.forecast.stage_fill import Holding, StageFill, StageStays, stage_fill
from pipeboard.domain.forecast.targets import Goal, goal_for
from pipeboard.domain.metrics.funnel import Funnel
from pipeboard.domain.periods import Period
from pipeboard.domain.quota import Quota, ToBase
from pipeboard.domain.stage import Stage


class PastRates(NamedTuple):
    """What experience says: the rates of the decided deals of a window (that of the velocity, DOMAIN.md 2.2, row 7)."""

    window: Period
    decided: int
    win_rate: float | None
    average_won_minor: float | None
    funnel: Funnel


class ForecastInput(NamedTuple):
    """Everything a forecast depends on. `stages` are the open stages of the pipeline in order, `every_stage` all.

    `owner_id` is the person asked for; `owner`, `source`, `product` and `filter` name the filters in
    force, `kept` are the only deals that count where there is a filter.
    """

    period: Period
    now: datetime
    today: date
    zone: str
    currency: str
    pipeline_id: int
    pipeline: str
    stages: Sequence[Stage]
    every_stage: Mapping[int, Stage]
    owners: Mapping[int, str]
    deals: Sequence[ForecastDeal]
    quotas: Sequence[Quota]
    to_base: ToBase
    stays: Mapping[int, StageStays]
    rates: PastRates
    owner_id: int | None = None
    owner: str | None = None
    source: str | None = None
    product: str | None = None
    filter: str = ""
    kept: frozenset[int] | None = None


class Horizon(NamedTuple):
    """The open deals expected within so many days; `days` None: at any time from today on."""

    days: int | None
    sums: Sums


class OwnerRow(NamedTuple):
    """What one person has won in the period and is expected to win in its rest, against the own target."""

    owner_id: int | None
    name: str
    won: Sums
    ahead: Sums
    commit_minor: int
    best_minor: int
    coverage: Coverage


class Forecast(NamedTuple):
    """The figures. `won` and `ahead` are of the period, `open` is everything open now.

    `overdue_in_period` are open deals whose day passed within the period: in none of its sums.
    """

    given: ForecastInput
    months: MonthTable
    payments: MonthTable
    horizons: tuple[Horizon, ...]
    won: Sums
    ahead: Sums
    open: Sums
    overdue_in_period: Sums
    categories: tuple[CategoryRow, ...]
    coverage: Coverage
    owners: tuple[OwnerRow, ...]
    fill: StageFill
    reverse: ReverseFunnel


def forecast(given: ForecastInput) -> Forecast:
    """Compute every figure."""
    open_deals = [deal for deal in given.deals if not deal.is_won]
    won = won_in(given.deals, given.period)
    ahead = ahead_in(open_deals, given.period, given.today)
    months = months_shown(given.deals, given.period, given.today)
    target = goal_for(given.quotas, given.period, given.pipeline_id, given.owner_id, given.to_base)
    covered = _coverage(given, target, won, ahead, open_deals)
    return Forecast(
        given,
        month_table(given.deals, months, given.today),
        month_table(given.deals, months, given.today, payment_day, payment_day),
        tuple(Horizon(days, sums(in_horizon(open_deals, given.today, days))) for days in (*HORIZONS, None)),
        sums(won),
        sums(ahead),
        sums(open_deals),
        sums(overdue_in(given)),
        category_rows(ahead, won),
        covered,
        _owners(given, won, ahead, open_deals),
        stage_fill(given.stages, given.every_stage, given.stays, _holdings(given.stages, open_deals)),
        reverse_funnel(
            given.stages,
            given.rates.funnel,
            Counter(deal.stage_id for deal in open_deals),
            covered.remaining,
            given.rates.average_won_minor,
            given.rates.win_rate,
            is_count=target is not None and target.is_count,
        ),
    )


def overdue_in(given: ForecastInput) -> list[ForecastDeal]:
    """The open deals that should have closed in the period, before today."""
    return [
        deal
        for deal in given.deals
        if not deal.is_won and deal.close_on is not None and deal.close_on < given.today
        if given.period.has(deal.close_on)
    ]


def _coverage(
    given: ForecastInput,
    target: Goal | None,
    won: Sequence[ForecastDeal],
    ahead: Sequence[ForecastDeal],
    open_deals: Sequence[ForecastDeal],
) -> Coverage:
    percents = sum(deal.percent for deal in ahead)
    share = elapsed_share(given.period, given.today)
    return coverage(target, sums(won), sums(ahead), percents, sums(open_deals), given.rates.win_rate, share)


def _owners(
    given: ForecastInput,
    won: Sequence[ForecastDeal],
    ahead: Sequence[ForecastDeal],
    open_deals: Sequence[ForecastDeal],
) -> tuple[OwnerRow, ...]:
    """A row for everybody who has a deal in the period or a target, the best projection first."""
    targets = {
        owner_id: goal_for(given.quotas, given.period, given.pipeline_id, owner_id, given.to_base)
        for owner_id in given.owners
        if given.owner_id in (None, owner_id)
    }
    ids = {deal.owner_id for deal in (*won, *ahead)} | {who for who, target in targets.items() if target is not None}
    rows = []
    for owner_id in ids:
        mine = [deal for deal in won if deal.owner_id == owner_id]
        coming = [deal for deal in ahead if deal.owner_id == owner_id]
        categories = {row.category: row.rolled_minor for row in category_rows(coming, mine)}
        target = None if owner_id is None else targets.get(owner_id)
        own_open = [deal for deal in open_deals if deal.owner_id == owner_id]
        covered = _coverage(given, target, mine, coming, own_open)
        name = "(none)" if owner_id is None else given.owners.get(owner_id, f"#{owner_id}")
        commit, best = categories["commit"], categories["best"]
        rows.append(OwnerRow(owner_id, name, sums(mine), sums(coming), commit, best, covered))
    return tuple(sorted(rows, key=lambda row: (-row.won.value_minor - row.ahead.weighted_minor, row.name)))


def _holdings(stages: Sequence[Stage], open_deals: Sequence[ForecastDeal]) -> dict[int, Holding]:
    """What is in each stage now; a deal without a value is worth the mean of those beside it."""
    found = {}
    for stage in stages:
        mine = [deal for deal in open_deals if deal.stage_id == stage.id]
        values = [deal.value_minor for deal in mine if deal.value_minor is not None]
        mean = sum(values) / len(values) if values else 0.0
        found[stage.id] = Holding(len(mine), mean * len(mine))
    return found
