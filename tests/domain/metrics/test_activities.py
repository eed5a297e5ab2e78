"""Calls, mails and meetings, contact attempts, and how fast a new deal is answered."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeboard.domain.metrics.activities import ActivityCount, Attempts, activities, is_attempt
from pipeboard.domain.metrics.response import FirstTouch, Unanswered, in_words, lead_response
from pipeboard.domain.stage import DealStatus

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OWNERS = {1: "Anna", 2: "Ben"}


@pytest.mark.parametrize(
    ("kind", "direction", "expected"),
    [
        ("call", "out", True),
        ("call", None, True),
        ("email", "in", False),
        ("meeting", "out", True),
        ("note", "out", False),
        ("note", None, False),
    ],
)
def test_a_contact_attempt_is_ours_and_reaches_the_buyer(kind: str, direction: str | None, expected: bool) -> None:
    assert is_attempt(kind, direction) is expected


def test_activities_are_counted_by_who_acted() -> None:
    made = activities(
        [
            ActivityCount(1, "call", "out", 3),
            ActivityCount(1, "note", None, 9),
            ActivityCount(2, "email", "in", 2),
            ActivityCount(2, "call", None, 4),
            ActivityCount(None, "meeting", "out", 1),
        ],
        [],
        OWNERS,
        5,
    )
    assert made.total[2:] == (7, 2, 1, 9, 10, 8)
    assert [(row.name, row.touches, row.attempts) for row in made.by_owner] == [
        ("Ben", 6, 4),
        ("Anna", 3, 3),
        ("(none)", 1, 1),
    ]
    assert made.per_day == 2.0


def test_nothing_logged_gives_no_averages() -> None:
    made = activities([], [], {}, 0)
    assert (made.total.touches, made.by_owner, made.per_day, made.attempts_won, made.given_up) == (
        0,
        (),
        None,
        None,
        (),
    )


def test_deals_given_up_early_are_named() -> None:
    closed = [
        Attempts(1, DealStatus.WON, 1),
        Attempts(2, DealStatus.WON, 6),
        Attempts(3, DealStatus.LOST, 2),
        Attempts(4, DealStatus.LOST, 3),
        Attempts(5, DealStatus.PARKED, 0),
    ]
    made = activities([], closed, {}, 30)
    assert (made.attempts_won, made.attempts_lost, made.given_up) == (3.5, 2.5, (3, 5))


def _touch(deal_id: int, minutes: int | None, *, is_open: bool = True, had_contact: bool = False) -> FirstTouch:
    first = None if minutes is None else MONDAY + timedelta(minutes=minutes)
    return FirstTouch(deal_id, 1, MONDAY, first, is_open, had_contact)


def test_the_response_is_the_median_and_the_unanswered_are_listed_not_averaged() -> None:
    deals = [_touch(1, 10), _touch(2, 30), _touch(3, 500), _touch(4, None), _touch(5, None, is_open=False)]
    made = lead_response([*deals, _touch(6, 5, had_contact=True)], MONDAY + timedelta(hours=24, seconds=59))
    assert (made.median_minutes, made.mean_minutes, made.p75_minutes, made.n) == (30, 180, 265, 3)
    assert made.deal_ids == (3, 2, 1)
    assert made.unanswered == (Unanswered(4, 1, 1440),)
    assert made.n_contacted_before == 1


def test_no_deal_gives_no_response_time() -> None:
    made = lead_response([], MONDAY)
    assert (made.median_minutes, made.mean_minutes, made.n, made.unanswered) == (None, None, 0, ())


def test_a_wait_is_told_in_the_unit_that_says_something() -> None:
    assert [in_words(m) for m in (0, 45, 90, 210, 2880, 3024)] == [
        "0 min",
        "45 min",
        "1.5 h",
        "3.5 h",
        "2.0 days",
        "2.1 days",
    ]
