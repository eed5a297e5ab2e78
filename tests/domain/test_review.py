"""What a pipeline meeting speaks of."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from pipeboard.domain.hygiene import OpenDeal, gaps
from pipeboard.domain.review import Discussed, Meeting, Part, Subject, in_order, part_of, record
from pipeboard.domain.rotting import Rot

TODAY = date(2026, 11, 22)
END = date(2027, 1, 1)
FINE = OpenDeal(1, "Anna", True, date(2027, 3, 1), 0, 3, 20, Rot.FRESH, True)


@pytest.mark.parametrize(
    ("changes", "probability", "is_early", "expected"),
    [
        ({}, 90, True, None),
        ({"close_on": date(2026, 12, 31)}, 50, False, Part.TARGET),
        ({"close_on": date(2026, 12, 31)}, 49, False, None),
        ({"close_on": date(2027, 1, 1)}, 90, False, None),
        ({"close_on": date(2026, 11, 21)}, 90, False, Part.SLIPPED),
        ({"pushes": 3}, 10, True, Part.SLIPPED),
        ({"rot": Rot.WARNING}, 10, True, Part.EARLY),
        ({"rot": Rot.WARNING}, 10, False, None),
        ({"rot": Rot.ROTTEN}, 10, True, Part.EARLY),
        ({"rot": Rot.ROTTEN}, 60, False, Part.ROTTING),
        ({"rot": Rot.DEAD}, 10, True, Part.ROTTING),
        ({"has_value": False}, 10, True, Part.GAPS),
    ],
)
def test_the_part_of_a_deal(changes: dict[str, Any], probability: int, is_early: bool, expected: Part | None) -> None:
    deal = FINE._replace(**changes)
    assert part_of(deal, gaps(deal, TODAY), probability, is_early=is_early, today=TODAY, period_end=END) is expected


def test_the_order_is_that_of_the_meeting_and_then_of_weight() -> None:
    subjects = [
        Subject(1, Part.GAPS, 900),
        Subject(2, Part.TARGET, 5),
        Subject(3, Part.TARGET, 50),
        Subject(4, Part.SLIPPED, 7),
    ]
    assert [one.deal_id for one in in_order(subjects)] == [3, 2, 4, 1]


def test_the_record_is_markdown_that_no_title_can_break() -> None:
    deal = Discussed(
        "Acme [/ EU]\n# fake", "Acme, €100, Lead", "no <next> step", ("3 Nov: value *10k*",), ("Moved on",)
    )
    meeting = Meeting(
        datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
        "Anna",
        date(2026, 11, 8),
        ("1 deal",),
        (("Gaps", (deal,)),),
        ("ok",),
        2,
    )
    assert record(meeting) == (
        "# Pipeline review, 22 November 2026\n\nAnna, since 8 November 2026\n\n- 1 deal\n\n## Gaps\n\n"
        "- **Acme \\[/ EU\\] \\# fake** (Acme, €100, Lead): no \\<next\\> step\n  - 3 Nov: value \\*10k\\*\n"
        "  - **Decided:** Moved on\n\n## Notes\n\n- ok\n\nNot spoken of: 2 deals.\n"
    )
