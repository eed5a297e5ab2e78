"""Which reminders have rung: written before they ring, so that of several terminals one rings."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from pipeboard.storage.sql import Statements

_KEPT = timedelta(days=90)


def read_rung(sql: Statements, since: datetime) -> set[tuple[int, datetime]]:
    """The reminders that have rung for instants after one: task and instant."""
    rows = sql.all("SELECT task_id, remind_at FROM ring WHERE remind_at >= ?", (since,))
    instant = sql.codec.instant
    return {(row[0], at) for row in rows if (at := instant(row[1])) is not None}


def claim_rings(
    sql: Statements, wanted: Iterable[tuple[int, datetime]], now: datetime, client_id: str
) -> list[tuple[int, datetime]]:
    """Note that these ring now; those that no other terminal had noted before."""
    taken = [one for one in wanted if _claim(sql, one, now, client_id)]
    if taken:
        sql.run("DELETE FROM ring WHERE remind_at < ?", (now - _KEPT,))
    return taken


def _claim(sql: Statements, one: tuple[int, datetime], now: datetime, client_id: str) -> bool:
    row: Sequence[object] | None = sql.one(
        "INSERT INTO ring (task_id, remind_at, rung_at, client_id) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (task_id, remind_at) DO NOTHING RETURNING id",
        (*one, now, client_id),
    )
    return row is not None
