"""What winning customers costs, and what it brings (DOMAIN.md 2.2, rows 19 and 22)."""

from datetime import date
from typing import NamedTuple


class Spend(NamedTuple):
    """Money spent on a day, for a source or (empty) in general; `amount_minor` is in `currency`."""

    id: int
    spent_on: date
    source: str
    amount_minor: int
    currency: str
    note: str
