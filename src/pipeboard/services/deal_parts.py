"""The deals behind a figure by name: what each adds to it."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.domain.figure_parts import DealPart
from pipeboard.storage.sql import Statements

_DEALS = (
    "SELECT d.id, d.title, c.name, o.name, d.deleted, d.version FROM deal d LEFT JOIN company c ON c.id = d.company_id"
    " LEFT JOIN owner o ON o.id = d.owner_id WHERE d.id IN ({ids})"
)


class NamedPart(NamedTuple):
    """A deal with what it adds to a figure, in minor units of the base currency (None: no value, or no rate)."""

    deal_id: int
    version: int
    title: str
    company: str
    owner: str
    minor: int | None
    note: str
    is_deleted: bool


def named_parts(sql: Statements, parts: Sequence[DealPart], limit: int | None = None) -> list[NamedPart]:
    """The parts with the names of their deals, the largest first; only the first `limit` if given."""
    chosen = sorted(parts, key=lambda part: (part.minor is None, -abs(part.minor or 0), part.deal_id))[:limit]
    rows = {row[0]: row for row in sql.by_ids(_DEALS, [part.deal_id for part in chosen])}
    named = []
    for part in chosen:
        row = rows.get(part.deal_id)
        if row is not None:
            _, title, company, owner, deleted, version = row
            named.append(
                NamedPart(
                    part.deal_id, version, title, company or "", owner or "", part.minor, part.note, bool(deleted)
                )
            )
    return named
