"""Names of a file to ids: owners, companies, contacts, stages and lost reasons, added where they are missing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache

from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.text import clean, search_key
from pipeboard.storage.gateways.catalogue import ids_by_norm, read_lost_reasons, read_owners
from pipeboard.storage.transaction import Transaction

UNKNOWN_REASON = "Imported, unknown"


class Catalogue:
    """Everything that the deals of one file refer to by name."""

    def __init__(
        self, tx: Transaction, deals: Sequence[ImportedDeal], pipeline_id: int, *, is_exact: bool = False
    ) -> None:
        self._is_exact = is_exact
        self._key = lru_cache(maxsize=None)(search_key)
        self._owners = self._owner_ids(tx, deals)
        self._companies = self._company_ids(tx, deals)
        self._contacts = self._contact_ids(tx, deals)
        self._reasons = self._reason_ids(tx, deals)
        self._stages = {s.name: s.id for s in tx.stages.values() if s.pipeline_id == pipeline_id}
        self._zone = tx.zone
        self._midnights: dict[date, datetime] = {}

    def owner(self, deal: ImportedDeal) -> int | None:
        """The owner's id."""
        return self._owners.get(self._key(deal.owner)) if deal.owner else None

    def company(self, deal: ImportedDeal) -> int | None:
        """The company's id."""
        return self._companies.get(self._key(deal.company)) if deal.company else None

    def contact(self, deal: ImportedDeal) -> int | None:
        """The contact's id."""
        return self._contacts.get(self._contact_key(deal)) if deal.contact else None

    def lost_reason(self, deal: ImportedDeal) -> int | None:
        """The id of the lost reason, where there is one."""
        return self._reasons.get(self._key(self._reason(deal)))

    def stage_id(self, name: str) -> int | None:
        """The id of a stage of the pipeline."""
        return self._stages.get(name) if name else None

    def midnight(self, day: date) -> datetime:
        """The beginning of a day in the workspace zone."""
        found = self._midnights.get(day)
        if found is None:
            found = self._midnights[day] = datetime.combine(day, time(), self._zone).astimezone(UTC)
        return found

    def _missing(self, names: Sequence[str], known: dict[str, int]) -> dict[str, str]:
        """Names nobody knows yet, by their normalised form, in the order of the file."""
        missing: dict[str, str] = {}
        for name in names:
            if name and self._key(name) not in known:
                missing.setdefault(self._key(name), clean(name))
        return missing

    def _owner_ids(self, tx: Transaction, deals: Sequence[ImportedDeal]) -> dict[str, int]:
        known = {self._key(owner.name): owner.id for owner in read_owners(tx.sql)}
        missing = self._missing([d.owner for d in deals], known)
        if missing:
            ids = tx.create_many("owner", [{"name": name} for name in missing.values()])
            known.update(zip(missing, ids, strict=True))
        return known

    def _company_ids(self, tx: Transaction, deals: Sequence[ImportedDeal]) -> dict[str, int]:
        known = ids_by_norm(tx.sql, "company", (self._key(d.company) for d in deals if d.company))
        missing = self._missing([d.company for d in deals], known)
        if missing:
            sites = {self._key(d.company): d.details.company_website for d in deals if d.details.company_website}
            rows = [{"name": name, "name_norm": norm, "website": sites.get(norm)} for norm, name in missing.items()]
            known.update(zip(missing, tx.create_many("company", rows), strict=True))
        return known

    def _contact_ids(self, tx: Transaction, deals: Sequence[ImportedDeal]) -> dict[str, int]:
        known = self._known_contacts(tx, deals)
        first = {self._contact_key(d): d for d in reversed(deals) if d.contact}
        missing = {key: clean(d.contact) for d in deals if d.contact and (key := self._contact_key(d)) not in known}
        if missing:
            rows = [
                {
                    "name": name,
                    "name_norm": self._key(name),
                    "company_id": self.company(first[norm]),
                    "email": first[norm].contact_email or None,
                    "phone": first[norm].contact_phone or None,
                    "job_title": first[norm].details.contact_job or None,
                }
                for norm, name in missing.items()
            ]
            known.update(zip(missing, tx.create_many("contact", rows), strict=True))
        return known

    def _contact_key(self, deal: ImportedDeal) -> str:
        """What a contact is known by: the name, in our own exports with everything that they tell of the person."""
        if not self._is_exact:
            return self._key(deal.contact)
        told = (deal.company, deal.contact_email, deal.contact_phone, deal.details.contact_job)
        return "\n".join((self._key(deal.contact), *map(self._key, told)))

    def _known_contacts(self, tx: Transaction, deals: Sequence[ImportedDeal]) -> dict[str, int]:
        norms = {self._key(d.contact) for d in deals if d.contact}
        if not self._is_exact:
            return ids_by_norm(tx.sql, "contact", norms)
        query = (
            "SELECT p.id, p.name_norm, c.name, p.email, p.phone, p.job_title FROM contact p"
            " LEFT JOIN company c ON c.id = p.company_id WHERE p.deleted = 0 ORDER BY p.id DESC"
        )
        rows = tx.sql.all(query) if norms else []
        return {"\n".join((row[1], *(self._key(text or "") for text in row[2:]))): row[0] for row in rows}

    def _reason(self, deal: ImportedDeal) -> str:
        """Why a deal was lost; our own exports leave it open where nobody said."""
        if deal.lost_reason or self._is_exact or deal.status != DealStatus.LOST:
            return deal.lost_reason
        return UNKNOWN_REASON

    def _reason_ids(self, tx: Transaction, deals: Sequence[ImportedDeal]) -> dict[str, int]:
        reasons = read_lost_reasons(tx.sql)
        known = {self._key(name): reason_id for reason_id, name, _ in reasons}
        missing = self._missing([self._reason(d) for d in deals], known)
        if missing:
            rows = [{"name": name, "position": len(reasons) + i} for i, name in enumerate(missing.values())]
            known.update(zip(missing, tx.create_many("lost_reason", rows), strict=True))
        return known
