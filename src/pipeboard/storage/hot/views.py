"""Filters that were kept under a name."""

from pipeboard.domain.saved_views import SavedView
from pipeboard.storage.sql import Statements

_VIEWS = (
    "SELECT v.id, v.version, v.name, v.filter, v.sort, v.owner_id, v.position FROM saved_view v"
    " WHERE v.deleted = 0 AND (v.owner_id IS NULL OR v.owner_id = ?) ORDER BY v.position, v.id"
)


def saved_views(sql: Statements, owner_id: int | None) -> tuple[SavedView, ...]:
    """A person's views and everybody's, in their order."""
    return tuple(SavedView(*row) for row in sql.all(_VIEWS, (owner_id,)))
