"""What was done after an action that is known, and by which running program."""

from collections import defaultdict
from typing import NamedTuple

from pipeboard.storage.sql import Statements

_SINCE = (
    "SELECT a.id, a.client_id, COALESCE(o.name, ''), a.label FROM action a LEFT JOIN owner o ON o.id = a.actor_id"
    " WHERE a.id > ? ORDER BY a.id"
)
_DEALS = (
    "SELECT DISTINCT action_id, deal_id FROM event WHERE action_id IN ({ids}) AND deal_id IS NOT NULL"
    " ORDER BY action_id, deal_id"
)
_CLIENTS = "SELECT DISTINCT client_id FROM action WHERE id > ?"


class LaterAction(NamedTuple):
    """An action with the program that did it and the deals it touched."""

    id: int
    client_id: str
    actor: str
    label: str
    deal_ids: tuple[int, ...]


def actions_since(sql: Statements, action_id: int) -> list[LaterAction]:
    """Every action after this one, oldest first."""
    rows = sql.all(_SINCE, (action_id,))
    deals: dict[int, list[int]] = defaultdict(list)
    for one, deal_id in sql.by_ids(_DEALS, [row[0] for row in rows]):
        deals[one].append(deal_id)
    return [LaterAction(i, client, actor, label, tuple(deals[i])) for i, client, actor, label in rows]


def clients_since(sql: Statements, action_id: int) -> set[str]:
    """The programs that did anything after this action."""
    return {row[0] for row in sql.all(_CLIENTS, (action_id,))}
