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
    SortColumn("weighted", "Weighted value", True),
    SortColumn("close", "Close date"),
    SortColumn("days", "Days in stage", True),
    SortColumn("next", "Next step"),
    SortColumn("idle", "Days without a sign of life", True),
    SortColumn("title", "Title"),
    SortColumn("company", "Company"),
    SortColumn("owner", "Owner"),
    SortColumn("created", "Created", True),
    SortColumn("score", "Score", True),
)
"""What can be chosen, in the order of the question."""

MANUAL: Final = ListOrder()
"""The board's own order: every card where somebody put it."""

BOARD_ORDERS: Final = (
    SortColumn("stage", "By hand: every card where you put it"),
    *(column for column in SORT_COLUMNS if column.name != "stage"),
)
"""What the cards of the board can be sorted by within their stages."""

_TITLES: Final = {
    "value": "value",
    "weighted": "weighted value",
    "close": "close date",
    "days": "days in stage",
    "next": "next step",
    "idle": "days without a sign of life",
    "title": "title",
    "company": "company",
    "owner": "owner",
    "created": "age",
    "score": "score",
}


def order_words(order: ListOrder) -> str:
    """What an order is called: “value”; “value, smallest first” when it is turned round; "" for the manual one."""
    column = next((one for one in SORT_COLUMNS if one.name == order.column), SORT_COLUMNS[0])
    if column.name == "stage":
        return ""
    return _TITLES[column.name] + (", turned round" if order.is_descending != column.is_descending else "")


def order_text(order: ListOrder) -> str:
    """An order as one word that can be kept: "value", "-value" for the descending one."""
    return f"-{order.column}" if order.is_descending else order.column


def order_of(text: str) -> ListOrder:
    """The order that was kept as a word; the manual one for a word that means none."""
    name = text.removeprefix("-")
    known = {column.name for column in SORT_COLUMNS} - {"stage"}
    return ListOrder(name, text.startswith("-")) if name in known else MANUAL
