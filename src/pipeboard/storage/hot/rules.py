"""What happened to deals, for the rules, and what the rules have done already, by literal SQL."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pipeboard.domain.rules import Happened
from pipeboard.domain.text import search_key
from pipeboard.storage.sql import Statements, chunks, marks

# What the rules did themselves, what was taken back or done again, and what a file brought in starts nothing.
_HAPPENED = (
    "SELECT e.id, e.deal_id, e.kind, e.from_stage_id, e.to_stage_id, e.patch FROM event e"
    " JOIN action a ON a.id = e.action_id WHERE e.entity = 'deal' AND e.deal_id IS NOT NULL"
    " AND a.undoes_id IS NULL AND a.undone_by_id IS NULL AND a.kind NOT IN ('rule', 'deals.imported', 'deals.kept')"
)


def happened_in(sql: Statements, action_ids: Sequence[int]) -> list[Happened]:
    """What these actions did to deals, as far as it still holds, in order."""
    rows = sql.by_ids(f"{_HAPPENED} AND a.id IN ({{ids}})", sorted(action_ids))
    return [_happened(row) for row in sorted(rows)]


def happened_since(sql: Statements, since: datetime) -> list[Happened]:
    """What happened to deals since an instant, in order."""
    return [_happened(row) for row in sql.all(f"{_HAPPENED} AND a.recorded_at >= ? ORDER BY e.id", (since,))]


def _happened(row: Sequence[Any]) -> Happened:
    event_id, deal_id, kind, from_stage, to_stage, text = row
    patch = json.loads(text)
    old, new = (_tags(value) for value in patch.get("tags", ("", "")))
    owner = patch.get("owner_id", (None, None))
    what = kind.partition(".")[2]
    return Happened(event_id, deal_id, what, from_stage, to_stage, new - old, old - new, owner[1], owner[0] != owner[1])


def _tags(text: str | None) -> frozenset[str]:
    return frozenset(search_key(text or "").split())


def fired(sql: Statements, rule: str, deal_ids: Sequence[int]) -> set[tuple[int, str]]:
    """The deals and causes for which a rule was carried out."""
    rows = [
        row
        for piece in chunks(deal_ids)
        for row in sql.all(
            f"SELECT deal_id, cause FROM rule_firing WHERE rule = ? AND deal_id IN ({marks(len(piece))})",
            (rule, *piece),
        )
    ]
    return {(deal_id, cause) for deal_id, cause in rows}
