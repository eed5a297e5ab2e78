"""How something stood on a day: the present taken back to it along the live history."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pipeboard.domain.history import Patch


class LaterChange(NamedTuple):
    """A live change, in the order of the history; `is_later` when it took effect after the day that is asked for.

    A change may have been written down after the day and still count for it: a deal that was won on Friday and
    closed in the program on Monday.
    """

    is_later: bool
    patch: Patch


def rewound(present: Mapping[str, Any], changes: Iterable[LaterChange]) -> dict[str, Any]:
    """The fields of a thing on a day. `changes` are all live ones since, each starting where the one before ended.

    A field has what the last change that counts for the day gave it: that is what the next one found there, or,
    where none follows, what it has now.
    """
    found: dict[str, Any] = {}
    for change in changes:
        for field, (old, _) in change.patch.items():
            if not change.is_later:
                found.pop(field, None)
            elif field not in found:
                found[field] = old
    return {**present, **found}
