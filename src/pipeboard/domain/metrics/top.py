"""The largest customers, sources, products and reasons, with their share and what they were before
(DOMAIN.md 2.2, row 24)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeboard.domain.metrics.breakdown import breakdowns
from pipeboard.domain.metrics.facts import MetricsInput, Selection, select
from pipeboard.domain.metrics.losses import reason_of
from pipeboard.domain.metrics.samples import ratio
from pipeboard.domain.periods import Period

DIMENSIONS = ("company", "source", "product", "reason")


class TopRow(NamedTuple):
    """One name: value and number of the deals won (for a reason: lost), its share of all, and those of the period
    before (None: there is none)."""

    name: str
    value_minor: int
    deals: int
    share: float | None
    share_of_deals: float | None
    before_minor: int | None
    before_deals: int | None


def tops(given: MetricsInput, chosen: Selection, before: Period | None) -> dict[str, tuple[TopRow, ...]]:
    """For each of `DIMENSIONS` the names by value, the largest first; reasons by how often."""
    now = _sums(given, chosen)
    then = _sums(given, select(given.deals, before)) if before is not None else None
    return {kind: _rows(now[kind], then[kind] if then else None, by_count=kind == "reason") for kind in DIMENSIONS}


Sums = Mapping[str, tuple[int, int]]


def _sums(given: MetricsInput, chosen: Selection) -> dict[str, Sums]:
    """Value and number by name, for each dimension; names without any are left out."""
    made: dict[str, Sums] = {}
    rows = breakdowns(chosen, given.owners)
    for kind in ("company", "source", "product"):
        made[kind] = {row.name: (row.won_value_minor, row.won) for row in rows[kind] if row.won}
    reasons: dict[str, tuple[int, int]] = {}
    for deal in chosen.lost:
        value, count = reasons.get(reason_of(deal), (0, 0))
        reasons[reason_of(deal)] = (value + (deal.value_minor or 0), count + 1)
    made["reason"] = reasons
    return made


def _rows(now: Sums, before: Sums | None, *, by_count: bool) -> tuple[TopRow, ...]:
    total, count = sum(value for value, _ in now.values()), sum(deals for _, deals in now.values())
    rows: Sequence[TopRow] = [
        TopRow(
            name,
            value,
            deals,
            ratio(value, total),
            ratio(deals, count),
            None if before is None else before.get(name, (0, 0))[0],
            None if before is None else before.get(name, (0, 0))[1],
        )
        for name, (value, deals) in now.items()
    ]
    if by_count:
        return tuple(sorted(rows, key=lambda row: (-row.deals, -row.value_minor, row.name)))
    return tuple(sorted(rows, key=lambda row: (-row.value_minor, -row.deals, row.name)))
