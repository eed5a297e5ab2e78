"""Targets and how far they are reached: for the header of the board, the metrics screen and the commands."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, tzinfo
from typing import NamedTuple

from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.money import weighted
from pipeboard.domain.periods import Period, month_of, parse_period, quarter_of, year_of
from pipeboard.domain.quota import COUNT, MEASURES, Attainment, Quota, Target, Win, attainment, current_target
from pipeboard.domain.quota import target_for as _target_for
from pipeboard.domain.review import SoFar
from pipeboard.domain.spend import Spend
from pipeboard.domain.stage import Stage
from pipeboard.services.clock import Clock
from pipeboard.services.money_sums import to_base
from pipeboard.services.reads import Reads
from pipeboard.storage.gateways.catalogue import read_owners, read_pipelines, read_rates, read_stages
from pipeboard.storage.hot import quotas as hot
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.metrics import Rates, read_rate_history
from pipeboard.storage.sql import Statements


class QuotaReads(Reads):
    """Reads about targets and spending."""

    def __init__(self, reader: Hot, clock: Clock, zone: tzinfo, info: WorkspaceInfo) -> None:
        super().__init__(reader, clock, zone)
        self._base = info.currency

    def all(self) -> tuple[Quota, ...]:
        """Every target."""
        with self._hot.snapshot() as sql:
            return hot.read_quotas(sql)

    def spend(self, period: Period | None = None) -> tuple[Spend, ...]:
        """What was spent, of a period or ever, the latest first."""
        with self._hot.snapshot() as sql:
            return hot.read_spend(sql, *(period or (None, None)))

    def target(
        self, period: Period, pipeline_id: int | None, owner_id: int | None = None, measure: str = "value"
    ) -> Target | None:
        """The target that holds for a person (None: the team) in a pipeline and period; None where none was set."""
        with self._hot.snapshot() as sql:
            rates = read_rates(sql, self.today)
            return _target_for(
                hot.read_quotas(sql),
                period,
                pipeline_id,
                owner_id,
                measure,
                lambda m, c: to_base(m, c, self._base, rates),
            )

    def each(self) -> list[tuple[Quota, Attainment]]:
        """Every target that was entered, with how far it is reached."""
        with self._hot.snapshot() as sql:
            rates = read_rates(sql, self.today)
            rows = []
            for quota in hot.read_quotas(sql):
                period = parse_period(quota.period)
                target = _target_for(
                    [quota],
                    period,
                    quota.pipeline_id,
                    quota.owner_id,
                    quota.measure,
                    lambda m, c: to_base(m, c, self._base, rates),
                )
                if target is not None:
                    rows.append((quota, attainment(target, self._wins(sql, [target]), self.today)))
            return rows

    def current(self, pipeline_id: int, owner_id: int | None = None) -> Attainment | None:
        """How far the target of now is reached (the quarter's, else the month's, else the year's); None without one.

        One small statement where there are no targets: the header of the board asks for it after its first paint.
        """
        today = self.today
        with self._hot.snapshot() as sql:
            quotas = hot.read_quotas(sql)
            if not quotas:
                return None
            rates = read_rates(sql, today)
            periods = (quarter_of(today), month_of(today), year_of(today))
            found = current_target(
                quotas, periods, pipeline_id, owner_id, lambda m, c: to_base(m, c, self._base, rates)
            )
            return None if found is None else attainment(found, self._wins(sql, [found]), today)

    def attainments(self, period: Period, pipeline_id: int, owner_id: int | None = None) -> tuple[Attainment, ...]:
        """How far the targets of a period are reached: the team's first, then those of its people by name.

        With an owner only that person's. Money before counts of deals.
        """
        with self._hot.snapshot() as sql:
            return read_attainments(sql, period, pipeline_id, owner_id, self.today, self._base)

    def _wins(self, sql: Statements, targets: Sequence[Target]) -> list[Win]:
        return wins_of(sql, targets, self._base)


def read_attainments(
    sql: Statements, period: Period, pipeline_id: int | None, owner_id: int | None, today: date, base: str
) -> tuple[Attainment, ...]:
    """The attainments of a period, for a caller that is reading other figures of the same moment."""
    quotas = hot.read_quotas(sql)
    if not quotas:
        return ()
    rates = read_rates(sql, today)
    people: list[int | None] = [None, *(owner.id for owner in read_owners(sql))] if owner_id is None else [owner_id]
    found = [
        target
        for measure in MEASURES
        for person in people
        if (
            target := _target_for(quotas, period, pipeline_id, person, measure, lambda m, c: to_base(m, c, base, rates))
        )
    ]
    wins = wins_of(sql, found, base)
    coming = _to_come(sql, _pipelines(sql, found), period, today, base, rates)
    return tuple(attainment(one, wins, today, _expected(one, coming)) for one in found)


def read_so_far(
    sql: Statements,
    period: Period,
    today: date,
    base: str,
    *,
    pipeline_id: int | None = None,
    owner_id: int | None = None,
    kept: frozenset[int] | None = None,
) -> SoFar:
    """How far the running period is, in a pipeline or in all that sell, of a person or of everybody.

    With `kept` only these deals count, and there is no target: targets are for all of somebody's deals.
    """
    rates = read_rates(sql, today)
    if pipeline_id is None:
        pipelines = [pipeline.id for pipeline in read_pipelines(sql) if not pipeline.is_post_sale]
    else:
        pipelines = [pipeline_id]

    def is_asked(deal_id: int, of: int | None) -> bool:
        return (kept is None or deal_id in kept) and owner_id in (None, of)

    rows = [row for row in hot.wins(sql, pipelines, *period) if is_asked(row.id, row.owner_id)]
    history = read_rate_history(sql) if any(row.currency != base for row in rows) else None
    won = [_at_close(row, base, history) for row in rows]
    coming = _to_come(sql, pipelines, period, today, base, rates)
    ahead = [one.hundredths for one in coming if is_asked(one.row.id, one.row.owner_id)]
    targets = [] if kept is not None else read_attainments(sql, period, pipeline_id, owner_id, today, base)
    return SoFar(
        period,
        sum(minor for minor in won if minor is not None),
        len(won),
        weighted(sum(hundredths for hundredths in ahead if hundredths is not None)),
        len(ahead),
        won.count(None) + ahead.count(None),
        next((one for one in targets if one.target.owner_id == owner_id), None),
    )


def wins_of(sql: Statements, targets: Sequence[Target], base: str) -> list[Win]:
    """The wins that may count for these targets, each at the rate of its closing."""
    if not targets:
        return []
    since, until = min(t.period.start for t in targets), max(t.period.end for t in targets)
    rows = hot.wins(sql, _pipelines(sql, targets), since, until)
    history = read_rate_history(sql) if any(row.currency != base for row in rows) else None
    return [Win(row.id, row.owner_id, row.pipeline_id, row.closed_on, _at_close(row, base, history)) for row in rows]


def _at_close(row: hot.WonRow, base: str, history: Rates | None) -> int | None:
    """The value of a won deal in the base currency, as every figure counts it."""
    if row.value_minor is None or row.currency == base:
        return row.value_minor
    rate = row.rate_nano or (history.on(row.currency, row.closed_on) if history else None)
    return None if rate is None else to_base(row.value_minor, row.currency, base, {row.currency: rate})


def _pipelines(sql: Statements, targets: Iterable[Target]) -> list[int]:
    """The pipelines whose wins may count: all that sell, where a target is for all."""
    wanted = {target.pipeline_id for target in targets}
    if None in wanted:
        return [pipeline.id for pipeline in read_pipelines(sql) if not pipeline.is_post_sale]
    return sorted(one for one in wanted if one is not None)


class _Coming(NamedTuple):
    """An open deal with its weighted hundredths in the base currency and its probability."""

    row: hot.OpenRow
    hundredths: int | None
    percent: int


def _to_come(
    sql: Statements, pipelines: Sequence[int], period: Period, today: date, base: str, rates: Mapping[str, int]
) -> list[_Coming]:
    """The open deals that are expected to close in the rest of the period."""
    if not pipelines or period.end <= today:
        return []
    stages: Mapping[int, Stage] = read_stages(sql)
    start, end = max(today, period.start), period.end
    rows = []
    for row in hot.to_close(sql, pipelines, start, end):
        stage = stages.get(row.stage_id)
        percent = row.probability if row.probability is not None else stage.probability if stage else 0
        value = None if row.value_minor is None else to_base(row.value_minor * percent, row.currency, base, rates)
        rows.append(_Coming(row, value, percent))
    return rows


def _expected(target: Target, coming: Sequence[_Coming]) -> int:
    """What the open deals may still add to a target: weighted value, or wins to be expected."""
    hundredths = 0
    for row, value, percent in coming:
        if target.takes(row.owner_id, row.pipeline_id):
            hundredths += percent if target.measure == COUNT else value or 0
    return weighted(hundredths)
