"""The pages of figures beside the overview, each read from one moment of the database when it is looked at."""

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from pipeboard.domain.metrics.bottleneck import turning_point
from pipeboard.domain.metrics.calibration import calibration
from pipeboard.domain.metrics.customers import acquisition, customer_value
from pipeboard.domain.metrics.facts import select
from pipeboard.domain.metrics.flow import flow
from pipeboard.domain.metrics.funnel_modes import funnel_of
from pipeboard.domain.metrics.pages import BusinessPage, StagePage, TeamPage
from pipeboard.domain.metrics.report import Report
from pipeboard.domain.metrics.stuck import help_needed, strict_rate
from pipeboard.domain.metrics.team import Load, reps
from pipeboard.domain.metrics.top import tops
from pipeboard.domain.periods import Period, period_key, quarter_of
from pipeboard.domain.spend import Spend
from pipeboard.domain.stage import StageKind
from pipeboard.services.activity_figures import ActivityFigures, read_figures
from pipeboard.services.bottlenecks import read_bottlenecks
from pipeboard.services.money_sums import to_base
from pipeboard.services.quotas import read_attainments
from pipeboard.storage.gateways.catalogue import read_stages
from pipeboard.storage.hot import metrics as hot
from pipeboard.storage.hot import open_deals, stage_flow
from pipeboard.storage.hot.quotas import read_spend
from pipeboard.storage.hot.sales import read_sales
from pipeboard.storage.sql import Statements


class Setting(NamedTuple):
    """What a page is read with: the filters in force, and where and when one is."""

    scope: hot.Scope
    zone: tzinfo
    now: datetime
    today: date
    base: str


def read_stage_page(sql: Statements, made: Report, setting: Setting, mode: str) -> StagePage:
    """How deals move through the stages; the funnel in one of `funnel_modes.MODES`."""
    given = made.given
    chosen = select(given.deals, given.period)
    other = None
    if mode != "decided":
        ids = [] if mode == "cohort" else [deal.id for deal in chosen.decided]
        other = funnel_of(mode, chosen, given.stages, stage_flow.stages_stood_in(sql, ids))
    return StagePage(
        other,
        flow(
            stage_flow.visit_counts(sql, setting.scope, given.period, [stage.id for stage in given.stages]),
            given.stages,
        ),
        read_bottlenecks(sql, setting.scope.pipeline_id, setting.today, setting.base),
        turning_point(made.funnel.rows, given.stages),
        calibration(made.funnel.rows, given.stages),
    )


def read_business_page(sql: Statements, made: Report, setting: Setting) -> BusinessPage:
    """What is won, from whom and at what cost."""
    given, scope = made.given, setting.scope
    chosen = select(given.deals, given.period)
    won_ids = [deal.id for deal in chosen.won]
    sales = read_sales(sql, won_ids)
    stages = read_stages(sql, scope.pipeline_id)
    figures = _activities(sql, made, setting)
    rates = hot.read_rate_history(sql)

    def spent_in_base(entry: Spend) -> int | None:
        if entry.currency == setting.base:
            return entry.amount_minor
        rate = rates.on(entry.currency, entry.spent_on)
        return (
            None if rate is None else to_base(entry.amount_minor, entry.currency, setting.base, {entry.currency: rate})
        )

    spend = [
        entry
        for entry in read_spend(sql, *given.period)
        if scope.source is None or entry.source.casefold() == scope.source.casefold()
    ]
    return BusinessPage(
        strict_rate(len(chosen.won), len(chosen.lost), open_deals.open_deals(sql, scope), stages, setting.today),
        stage_flow.reopened(
            sql, scope, given.period, [s.id for s in stages.values() if s.kind in (StageKind.WON, StageKind.LOST)]
        ),
        stage_flow.parked_days(sql, won_ids),
        customer_value(chosen.won, sales),
        acquisition(chosen.won, sales, spend, given.period, spent_in_base),
        figures.response,
        tops(given, chosen, made.previous.period if made.previous else None),
    )


def read_team_page(sql: Statements, made: Report, setting: Setting) -> TeamPage:
    """Who does what."""
    given, scope = made.given, setting.scope
    figures = _activities(sql, made, setting)
    helped = help_needed(open_deals.open_deals(sql, scope), given.stages, made.time_in_stage, setting.today)
    loads: dict[int | None, Load] = {}
    for task in open_deals.task_loads(sql, scope, setting.today):
        loads[task.owner_id] = Load(task.tasks, task.late)
    for row in figures.activities.by_owner:
        loads[row.owner_id] = loads.get(row.owner_id, Load())._replace(activities=row)
    for one in helped:
        load = loads.get(one.owner_id, Load())
        loads[one.owner_id] = load._replace(needs_help=load.needs_help + 1)
    if scope.owner_id is not None:
        loads = {owner: load for owner, load in loads.items() if owner == scope.owner_id}
    return TeamPage(
        reps(given, made.velocity.window, loads),
        read_attainments(
            sql,
            target_period(given.period, setting.today),
            scope.pipeline_id,
            scope.owner_id,
            setting.today,
            setting.base,
        ),
        figures.activities,
        helped,
    )


def target_period(period: Period, today: date) -> Period:
    """The period whose targets are shown: the one asked for, or the quarter that any other one (as far as it has run)
    ends in, because targets are set for months, quarters and years."""
    return period if period_key(period) else quarter_of(min(period.end - timedelta(days=1), today))


def _activities(sql: Statements, made: Report, setting: Setting) -> ActivityFigures:
    return read_figures(sql, setting.scope, made.given.period, setting.zone, setting.now, setting.today)
