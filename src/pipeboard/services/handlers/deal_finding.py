"""Finding the deal that a row of another file speaks of."""

from collections import defaultdict

from pipeboard.domain.errors import NotFound
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.text import search_key
from pipeboard.storage.transaction import Transaction

_ALIVE = (DealStatus.OPEN, DealStatus.PARKED)


class DealIndex:
    """Every deal by its id in the other tool, title and company; `owner` has the owner of each.

    `is_home`: the file is of this workspace, a number in it is an id of ours.
    """

    def __init__(self, tx: Transaction, *, is_home: bool = False) -> None:
        self._is_home = is_home
        self.owner: dict[int, int | None] = {}
        self._by_id: dict[str, list[int]] = defaultdict(list)
        self._by_title: dict[str, list[int]] = defaultdict(list)
        self._by_company: dict[str, list[int]] = defaultdict(list)
        self._by_contact: dict[str, list[int]] = defaultdict(list)
        self._alive: set[int] = set()
        rows = tx.sql.all(
            "SELECT d.id, d.title, c.name, p.name, d.status, d.external_id, d.owner_id FROM deal d"
            " LEFT JOIN company c ON c.id = d.company_id LEFT JOIN contact p ON p.id = d.contact_id"
            " WHERE d.deleted = 0 ORDER BY d.id"
        )
        for deal, title, company, contact, status, external_id, owner in rows:
            self.owner[deal] = owner
            self._by_title[search_key(title)].append(deal)
            if external_id:
                self._by_id[external_id].append(deal)
            if company:
                self._by_company[search_key(company)].append(deal)
            if contact:
                self._by_contact[search_key(contact)].append(deal)
            if status in _ALIVE:
                self._alive.add(deal)

    def find(self, deal: str, company: str, contact: str = "") -> int:
        """The deal: by what it is called or its id, else the only live one of a company, else of a contact.

        Several deals in one cell, with ";" between, mean the first. Raises NotFound with the reason why there is not
        exactly one.
        """
        if deal:
            first = deal.partition(";")[0].strip()
            is_one = first == deal or not first or self._knows(deal)
            return self._named(deal if is_one else first, company)
        if not company and not contact:
            raise NotFound("it names neither a deal nor a company")
        of_company = self._living(self._by_company, company)
        of_contact = self._living(self._by_contact, contact)
        both = [one for one in of_company if one in of_contact] if of_company and of_contact else []
        found = both or of_company or of_contact
        if len(found) != 1:
            count = len(found) or "no"
            raise NotFound(f"{company or contact!r} has {count} deals; a column has to name the deal")
        return found[0]

    def _knows(self, deal: str) -> bool:
        return deal in self._by_id or search_key(deal) in self._by_title

    def _living(self, index: dict[str, list[int]], name: str) -> list[int]:
        found = index.get(search_key(name), []) if name else []
        return [one for one in found if one in self._alive] or found

    def _named(self, deal: str, company: str) -> int:
        number = deal.removeprefix("#")
        own = [int(number)] if number.isascii() and number.isdigit() and int(number) in self.owner else []
        found = (own if self._is_home else ()) or self._by_id.get(deal) or self._by_title.get(search_key(deal)) or own
        if len(found) > 1 and company:
            found = [one for one in found if one in self._by_company.get(search_key(company), ())] or found
        if len(found) > 1:
            found = [one for one in found if one in self._alive] or found
        if not found:
            raise NotFound(f"there is no deal {deal[:60]!r}")
        if len(found) > 1:
            raise NotFound(f"{len(found)} deals are called {deal[:60]!r}")
        return found[0]
