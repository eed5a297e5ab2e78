"""Adding, editing and taking away companies and contacts."""

from collections.abc import Mapping
from typing import Any

from pipeboard.domain.commands import Seen
from pipeboard.domain.company_commands import (
    AddCompany,
    AddContact,
    DeleteCompany,
    DeleteContact,
    EditCompany,
    EditContact,
)
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import Event, SetupChanged
from pipeboard.domain.text import clean, search_key
from pipeboard.services.handlers.names import company_id_of
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]

COMPANY_FIELDS = {"name": "name", "website": "website", "notes": "notes"}
"""The fields of a company that can be set, in words."""

CONTACT_FIELDS = {
    "name": "name",
    "company": "company",
    "job_title": "job title",
    "email": "mail",
    "phone": "phone",
    "notes": "notes",
}
"""The fields of a contact that can be set, in words."""


def add_company(command: AddCompany, tx: Transaction) -> Facts:
    """Add a company."""
    name = _named(command.name, "company")
    _refuse_known(tx, name, None)
    tx.begin("company.created", f"Added the company {name}")
    values = {"website": _text("website", command.website), "notes": _text("notes", command.notes)}
    return (SetupChanged("company", tx.create("company", {"name": name, "name_norm": search_key(name), **values})),)


def edit_company(command: EditCompany, tx: Transaction) -> Facts:
    """Set fields of a company; deals are found by its new name at once."""
    wanted = _checked(dict(command.changes), COMPANY_FIELDS, "company")
    (row,) = tx.things("company", [command.company], fields=wanted)
    values: dict[str, Any] = {field: _text(field, value) for field, value in wanted.items()}
    if "name" in wanted:
        values |= _name_values(wanted["name"], "company")
        _refuse_known(tx, values["name"], row["id"])
    tx.begin("company.edited", f"Changed {_words(wanted, COMPANY_FIELDS)} of {row['name']}")
    changed = tx.change("company", row, values, kind="company.edited")
    if "name" in changed:
        tx.write_rows()
        tx.touch_deals_of("company", [row["id"]])
    return (SetupChanged("company", row["id"]),) if changed else ()


def delete_company(command: DeleteCompany, tx: Transaction) -> Facts:
    """Take a company away; refused while something hangs on it."""
    (row,) = tx.things("company", [command.company])
    deals = _count(tx, "SELECT count(*) FROM deal WHERE company_id = ? AND deleted = 0", row["id"])
    people = _count(tx, "SELECT count(*) FROM contact WHERE company_id = ? AND deleted = 0", row["id"])
    if deals or people:
        raise InvalidInput(
            f"{row['name']} still has {deals:,} deal{'s' * (deals != 1)} and {people:,} contact{'s' * (people != 1)}: "
            "merge it into another company, or move them first."
        )
    tx.begin("company.deleted", f"Deleted the company {row['name']}")
    tx.change("company", row, {"deleted": 1}, kind="company.deleted")
    return (SetupChanged("company", row["id"]),)


def add_contact(command: AddContact, tx: Transaction) -> Facts:
    """Add a person."""
    name = _named(command.name, "contact")
    if command.company_id is not None:
        tx.things("company", [Seen(command.company_id)])
    tx.begin("contact.created", f"Added the contact {name}")
    texts = {field: _text(field, getattr(command, field)) for field in ("job_title", "email", "phone", "notes")}
    values = {"name": name, "name_norm": search_key(name), "company_id": command.company_id, **texts}
    return (SetupChanged("contact", tx.create("contact", values)),)


def edit_contact(command: EditContact, tx: Transaction) -> Facts:
    """Set fields of a contact."""
    wanted = _checked(dict(command.changes), CONTACT_FIELDS, "contact")
    columns = ["company_id" if field == "company" else field for field in wanted]
    (row,) = tx.things("contact", [command.contact], fields=columns)
    tx.begin("contact.edited", f"Changed {_words(wanted, CONTACT_FIELDS)} of {row['name']}")
    texts = {field: value for field, value in wanted.items() if field != "company"}
    values: dict[str, Any] = {field: _text(field, value) for field, value in texts.items()}
    if "name" in wanted:
        values |= _name_values(wanted["name"], "contact")
    if "company" in wanted:
        values["company_id"] = company_id_of(tx, wanted["company"] or "")
    changed = tx.change("contact", row, values, kind="contact.edited")
    if "name" in changed:
        tx.write_rows()
        tx.touch_deals_of("contact", [row["id"]])
    return (SetupChanged("contact", row["id"]),) if changed else ()


def delete_contact(command: DeleteContact, tx: Transaction) -> Facts:
    """Take a contact away; refused while a deal is theirs."""
    (row,) = tx.things("contact", [command.contact])
    deals = _count(tx, "SELECT count(*) FROM deal WHERE contact_id = ? AND deleted = 0", row["id"])
    if deals:
        raise InvalidInput(
            f"{row['name']} is the contact of {deals:,} deal{'s' * (deals != 1)}: merge them with another contact, "
            "or give the deals another one first."
        )
    tx.begin("contact.deleted", f"Deleted the contact {row['name']}")
    tx.change("contact", row, {"deleted": 1}, kind="contact.deleted")
    return (SetupChanged("contact", row["id"]),)


def _named(typed: str, what: str) -> str:
    name = clean(typed)
    if not name:
        raise InvalidInput(f"A {what} needs a name.")
    return name


def _name_values(typed: Any, what: str) -> dict[str, Any]:
    name = _named(str(typed or ""), what)
    return {"name": name, "name_norm": search_key(name)}


def _refuse_known(tx: Transaction, name: str, own_id: int | None) -> None:
    norm = search_key(name)
    found = tx.sql.all("SELECT id FROM company WHERE name_norm = ? AND deleted = 0", (norm,))
    if any(row[0] != own_id for row in found):
        raise InvalidInput(f"There is a company {name} already: merge the two instead.")


def _checked(changes: dict[str, Any], fields: Mapping[str, str], what: str) -> dict[str, Any]:
    unknown = [field for field in changes if field not in fields]
    if unknown:
        raise InvalidInput(f"{unknown[0]!r} is no field of a {what}. Fields: {', '.join(fields)}.")
    return changes


def _text(field: str, value: Any) -> str | None:
    return clean(str(value or ""), is_multiline=field == "notes") or None


def _words(wanted: Mapping[str, Any], fields: Mapping[str, str]) -> str:
    return ", ".join(fields[field] for field in wanted)


def _count(tx: Transaction, query: str, thing_id: int) -> int:
    return int(tx.sql.value(query, (thing_id,)))
