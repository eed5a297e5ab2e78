"""What the figures are computed from, by literal SQL: one row per deal, one per deal and stage it left."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from pipeboard.domain.metrics.facts import DealFact, StageTime
from pipeboard.domain.periods import Period
from pipeboard.domain.products import Catalogue
from pipeboard.domain.stage import DealStatus, Stage
from pipeboard.storage.sql import Statements, chunks, marks

ToBase = Callable[[int, str, int], int | None]
"""Minor units of a currency at a rate (billionths of the base currency) in minor units of the base."""

OWNER = "COALESCE(d.closed_owner_id, d.owner_id)"
"""Whose deal it is in every figure: of the person who closed it, else of its owner (DOMAIN.md 2.2, row 23)."""

_DEALS = (
    f"SELECT d.id, d.status, d.stage_id, {OWNER}, c.name, d.product, d.source, d.value_minor, d.currency,"
    " d.probability, d.created_on, d.started_on, d.closed_on, d.lost_reason_id, d.furthest_position,"
    " d.closed_from_stage_id, d.rate_at_close_nano"
    " FROM deal d LEFT JOIN company c ON c.id = d.company_id"
)
# `+` keeps SQLite from walking an index on `deleted`, which most deals pass: reading the table once is faster.
_ALL = " WHERE +d.deleted = 0 AND d.pipeline_id = ?"
_THESE = " WHERE d.deleted = 0 AND d.id IN ({ids})"
# Three ranges of the covering index `deal_period` find the deals, so that no other row of the table is touched.
_HELD = "SELECT id FROM deal WHERE deleted = 0 AND pipeline_id = ? AND closed_on"
_SINCE = (
    f" WHERE d.id IN ({_HELD} IS NULL UNION ALL {_HELD} >= ?"
    f" UNION ALL {_HELD} < ? AND (created_on >= ? OR status IN (0, 3)))"
)
_CLOSED_SINCE = f" WHERE d.id IN ({_HELD} >= ?)"
_CLOSED = " AND d.status IN (1, 2)"
_DECIDED = (
    "SELECT d.closed_on FROM deal d WHERE d.deleted = 0 AND d.pipeline_id = ? AND d.closed_on < ?"
    " AND (d.status = 1 OR (d.status = 2 AND NOT EXISTS"
    " (SELECT 1 FROM lost_reason r WHERE r.id = d.lost_reason_id AND r.is_excluded <> 0)))"
)

# The stays that ended in the period, from the covering index `visit_left`, and whether the deal has another stay in
# the same stage. Few have, and only those are summed, by `_AGAIN`.
_LEFT = (
    "SELECT p.stage_id, p.deal_id, p.dwell_days, EXISTS (SELECT 1 FROM stage_visit v WHERE v.pipeline_id ="
    " p.pipeline_id AND v.stage_id = p.stage_id AND v.deal_id = p.deal_id AND v.id <> p.id) FROM stage_visit p"
    " WHERE p.pipeline_id = ? AND p.left_on >= ? AND p.left_on < ?"
)
# A deal with a stay of unknown length, or that stands in the stage again, has no sum.
_AGAIN = (
    "SELECT stage_id, deal_id, sum(dwell_days) FROM stage_visit WHERE pipeline_id = ? AND deal_id IN ({ids})"
    " GROUP BY stage_id, deal_id HAVING count(*) > 1 AND count(dwell_days) = count(*)"
    " AND max(left_on) >= ? AND max(left_on) < ?"
)
# Over everything there is no period to begin with: the groups come out of `visit_time` in its own order.
_ALL_TIMES = (
    "SELECT p.stage_id, p.deal_id, sum(p.dwell_days) FROM stage_visit p WHERE p.pipeline_id = ?{kept}"
    " GROUP BY p.stage_id, p.deal_id HAVING count(p.dwell_days) = count(*)"
    " AND max(p.left_on) >= ? AND max(p.left_on) < ?"
)
_NOT_DELETED = " AND p.deal_id NOT IN (SELECT id FROM deal WHERE deleted <> 0)"
_AMONG = " AND EXISTS (SELECT 1 FROM deal d WHERE d.id = p.deal_id AND d.deleted = 0{narrowed})"


class Scope(NamedTuple):
    """The pipeline and the filters in force; None filters nothing. `products` are the spellings of one product, and
    `kept` the only deals that count."""

    pipeline_id: int
    owner_id: int | None = None
    source: str | None = None
    products: tuple[str, ...] | None = None
    kept: frozenset[int] | None = None

    def narrowed(self) -> tuple[str, list[object]]:
        """The conditions on `deal d` beside the pipeline, with their parameters."""
        parts: dict[str, object] = {OWNER: self.owner_id, "d.source": self.source}
        wanted = {column: value for column, value in parts.items() if value is not None}
        sql = "".join(f" AND {column} = ?" for column in wanted)
        params = list(wanted.values())
        if self.products is not None:
            sql += f" AND d.product IN ({marks(len(self.products))})"
            params += self.products
        if self.kept is not None:
            # Written out: there may be more of them than a statement has parameters.
            sql += f" AND d.id IN ({','.join(map(str, sorted(self.kept)))})" if self.kept else " AND 1 = 0"
        return sql, params


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
    """What turns a row into a fact: stages, lost reasons by id (name, is excluded), rates, base currency, today, the
    products in whose spelling the deals' texts are told."""

    stages: Mapping[int, Stage]
    reasons: Mapping[int, tuple[str, bool]]
    rates: Rates
    currency: str
    today: date
    to_base: ToBase
    products: Catalogue = Catalogue(())


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


def latest_decided(sql: Statements, scope: Scope, before: date, count: int) -> list[date]:
    """The days on which the `count` deals decided last before a day were closed, the latest first."""
    narrowed, params = scope.narrowed()
    query = f"{_DECIDED}{narrowed} ORDER BY d.closed_on DESC LIMIT {count:d}"
    rows = sql.all(query, (scope.pipeline_id, before, *params))
    return [day for row in rows if (day := sql.codec.day(row[0])) is not None]


def deal_facts(
    sql: Statements, scope: Scope, books: Books, since: date | None, *, is_closed: bool = False
) -> list[DealFact]:
    """The deals of the scope: with a day, only those open or parked, or closed or created since (or undated).

    `is_closed` leaves out what is not won or lost: of most deals of a large pipeline rates have nothing to tell.
    """
    narrowed, params = scope.narrowed()
    pipeline, chosen = scope.pipeline_id, _ALL
    values: list[object] = [pipeline]
    if since is not None and is_closed:
        chosen, values = _CLOSED_SINCE, [pipeline, since]
    elif since is not None:
        chosen, values = _SINCE, [pipeline, pipeline, since, pipeline, since, since]
    chosen += _CLOSED if is_closed else ""
    rows = sql.all(f"{_DEALS}{chosen}{narrowed} ORDER BY d.id", [*values, *params])
    return _facts(rows, books, _Days(sql.codec.day))


def facts_by_id(sql: Statements, books: Books, ids: Sequence[int]) -> list[DealFact]:
    """These deals, wherever they are now; deleted ones are left out."""
    return _facts(sql.by_ids(f"{_DEALS}{_THESE}", ids), books, _Days(sql.codec.day))


class _Days(dict[Any, date | None]):
    """The days of stored values: there are far fewer days than rows, and a dict answers without a call."""

    def __init__(self, day: Callable[[Any], date | None]) -> None:
        super().__init__()
        self._day = day

    def __missing__(self, value: Any) -> date | None:
        self[value] = day = self._day(value)
        return day


def _facts(rows: Iterable[Any], books: Books, day_of: Mapping[Any, date | None]) -> list[DealFact]:
    """One fact from each row; this runs for every deal, so everything constant is looked up before."""
    percents = {stage.id: stage.probability for stage in books.stages.values()}
    counting = frozenset(stage.id for stage in books.stages.values() if stage.counts_for_velocity)
    statuses = {int(status): status for status in DealStatus}
    reasons, base, value_in = books.reasons, books.currency, _valuer(books)
    is_open, no_reason = DealStatus.OPEN, ("", False)
    spelt = books.products.spelt if books.products else None
    # `DealFact(...)` and `_make` are functions in Python; this is what they do, without them.
    make: Callable[[tuple[Any, ...]], DealFact] = partial(tuple.__new__, DealFact)
    facts = []
    for (deal_id, code, stage_id, owner_id, company, product, source, minor, currency, percent, created, started,
         closed, reason_id, furthest, closed_from, nano) in rows:  # fmt: skip
        closed_on, is_running = day_of[closed], code == is_open
        name, is_excluded = no_reason if reason_id is None else reasons.get(reason_id, no_reason)
        weighted = None
        value = minor
        if minor is not None:
            share = (percents.get(stage_id, 0) if percent is None else percent) if is_running else 0
            if currency == base:
                weighted = minor * share
            else:
                value = value_in(minor, currency, closed_on, nano)
                weighted = None if value is None else value_in(minor * share, currency, closed_on, nano)
        facts.append(make(
            (deal_id, statuses[code], stage_id, owner_id, company or "", product if spelt is None else spelt(product),
             source, value, value is None and minor is not None, weighted, day_of[created], day_of[started],
             closed_on, name, is_excluded, furthest, closed_from, is_running and stage_id in counting)
        ))  # fmt: skip
    return facts


def _valuer(books: Books) -> Callable[[int, str, date | None, int | None], int | None]:
    """Conversion to the base currency: open deals at today's rate, closed ones at that of their closing."""

    def value_in(minor: int, currency: str, closed_on: date | None, nano: int | None) -> int | None:
        rate = nano or books.rates.on(currency, closed_on or books.today)
        return None if rate is None else books.to_base(minor, currency, rate)

    return value_in


def stage_times(sql: Statements, scope: Scope, period: Period, *, is_all: bool = False) -> list[StageTime]:
    """Days per deal and stage, re-entries summed, of the deals that left the stage for good in the period."""
    narrowed, params = scope.narrowed()
    kept = _AMONG.replace("{narrowed}", narrowed) if narrowed else _NOT_DELETED
    if not is_all:
        return _left_in(sql, scope.pipeline_id, period, kept, params)
    return _times(sql, sql.all(_ALL_TIMES.replace("{kept}", kept), (scope.pipeline_id, *params, *period)))


def _left_in(sql: Statements, pipeline_id: int, period: Period, kept: str, params: list[object]) -> list[StageTime]:
    """Those that left a stage for good in the period: first the deals that were there once, then the others."""
    start, end = period
    found = sql.all(_LEFT + kept, (pipeline_id, start, end, *params))
    make: Callable[[tuple[int, int, int]], StageTime] = partial(tuple.__new__, StageTime)
    times = [make((stage, deal, days)) for stage, deal, days, is_again in found if not is_again and days is not None]
    again = {(stage, deal) for stage, deal, _, is_again in found if is_again}
    for ids in chunks(sorted({deal for _, deal in again})):
        rows = sql.all(_AGAIN.replace("{ids}", marks(len(ids))), (pipeline_id, *ids, start, end))
        times += _times(sql, [row for row in rows if row[:2] in again])
    return times


def _times(sql: Statements, rows: Iterable[tuple[int, int, Any]]) -> list[StageTime]:
    """Stage, deal and summed days as facts."""
    make: Callable[[tuple[int, int, int]], StageTime] = partial(tuple.__new__, StageTime)
    # PostgreSQL's sums are exact decimals.
    return list(map(make, rows if sql.is_sqlite else [(stage, deal, int(days)) for stage, deal, days in rows]))


def distinct_texts(sql: Statements, column: str, pipeline_id: int) -> tuple[str, ...]:
    """The different sources or products (`column`) of a pipeline's deals, sorted."""
    if column not in ("source", "product"):
        raise ValueError(column)
    rows = sql.all(
        f"SELECT DISTINCT {column} FROM deal WHERE deleted = 0 AND pipeline_id = ? AND {column} <> '' ORDER BY 1",
        (pipeline_id,),
    )
    return tuple(row[0] for row in rows)
