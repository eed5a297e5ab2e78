"""The reads that paint the board: overview, windows of cards, ids of a stage, text to search."""

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pipeboard.domain.board import Card, CurrencyTotal, WorkspaceInfo
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.storage.hot.cards import FIRST, IDS, card
from pipeboard.storage.sql import Statements, marks

# Few deals have a probability of their own: what is asked of those alone is not computed for all the others.
_OPEN_TOTALS = (
    "SELECT stage_id, currency, count(*), count(value_minor), COALESCE(sum(value_minor), 0),"
    " COALESCE(sum(value_minor * probability) FILTER (WHERE probability IS NOT NULL), 0),"
    " COALESCE(sum(value_minor) FILTER (WHERE probability IS NOT NULL), 0)"
    " FROM deal WHERE pipeline_id = ? AND deleted = 0 AND status IN (0, 3){} GROUP BY stage_id, currency"
)
_MOST_EVENTS = 500
_TOUCHED = (
    "SELECT e.entity, e.from_stage_id, e.to_stage_id, d.stage_id FROM event e LEFT JOIN deal d ON d.id = e.deal_id"
    " WHERE e.id > ? ORDER BY e.id LIMIT ?"
)
_CLOSED_TOTALS = (
    "SELECT stage_id, currency, count(*), count(value_minor), COALESCE(sum(value_minor), 0)"
    " FROM deal WHERE stage_id = ? AND deleted = 0 AND status IN (1, 2) AND closed_on >= ?"
    " GROUP BY stage_id, currency"
)
_DUE = (
    "SELECT count(*) FROM task t JOIN deal d ON d.id = t.deal_id"
    " WHERE t.deleted = 0 AND t.done_at IS NULL AND t.is_dismissed = 0 AND d.deleted = 0 AND d.status IN (0, 3)"
    " AND t.due_on {} ? AND (t.snoozed_until IS NULL OR t.snoozed_until <= ?)"
)


class Haystack(NamedTuple):
    """The text of every deal of a stage in board order, for a filter that answers at each key.

    `values` (0 where there is none, see `has_value`) and `weighted` (value x percent) let totals be given for
    what the filter leaves.
    """

    ids: "array[int]"
    texts: list[str]
    currencies: list[str]
    has_value: bytes
    values: "array[int]"
    weighted: "array[int]"


def workspace(sql: Statements) -> WorkspaceInfo | None:
    """The workspace row; None in a database that was never set up."""
    row = sql.one("SELECT name, currency, zone FROM workspace")
    return WorkspaceInfo(*row) if row else None


def open_totals(
    sql: Statements, pipeline_id: int, percents: Mapping[int, int], stages: Sequence[int] = ()
) -> dict[int, list[CurrencyTotal]]:
    """Sums of the open and parked stages by stage and currency; `percents` are the stages' probabilities.

    With `stages` only of these.
    """
    result: dict[int, list[CurrencyTotal]] = defaultdict(list)
    only = f" AND stage_id IN ({marks(len(stages))})" if stages else ""
    rows = sql.all(_OPEN_TOTALS.format(only), (pipeline_id, *stages))
    for stage_id, currency, count, with_value, value, own, owning in rows:
        weighted = int(own) + (int(value) - int(owning)) * percents.get(stage_id, 0)
        result[stage_id].append(CurrencyTotal(currency, count, count - with_value, int(value), weighted))
    return result


def closed_totals(sql: Statements, stage: Stage, since: date) -> list[CurrencyTotal]:
    """Sums of a won or lost stage since a day, by currency. Won counts in full, lost not at all."""
    percent = 100 if stage.kind == StageKind.WON else 0
    rows = sql.all(_CLOSED_TOTALS, (stage.id, since))
    return [CurrencyTotal(c, n, n - with_value, int(v), int(v) * percent) for _, c, n, with_value, v in rows]


def due_counts(sql: Statements, today: date) -> tuple[int, int]:
    """How many open tasks are late, and how many are due today; snoozed ones wait."""
    return (sql.value(_DUE.format("<"), (today, today)), sql.value(_DUE.format("="), (today, today)))


def last_action_id(sql: Statements) -> int:
    """The newest action: what a later poll compares with."""
    return int(sql.value("SELECT COALESCE(max(id), 0) FROM action"))


def last_event_id(sql: Statements) -> int:
    """The newest event of the history."""
    return int(sql.value("SELECT COALESCE(max(id), 0) FROM event"))


def stages_touched(sql: Statements, after: int) -> set[int] | None:
    """The stages whose deals may be others, or worth something else, since an event of the history.

    None when that cannot be told from a few events: too many, or one that changed stages themselves.
    """
    rows = sql.all(_TOUCHED, (after, _MOST_EVENTS + 1))
    if len(rows) > _MOST_EVENTS or any(row[0] in ("stage", "pipeline") for row in rows):
        return None
    return {stage for entity, *stages in rows if entity == "deal" for stage in stages if stage is not None}


def stage_ids(sql: Statements, stage: Stage, closed_since: date) -> "array[int]":
    """The ids of a stage in board order."""
    is_closed = stage.kind in (StageKind.WON, StageKind.LOST)
    params: list[object] = [stage.id, closed_since] if is_closed else [stage.id]
    return array("q", [row[0] for row in sql.all(IDS["closed" if is_closed else "open"], params)])


def first_cards(sql: Statements, stage: Stage, closed_since: date, limit: int) -> list[Card]:
    """The first cards of a stage, by one statement."""
    is_closed = stage.kind in (StageKind.WON, StageKind.LOST)
    params: list[object] = [stage.id, closed_since, limit] if is_closed else [stage.id, limit]
    return [card(row, sql.codec) for row in sql.all(FIRST["closed" if is_closed else "open"], params)]


def haystack(sql: Statements, stage: Stage, ids: Sequence[int]) -> Haystack:
    """The searchable text of these deals of one stage, in their order."""
    # A won deal counts in full and a lost one not at all, whatever probability it was given while it was open.
    is_closed = stage.kind in (StageKind.WON, StageKind.LOST)
    own = "?" if is_closed else "COALESCE(probability, ?)"
    percent = 100 * (stage.kind == StageKind.WON) if is_closed else stage.probability
    found = sql.all(
        f"SELECT id, search_norm, currency, value_minor, {own} FROM deal WHERE stage_id = ? AND deleted = 0",
        (percent, stage.id),
    )
    rows = {row[0]: row for row in found}
    kept = [rows[i] for i in ids if i in rows]
    return Haystack(
        array("q", [r[0] for r in kept]),
        [r[1] for r in kept],
        [r[2] for r in kept],
        bytes([r[3] is not None for r in kept]),
        array("q", [r[3] or 0 for r in kept]),
        array("q", [(r[3] or 0) * r[4] for r in kept]),
    )
