"""The history as values: patches, how they add up to the present, and how they are taken back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

Patch = dict[str, list[Any]]
"""What changed: field -> [old, new], in JSON's own types."""


class Change(NamedTuple):
    """One thing touched by an action. A creation's patch starts from None and carries `deleted` [1, 0]."""

    entity: str
    entity_id: int
    deal_id: int | None
    kind: str
    patch: Patch


class ActionEntry(NamedTuple):
    """One action as the history shows it."""

    id: int
    at: datetime
    actor: str
    kind: str
    label: str
    undoes: int | None
    undone_by: int | None
    deals: tuple[int, ...]


class HistoryQuery(NamedTuple):
    """Which actions: words of their labels, who did them (None: anybody), beginnings of their kinds (none: all)."""

    words: tuple[str, ...] = ()
    actor_id: int | None = None
    kinds: tuple[str, ...] = ()


class ChangedField(NamedTuple):
    """One field before and after, in words; "" is nothing."""

    name: str
    before: str
    after: str


class ChangedThing(NamedTuple):
    """What an action did to one thing: in words what it is and what happened, and its fields."""

    deal_id: int | None
    heading: str
    fields: tuple[ChangedField, ...]


class ActionDetail(NamedTuple):
    """An action with what it changed: the first things of `count`."""

    entry: ActionEntry
    things: tuple[ChangedThing, ...]
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody calls on these


KIND_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Deals added", ("deal.created",)),
    ("Deals moved", ("deal.moved", "deal.reordered")),
    ("Won, lost, parked, reopened", ("deal.won", "deal.lost", "deal.flushed", "deal.parked", "deal.reopened")),
    ("Deals changed or deleted", ("deal.edited", "deal.deleted")),
    ("Tasks", ("task.",)),
    ("Calls, mails, meetings, notes", ("activity.",)),
    ("Imports", ("deals.",)),
    ("Undone and redone", ("undo", "redo")),
    (
        "Setup",
        (
            *("workspace.", "owner.", "pipeline.", "stage.", "rate.", "quota.", "spend.", "view."),
            *("company.", "contact.", "product."),
        ),
    ),
)
"""What the history can be narrowed to: words, and the beginnings of the kinds of action they mean."""


def inverse(patch: Patch, *, is_creation: bool) -> Patch:
    """The patch that takes `patch` back. A creation is taken back by marking the thing deleted."""
    if is_creation:
        return {"deleted": [0, 1]}
    return {field: [new, old] for field, (old, new) in patch.items()}


def fold(patches: Iterable[Patch]) -> dict[str, Any]:
    """The state that a thing has after its patches, oldest first."""
    state: dict[str, Any] = {}
    for patch in patches:
        for field, (_, new) in patch.items():
            state[field] = new
    return state


def overlap(mine: Patch, later: Patch, *, is_creation: bool) -> bool:
    """Whether taking `mine` back would touch a field that a `later` live change touched.

    Fields that give a deal its place in a stage are not counted: who moved a card up or down in its column
    has not contradicted anybody. A creation is contradicted by any later change.
    """
    if is_creation:
        return bool(set(later) - {"rank"})
    return bool((set(mine) & set(later)) - {"rank"})
