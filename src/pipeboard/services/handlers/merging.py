"""Making two companies, or two contacts, one: what hangs on them moves, and one undo brings all of it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeboard.domain.commands import Seen
from pipeboard.domain.company_commands import MergeCompanies, MergeContacts
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import DealEdited, Event, SetupChanged
from pipeboard.storage.transaction import Transaction

Row = dict[str, Any]
_OF_CONTACT = ("job_title", "email", "phone", "company_id")


def merge_companies(command: MergeCompanies, tx: Transaction) -> tuple[Event, ...]:
    """Move the deals and contacts of the others to the kept company, and take the others away."""
    kept, others = _read(tx, "company", command.kept, command.others)
    ids = [row["id"] for row in others]
    tx.begin("company.merged", f"Merged {_names(others)} into {kept['name']}")
    deals = _move_deals(tx, "company_id", ids, kept["id"])
    people = tx.rows("contact", _ids(tx, "SELECT id FROM contact WHERE company_id IN ({ids}) AND deleted = 0", ids))
    for row in people.values():
        tx.change("contact", row, {"company_id": kept["id"]}, kind="contact.edited")
    _take(tx, "company", kept, others, ("website",))
    tx.write_rows()
    doubles = _doubled(tx, kept["id"], people)
    for one, same in doubles:
        deals += _move_deals(tx, "contact_id", [row["id"] for row in same], one["id"])
        _take(tx, "contact", one, same, _OF_CONTACT)
    changed = [SetupChanged("company", row["id"]) for row in (kept, *others)]
    return (*changed, *(DealEdited(i, ("company_id",)) for i in dict.fromkeys(deals)))


def merge_contacts(command: MergeContacts, tx: Transaction) -> tuple[Event, ...]:
    """Move the deals of the others to the kept contact, and take the others away."""
    kept, others = _read(tx, "contact", command.kept, command.others)
    tx.begin("contact.merged", f"Merged {_names(others)} into {kept['name']}")
    deals = _move_deals(tx, "contact_id", [row["id"] for row in others], kept["id"])
    _take(tx, "contact", kept, others, _OF_CONTACT)
    changed = [SetupChanged("contact", row["id"]) for row in (kept, *others)]
    return (*changed, *(DealEdited(i, ("contact_id",)) for i in deals))


def _read(tx: Transaction, name: str, kept: Seen, others: Sequence[Seen]) -> tuple[Row, list[Row]]:
    rest = [seen for seen in others if seen.id != kept.id]
    if not rest:
        raise InvalidInput(f"A {name} cannot be merged with itself: choose another one.")
    first, *rows = tx.things(name, [kept, *rest])
    return first, rows


def _names(rows: Sequence[Row]) -> str:
    return str(rows[0]["name"]) if len(rows) == 1 else f"{rows[0]['name']} and {len(rows) - 1} more"


def _ids(tx: Transaction, query: str, ids: Sequence[int]) -> list[int]:
    return [row[0] for row in tx.sql.by_ids(query, ids)]


def _move_deals(tx: Transaction, column: str, ids: Sequence[int], kept_id: int) -> list[int]:
    """Give live deals to the kept one. Deleted ones keep what they had: undo looks at no deal that is not there."""
    rows = tx.rows("deal", _ids(tx, f"SELECT id FROM deal WHERE {column} IN ({{ids}}) AND deleted = 0", ids))
    for row in rows.values():
        if tx.change("deal", row, {column: kept_id}, kind="deal.edited"):
            row[column] = kept_id
            row["version"] += 1
    tx.write_rows()
    return list(rows)


def _take(tx: Transaction, name: str, kept: Row, others: Sequence[Row], fields: Sequence[str]) -> None:
    """Fill what the kept one has not from the others, join the notes, and mark where the others went."""
    filled = {field: next((row[field] for row in others if row[field]), None) for field in fields if not kept[field]}
    values = {field: value for field, value in filled.items() if value is not None}
    notes = list(dict.fromkeys(row["notes"].strip() for row in (kept, *others) if row["notes"]))
    if notes and "\n\n".join(notes) != (kept["notes"] or "").strip():
        values["notes"] = "\n\n".join(notes)
    tx.change(name, kept, values, kind=f"{name}.merged")
    for row in others:
        tx.change(name, row, {"deleted": 1, "merged_into_id": kept["id"]}, kind=f"{name}.merged")


def _doubled(tx: Transaction, company_id: int, moved: Mapping[int, Row]) -> list[tuple[Row, list[Row]]]:
    """Contacts of one name that are now in one company, unless their mail addresses tell two people apart."""
    ids = _ids(tx, "SELECT id FROM contact WHERE company_id IN ({ids}) AND deleted = 0", [company_id])
    by_name: dict[str, list[Row]] = {}
    for row in tx.rows("contact", ids).values():
        by_name.setdefault(row["name_norm"], []).append(row)
    found = []
    for rows in by_name.values():
        rows.sort(key=lambda row: (row["id"] in moved, row["id"]))
        mails = {row["email"].lower() for row in rows if row["email"]}
        if len(rows) > 1 and len(mails) < 2 and any(row["id"] in moved for row in rows):
            found.append((rows[0], rows[1:]))
    return found
