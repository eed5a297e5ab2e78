"""A figure that opens: what it means, how it came about, and what each deal adds to it."""

from collections.abc import Sequence
from typing import NamedTuple


class DealPart(NamedTuple):
    """What one deal adds to a figure, in minor units of the base currency. None: it has no value, or no rate."""

    deal_id: int
    minor: int | None
    note: str


class OpenedFigure(NamedTuple):
    """A figure by its key, with its definition in a sentence, its formula with the actual values, and its deals.

    `total` is what the deals come to, in words.
    """

    key: str
    title: str
    sentence: str
    formula: str
    parts: tuple[DealPart, ...]
    total: str


def total_of(parts: Sequence[DealPart]) -> int:
    """The sum of the parts that have an amount."""
    return sum(part.minor or 0 for part in parts)
