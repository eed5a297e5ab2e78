"""Finding the deal that a row of another file speaks of."""

from collections import defaultdict

from pipeboard.domain.errors import NotFound
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.text import search_key
from pipeboard.storage.transaction import Transaction

_ALIVE = (DealStatus.OPEN, DealStatus.PARKED)


class DealIndex:
    """Every deal by its id in the other tool, title and company; `owner` has the owner of each."""

    def __init__(self, tx: Transaction) -> None:
        self.owner: dict[int, int | None] = {}
        self._by_id: dict[str, list[int]] = defaultdict(list)
        self._by_title: dict[str, list[int]] = defaultdict(list)
        self._by_company: dict[str, list[int]] = defaultdict(list)
        self._alive: set[int] = set()
        rows = tx.sql.all(
            "SELECT d.id, d.title, c.name, d.status, d.external_id, d.owner_id FROM deal d"
            " LEFT JOIN company c ON c.id = d.company_id WHERE d.deleted = 0 ORDER BY d.id"
        )
        for deal, title, company, status, external_id, owner in rows:
            self.owner[deal] = owner
            self._by_title[search_key(title)].append(deal)
            if external_id:
                self._by_id[external_id].append(deal)
            if company:
                self._by_company[search_key(company)].append(deal)
            if status in _ALIVE:
                self._alive.add(deal)

    def find(self, deal: str, company: str) -> int:
        """The deal. Raises NotFound with the reason why there is not exactly one."""
        if deal:
            return self._named(deal, company)
        if not company:
            raise NotFound("it names neither a deal nor a company")
        found = self._by_company.get(search_key(company), [])
        alive = [one for one in found if one in self._alive] or found
        if len(alive) != 1:
            raise NotFound(f"{company!r} has {len(alive) or 'no'} deals; a column has to name the deal")
        return alive[0]

    def _named(self, deal: str, company: str) -> int:
        number = deal.removeprefix("#")
        own = [int(number)] if number.isascii() and number.isdigit() and int(number) in self.owner else []
        found = self._by_id.get(deal) or self._by_title.get(search_key(deal)) or own
        if len(found) > 1 and company:
            found = [one for one in found if one in self._by_company.get(search_key(company), ())] or found
        if len(found) > 1:
            found = [one for one in found if one in self._alive] or found
        if not found:
            raise NotFound(f"there is no deal {deal[:60]!r}")
        if len(found) > 1:
            raise NotFound(f"{len(found)} deals are called {deal[:60]!r}")
        return found[0]
