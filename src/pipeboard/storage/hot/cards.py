"""Cards: the columns of a deal that the board and the list show, by window."""

from collections.abc import Sequence
from typing import Any

from pipeboard.domain.board import Card
from pipeboard.storage.codec import Codec
from pipeboard.storage.sql import Statements

_COLUMNS = (
    "d.id, d.version, d.stage_id, d.rank, d.title, c.name, d.value_minor, d.currency, d.owner_id, d.probability,"
    " d.is_hot, d.stage_entered_on, d.is_entry_known, d.idle_on, d.expected_close_on, d.closed_on, d.wake_on,"
    " r.name, t.id, t.title, t.due_on, t.due_time, t.snoozed_until, d.bant"
)
_JOINS = (
    " FROM deal d LEFT JOIN company c ON c.id = d.company_id"
    " LEFT JOIN lost_reason r ON r.id = d.lost_reason_id LEFT JOIN task t ON t.id = d.next_task_id"
)
BY_ID = f"SELECT {_COLUMNS}{_JOINS} WHERE d.deleted = 0 AND d.id IN ({{ids}})"

_IN_STAGE = {
    "open": "{d}stage_id = ? AND {d}deleted = 0 ORDER BY {d}rank, {d}id",
    "closed": (
        "{d}stage_id = ? AND {d}deleted = 0 AND {d}status IN (1, 2) AND {d}closed_on >= ?"
        " ORDER BY {d}closed_on DESC, {d}id DESC"
    ),
}
"""A stage in board order; closed stages show the deals closed since a day."""

IDS = {kind: "SELECT id FROM deal WHERE " + order.format(d="") for kind, order in _IN_STAGE.items()}
FIRST = {kind: f"SELECT {_COLUMNS}{_JOINS} WHERE {order.format(d='d.')} LIMIT ?" for kind, order in _IN_STAGE.items()}


def card(row: Any, codec: Codec) -> Card:
    """A card from a row of `_COLUMNS`."""
    day = codec.day
    entered_on = day(row[11])
    task_on = day(row[22]) or day(row[20])
    return Card(
        id=row[0],
        version=row[1],
        stage_id=row[2],
        rank=row[3],
        title=row[4],
        company=row[5] or "",
        value_minor=row[6],
        currency=row[7],
        owner_id=row[8],
        probability=row[9],
        is_hot=bool(row[10]),
        entered_on=entered_on,
        is_entry_known=bool(row[12]),
        idle_on=day(row[13]) or entered_on,
        expected_close_on=day(row[14]),
        closed_on=day(row[15]),
        wake_on=day(row[16]),
        lost_reason=row[17] or "",
        task_id=row[18],
        task_title=row[19] or "",
        task_on=task_on,
        task_at=codec.clock_time(row[21]),
        bant=_bant(row[23]) if row[23] else "",
        task_due_on=day(row[20]),
    )


def _bant(answers: str) -> str:
    """How many of the four questions are a yes."""
    from pipeboard.domain.bant import read_bant  # not on the way to the first paint of who never answered one

    return read_bant(answers).words


def cards_by_id(sql: Statements, ids: Sequence[int]) -> list[Card]:
    """The live deals among `ids` as cards, in the order of `ids`."""
    codec = sql.codec
    found = {row[0]: row for row in sql.by_ids(BY_ID, ids)}
    return [card(found[i], codec) for i in ids if i in found]
