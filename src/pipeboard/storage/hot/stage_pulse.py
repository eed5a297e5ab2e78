"""How full the stages of a pipeline are and were: open deals by day of entry, and the stays that ended lately."""

from datetime import date
from typing import NamedTuple

from pipeboard.storage.sql import Statements

# The condition of the index `deal_sum` is repeated word for word: SQLite uses it for nothing less.
_STANDING = (
    "SELECT stage_id, CASE WHEN is_entry_known <> 0 THEN stage_entered_on END, currency, count(*),"
    " COALESCE(sum(value_minor), 0) FROM deal WHERE pipeline_id = ? AND deleted = 0 AND status IN (0, 3) AND status = 0"
    " GROUP BY 1, 2, 3"
)
_LEFT = (
    "SELECT v.stage_id, v.entered_on, v.left_on, d.currency, count(*), COALESCE(sum(d.value_minor), 0)"
    " FROM stage_visit v JOIN deal d ON d.id = v.deal_id"
    " WHERE v.pipeline_id = ? AND v.left_on > ? AND d.deleted = 0 GROUP BY 1, 2, 3, 4"
)
_DECIDED = (
    "SELECT d.status, d.furthest_position, count(*) FROM deal d LEFT JOIN lost_reason r ON r.id = d.lost_reason_id"
    " WHERE d.deleted = 0 AND d.pipeline_id = ? AND d.closed_on >= ? AND d.closed_on < ?"
    " AND (d.status = 1 OR (d.status = 2 AND COALESCE(r.is_excluded, 0) = 0)) GROUP BY 1, 2"
)


class Standing(NamedTuple):
    """So many deals of a currency in a stage from a day (None: an unknown one) to a day (None: still there)."""

    stage_id: int
    entered_on: date | None
    left_on: date | None
    currency: str
    deals: int
    value_minor: int


def standing(sql: Statements, pipeline_id: int, since: date) -> list[Standing]:
    """The open deals of now and the stays that ended after a day, in groups; the values are those of now."""
    day = sql.codec.day
    rows = [
        Standing(stage, day(entered), None, currency, count, int(value))
        for stage, entered, currency, count, value in sql.all(_STANDING, (pipeline_id,))
    ]
    rows += [
        Standing(stage, day(entered), day(left), currency, count, int(value))
        for stage, entered, left, currency, count, value in sql.all(_LEFT, (pipeline_id, since))
    ]
    return rows


def decided(sql: Statements, pipeline_id: int, since: date, until: date) -> list[tuple[bool, int | None, int]]:
    """The deals decided in a period: whether won, the furthest position, how many."""
    rows = sql.all(_DECIDED, (pipeline_id, since, until))
    return [(status == 1, furthest, count) for status, furthest, count in rows]
