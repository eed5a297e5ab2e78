"""What was done, newest first."""

from collections import defaultdict

from pipeboard.domain.history import ActionEntry
from pipeboard.storage.sql import Statements

_ACTIONS = (
    "SELECT a.id, a.recorded_at, o.name, a.kind, a.label, a.undoes_id, a.undone_by_id FROM action a"
    " LEFT JOIN owner o ON o.id = a.actor_id WHERE a.id < ? ORDER BY a.id DESC LIMIT ?"
)
_DEALS = (
    "SELECT DISTINCT action_id, deal_id FROM event WHERE action_id IN ({ids}) AND deal_id IS NOT NULL"
    " ORDER BY action_id, deal_id"
)
NEWEST = 2**62
"""An id larger than any: to begin with the newest action."""


def actions(sql: Statements, limit: int, before_id: int = NEWEST) -> list[ActionEntry]:
    """The last `limit` actions before the one with this id, with the deals that each touched."""
    rows = sql.all(_ACTIONS, (before_id, limit))
    deals: dict[int, list[int]] = defaultdict(list)
    for action_id, deal_id in sql.by_ids(_DEALS, [row[0] for row in rows]):
        deals[action_id].append(deal_id)
    entries = []
    for action_id, at, actor, kind, label, undoes, undone_by in rows:
        moment = sql.codec.instant(at)
        if moment is not None:
            touched = tuple(deals[action_id])
            entries.append(ActionEntry(action_id, moment, actor or "", kind, label, undoes, undone_by, touched))
    return entries
