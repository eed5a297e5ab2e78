"""What was done, newest first."""

import json
from array import array
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pipeboard.domain.history import ActionEntry, HistoryQuery, Patch
from pipeboard.storage.sql import Statements

_COLUMNS = (
    "SELECT a.id, a.recorded_at, o.name, a.kind, a.label, a.undoes_id, a.undone_by_id FROM action a"
    " LEFT JOIN owner o ON o.id = a.actor_id"
)
_ACTIONS = f"{_COLUMNS} WHERE a.id < ? ORDER BY a.id DESC LIMIT ?"
_BY_ID = f"{_COLUMNS} WHERE a.id IN ({{ids}})"
_DEALS = (
    "SELECT DISTINCT action_id, deal_id FROM event WHERE action_id IN ({ids}) AND deal_id IS NOT NULL"
    " ORDER BY action_id, deal_id"
)
_EVENTS = (
    "SELECT e.entity, e.entity_id, e.deal_id, d.title, e.kind, e.patch FROM event e"
    " LEFT JOIN deal d ON d.id = e.deal_id WHERE e.action_id = ? ORDER BY e.id LIMIT ?"
)
NEWEST = 2**62
"""An id larger than any: to begin with the newest action."""


def actions(sql: Statements, limit: int, before_id: int = NEWEST) -> list[ActionEntry]:
    """The last `limit` actions before the one with this id, with the deals that each touched."""
    return _entries(sql, sql.all(_ACTIONS, (before_id, limit)))


def actions_by_id(sql: Statements, ids: Sequence[int]) -> list[ActionEntry]:
    """These actions, with the deals that each touched."""
    return _entries(sql, sql.by_ids(_BY_ID, ids))


def _entries(sql: Statements, rows: Sequence[Any]) -> list[ActionEntry]:
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


def action_ids(sql: Statements, query: HistoryQuery) -> "array[int]":
    """The ids of all actions that a question leaves, newest first: eight bytes each, a million fit."""
    conditions: list[str] = []
    params: list[object] = []
    like = "LIKE" if sql.is_sqlite else "ILIKE"
    for word in query.words:
        # The engines fold the case of ASCII alone, so other letters are looked for in each of their forms.
        forms = dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
        conditions.append("(" + " OR ".join(f"a.label {like} ? ESCAPE '!'" for _ in forms) + ")")
        params += [f"%{_literal(form)}%" for form in forms]
    if query.actor_id is not None:
        conditions.append("a.actor_id = ?")
        params.append(query.actor_id)
    if query.kinds:
        conditions.append("(" + " OR ".join("a.kind LIKE ? ESCAPE '!'" for _ in query.kinds) + ")")
        params += [f"{_literal(kind)}%" for kind in query.kinds]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return array("q", [row[0] for row in sql.all(f"SELECT a.id FROM action a{where} ORDER BY a.id DESC", params)])


def _literal(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def changes_of(sql: Statements, action_id: int, limit: int) -> list[tuple[str, int, int | None, str, str, Patch]]:
    """The first things that an action touched: entity, id, deal with its title, kind of event, patch."""
    rows = sql.all(_EVENTS, (action_id, limit))
    return [
        (entity, i, deal_id, title or "", kind, json.loads(patch)) for entity, i, deal_id, title, kind, patch in rows
    ]


def count_changes(sql: Statements, action_id: int) -> int:
    """How many things an action touched."""
    return int(sql.value("SELECT count(*) FROM event WHERE action_id = ?", (action_id,)))


def names_of(sql: Statements, table: str, ids: Sequence[int]) -> dict[int, str]:
    """The names of companies, contacts, owners, stages, pipelines or lost reasons, archived ones too."""
    return dict(sql.by_ids(f'SELECT id, name FROM "{table}" WHERE id IN ({{ids}})', sorted(set(ids))))


def deals_of_action(sql: Statements, action_id: int) -> list[int]:
    """The ids of the deals that an action touched."""
    rows = sql.all("SELECT DISTINCT deal_id FROM event WHERE action_id = ? AND deal_id IS NOT NULL", (action_id,))
    return sorted(row[0] for row in rows)
