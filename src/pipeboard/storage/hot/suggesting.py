"""The deals for which something may be worth doing, one statement for each kind of suggestion."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from pipeboard.storage.sql import Statements

_COLUMNS = "SELECT d.id, d.owner_id, COALESCE(d.value_minor, 0)"
_IDLE = "COALESCE(d.idle_on, d.stage_entered_on)"
_OPEN = "d.deleted = 0 AND d.status = 0"


class Candidate(NamedTuple):
    """A deal with what its kind of suggestion goes by."""

    deal_id: int
    owner_id: int | None
    value_minor: int
    fact: Any = None
    other: Any = None


def _candidate(row: Sequence[Any], fact: Any = None, other: Any = None) -> Candidate:
    return Candidate(row[0], row[1], row[2], fact, other)


class RotLimit(NamedTuple):
    """A stage whose deals are near their limit when they were last heard of after `over_on` and no later than
    `near_on`."""

    stage_id: int
    near_on: date
    over_on: date


def neglected(sql: Statements, close_before: date | None, silent_since: date | None) -> Sequence[Sequence[Any]]:
    """Open deals whose close date lies before a day, or last heard of no later than a day.

    As they were read, for there may be very many: deal, owner, value, and the two days.
    """
    days = [day for day in (close_before, silent_since) if day is not None]
    if not days:
        return ()
    found = ["d.expected_close_on < ?"] * (close_before is not None) + [f"{_IDLE} <= ?"] * (silent_since is not None)
    return sql.all(
        f"{_COLUMNS}, d.expected_close_on, {_IDLE} FROM deal d WHERE {_OPEN} AND ({' OR '.join(found)})", days
    )


def near_rotting(sql: Statements, limits: Sequence[RotLimit]) -> list[Candidate]:
    """Open deals near the limit of their stage: when last heard of (`fact`), the day of the next task (`other`)."""
    if not limits:
        return []
    near = " OR ".join(f"(d.stage_id = ? AND {_IDLE} <= ? AND {_IDLE} > ?)" for _ in limits)
    rows = sql.all(
        f"{_COLUMNS}, {_IDLE}, COALESCE(t.snoozed_until, t.due_on), d.stage_id FROM deal d"
        f" LEFT JOIN task t ON t.id = d.next_task_id WHERE {_OPEN} AND ({near})",
        [value for limit in limits for value in limit],
    )
    day = sql.codec.day
    return [_candidate(row, (day(row[3]), row[5]), day(row[4])) for row in rows]


def in_stages(sql: Statements, stage_ids: Sequence[int], heard_until: date) -> list[Candidate]:
    """Open deals in some stages with nothing planned, last heard of (`fact`) no later than a day."""
    if not stage_ids:
        return []
    marks = ",".join("?" * len(stage_ids))
    rows = sql.all(
        f"{_COLUMNS}, {_IDLE} FROM deal d WHERE {_OPEN} AND d.next_task_id IS NULL"
        f" AND d.stage_id IN ({marks}) AND {_IDLE} <= ?",
        (*stage_ids, heard_until),
    )
    return [_candidate(row, sql.codec.day(row[3])) for row in rows]


def sent_mails(sql: Statements, since: datetime, heard_until: date) -> list[Candidate]:
    """Open deals with nothing planned and a mail that was sent since: when last heard of, and what the mail was."""
    rows = sql.all(
        f"{_COLUMNS}, {_IDLE}, t.title FROM task t JOIN deal d ON d.id = t.deal_id"
        f" WHERE t.done_at >= ? AND t.kind = 'mail' AND t.deleted = 0 AND t.is_dismissed = 0"
        f" AND {_OPEN} AND d.next_task_id IS NULL AND {_IDLE} <= ?",
        (since, heard_until),
    )
    return [_candidate(row, sql.codec.day(row[3]), row[4]) for row in rows]


def met(sql: Statements, since: datetime) -> list[Candidate]:
    """Open deals with a meeting that was ticked off since: its title and when, and when a note was last taken."""
    rows = sql.all(
        f"{_COLUMNS}, t.title, t.done_at, (SELECT max(a.at) FROM activity a WHERE a.deal_id = d.id AND a.deleted = 0"
        " AND a.kind IN ('note', 'meeting')) FROM task t JOIN deal d ON d.id = t.deal_id"
        f" WHERE t.done_at >= ? AND t.kind = 'meeting' AND t.deleted = 0 AND t.is_dismissed = 0 AND {_OPEN}",
        (since,),
    )
    instant = sql.codec.instant
    return [_candidate(row, row[3], (instant(row[4]), instant(row[5]))) for row in rows]


def given_up(sql: Statements, since: date) -> list[Candidate]:
    """Deals that were lost, or parked (`fact`), since a day, not by an import and not for a reason that is no loss."""
    rows = sql.all(
        f"{_COLUMNS}, d.status FROM deal d LEFT JOIN lost_reason r ON r.id = d.lost_reason_id"
        " WHERE d.deleted = 0 AND d.import_run_id IS NULL AND COALESCE(r.is_excluded, 0) = 0"
        " AND ((d.status = 2 AND d.closed_on >= ?) OR (d.status = 3 AND d.stage_entered_on >= ?))",
        (since, since),
    )
    return [_candidate(row, row[3] == 3) for row in rows]


def dismissed(sql: Statements, today: date) -> set[tuple[int, str]]:
    """The suggestions that nobody wants to see today: deal and kind."""
    rows: Iterable[Any] = sql.all(
        "SELECT deal_id, kind FROM dismissal WHERE deleted = 0 AND (until_on IS NULL OR until_on > ?)", (today,)
    )
    return {(row[0], row[1]) for row in rows}


def closing_ids(sql: Statements, start: date, end: date) -> list[int]:
    """The open deals that are expected to close in these days, the soonest first, then dear ones."""
    rows = sql.all(
        f"SELECT d.id FROM deal d WHERE {_OPEN} AND d.expected_close_on >= ? AND d.expected_close_on <= ?"
        " ORDER BY d.expected_close_on, COALESCE(d.value_minor, 0) DESC, d.id",
        (start, end),
    )
    return [row[0] for row in rows]
