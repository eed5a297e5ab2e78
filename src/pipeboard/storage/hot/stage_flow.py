"""Visits of stages by literal SQL: how they ended, in which stages deals stood, what was closed and reopened."""

from collections.abc import Sequence

from pipeboard.domain.metrics.flow import VisitCount, outcome_of_visit
from pipeboard.domain.periods import Period
from pipeboard.storage.hot.metrics import Scope
from pipeboard.storage.sql import Statements, marks

_EXCLUDED = "CASE WHEN v.outcome = 'lost' THEN COALESCE(r.is_excluded, 0) ELSE 0 END"
_VISITS = (
    " FROM stage_visit v JOIN deal d ON d.id = v.deal_id LEFT JOIN lost_reason r ON r.id = d.lost_reason_id"
    " WHERE v.pipeline_id = ? AND v.entered_on >= ? AND v.entered_on < ? AND d.deleted = 0"
    " AND v.stage_id IN ({stages})"
)
# A visit that began in the period ended in it or later, or has not: both are ranges of the index `visit_left`.
_ENDED = " AND v.left_on >= ?"
_RUNNING = " AND v.left_on IS NULL"
_STOOD_IN = "SELECT deal_id, stage_id FROM stage_visit WHERE deal_id IN ({ids}) ORDER BY deal_id, entered_at, id"
# The stays that ended since are found in `visit_left` alone: most of them are in open stages.
_REOPENED = (
    "SELECT DISTINCT v.deal_id FROM stage_visit v JOIN deal d ON d.id = v.deal_id WHERE v.id IN"
    " (SELECT id FROM stage_visit WHERE pipeline_id = ? AND left_on >= ? AND +stage_id IN ({stages}))"
    " AND v.entered_on >= ? AND v.entered_on < ?"
    " AND d.deleted = 0 AND NOT (d.status IN (1, 2) AND d.closed_on >= ? AND d.closed_on < ?)"
)
_PARKED = (
    "SELECT v.deal_id, sum(v.dwell_days) FROM stage_visit v JOIN stage s ON s.id = v.stage_id"
    " WHERE v.deal_id IN ({ids}) AND s.kind = 3 GROUP BY v.deal_id HAVING count(v.dwell_days) = count(*)"
)


def visit_counts(sql: Statements, scope: Scope, period: Period, stage_ids: Sequence[int]) -> list[VisitCount]:
    """The visits of these stages that began in the period, by stage and outcome."""
    if not stage_ids:
        return []
    narrowed, params = scope.narrowed()
    visits = _VISITS.replace("{stages}", marks(len(stage_ids)))
    found = []
    for part, more in ((_ENDED, [period.start]), (_RUNNING, [])):
        rows = sql.all(
            f"SELECT v.stage_id, v.outcome, {_EXCLUDED}, count(*){visits}{part}{narrowed} GROUP BY 1, 2, 3",
            (scope.pipeline_id, *period, *stage_ids, *more, *params),
        )
        found += [VisitCount(stage, outcome, bool(excluded), count) for stage, outcome, excluded, count in rows]
    return found


def visits_that(sql: Statements, scope: Scope, period: Period, stage_id: int, outcome: str | None) -> dict[int, int]:
    """How many visits of a stage that began in the period each deal made, of one outcome or (None) of all."""
    narrowed, params = scope.narrowed()
    deals: dict[int, int] = {}
    visits = _VISITS.replace("{stages}", "?")
    for part, more in ((_ENDED, [period.start]), (_RUNNING, [])):
        rows = sql.all(
            f"SELECT v.deal_id, v.outcome, {_EXCLUDED}{visits}{part}{narrowed}",
            (scope.pipeline_id, *period, stage_id, *more, *params),
        )
        for deal_id, how, excluded in rows:
            if outcome in (None, outcome_of_visit(how, is_excluded=bool(excluded))):
                deals[deal_id] = deals.get(deal_id, 0) + 1
    return deals


def stages_stood_in(sql: Statements, deal_ids: Sequence[int]) -> dict[int, list[int]]:
    """The stages of each deal in the order in which it entered them."""
    stood: dict[int, list[int]] = {}
    for deal_id, stage_id in sql.by_ids(_STOOD_IN, deal_ids):
        stood.setdefault(deal_id, []).append(stage_id)
    return stood


def reopened(sql: Statements, scope: Scope, period: Period, closed_ids: Sequence[int]) -> tuple[int, ...]:
    """The deals that were closed in the period and are not any more: figures of the period were restated.

    `closed_ids` are the won and lost stages.
    """
    if not closed_ids:
        return ()
    narrowed, params = scope.narrowed()
    rows = sql.all(
        f"{_REOPENED.replace('{stages}', marks(len(closed_ids)))}{narrowed} ORDER BY v.deal_id",
        (scope.pipeline_id, period.start, *closed_ids, *period, *period, *params),
    )
    return tuple(row[0] for row in rows)


def parked_days(sql: Statements, deal_ids: Sequence[int]) -> dict[int, int]:
    """The days that deals spent in the fridge; those of unknown length and deals that were never there left out."""
    return {deal_id: int(days) for deal_id, days in sql.by_ids(_PARKED, deal_ids)}
