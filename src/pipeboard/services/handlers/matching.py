"""Finding the deals that a file speaks of among those that are there."""

from typing import Any, NamedTuple

from pipeboard.domain.commands import ImportDeals
from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.imports.origin import sign_of
from pipeboard.domain.imports.profiles import OWN
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
    "cost_minor",
    "recurring_months",
    "is_hot",
    "attention",
    "forecast_category",
    "wake_on",
    "park_reason",
    "close_note",
    "link",
)
_DAYS = frozenset(f for f in FIELDS if f.endswith("_on"))


class Existing(NamedTuple):
    """A deal that is there already, with the fields an import may compare; `names` are those of company and contact.

    One that `is_elsewhere` stands in another pipeline by now: where it stands is not for the file to say.
    """

    id: int
    values: dict[str, Any]
    names: tuple[str, str] = ("", "")
    is_elsewhere: bool = False


def find_existing(tx: Transaction, command: ImportDeals) -> dict[int, Existing]:
    """By line of the file: the deal it speaks of.

    Identity is the other tool's id under the same profile, else company, title and start together. A deal is
    matched once: two equal rows of a file without ids are two deals. Our own export has our ids; see `_own`.
    """
    by_id, by_name = _present(tx, command)
    if command.profile == OWN:
        return _own(command, by_id)
    matched: dict[int, Existing] = {}
    for deal in command.deals:
        if deal.external_id:
            candidates = by_id.get(deal.external_id)
        else:
            candidates = by_name.get((search_key(deal.company), search_key(deal.title), deal.started_on))
        if candidates:
            matched[deal.line] = candidates.pop(0)
    return matched


def _own(command: ImportDeals, by_id: dict[str, list[Existing]]) -> dict[int, Existing]:
    """The deals that rows of our own export speak of: ours of this id, else one that came with this id before.

    In a file that does not say of which workspace it is, it is only the same deal when it is called so, or was made on
    the same day for the same company or person.
    """
    matched: dict[int, Existing] = {}
    taken: set[int] = set()
    for deal in command.deals:
        found = next(
            (
                one
                for one in by_id.get(deal.external_id, ())
                if _is_same(deal, one, taken, is_told=bool(command.origin))
            ),
            None,
        )
        if found is not None:
            matched[deal.line] = found
            taken.add(found.id)
    return matched


def _is_same(deal: ImportedDeal, existing: Existing, taken: set[int], *, is_told: bool) -> bool:
    if existing.id in taken:
        return False
    if is_told or deal.title == existing.values["title"]:
        return True
    is_day_same = deal.created_on is not None and deal.created_on == existing.values["created_on"]
    names = zip(map(search_key, (deal.company, deal.contact)), map(search_key, existing.names), strict=True)
    return is_day_same and any(theirs and theirs == ours for theirs, ours in names)


def _present(tx: Transaction, command: ImportDeals) -> tuple[dict[str, list[Existing]], dict[Any, list[Existing]]]:
    by_id: dict[str, list[Existing]] = {}
    by_name: dict[Any, list[Existing]] = {}
    columns = ", ".join(f"d.{field}" for field in FIELDS)
    # Those that stand here go first: of a deal and its copy in another pipeline the former is meant.
    rows = tx.sql.all(
        f"SELECT d.id, d.pipeline_id, d.external_source, d.external_id, c.name, p.name, {columns} FROM deal d"
        " LEFT JOIN company c ON c.id = d.company_id LEFT JOIN contact p ON p.id = d.contact_id"
        " WHERE d.deleted = 0 AND (d.pipeline_id = ? OR (d.external_source = ? AND d.external_id IS NOT NULL))"
        " ORDER BY CASE WHEN d.pipeline_id = ? THEN 0 ELSE 1 END, d.id",
        (command.pipeline_id, command.source, command.pipeline_id),
    )
    day = tx.sql.codec.day
    home = sign_of(str(tx.sql.value("SELECT uid FROM workspace"))) if command.profile == OWN else None
    is_own = home is not None and command.origin in ("", home)
    for deal_id, pipeline_id, source, external_id, company, contact, *fields in rows:
        values: dict[str, Any] = {f: day(v) if f in _DAYS else v for f, v in zip(FIELDS, fields, strict=True)}
        is_elsewhere = pipeline_id != command.pipeline_id
        existing = Existing(deal_id, values, (company or "", contact or ""), is_elsewhere)
        if is_own and not is_elsewhere:
            by_id.setdefault(str(deal_id), []).insert(0, existing)
        if external_id and source == command.source:
            by_id.setdefault(external_id, []).append(existing)
        elif not external_id:
            key = (search_key(company or ""), search_key(values["title"]), values["started_on"])
            by_name.setdefault(key, []).append(existing)
    return by_id, by_name
