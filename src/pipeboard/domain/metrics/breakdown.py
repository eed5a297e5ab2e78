"""Figures per owner, source, product and company (DOMAIN.md 2.2, rows 23 and 24)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from pipeboard.domain.metrics.cycle import days_of
from pipeboard.domain.metrics.facts import NO_NAME, DealFact, Selection
from pipeboard.domain.metrics.samples import ratio

_FIELDS = {"owner": "owner_id", "source": "source", "product": "product", "company": "company"}
DIMENSIONS = tuple(_FIELDS)


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


def _name_of_key(dimension: str, owners: Mapping[int, str]) -> Callable[[Any], str]:
    """What tells the name of an owner's id, or of a source, product or company as it was entered."""
    if dimension == "owner":
        return lambda owner_id: NO_NAME if owner_id is None else owners.get(owner_id) or f"#{owner_id}"
    return lambda text: text or NO_NAME


def namer(dimension: str, owners: Mapping[int, str]) -> Callable[[DealFact], str]:
    """What tells the name of a deal in one of `DIMENSIONS`; an empty name is `NO_NAME`."""
    key_of, name_of = attrgetter(_FIELDS[dimension]), _name_of_key(dimension, owners)
    return lambda deal: name_of(key_of(deal))


def breakdowns(chosen: Selection, owners: Mapping[int, str]) -> dict[str, tuple[BreakdownRow, ...]]:
    """For each of `DIMENSIONS` one row per name that has an open, won or lost deal: by won value (the largest
    first), then name."""
    worth = [(deal.value_minor or 0, days_of(deal)) for deal in chosen.won]
    return {name: _rows(chosen, worth, name, owners) for name in DIMENSIONS}


class _Sum:
    """What the deals of one name come to so far."""

    __slots__ = ("days", "lost", "open", "timed", "value", "won")

    def __init__(self) -> None:
        self.open = self.won = self.lost = self.value = self.days = self.timed = 0


def _rows(
    chosen: Selection, worth: Sequence[tuple[int, int | None]], dimension: str, owners: Mapping[int, str]
) -> tuple[BreakdownRow, ...]:
    """The rows of one dimension; `worth` has the value and the cycle of each won deal."""
    key_of, name_of = attrgetter(_FIELDS[dimension]), _name_of_key(dimension, owners)
    sums: defaultdict[str, _Sum] = defaultdict(_Sum)
    for key, count in Counter(map(key_of, chosen.open)).items():
        sums[name_of(key)].open += count
    for key, count in Counter(map(key_of, chosen.lost)).items():
        sums[name_of(key)].lost += count
    # Thousands of deals, a few names: each name is looked up once.
    of_key: dict[Any, _Sum] = {}
    for key, (value, length) in zip(map(key_of, chosen.won), worth, strict=True):
        total = of_key.get(key)
        if total is None:
            total = of_key[key] = sums[name_of(key)]
        total.won += 1
        total.value += value
        if length is not None and length >= 0:
            total.days += length
            total.timed += 1
    rows = [BreakdownRow(n, s.open, s.won, s.lost, s.value, ratio(s.days, s.timed)) for n, s in sums.items()]
    rows.sort(key=lambda row: (-row.won_value_minor, row.name))
    return tuple(rows)
