"""Figures per owner, source, product and company (DOMAIN.md 2.2, rows 23 and 24)."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from pipeboard.domain.metrics.cycle import days_of
from pipeboard.domain.metrics.facts import NO_NAME, DealFact, Selection
from pipeboard.domain.metrics.samples import ratio

DIMENSIONS = ("owner", "source", "product", "company")


class BreakdownRow(NamedTuple):
    """One owner (source, product, company): open deals of now, won and lost of the period."""

    name: str
    open: int
    won: int
    lost: int
    won_value_minor: int
    cycle_days_mean: float | None

    @property
    def win_rate(self) -> float | None:
        """Won over decided, None when nothing was decided."""
        return ratio(self.won, self.won + self.lost)


def namer(dimension: str, owners: Mapping[int, str]) -> Callable[[DealFact], str]:
    """What tells the name of a deal in one of `DIMENSIONS`; an empty name is `NO_NAME`."""
    if dimension == "owner":
        return lambda deal: _owner_name(deal.owner_id, owners)
    if dimension == "source":
        return lambda deal: deal.source or NO_NAME
    if dimension == "product":
        return lambda deal: deal.product or NO_NAME
    return lambda deal: deal.company or NO_NAME


def _owner_name(owner_id: int | None, owners: Mapping[int, str]) -> str:
    return NO_NAME if owner_id is None else owners.get(owner_id) or f"#{owner_id}"


def breakdown(chosen: Selection, name_of: Callable[[DealFact], str]) -> tuple[BreakdownRow, ...]:
    """One row per name that has an open, won or lost deal, by won value (the largest first), then name."""
    still_open = Counter(map(name_of, chosen.open))
    won: Counter[str] = Counter()
    lost = Counter(map(name_of, chosen.lost))
    value: Counter[str] = Counter()
    days: Counter[str] = Counter()
    timed: Counter[str] = Counter()
    for deal in chosen.won:
        name = name_of(deal)
        won[name] += 1
        value[name] += deal.value_minor or 0
        length = days_of(deal)
        if length is not None and length >= 0:
            days[name] += length
            timed[name] += 1
    rows = [
        BreakdownRow(name, still_open[name], won[name], lost[name], value[name], ratio(days[name], timed[name]))
        for name in {**still_open, **won, **lost}
    ]
    rows.sort(key=lambda row: (-row.won_value_minor, row.name))
    return tuple(rows)
