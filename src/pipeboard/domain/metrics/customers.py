"""What customers bring and cost: ACV or APV, CAC, and what each source returns (DOMAIN.md 2.2, rows 19 and 22)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pipeboard.domain.metrics.facts import NO_NAME, DealFact
from pipeboard.domain.money import divide_half_even
from pipeboard.domain.periods import Period
from pipeboard.domain.spend import Spend

MONTHS = 12


class Sale(NamedTuple):
    """What else is known of a won deal: its company (None: none), in how many months its value comes again (None:
    once), and the day of the company's first win in any pipeline."""

    deal_id: int
    company_id: int | None
    months: int | None
    first_won_on: date | None


class CustomerValue(NamedTuple):
    """The annual value of the average customer. `is_recurring` False: nothing recurs, so it is a purchase (APV).

    `total_minor` over `accounts` customers with a known value; `parts` is what each deal is worth a year.
    """

    mean_minor: float | None
    total_minor: int
    accounts: int
    is_recurring: bool
    parts: Mapping[int, int]

    @property
    def label(self) -> str:
        """Its name."""
        return "ACV" if self.is_recurring else "APV"


def annual_minor(value_minor: int, months: int | None) -> int:
    """A value a year: one that comes every `months` months as often as it fits, one that comes once as it is."""
    return divide_half_even(value_minor * MONTHS, months) if months else value_minor


def account_of(sale: Sale) -> int:
    """What tells customers apart: the company; a deal without one is a customer of its own."""
    return -sale.deal_id if sale.company_id is None else sale.company_id


def customer_value(won: Sequence[DealFact], sales: Mapping[int, Sale]) -> CustomerValue:
    """Annual value of the deals won over their distinct customers; deals without a known value are in neither."""
    parts: dict[int, int] = {}
    accounts = set()
    is_recurring = False
    for deal in won:
        sale = sales.get(deal.id)
        if deal.value_minor is None or sale is None:
            continue
        parts[deal.id] = annual_minor(deal.value_minor, sale.months)
        accounts.add(account_of(sale))
        is_recurring |= bool(sale.months)
    total = sum(parts.values())
    mean = total / len(accounts) if accounts else None
    return CustomerValue(mean, total, len(accounts), is_recurring, parts)


class SourceReturn(NamedTuple):
    """One source: spent and won in the period, and how many customers were new."""

    source: str
    spent_minor: int
    won_minor: int
    accounts: int
    deal_ids: tuple[int, ...]

    @property
    def cost_minor(self) -> float | None:
        """Spent per new customer; None without one or without spending."""
        return self.spent_minor / self.accounts if self.accounts and self.spent_minor else None

    @property
    def roi(self) -> float | None:
        """What came back beyond what was spent, as a share of it; None where nothing was spent."""
        return (self.won_minor - self.spent_minor) / self.spent_minor if self.spent_minor > 0 else None


class Acquisition(NamedTuple):
    """The cost of winning customers. `entries` were spent in the period, `unconverted` of them in a currency without
    a rate; `general_minor` is the part for no source in particular. `first_deals` made their customers new."""

    spent_minor: int
    entries: int
    unconverted: int
    general_minor: int
    accounts: int
    first_deals: tuple[int, ...]
    sources: tuple[SourceReturn, ...]

    @property
    def cost_minor(self) -> float | None:
        """CAC: everything spent over the new customers; None without one, or when nothing was noted."""
        return self.spent_minor / self.accounts if self.accounts and self.entries > self.unconverted else None


ToBase = Callable[[Spend], int | None]
"""An entry in minor units of the base currency; None without a rate."""


def acquisition(
    won: Sequence[DealFact], sales: Mapping[int, Sale], spend: Sequence[Spend], period: Period, to_base: ToBase
) -> Acquisition:
    """Spent in the period over the customers whose first win (anywhere) closed in it; by source of that first win."""
    first = _first_deals(won, sales, period)
    spent: dict[str, int] = {}
    unconverted = 0
    for entry in spend:
        minor = to_base(entry)
        if minor is None:
            unconverted += 1
        else:
            spent[_key(entry.source)] = spent.get(_key(entry.source), 0) + minor
    named = {_key(deal.source): deal.source or NO_NAME for deal in reversed(won)}
    named |= {_key(e.source): e.source for e in reversed(spend) if e.source and _key(e.source) not in named}
    rows = []
    for key, name in named.items():
        mine = [deal for deal in won if _key(deal.source) == key]
        new = sum(1 for deal in first if _key(deal.source) == key)
        value = sum(deal.value_minor or 0 for deal in mine)
        cost = spent.get(key, 0) if key else 0
        rows.append(SourceReturn(name, cost, value, new, tuple(deal.id for deal in mine)))
    rows.sort(key=lambda row: (-row.spent_minor, -row.won_minor, row.source))
    return Acquisition(
        sum(spent.values()),
        len(spend),
        unconverted,
        spent.get("", 0),
        len(first),
        tuple(deal.id for deal in first),
        tuple(rows),
    )


def _first_deals(won: Sequence[DealFact], sales: Mapping[int, Sale], period: Period) -> list[DealFact]:
    """Of every new customer the deal that made it one."""
    first: dict[int, DealFact] = {}
    for deal in won:
        sale = sales.get(deal.id)
        if sale is None or deal.closed_on is None:
            continue
        is_new = sale.company_id is None or (period.has(sale.first_won_on) and deal.closed_on == sale.first_won_on)
        if is_new:
            first.setdefault(account_of(sale), deal)
    return list(first.values())


def _key(source: str) -> str:
    """Sources are one where they differ in case and spaces only."""
    return " ".join(source.casefold().split())
