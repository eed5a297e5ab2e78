"""Deals as rows of a list: every column that a list, an export or a script may ask for."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from pipeboard.storage.sql import Statements

_SELECT = (
    "SELECT d.id, d.version, d.title, c.name, p.name, d.owner_id, o.name, d.pipeline_id, l.name, d.stage_id, s.name,"
    " d.status, s.kind, s.probability, s.rot_days, d.value_minor, d.currency, d.probability, d.started_on,"
    " d.expected_close_on, d.closed_on, d.payment_on, d.wake_on, d.created_at, d.stage_entered_on, d.is_entry_known,"
    " d.idle_on, d.is_hot, d.source, d.product, d.tags, r.name, t.id, t.title, t.kind, t.due_on, t.due_time,"
    " t.snoozed_until, d.bant"
    " FROM deal d JOIN stage s ON s.id = d.stage_id JOIN pipeline l ON l.id = d.pipeline_id"
    " LEFT JOIN company c ON c.id = d.company_id LEFT JOIN contact p ON p.id = d.contact_id"
    " LEFT JOIN owner o ON o.id = d.owner_id LEFT JOIN lost_reason r ON r.id = d.lost_reason_id"
    " LEFT JOIN task t ON t.id = d.next_task_id WHERE d.deleted = 0"
)
_ORDER = (
    " ORDER BY l.position, l.id, CASE s.kind WHEN 4 THEN 0 ELSE s.kind END, s.position, s.id,"
    " CASE WHEN d.status IN (1, 2) THEN d.closed_on END DESC, d.rank, d.id"
)
_TEXTS = (3, 4, 6, 31)
_DAYS = (18, 19, 20, 21, 22, 24, 26, 35, 37)


class Wanted(NamedTuple):
    """Which deals: each None (or empty) leaves its question open. `words` are folded and must all occur."""

    words: tuple[str, ...] = ()
    pipeline_id: int | None = None
    stage_id: int | None = None
    owner_id: int | None = None
    statuses: tuple[int, ...] = ()
    ids: tuple[int, ...] = ()
    is_without_task: bool = False
    woken_on: date | None = None


class ListedRow(NamedTuple):
    """One deal with the names of what it refers to and its next task, as stored."""

    id: int
    version: int
    title: str
    company: str
    contact: str
    owner_id: int | None
    owner: str
    pipeline_id: int
    pipeline: str
    stage_id: int
    stage: str
    status: int
    stage_kind: int
    stage_probability: int
    rot_days: int | None
    value_minor: int | None
    currency: str
    probability: int | None
    started_on: date | None
    expected_close_on: date | None
    closed_on: date | None
    payment_on: date | None
    wake_on: date | None
    created_at: datetime | None
    entered_on: date | None
    is_entry_known: bool
    idle_on: date | None
    is_hot: bool
    source: str
    product: str
    tags: str
    lost_reason: str
    task_id: int | None
    task_title: str
    task_kind: str
    task_due_on: date | None
    task_due_time: time | None
    task_snoozed_until: date | None
    bant: str = ""


def listed(sql: Statements, wanted: Wanted) -> list[ListedRow]:
    """The deals that are wanted, in the order of the board."""
    where, params = _where(wanted)
    codec = sql.codec
    found = []
    for row in sql.all(_SELECT + where + _ORDER, params):
        values = list(row)
        for at in _DAYS:
            values[at] = codec.day(values[at])
        for at in _TEXTS:
            values[at] = values[at] or ""
        values[23] = codec.instant(values[23])
        values[25], values[27] = bool(values[25]), bool(values[27])
        values[33], values[34] = values[33] or "", values[34] or ""
        values[36] = codec.clock_time(values[36])
        found.append(ListedRow(*values))
    return found


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    params: list[Any] = []

    def add(condition: str, values: Sequence[Any]) -> None:
        conditions.append(f" AND {condition}")
        params.extend(values)

    for word in wanted.words:
        add("d.search_norm LIKE ? ESCAPE '!'", ["%" + _literal(word) + "%"])
    for column in ("pipeline_id", "stage_id", "owner_id"):
        value = getattr(wanted, column)
        if value is not None:
            add(f"d.{column} = ?", [value])
    if wanted.statuses:
        add(f"d.status IN ({','.join('?' * len(wanted.statuses))})", wanted.statuses)
    if wanted.ids:
        add(f"d.id IN ({','.join('?' * len(wanted.ids))})", wanted.ids)
    if wanted.is_without_task:
        add("d.next_task_id IS NULL", ())
    if wanted.woken_on is not None:
        add("d.wake_on <= ?", [wanted.woken_on])
    return "".join(conditions), params


def _literal(word: str) -> str:
    """A word as LIKE must see it: its own wildcards mean themselves."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
