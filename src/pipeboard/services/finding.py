"""Finding any deal, company or contact by a few letters, in SQL: a hundred thousand deals cost no memory."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.domain.text import search_key
from pipeboard.services.reads import Reads
from pipeboard.storage.hot import finding as hot

MOST = 40
"""Hits of each kind."""

_FEW = 5


class Found(NamedTuple):
    """A deal, company or contact: its kind in words, its name, what else helps to know it."""

    kind: str
    id: int
    name: str
    about: str


class FindReads(Reads):
    """Reads for going anywhere."""

    def find(self, typed: str) -> list[Found]:
        """What has every word of the text, best first; where nothing has, the deals with the letters in their order. An
        empty text gives the deals that were worked on last."""
        words = search_key(typed).split()
        with self._hot.snapshot() as sql:
            if not words:
                return [_deal(row) for row in hot.recent_deals(sql, MOST)]
            companies = [Found("company", *row[:3]) for row in hot.companies(sql, words, MOST)]
            contacts = [
                Found("contact", row[0], row[1], ", ".join(filter(None, row[2:])))
                for row in hot.contacts(sql, words, MOST)
            ]
            deals = [_deal(row) for row in hot.deals(sql, words, MOST)]
            if not (companies or contacts or deals):
                return [_deal(row) for row in hot.deals_like(sql, "".join(words), MOST)]
        return in_order((*companies, *contacts, *deals), words)


def in_order(found: Sequence[Found], words: Sequence[str]) -> list[Found]:
    """Hits by how well their name fits, and of one fit a few companies, a few contacts, the deals, and the rest."""
    ranks: dict[int, list[Found]] = {}
    for one in found:
        ranks.setdefault(_rank(search_key(one.name), words), []).append(one)
    ordered: list[Found] = []
    for rank in sorted(ranks):
        kinds = {kind: [one for one in ranks[rank] if one.kind == kind] for kind in ("company", "contact", "deal")}
        few = [*kinds["company"][:_FEW], *kinds["contact"][:_FEW]]
        ordered += [*few, *kinds["deal"], *kinds["company"][_FEW:], *kinds["contact"][_FEW:]]
    return ordered


def _rank(name: str, words: Sequence[str]) -> int:
    """0 when a folded name begins with the words; 1 when each begins a word of it; 2 when it has them; else 3."""
    if name.startswith(" ".join(words)):
        return 0
    if all(f" {word}" in f" {name}" for word in words):
        return 1
    return 2 if all(word in name for word in words) else 3


def _deal(row: tuple[int, str, str, str, int]) -> Found:
    deal_id, title, company, stage, _ = row
    return Found("deal", deal_id, title, ", ".join(filter(None, (company, stage))))
