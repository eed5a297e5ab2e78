"""How often a buyer was tried, by literal SQL."""

from collections.abc import Sequence

from pipeboard.storage.sql import Statements

ATTEMPT = "y.deleted = 0 AND y.kind IN ('call', 'email', 'meeting') AND COALESCE(y.direction, 'out') <> 'in'"
"""The condition on `activity y` that `domain.metrics.activities.is_attempt` states."""


def attempts_of(sql: Statements, deal_ids: Sequence[int]) -> dict[int, int]:
    """How often we tried to reach the buyer of each of these deals."""
    counted = dict.fromkeys(deal_ids, 0)
    query = f"SELECT y.deal_id, count(*) FROM activity y WHERE y.deal_id IN ({{ids}}) AND {ATTEMPT} GROUP BY y.deal_id"
    counted.update(dict(sql.by_ids(query, list(counted))))
    return counted
