"""The ids of a pipeline's deals in the order of a list: sorting is the database's work, cards come by window."""

from array import array
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

_STAGE = "JOIN stage s ON s.id = d.stage_id"
_KEYS = {
    "title": ("d.search_norm", ""),
    "company": ("c.name_norm", "LEFT JOIN company c ON c.id = d.company_id"),
    "owner": ("o.name", "LEFT JOIN owner o ON o.id = d.owner_id"),
    "close": ("COALESCE(d.closed_on, d.expected_close_on)", ""),
    "created": ("d.created_at", ""),
    "next": (
        "CASE WHEN d.status IN (0, 3) THEN COALESCE(t.snoozed_until, t.due_on) END",
        "LEFT JOIN task t ON t.id = d.next_task_id",
    ),
}


def ordered_ids(
    sql: Statements, pipeline_id: int, order: ListOrder, closed_since: date, factors: Mapping[str, float]
) -> "array[int]":
    """The deals of a pipeline in order: open and parked ones, and those closed since a day.

    `factors` turn minor units of a currency into comparable numbers; a currency without one sorts last.
    """
    params: list[Any] = []
    joins = _STAGE
    if order.column == "stage":
        by = _BOARD
    else:
        key, joins, is_descending = _key(order, factors, params)
        direction = "DESC" if is_descending else "ASC"
        # The key is not written twice: its parameters would have to be, too.
        by = f"CASE WHEN k IS NULL THEN 1 ELSE 0 END, k {direction}, id"
    where = "d.pipeline_id = ? AND d.deleted = 0 AND (d.status IN (0, 3) OR d.closed_on >= ?)"
    if order.column == "stage":
        statement = f"SELECT d.id FROM deal d {joins} WHERE {where} ORDER BY {by}"
    else:
        inner = f"SELECT d.id AS id, {key} AS k FROM deal d {joins} WHERE {where}"
        statement = f"SELECT id FROM ({inner}) sorted ORDER BY {by}"
    ids = array("q", [row[0] for row in sql.all(statement, [*params, pipeline_id, closed_since])])
    return ids[::-1] if order == ListOrder("stage", is_descending=True) else ids


def _key(order: ListOrder, factors: Mapping[str, float], params: list[Any]) -> tuple[str, str, bool]:
    """The expression to sort by (its parameters are added to `params`), its join, and its direction."""
    if order.column == "days":
        # The longest stay is the earliest entry.
        key = "CASE WHEN d.status IN (0, 3) AND d.is_entry_known = 1 THEN d.stage_entered_on END"
        return key, "", not order.is_descending
    if order.column == "value":
        cases = "".join(" WHEN ? THEN d.value_minor * CAST(? AS double precision)" for _ in factors)
        for currency, factor in factors.items():
            params += [currency, factor]
        return f"CASE d.currency{cases} END", "", order.is_descending
    key, join = _KEYS[order.column]
    return key, join, order.is_descending
