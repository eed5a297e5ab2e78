"""Filters kept under a name: as values, and what can be asked to be done with them."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.domain.list_order import SORT_COLUMNS, ListOrder


class SavedView(NamedTuple):
    """A filter and an order of the list under a name; `owner_id` None: everybody's. `sort` "" keeps the order."""

    id: int
    version: int
    name: str
    filter: str
    sort: str
    owner_id: int | None
    position: int

    @property
    def is_shared(self) -> bool:
        """Whether everybody has it."""
        return self.owner_id is None


class SaveView(NamedTuple):
    """Keep a filter under a name; a view of that name that the person can see is changed instead."""

    name: str
    filter: str
    sort: str = ""
    is_shared: bool = False


class RenameView(NamedTuple):
    """Call a view differently."""

    view_id: int
    name: str


class ShareView(NamedTuple):
    """Give a view to everybody, or take it for oneself."""

    view_id: int
    is_shared: bool


class MoveView(NamedTuple):
    """Let a view change places with the one before (-1) or after it (1)."""

    view_id: int
    step: int


class DeleteView(NamedTuple):
    """Take a view away."""

    view_id: int


ViewCommand = SaveView | RenameView | ShareView | MoveView | DeleteView


def sort_text(order: ListOrder) -> str:
    """An order as a view keeps it: "value desc"; "" for that of the board."""
    if order == ListOrder():
        return ""
    return f"{order.column} desc" if order.is_descending else order.column


def sort_of(text: str) -> ListOrder | None:
    """The order that a view keeps; None for none, or one that this version does not know."""
    column, _, direction = text.partition(" ")
    if column not in {one.name for one in SORT_COLUMNS}:
        return None
    return ListOrder(column, direction == "desc")


def ordered_views(views: Sequence[SavedView]) -> list[SavedView]:
    """The views in their order."""
    return sorted(views, key=lambda view: (view.position, view.id))
