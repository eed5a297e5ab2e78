"""The ids of a pipeline's deals in the order of a list: sorting is the database's work, cards come by window."""

from array import array
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeboard.domain.list_order import ListOrder
from pipeboard.storage.sql import Statements

_BOARD = (
    "s.kind, s.position, s.id, CASE WHEN d.status IN (1, 2) THEN d.closed_on END DESC,"
    " CASE WHEN d.status IN (1, 2) THEN -d.id ELSE d.rank END, d.id"
)
"""As the board: stages in order, won, lost, fridge; closed ones by their day, newest first."""

_SHOWN = "d.deleted = 0 AND (d.status IN (0, 3) OR d.closed_on >= ?)"
_STAGE = "JOIN stage s ON s.id = d.stage_id"
_KEYS = {
    "title": ("d.search_norm", ""),
    "company": ("c.name_norm", "LEFT JOIN company c ON c.id = d.company_id"),
    "owner": ("o.name", "LEFT JOIN owner o ON o.id = d.owner_id"),
    "close": ("COALESCE(d.closed_on, d.expected_close_on)", ""),
    "created": ("d.created_at", ""),
    "idle": ("CASE WHEN d.status IN (0, 3) THEN COALESCE(d.idle_on, d.stage_entered_on) END", ""),
    "next": (
        "CASE WHEN d.status IN (0, 3) THEN COALESCE(t.snoozed_until, t.due_on) END",
        "LEFT JOIN task t ON t.id = d.next_task_id",
    ),
}


def ordered_ids(
    sql: Statements,
    pipeline_id: int,
    order: ListOrder,
    closed_since: date,
    factors: Mapping[str, float],
    scores: Mapping[int, int | None] = {},
) -> "array[int]":
    """The deals of a pipeline in order: open and parked ones, and those closed since a day.

    `factors` turn minor units of a currency into comparable numbers; a currency without one sorts last. `scores` are
    by deal, for the order by score.
    """
    if order.column == "stage":
        where = f"d.pipeline_id = ? AND {_SHOWN}"
        statement = f"SELECT d.id FROM deal d {_STAGE} WHERE {where} ORDER BY {_BOARD}"
        ids = array("q", [row[0] for row in sql.all(statement, (pipeline_id, closed_since))])
        return ids[::-1] if order.is_descending else ids
    rows = _sorted_rows(sql, pipeline_id, order, closed_since, factors, scores)
    return array("q", [row[1] for row in rows])


def ordered_stages(
    sql: Statements,
    pipeline_id: int,
    order: ListOrder,
    closed_since: date,
    factors: Mapping[str, float],
    scores: Mapping[int, int | None] = {},
) -> "dict[int, array[int]]":
    """The same deals by stage, each stage in an order that is not the manual one."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for stage_id, deal_id in _sorted_rows(sql, pipeline_id, order, closed_since, factors, scores):
        found[stage_id].append(deal_id)
    return {stage_id: array("q", ids) for stage_id, ids in found.items()}


def _sorted_rows(
    sql: Statements,
    pipeline_id: int,
    order: ListOrder,
    closed_since: date,
    factors: Mapping[str, float],
    scores: Mapping[int, int | None] = {},
) -> list[Any]:
    """Stage and id of each deal; those without a value come last, equal ones as they were put by hand."""
    if order.column == "score":
        return _by_score(sql, pipeline_id, order, closed_since, scores)
    params: list[Any] = []
    key, joins, is_descending = _key(order, factors, params)
    direction = "DESC" if is_descending else "ASC"
    # The key is not written twice: its parameters would have to be, too.
    by = f"CASE WHEN k IS NULL THEN 1 ELSE 0 END, k {direction}, rank, id"
    inner = (
        f"SELECT d.stage_id AS stage_id, d.id AS id, d.rank AS rank, {key} AS k FROM deal d {joins}"
        f" WHERE d.pipeline_id = ? AND {_SHOWN}"
    )
    statement = f"SELECT stage_id, id FROM ({inner}) sorted ORDER BY {by}"
    return sql.all(statement, [*params, pipeline_id, closed_since])


def _by_score(
    sql: Statements, pipeline_id: int, order: ListOrder, closed_since: date, scores: Mapping[int, int | None]
) -> list[Any]:
    """The same by scores, which follow from rules that the database does not know."""
    statement = f"SELECT d.stage_id, d.id, d.rank FROM deal d WHERE d.pipeline_id = ? AND {_SHOWN}"
    rows = sql.all(statement, (pipeline_id, closed_since))
    sign = -1 if order.is_descending else 1

    def place(row: Any) -> tuple[bool, int, int, int]:
        score = scores.get(row[1])
        return score is None, sign * (score or 0), row[2], row[1]

    return [row[:2] for row in sorted(rows, key=place)]


def _key(order: ListOrder, factors: Mapping[str, float], params: list[Any]) -> tuple[str, str, bool]:
    """The expression to sort by (its parameters are added to `params`), its join, and its direction."""
    if order.column == "idle":
        # The longest silence is the earliest sign of life.
        return _KEYS["idle"][0], "", not order.is_descending
    if order.column == "days":
        # The longest stay is the earliest entry.
        key = "CASE WHEN d.status IN (0, 3) AND d.is_entry_known = 1 THEN d.stage_entered_on END"
        return key, "", not order.is_descending
    if order.column in ("value", "weighted"):
        cases = "".join(" WHEN ? THEN d.value_minor * CAST(? AS double precision)" for _ in factors)
        for currency, factor in factors.items():
            params += [currency, factor]
        key = f"CASE d.currency{cases} END"
        if order.column == "value":
            return key, "", order.is_descending
        # A won deal counts in full, a lost or parked one not at all.
        share = "CASE d.status WHEN 0 THEN COALESCE(d.probability, s.probability) WHEN 1 THEN 100 ELSE 0 END"
        return f"{key} * {share}", _STAGE, order.is_descending
    key, join = _KEYS[order.column]
    return key, join, order.is_descending
