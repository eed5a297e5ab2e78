"""Why something is not there any more: a person who was about to change it wants to know who took it away."""

from pipeboard.storage.sql import Statements

_LAST = (
    "SELECT o.name, a.label, a.client_id FROM event e JOIN action a ON a.id = e.action_id"
    " LEFT JOIN owner o ON o.id = a.actor_id WHERE e.entity = ? AND e.entity_id = ? ORDER BY e.id DESC LIMIT 1"
)
_TITLES = {
    "deal": "title", "task": "title", "company": "name", "contact": "name", "stage": "name", "pipeline": "name",
    "owner": "name", "lost_reason": "name",
}  # fmt: skip


def departed(sql: Statements, name: str, row_id: int, client_id: str = "", state: str = "not there any more") -> str:
    """The sentence for a row that was deleted, merged or archived, with its title and the action that did it.

    `client_id` is the running program that asks: what it did itself is told to the person as their own. `state` is
    what the row is now.
    """
    what = f"{name.replace('_', ' ').capitalize()} {row_id}"
    if column := _TITLES.get(name):
        title = sql.value(f'SELECT "{column}" FROM "{name}" WHERE id = ?', (row_id,))
        what = f"“{title}”" if title else what
    last = sql.one(_LAST, (name, row_id))
    if last is None:
        return f"{what} is {state}."
    who, label, client = last
    return f"{what} is {state}. {'You' if client == client_id else who or 'Somebody'}: {label}."
