"""What was logged, counted by literal SQL: for the figures, and for the counter of contact attempts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from pipeboard.domain.metrics.activities import TOUCH_KINDS, ActivityCount, Attempts
from pipeboard.domain.metrics.response import FirstTouch
from pipeboard.domain.stage import DealStatus
from pipeboard.storage.hot.attempts import ATTEMPT
from pipeboard.storage.hot.metrics import Scope
from pipeboard.storage.sql import Statements, marks

_COUNTS = (
    "SELECT y.actor_id, y.kind, y.direction, count(*) FROM activity y JOIN deal d ON d.id = y.deal_id"
    " WHERE y.deleted = 0 AND d.deleted = 0 AND d.pipeline_id = ? AND y.at >= ? AND y.at < ?"
)
_DEALS_WITH = (
    "SELECT DISTINCT y.deal_id FROM activity y JOIN deal d ON d.id = y.deal_id"
    " WHERE y.deleted = 0 AND d.deleted = 0 AND d.pipeline_id = ? AND y.at >= ? AND y.at < ?"
)
_CLOSED = (
    f"SELECT d.id, d.status, (SELECT count(*) FROM activity y WHERE y.deal_id = d.id AND {ATTEMPT}) FROM deal d"
    " WHERE d.deleted = 0 AND d.pipeline_id = ? AND ((d.status = 1 AND d.closed_on >= ? AND d.closed_on < ?)"
    " OR d.status = 3 OR (d.status = 2 AND d.closed_on >= ? AND d.closed_on < ?"
    " AND NOT EXISTS (SELECT 1 FROM lost_reason r WHERE r.id = d.lost_reason_id AND r.is_excluded <> 0)))"
)
# A deal that came with a file is known by the day only, so it has no minutes to count.
_FIRST = (
    "SELECT d.id, d.owner_id, d.created_at, d.status,"
    f" (SELECT min(y.at) FROM activity y WHERE y.deal_id = d.id AND {ATTEMPT} AND y.at >= d.created_at),"
    f" (SELECT count(*) FROM activity y WHERE y.deal_id = d.id AND {ATTEMPT} AND y.at < d.created_at)"
    " FROM deal d WHERE d.deleted = 0 AND d.pipeline_id = ? AND d.created_on >= ? AND d.created_on < ?"
    " AND d.created_at IS NOT NULL AND d.import_run_id IS NULL"
)

MOST_ADDRESSES = 200
"""How many addresses of one mail are looked up; a mail to more people is no conversation."""


class Span(NamedTuple):
    """A period as local days and as the instants at which its first day and the day after it begin."""

    first: date
    end: date
    first_at: datetime
    end_at: datetime


def activity_counts(sql: Statements, scope: Scope, span: Span) -> list[ActivityCount]:
    """The activities of the span by person, kind and direction. The owner of the scope is who acted."""
    narrowed, params = _of_actor(scope)
    rows = sql.all(
        f"{_COUNTS}{narrowed} GROUP BY y.actor_id, y.kind, y.direction ORDER BY y.actor_id, y.kind, y.direction",
        (scope.pipeline_id, span.first_at, span.end_at, *params),
    )
    return [ActivityCount._make(row) for row in rows]


def deals_with(sql: Statements, scope: Scope, span: Span, kinds: Sequence[str] = TOUCH_KINDS) -> tuple[int, ...]:
    """The deals in which an activity of these kinds was logged in the span: those behind a count."""
    narrowed, params = _of_actor(scope)
    rows = sql.all(
        f"{_DEALS_WITH}{narrowed} AND y.kind IN ({marks(len(kinds))}) ORDER BY y.deal_id",
        (scope.pipeline_id, span.first_at, span.end_at, *params, *kinds),
    )
    return tuple(row[0] for row in rows)


def _of_actor(scope: Scope) -> tuple[str, list[object]]:
    """The conditions of a scope where its owner is who acted."""
    narrowed, params = scope._replace(owner_id=None).narrowed()
    if scope.owner_id is None:
        return narrowed, params
    return f"{narrowed} AND y.actor_id = ?", [*params, scope.owner_id]


def closed_attempts(sql: Statements, scope: Scope, span: Span) -> list[Attempts]:
    """The attempts of the deals won or lost in the span, and of those parked now."""
    narrowed, params = scope.narrowed()
    days = (span.first, span.end)
    rows = sql.all(f"{_CLOSED}{narrowed} ORDER BY d.id", (scope.pipeline_id, *days, *days, *params))
    return [Attempts(deal_id, DealStatus(status), count) for deal_id, status, count in rows]


def first_touches(sql: Statements, scope: Scope, span: Span) -> list[FirstTouch]:
    """The deals created in the span with our first attempt to reach the buyer; imported deals are left out."""
    narrowed, params = scope.narrowed()
    rows = sql.all(f"{_FIRST}{narrowed} ORDER BY d.id", (scope.pipeline_id, span.first, span.end, *params))
    found = []
    for deal_id, owner_id, created, status, first, before in rows:
        created_at = sql.codec.instant(created)
        if created_at is not None:
            is_open = status == DealStatus.OPEN
            found.append(FirstTouch(deal_id, owner_id, created_at, sql.codec.instant(first), is_open, before > 0))
    return found


def deals_of_addresses(sql: Statements, addresses: Sequence[str]) -> list[tuple[int, str, str, bool]]:
    """The live deals whose contact has one of these mail addresses (in lower case): id, title, address, is open."""
    wanted = list(dict.fromkeys(addresses))[:MOST_ADDRESSES]
    rows = sql.all(
        "SELECT d.id, d.title, lower(p.email), d.status FROM deal d JOIN contact p ON p.id = d.contact_id"
        f" WHERE d.deleted = 0 AND lower(p.email) IN ({marks(len(wanted))}) ORDER BY d.id",
        wanted,
    )
    return [(deal_id, title, address, status == DealStatus.OPEN) for deal_id, title, address, status in rows]
