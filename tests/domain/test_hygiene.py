"""What is wrong with open deals."""

from datetime import date
from typing import Any

import pytest

from pipeboard.domain.hygiene import Gap, OpenDeal, gaps, is_stale, pushes, qualities
from pipeboard.domain.rotting import Rot

TODAY = date(2026, 11, 22)
FINE = OpenDeal(1, "Anna", True, date(2026, 12, 1), 0, 3, 20, Rot.FRESH, True)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"rot": Rot.DEAD, "idle_days": 95}, (Gap.DEAD,)),
        ({"rot": Rot.ROTTEN, "idle_days": 40}, (Gap.ROTTING,)),
        ({"rot": Rot.WARNING, "idle_days": 30}, (Gap.SILENT,)),
        ({"rot": Rot.WAITING, "idle_days": 29}, ()),
        ({"close_on": date(2026, 11, 21)}, (Gap.CLOSE_PASSED,)),
        ({"close_on": TODAY}, ()),
        ({"close_on": None}, (Gap.NO_CLOSE_DATE,)),
        ({"pushes": 2}, ()),
        ({"pushes": 3}, (Gap.PUSHED,)),
        ({"has_task": False, "has_value": False}, (Gap.NO_NEXT_STEP, Gap.NO_VALUE)),
    ],
)
def test_gaps(changes: dict[str, Any], expected: tuple[Gap, ...]) -> None:
    assert gaps(FINE._replace(**changes), TODAY) == expected


@pytest.mark.parametrize(
    ("idle_days", "started_days", "expected"),
    [(89, 100, False), (90, 90, True), (29, 400, False), (30, 179, False), (30, 180, True)],
)
def test_what_a_flush_closes(idle_days: int, started_days: int, expected: bool) -> None:
    assert is_stale(FINE._replace(idle_days=idle_days, started_days=started_days)) is expected


def test_only_moves_into_a_later_month_are_pushes() -> None:
    day = date.fromisoformat
    changes = [
        (None, day("2026-01-05")),
        (day("2026-01-05"), day("2026-01-30")),
        (day("2026-01-30"), day("2026-02-01")),
        (day("2026-02-01"), day("2026-01-15")),
        (day("2026-12-31"), day("2027-01-01")),
        (day("2027-01-01"), None),
    ]
    assert pushes(changes) == 2


def test_quality_is_the_share_of_deals_without_a_gap_in_their_data() -> None:
    idle = FINE._replace(id=2, rot=Rot.ROTTEN, idle_days=40)
    empty = FINE._replace(id=3, has_value=False)
    ben = FINE._replace(id=4, owner="Ben", close_on=None)
    found = qualities([(deal, gaps(deal, TODAY)) for deal in (FINE, idle, empty, ben)])
    assert [(q.owner, q.deals, q.complete) for q in found] == [("Ben", 1, 0), ("Anna", 3, 2)]
    assert found[1].share == pytest.approx(2 / 3)
