"""The moment that a cell tells, once the day of it is decided."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.imports.date_columns import decide_dates
from pipeboard.domain.imports.instants import instant_of, local_time, plain_instant, time_of

WARSAW = ZoneInfo("Europe/Warsaw")
DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24", None),
        ("24.11.2026", None),
        ("2026-11-24 15:00", time(15)),
        ("2026-11-24T15:00:30", time(15, 0, 30)),
        ("11/24/2026 3:05 PM", time(15, 5)),
        ("11/24/2026 12:05 AM", time(0, 5)),
        ("11/24/26, 12:05 p.m.", time(12, 5)),
        ("24.11.2026 09.30", time(9, 30)),
        ("2026-11-24T15:00:00.123456Z", time(15, tzinfo=UTC)),
        ("2026-11-24 15:00 +0530", time(15, tzinfo=UTC)),
        ("15:45", time(15, 45)),
        ("2026-11-24 25:00", None),
        ("2026-11-24 13:00 PM", None),
    ],
)
def test_the_time_at_the_end(text: str, expected: time | None) -> None:
    found = time_of(text)
    assert (found and found.replace(tzinfo=None)) == (expected and expected.replace(tzinfo=None))
    assert (found is not None and found.tzinfo is not None) == (expected is not None and expected.tzinfo is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24", datetime(2026, 11, 23, 23, tzinfo=UTC)),
        ("2026-11-24 15:00", datetime(2026, 11, 24, 14, tzinfo=UTC)),
        ("2026-11-23T23:30:00Z", datetime(2026, 11, 23, 23, 30, tzinfo=UTC)),
        ("2026-11-24 22:00 -0500", datetime(2026, 11, 25, 3, tzinfo=UTC)),
        ("20261123T233000Z", datetime(2026, 11, 23, 23, 30, tzinfo=UTC)),
    ],
)
def test_the_day_of_the_column_holds(text: str, expected: datetime) -> None:
    plain = plain_instant(text)
    day = decide_dates([plain], None, WARSAW).days[plain]
    assert instant_of(plain, day, WARSAW) == expected


@given(st.integers(10**9, 25 * 10**8), st.sampled_from(["UTC", "Europe/Warsaw", "Asia/Tokyo"]))
def test_an_instant_comes_back_to_the_second(second: int, zone: str) -> None:
    moment = datetime.fromtimestamp(second - (second % 86_400 == 0), UTC)  # midnight is a day, not an instant
    text, where = moment.isoformat(), ZoneInfo(zone)
    day = decide_dates([text], None, where).days[text]
    assert instant_of(text, day, where) == moment


def test_midnight_is_a_day() -> None:
    assert local_time("2026-11-24T00:00:00", DAY, WARSAW) is None
    assert local_time("2026-11-24T14:00:00Z", DAY, WARSAW) == time(15)
