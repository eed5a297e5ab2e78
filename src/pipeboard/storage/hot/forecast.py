"""What a forecast is computed from: open and won deals, what left the stages lately, quotas."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from pipeboard.domain.forecast.facts import ForecastDeal
from pipeboard.domain.forecast.stage_fill import ENOUGH_EXITS, WINDOW_DAYS, StageStays
from pipeboard.domain.stage import DealStatus
from pipeboard.storage.hot.metrics import OWNER, Books, Scope
from pipeboard.storage.sql import Statements

_DEALS = (
    f"SELECT d.id, d.status, d.stage_id, {OWNER}, d.probability, d.value_minor, d.cost_minor, d.currency,"
    " d.forecast_category, d.expected_close_on, d.closed_on, d.payment_on, d.rate_at_close_nano FROM deal d"
    " WHERE +d.deleted = 0 AND d.pipeline_id = ?"
    " AND (d.status = 0 OR (d.status = 1 AND (d.closed_on >= ? OR d.payment_on >= ?)))"
)
# Days a stay lies in the window, and which stage came after it: of the stays that ended in it, found in the index
# `visit_left`, and of those that go on. Only stays whose beginning is known have a length.
_STAY = (
    "SELECT v.stage_id AS stage_id, v.entered_on AS entered_on, v.left_on AS left_on, {next} AS next_id"
    " FROM stage_visit v WHERE v.pipeline_id = ? AND v.left_on {left} AND v.stage_id IN ({open})"
    " AND v.is_entry_known <> 0{kept}"
)
_NEXT = "(SELECT n.stage_id FROM stage_visit n WHERE n.deal_id = v.deal_id AND n.id > v.id ORDER BY n.id LIMIT 1)"
_STAYS = (
    "SELECT stage_id, next_id, sum(CASE WHEN left_on IS NULL THEN 0 ELSE 1 END), sum({days}) FROM ("
    f"{_STAY.replace('{next}', _NEXT).replace('{left}', '>= ?')} UNION ALL"
    f" {_STAY.replace('{next}', 'NULL').replace('{left}', 'IS NULL')}) stays GROUP BY stage_id, next_id"
)
_KEPT = " AND EXISTS (SELECT 1 FROM deal d WHERE d.id = v.deal_id AND d.deleted = 0{narrowed})"
_DAYS = {
    True: "julianday(COALESCE(left_on, ?)) - julianday(max(entered_on, ?))",
    False: "COALESCE(left_on, CAST(? AS date)) - GREATEST(entered_on, CAST(? AS date))",
}
_LATEST_STAYS = 200
_LATEST = (
    "SELECT dwell_days FROM stage_visit WHERE pipeline_id = ? AND stage_id = ? AND dwell_days IS NOT NULL"
    " ORDER BY left_on DESC LIMIT ?"
)


def forecast_deals(sql: Statements, scope: Scope, books: Books, since: date) -> list[ForecastDeal]:
    """The open deals of the scope, and those won or to be paid since a day."""
    narrowed, params = scope.narrowed()
    day = sql.codec.day
    rows = sql.all(f"{_DEALS}{narrowed} ORDER BY d.id", (scope.pipeline_id, since, since, *params))
    deals, base = [], books.currency
    statuses = {int(status): status for status in DealStatus}
    for (deal_id, code, stage_id, owner_id, own_percent, minor, cost, currency, own_category, close_on, closed_on,
         payment_on, nano) in rows:  # fmt: skip
        status = statuses[code]
        stage = books.stages.get(stage_id)
        closed = day(closed_on)
        rate = None if currency == base else nano or books.rates.on(currency, closed or books.today)

        def in_base(amount: int | None, currency: str = currency, rate: int | None = rate) -> int | None:
            return None if amount is None or rate is None else books.to_base(amount, currency, rate)

        percent = 100 if status == DealStatus.WON else own_percent
        if percent is None:
            percent = stage.probability if stage else 0
        if currency == base:
            value, known_cost, share = minor, cost, None if minor is None else minor * percent
        else:
            value, known_cost = in_base(minor), in_base(cost)
            share = None if value is None else in_base(minor * percent)
        profit = None if value is None or known_cost is None else value - known_cost
        category = own_category or (stage.forecast_category if stage else "") or "pipeline"
        deals.append(
            ForecastDeal(
                deal_id, status, stage_id, owner_id, percent, value, value is None and minor is not None, share,
                profit, category, day(close_on), closed, day(payment_on),
            )
        )  # fmt: skip
    return deals


def stage_stays(sql: Statements, scope: Scope, stage_ids: Sequence[int], today: date) -> dict[int, StageStays]:
    """What happened in each open stage in the window before today."""
    narrowed, params = scope.narrowed()
    since = today - timedelta(days=WINDOW_DAYS)
    query = _STAYS.replace("{days}", _DAYS[sql.is_sqlite]).replace("{kept}", _KEPT.replace("{narrowed}", narrowed))
    query = query.replace("{open}", ",".join(map(str, stage_ids)) or "NULL")
    rows = sql.all(query, (today, since, scope.pipeline_id, since, *params, scope.pipeline_id, *params))
    exits: dict[int, dict[int, int]] = {stage_id: {} for stage_id in stage_ids}
    days = dict.fromkeys(stage_ids, 0.0)
    for stage_id, next_id, count, exposure in rows:
        days[stage_id] += max(0.0, float(exposure or 0))
        if next_id is not None and count:
            exits[stage_id][next_id] = exits[stage_id].get(next_id, 0) + int(count)
    return {
        stage_id: StageStays(days[stage_id], exits[stage_id], _median(sql, scope, stage_id, exits[stage_id]))
        for stage_id in stage_ids
    }


def _median(sql: Statements, scope: Scope, stage_id: int, exits: Mapping[int, int]) -> float | None:
    """The median of the latest stays, where the exits are too few to go by."""
    if sum(exits.values()) >= ENOUGH_EXITS:
        return None
    rows = sql.all(_LATEST, (scope.pipeline_id, stage_id, _LATEST_STAYS))
    return float(median(row[0] for row in rows)) if rows else None
