"""The columns of the list: which of them a width has room for, and how wide each is."""

from collections.abc import Sequence
from typing import Final, NamedTuple

GAP: Final = 2
"""Cells of air between columns."""


class Column(NamedTuple):
    """A column of the list, at least `least` and at most `most` cells wide.

    Where there is not room for all, those with the highest `priority` number go first. `weight` is its share
    of the room that is left.
    """

    name: str
    head: str
    least: int
    most: int
    priority: int
    weight: int = 0
    is_right: bool = False


COLUMNS: Final = (
    Column("title", "Deal", 16, 60, 0, 4),
    Column("company", "Company", 10, 32, 5, 2),
    Column("value", "Value", 10, 14, 1, 0, True),
    Column("stage", "Stage", 10, 18, 2, 1),
    Column("owner", "Owner", 8, 18, 7, 1),
    Column("next", "Next step", 14, 44, 3, 3),
    Column("close", "Close", 10, 10, 6),
    Column("days", "Days", 6, 7, 4, 0, True),
)
"""From left to right."""


class Placed(NamedTuple):
    """A column with its width in cells."""

    column: Column
    width: int


def lay_out(width: int, columns: Sequence[Column] = COLUMNS) -> tuple[Placed, ...]:
    """The columns that fit into `width` cells, in order; the first one always, if need be narrower."""
    kept = list(columns)
    while len(kept) > 1 and _least(kept) > width:
        kept.remove(max(kept, key=lambda column: column.priority))
    widths = {column.name: column.least for column in kept}
    spare = width - _least(kept)
    if spare < 0:
        return (Placed(kept[0], max(1, width)),)
    while spare > 0:
        growing = [c for c in kept if c.weight and widths[c.name] < c.most]
        if not growing:
            break
        share = max(1, spare // sum(c.weight for c in growing))
        for column in growing:
            more = min(spare, share * column.weight, column.most - widths[column.name])
            widths[column.name] += more
            spare -= more
    return tuple(Placed(column, widths[column.name]) for column in kept)


def _least(columns: Sequence[Column]) -> int:
    """The cells that columns need, the air between them included."""
    return sum(column.least for column in columns) + GAP * (len(columns) - 1)
