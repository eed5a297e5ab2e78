"""What can be shown of a deal's timeline."""

from collections.abc import Iterable
from typing import Final

from pipeboard.domain.task import TimelineEntry

ALL: Final = "everything"
KINDS: Final = {
    ALL: "Everything",
    "call": "Calls",
    "email": "Mails",
    "meeting": "Meetings",
    "note": "Notes",
    "task": "Tasks",
    "change": "Changes of fields",
    "move": "Stage moves",
}
"""The kinds of entries one can choose, with their names."""

_MOVES: Final = frozenset({"moved", "stepped", "reopened", "won", "lost", "parked", "created"})


def kind_of_entry(entry: TimelineEntry) -> str:
    """Which of `KINDS` an entry is."""
    if not entry.is_change:
        return entry.kind
    entity, _, what = entry.kind.partition(".")
    if entity == "task":
        return "task"
    return "move" if what in _MOVES else "change"


def only(entries: Iterable[TimelineEntry], kind: str) -> tuple[TimelineEntry, ...]:
    """The entries of one kind; those of every kind for `ALL`."""
    return tuple(entry for entry in entries if kind in (ALL, kind_of_entry(entry)))
