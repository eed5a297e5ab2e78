"""How a list of deals is sorted."""

from typing import Final, NamedTuple


class ListOrder(NamedTuple):
    """A column to sort by, and the direction. Deals without a value in it come last either way."""

    column: str = "stage"
    is_descending: bool = False


class SortColumn(NamedTuple):
    """A column that a list can be sorted by; `is_descending` is the direction people want first."""

    name: str
    label: str
    is_descending: bool = False


SORT_COLUMNS: Final = (
    SortColumn("stage", "Stage, in the order of the board"),
    SortColumn("value", "Value", True),
    SortColumn("close", "Close date"),
    SortColumn("days", "Days in stage", True),
    SortColumn("next", "Next step"),
    SortColumn("title", "Title"),
    SortColumn("company", "Company"),
    SortColumn("owner", "Owner"),
    SortColumn("created", "Created", True),
)
"""What can be chosen, in the order of the question."""
