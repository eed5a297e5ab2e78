"""What the figures are computed from, by literal SQL: one row per deal, one per deal and stage it left."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from pipeboard.domain.metrics.facts import DealFact, StageTime
from pipeboard.domain.periods import Period
from pipeboard.domain.stage import DealStatus, Stage
from pipeboard.storage.sql import Statements

ToBase = Callable[[int, str, int], int | None]
"""Minor units of a currency at a rate (billionths of the base currency) in minor units of the base."""

# `+` keeps SQLite from walking an index on `deleted`, which most deals pass: reading the table once is faster.
_DEALS = (
    "SELECT d.id, d.status, d.stage_id, d.owner_id, c.name, d.product, d.source, d.value_minor, d.currency,"
    " d.probability, d.created_on, d.started_on, d.closed_on, d.lost_reason_id, d.furthest_position,"
    " d.closed_from_stage_id, d.rate_at_close_nano"
    " FROM deal d LEFT JOIN company c ON c.id = d.company_id WHERE +d.deleted = 0 AND d.pipeline_id = ?"
)
_SINCE = " AND (d.status IN (0, 3) OR d.closed_on IS NULL OR d.closed_on >= ? OR d.created_on >= ?)"
# First the deals and stages left in the period, by one pass over the covering index `visit_time`; then all their
# stays, by the same index. A deal with a stay of unknown length, or that stands in the stage again, has no sum.
_TIMES = (
    "SELECT v.stage_id, v.deal_id, sum(v.dwell_days), max(v.left_on) FROM"
    " (SELECT DISTINCT stage_id, deal_id FROM stage_visit WHERE pipeline_id = ? AND left_on >= ? AND left_on < ?) p"
    " JOIN deal d ON d.id = p.deal_id"
    " JOIN stage_visit v ON v.pipeline_id = ? AND v.stage_id = p.stage_id AND v.deal_id = p.deal_id"
    " WHERE d.deleted = 0{narrowed} GROUP BY v.stage_id, v.deal_id"
    " HAVING max(v.left_on) < ? AND count(v.dwell_days) = count(*)"
)

# Over everything there is no period to begin with: the groups come out of `visit_time` in its own order.
_ALL_TIMES = (
    "SELECT v.stage_id, v.deal_id, v.days, v.last_on FROM ("
    "SELECT stage_id, deal_id, sum(dwell_days) AS days, max(left_on) AS last_on FROM stage_visit"
    " WHERE pipeline_id = ? GROUP BY stage_id, deal_id HAVING count(dwell_days) = count(*)"
    ") v JOIN deal d ON d.id = v.deal_id WHERE d.deleted = 0{narrowed}"
)


class Scope(NamedTuple):
    """The pipeline and the filters in force; None filters nothing."""

    pipeline_id: int
    owner_id: int | None = None
    source: str | None = None
    product: str | None = None

    def narrowed(self) -> tuple[str, list[object]]:
        """The conditions on `deal d` beside the pipeline, with their parameters."""
        parts: dict[str, object] = {"owner_id": self.owner_id, "source": self.source, "product": self.product}
        wanted = {column: value for column, value in parts.items() if value is not None}
        return "".join(f" AND d.{column} = ?" for column in wanted), list(wanted.values())


class Rates(NamedTuple):
    """The rates of every currency by the day they hold from, ascending."""

    days: Mapping[str, list[date]]
    nanos: Mapping[str, list[int]]

    def on(self, currency: str, day: date) -> int | None:
        """The rate in force on a day; None before the first one."""
        place = bisect_right(self.days.get(currency, ()), day)
        return self.nanos[currency][place - 1] if place else None


def read_rate_history(sql: Statements) -> Rates:
    """All rates ever set."""
    days: dict[str, list[date]] = {}
    nanos: dict[str, list[int]] = {}
    for currency, on_day, nano in sql.all(
        "SELECT currency, on_day, rate_nano FROM rate WHERE deleted = 0 ORDER BY currency, on_day, id"
    ):
        day = sql.codec.day(on_day)
        if day is not None:
            days.setdefault(currency, []).append(day)
            nanos.setdefault(currency, []).append(nano)
    return Rates(days, nanos)


class Books(NamedTuple):
    """What turns a row into a fact: stages, lost reasons by id (name, is excluded), rates, base currency, today."""

    stages: Mapping[int, Stage]
    reasons: Mapping[int, tuple[str, bool]]
    rates: Rates
    currency: str
    today: date
    to_base: ToBase


def read_reasons(sql: Statements) -> dict[int, tuple[str, bool]]:
    """Every lost reason, also one that was taken out of the lists since: name, whether excluded."""
    return {r[0]: (r[1], bool(r[2])) for r in sql.all("SELECT id, name, is_excluded FROM lost_reason")}


def read_owner_names(sql: Statements) -> dict[int, str]:
    """Every owner's name, also of people who have left: their deals keep it."""
    return dict(sql.all("SELECT id, name FROM owner"))


def first_day(sql: Statements, scope: Scope) -> date | None:
    """The earliest day on which anything is known to have happened; None in an empty pipeline."""
    narrowed, params = scope.narrowed()
    row = sql.one(
        "SELECT min(d.created_on), min(d.started_on), min(d.closed_on) FROM deal d"
        f" WHERE d.deleted = 0 AND d.pipeline_id = ?{narrowed}",
        (scope.pipeline_id, *params),
    )
    return min((day for value in row if (day := sql.codec.day(value))), default=None)


def deal_facts(sql: Statements, scope: Scope, books: Books, since: date | None) -> list[DealFact]:
    """The deals of the scope: with a day, only those open or parked, or closed or created since (or undated)."""
    narrowed, params = scope.narrowed()
    query, values = _DEALS + narrowed, [scope.pipeline_id, *params]
    if since is not None:
        query, values = query + _SINCE, [*values, since, since]
    fact = _maker(books, sql.codec.day)
    return [fact(row) for row in sql.all(query + " ORDER BY d.id", values)]


def _maker(books: Books, day: Callable[[Any], date | None]) -> Callable[[Any], DealFact]:
    """What builds one fact from one row; it runs for every deal, so everything constant is looked up before."""
    day_of = lru_cache(maxsize=None)(day)
    percents = {stage.id: stage.probability for stage in books.stages.values()}
    counting = frozenset(stage.id for stage in books.stages.values() if stage.counts_for_velocity)
    statuses = {int(status): status for status in DealStatus}
    reasons, base, value_in = books.reasons, books.currency, _valuer(books)
    is_open, no_reason, make = DealStatus.OPEN, ("", False), DealFact._make

    def fact(row: Any) -> DealFact:
        (deal_id, code, stage_id, owner_id, company, product, source, minor, currency, percent, created, started,
         closed, reason_id, furthest, closed_from, nano) = row  # fmt: skip
        status, closed_on = statuses[code], day_of(closed)
        name, is_excluded = reasons.get(reason_id, no_reason)
        weighted = None
        value = minor
        if minor is not None:
            share = (percents.get(stage_id, 0) if percent is None else percent) if status == is_open else 0
            if currency == base:
                weighted = minor * share
            else:
                value = value_in(minor, currency, closed_on, nano)
                weighted = None if value is None else value_in(minor * share, currency, closed_on, nano)
        return make(
            (deal_id, status, stage_id, owner_id, company or "", product, source, value,
             value is None and minor is not None, weighted, day_of(created), day_of(started), closed_on, name,
             is_excluded, furthest, closed_from, status == is_open and stage_id in counting)
        )  # fmt: skip

    return fact


def _valuer(books: Books) -> Callable[[int, str, date | None, int | None], int | None]:
    """Conversion to the base currency: open deals at today's rate, closed ones at that of their closing."""

    def value_in(minor: int, currency: str, closed_on: date | None, nano: int | None) -> int | None:
        rate = nano or books.rates.on(currency, closed_on or books.today)
        return None if rate is None else books.to_base(minor, currency, rate)

    return value_in


def stage_times(sql: Statements, scope: Scope, period: Period, *, is_all: bool = False) -> list[StageTime]:
    """Days per deal and stage, re-entries summed, of the deals that left the stage for good in the period."""
    narrowed, params = scope.narrowed()
    if is_all:
        rows = sql.all(_ALL_TIMES.replace("{narrowed}", narrowed), (scope.pipeline_id, *params))
    else:
        start, end = period
        values = (scope.pipeline_id, start, end, scope.pipeline_id, *params, end)
        rows = sql.all(_TIMES.replace("{narrowed}", narrowed), values)
    # A day of a group is never unknown: a stay that has a length has an end.
    day_of, make = lru_cache(maxsize=None)(sql.codec.day), StageTime._make
    return [make((stage_id, deal_id, int(days), day_of(last))) for stage_id, deal_id, days, last in rows]


def distinct_texts(sql: Statements, column: str, pipeline_id: int) -> tuple[str, ...]:
    """The different sources or products (`column`) of a pipeline's deals, sorted."""
    if column not in ("source", "product"):
        raise ValueError(column)
    rows = sql.all(
        f"SELECT DISTINCT {column} FROM deal WHERE deleted = 0 AND pipeline_id = ? AND {column} <> '' ORDER BY 1",
        (pipeline_id,),
    )
    return tuple(row[0] for row in rows)
