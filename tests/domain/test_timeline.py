"""What is shown of a timeline, and when a deal was hardly tried."""

from datetime import UTC, datetime

import pytest

from pipeboard.domain.attempts import warning
from pipeboard.domain.task import TimelineEntry
from pipeboard.domain.timeline import ALL, KINDS, kind_of_entry, only

AT = datetime(2026, 11, 18, tzinfo=UTC)


def _entry(kind: str, *, is_change: bool) -> TimelineEntry:
    return TimelineEntry(AT, kind, "Anna", kind, is_change)


ENTRIES = (
    *(_entry(kind, is_change=False) for kind in ("call", "email", "meeting", "note")),
    *(_entry(f"task.{what}", is_change=True) for what in ("created", "completed")),
    *(_entry(f"deal.{what}", is_change=True) for what in ("edited", "moved", "stepped", "won", "created")),
)


def test_every_entry_is_of_one_kind() -> None:
    kinds = [kind_of_entry(entry) for entry in ENTRIES]
    assert kinds == ["call", "email", "meeting", "note", "task", "task", "change", *["move"] * 4]
    assert only(ENTRIES, ALL) == ENTRIES
    assert sum(len(only(ENTRIES, kind)) for kind in KINDS if kind != ALL) == len(ENTRIES)


@pytest.mark.parametrize(
    ("attempts", "words"),
    [
        ([], ""),
        ([3], ""),
        ([0], "No contact attempt logged"),
        ([1], "Only 1 contact attempt"),
        ([2], "Only 2 contact attempts"),
        ([2, 5, 0], "2 of 3 were tried at most 2 times"),
        ([3, 4], ""),
    ],
)
def test_giving_up_early_is_told(attempts: list[int], words: str) -> None:
    assert warning(attempts) == words
