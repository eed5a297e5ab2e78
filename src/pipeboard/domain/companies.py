"""Companies and contacts as values: a row of their list, and everything about one of them."""

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from pipeboard.domain.stage import DealStatus
from pipeboard.domain.task import Task, TimelineEntry


class Kind(Enum):
    """Which of the two a row is."""

    COMPANY = "company"
    CONTACT = "contact"


class Worth(NamedTuple):
    """Deals of one state: how many, their value in the workspace's currency, how many of them have no value, and how
    many have one in a currency without a rate."""

    deals: int = 0
    minor: int = 0
    without_value: int = 0
    unconverted: int = 0


class PartnerRow(NamedTuple):
    """A company or contact in the list. `about` is its website, or their job title and company; `search` what the
    filter looks through, folded; `people` how many contacts a company has; `last_on` the last sign of life."""

    id: int
    name: str
    about: str
    search: str
    open: Worth
    won: Worth
    lost: Worth
    people: int
    last_on: date | None

    @property
    def deals(self) -> int:
        """All deals."""
        return self.open.deals + self.won.deals + self.lost.deals


class PartnerDeal(NamedTuple):
    """A deal of a company or contact. `on` is the day it closed, or is expected to."""

    id: int
    title: str
    stage: str
    status: DealStatus
    value_minor: int | None
    currency: str
    owner: str
    on: date | None


class Person(NamedTuple):
    """A contact of a company."""

    id: int
    version: int
    name: str
    job_title: str
    email: str
    phone: str


class Partner(NamedTuple):
    """Everything about a company or contact. The fields that the other kind has are empty.

    `deals` are the latest ones, open ones first; `deal_count` is how many there are in all.
    """

    kind: Kind
    id: int
    version: int
    name: str
    company_id: int | None
    company: str
    website: str
    job_title: str
    email: str
    phone: str
    notes: str
    open: Worth
    won: Worth
    lost: Worth
    deal_count: int
    people: tuple[Person, ...]
    deals: tuple[PartnerDeal, ...]
    tasks: tuple[Task, ...]
    timeline: tuple[tuple[str, TimelineEntry], ...]


ORDERS = ("name", "open", "won", "last", "deals")
"""What the list may be sorted by: name, open value, value won, last sign of life, number of deals."""


def in_order(rows: Sequence[PartnerRow], order: str) -> list[PartnerRow]:
    """The rows by name, or by something else with the most first; equals by name."""
    by_name = sorted(rows, key=lambda row: (row.search.split("\n")[0], row.id))
    keys = {
        "open": lambda row: (-row.open.minor, -row.open.deals),
        "won": lambda row: (-row.won.minor, -row.won.deals),
        "last": lambda row: -(row.last_on.toordinal() if row.last_on else 0),
        "deals": lambda row: -row.deals,
    }
    return sorted(by_name, key=keys[order]) if order in keys else by_name


def matching(rows: Sequence[PartnerRow], text: str) -> list[PartnerRow]:
    """The rows that have every word of a folded text."""
    words = text.split()
    return [row for row in rows if all(word in row.search for word in words)] if words else list(rows)
