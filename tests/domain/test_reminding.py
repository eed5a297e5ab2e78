"""When a task reminds, over changes of the clocks, sleeps and quiet hours."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from pipeboard.domain.reminding import AWAY, Look, QuietHours, next_look, ring_times
from pipeboard.services.clock import zone_of

WARSAW = zone_of("Europe/Warsaw")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DUE = date(2026, 11, 27)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(
    ("due_on", "due_time", "snoozed", "lead", "expected"),
    [
        (DUE, time(15), None, None, ["2026-11-27T14:00"]),
        (DUE, time(15), None, 30, ["2026-11-27T13:30"]),
        (DUE, time(15), None, 1440, ["2026-11-26T14:00"]),
        (DUE, None, None, 0, ["2026-11-27T08:00"]),  # without a time: as if it had 9:00
        (DUE, None, None, 1440, ["2026-11-26T08:00"]),
        (DUE, None, None, None, []),
        (None, None, None, 30, []),
        (DUE, time(15), date(2026, 11, 30), 30, ["2026-11-30T14:00"]),  # put off: at its time on that day
        (DUE, time(15), date(2026, 11, 25), 30, ["2026-11-25T14:00", "2026-11-27T13:30"]),  # looked at earlier: both
        (DUE, time(15), DUE, 30, ["2026-11-27T13:30"]),
        (DUE, None, date(2026, 11, 30), None, []),
        (None, time(15), date(2026, 11, 30), None, ["2026-11-30T14:00"]),
    ],
)
def test_when_a_task_reminds(
    due_on: date | None, due_time: time | None, snoozed: date | None, lead: int | None, expected: list[str]
) -> None:
    assert list(ring_times(due_on, due_time, snoozed, lead, NOW, WARSAW)) == [at(one) for one in expected]


@pytest.mark.parametrize(
    ("zone", "on", "clock", "lead", "expected"),
    [
        ("Europe/Warsaw", date(2026, 3, 29), time(2, 30), None, "2026-03-29T01:30"),  # left out: an hour later
        ("Europe/Warsaw", date(2026, 3, 29), time(9), 1440, "2026-03-28T07:00"),  # 24 hours, not "the same time"
        ("Europe/Warsaw", date(2026, 10, 25), time(2, 30), None, "2026-10-25T00:30"),  # twice: the first
        ("America/New_York", date(2026, 3, 8), time(2, 30), None, "2026-03-08T07:30"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), 60, "2026-11-01T04:30"),
        ("Asia/Kolkata", date(2026, 11, 22), time(9, 0), 30, "2026-11-22T03:00"),
        ("Pacific/Apia", date(2011, 12, 31), time(0, 15), 30, "2011-12-30T09:45"),  # 30 December never was
    ],
)
def test_the_zone_says_when(zone: str, on: date, clock: time, lead: int | None, expected: str) -> None:
    assert ring_times(on, clock, None, lead, None, zone_of(zone)) == (at(expected),)


def test_what_lies_before_it_was_planned_does_not_ring() -> None:
    today = NOW.date()
    assert ring_times(today, time(9), None, None, NOW, WARSAW) == ()
    assert ring_times(today, time(10, 20), None, 30, NOW, WARSAW) == (at("2026-11-22T09:20"),), "then at its time"


def test_a_look_covers_everything_since_the_last_one() -> None:
    told = NOW - timedelta(minutes=1)
    assert next_look(told, NOW, None, WARSAW, None) == Look(told, NOW)
    asleep = NOW + timedelta(hours=9)
    assert next_look(NOW, asleep, None, WARSAW, None) == Look(NOW, asleep), "one look for a whole night"
    assert next_look(NOW - AWAY, NOW, None, WARSAW, None) == Look(NOW - AWAY, NOW)


def test_a_clock_set_back_has_nothing_to_look_at() -> None:
    earlier = NOW - timedelta(hours=2)
    assert next_look(NOW, earlier, None, WARSAW, None) == Look(earlier, earlier)


def test_never_two_signals_in_a_minute() -> None:
    for seconds, is_told in ((20, False), (54, False), (59.9, True), (-3600, True)):
        moment = NOW + timedelta(seconds=seconds)
        assert (next_look(NOW, moment, NOW, WARSAW, None) is not None) == is_told


@pytest.mark.parametrize(
    ("quiet", "local", "is_quiet"),
    [
        (QuietHours(time(20), time(8)), time(23), True),
        (QuietHours(time(20), time(8)), time(7, 59), True),
        (QuietHours(time(20), time(8)), time(8), False),
        (QuietHours(time(20), time(8)), time(20), True),
        (QuietHours(time(12), time(13)), time(12, 30), True),
        (QuietHours(time(12), time(13)), time(13), False),
        (QuietHours(time(9), time(9)), time(9), False),
    ],
)
def test_quiet_hours(quiet: QuietHours, local: time, is_quiet: bool) -> None:
    assert quiet.cover(local) == is_quiet
    moment = datetime.combine(date(2026, 11, 22), local, WARSAW)
    assert (next_look(NOW, moment, None, WARSAW, quiet) is None) == is_quiet
