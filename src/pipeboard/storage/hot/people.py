"""Who is who."""

from pipeboard.storage.sql import Statements


def owner_id_of(sql: Statements, login: str) -> int | None:
    """The owner who logs in under this name; None for somebody new."""
    found = sql.value("SELECT id FROM owner WHERE login = ? AND deleted = 0 ORDER BY id LIMIT 1", (login,))
    return int(found) if found is not None else None
