"""What a person can ask for about companies and contacts. Imperative names, frozen values, like `domain.commands`."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pipeboard.domain.commands import Seen


class AddCompany(NamedTuple):
    """Add a company. A name that is there already is refused."""

    name: str
    website: str = ""
    notes: str = ""


class EditCompany(NamedTuple):
    """Set fields of a company: name, website, notes."""

    company: "Seen"
    changes: tuple[tuple[str, Any], ...]


class MergeCompanies(NamedTuple):
    """Make several companies one: deals and contacts go to the kept one, which takes what it had not."""

    kept: "Seen"
    others: "tuple[Seen, ...]"


class DeleteCompany(NamedTuple):
    """Take a company away that has neither deals nor contacts."""

    company: "Seen"


class AddContact(NamedTuple):
    """Add a person, of a company or of none."""

    name: str
    company_id: int | None = None
    job_title: str = ""
    email: str = ""
    phone: str = ""
    notes: str = ""


class EditContact(NamedTuple):
    """Set fields of a contact: name, company (a name), job_title, email, phone, notes."""

    contact: "Seen"
    changes: tuple[tuple[str, Any], ...]


class MergeContacts(NamedTuple):
    """Make several contacts one: their deals go to the kept one, which takes what it had not."""

    kept: "Seen"
    others: "tuple[Seen, ...]"


class DeleteContact(NamedTuple):
    """Take a contact away that has no deals."""

    contact: "Seen"


CompanyCommand = (
    AddCompany | EditCompany | MergeCompanies | DeleteCompany | AddContact | EditContact | MergeContacts | DeleteContact
)
