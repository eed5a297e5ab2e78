"""The manual order of cards in a stage by gap ranks: a move or a reorder changes one deal only."""

GAP = 1 << 20
"""The distance between neighbours when a stage is numbered afresh: twenty halvings before the next time."""


def above(first: int | None) -> int:
    """A rank before the first card of a stage (None: the stage is empty)."""
    return 0 if first is None else first - GAP


def below(last: int | None) -> int:
    """A rank after the last card of a stage (None: the stage is empty)."""
    return 0 if last is None else last + GAP


def between(upper: int | None, lower: int | None) -> int | None:
    """A rank between two neighbours (None: no neighbour on that side), or None when the gap is used up."""
    if upper is None:
        return above(lower)
    if lower is None:
        return below(upper)
    middle = (upper + lower) // 2
    return middle if upper < middle < lower else None
