"""Finding the deals that a file speaks of among those that are there."""

from typing import Any, NamedTuple

from pipeboard.domain.commands import ImportDeals
from pipeboard.domain.text import search_key
from pipeboard.storage.transaction import Transaction

FIELDS = (
    "title",
    "company_id",
    "contact_id",
    "owner_id",
    "value_minor",
    "currency",
    "probability",
    "product",
    "source",
    "tags",
    "notes",
    "extra",
    "created_on",
    "started_on",
    "expected_close_on",
    "closed_on",
    "payment_on",
    "lost_reason_id",
    "closed_from_stage_id",
    "stage_id",
    "status",
)
_DAYS = frozenset(f for f in FIELDS if f.endswith("_on"))


class Existing(NamedTuple):
    """A deal that is there already, with the fields an import may compare."""

    id: int
    values: dict[str, Any]


def find_existing(tx: Transaction, command: ImportDeals) -> dict[int, Existing]:
    """By line of the file: the deal it speaks of.

    Identity is the other tool's id under the same profile, else company, title and start together. A deal is
    matched once: two equal rows of a file without ids are two deals.
    """
    by_id, by_name = _present(tx, command)
    matched: dict[int, Existing] = {}
    for deal in command.deals:
        if deal.external_id:
            candidates = by_id.get(deal.external_id)
        else:
            candidates = by_name.get((search_key(deal.company), search_key(deal.title), deal.started_on))
        if candidates:
            matched[deal.line] = candidates.pop(0)
    return matched


def _present(tx: Transaction, command: ImportDeals) -> tuple[dict[str, list[Existing]], dict[Any, list[Existing]]]:
    by_id: dict[str, list[Existing]] = {}
    by_name: dict[Any, list[Existing]] = {}
    columns = ", ".join(f"d.{field}" for field in FIELDS)
    rows = tx.sql.all(
        f"SELECT d.id, d.external_source, d.external_id, c.name, {columns} FROM deal d"
        " LEFT JOIN company c ON c.id = d.company_id WHERE d.pipeline_id = ? AND d.deleted = 0 ORDER BY d.id",
        (command.pipeline_id,),
    )
    day = tx.sql.codec.day
    for deal_id, source, external_id, company, *fields in rows:
        values: dict[str, Any] = {f: day(v) if f in _DAYS else v for f, v in zip(FIELDS, fields, strict=True)}
        existing = Existing(deal_id, values)
        if external_id and source == command.profile:
            by_id.setdefault(external_id, []).append(existing)
        elif not external_id:
            key = (search_key(company or ""), search_key(values["title"]), values["started_on"])
            by_name.setdefault(key, []).append(existing)
    return by_id, by_name
