"""Periods: borders, neighbours, what to compare with, names, and what is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.periods import (
    Period,
    label,
    last_days,
    month_of,
    parse_period,
    previous,
    previous_to_date,
    quarter_of,
    step,
    year_of,
)

DAYS = some.dates(date(1900, 1, 1), date(2200, 12, 31))


def span(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", "2026-01-01", "2027-01-01"),
        ("2026-Q1", "2026-01-01", "2026-04-01"),
        ("2026-q4", "2026-10-01", "2027-01-01"),
        (" 2026Q2 ", "2026-04-01", "2026-07-01"),
        ("2026-11", "2026-11-01", "2026-12-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2024-2", "2024-02-01", "2024-03-01"),
        ("9998", "9998-01-01", "9999-01-01"),
    ],
)
def test_parse(text: str, start: str, end: str) -> None:
    assert parse_period(text) == span(start, end)


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "0000", "9999", "-2026", "2026-1-1", "٢٠٢٦", "x" * 999],
)
def test_parse_refuses_with_a_sentence(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"is no period: write a year \(2026\), a quarter") as caught:
        parse_period(text)
    assert len(str(caught.value)) < 150


def test_around_a_day() -> None:
    day = date(2026, 11, 22)
    assert month_of(day) == span("2026-11-01", "2026-12-01")
    assert quarter_of(day) == span("2026-10-01", "2027-01-01")
    assert year_of(day) == span("2026-01-01", "2027-01-01")


def test_last_days_end_with_today() -> None:
    assert last_days(date(2026, 11, 22), 1) == span("2026-11-22", "2026-11-23")
    assert last_days(date(2026, 11, 22), 90) == span("2026-08-25", "2026-11-23")
    for count in (0, -1, 10**9):
        with pytest.raises(InvalidInput, match="period"):
            last_days(date(2026, 11, 22), count)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (span("2026-03-01", "2026-04-01"), span("2026-02-01", "2026-03-01")),
        (span("2026-01-01", "2026-02-01"), span("2025-12-01", "2026-01-01")),
        (span("2026-01-01", "2026-04-01"), span("2025-10-01", "2026-01-01")),
        (span("2026-01-01", "2027-01-01"), span("2025-01-01", "2026-01-01")),
        # Three months that are no quarter roll by their days, as any other range does.
        (span("2026-02-01", "2026-05-01"), span("2025-11-04", "2026-02-01")),
        (span("2026-11-02", "2026-12-02"), span("2026-10-03", "2026-11-02")),
    ],
)
def test_previous(period: Period, before: Period) -> None:
    assert previous(period) == before


@pytest.mark.parametrize(
    ("period", "today", "expected"),
    [
        # Finished: the whole month before, though it has another number of days.
        ("2026-11", "2026-12-01", span("2026-10-01", "2026-11-01")),
        ("2026-02", "2026-03-01", span("2026-01-01", "2026-02-01")),
        ("2026-11", "2026-11-10", span("2026-10-01", "2026-10-11")),
        ("2026-11", "2026-11-01", span("2026-10-01", "2026-10-02")),
        # The month before is shorter: all of it.
        ("2026-03", "2026-03-31", span("2026-02-01", "2026-03-01")),
        ("2026-02", "2026-02-28", span("2026-01-01", "2026-01-29")),
        ("2026-Q4", "2026-11-22", span("2026-07-01", "2026-08-23")),
        ("2026", "2026-02-01", span("2025-01-01", "2025-02-02")),
        # Not begun: nothing to compare with.
        ("2027", "2026-11-22", span("2026-01-01", "2026-01-01")),
    ],
)
def test_a_running_period_is_compared_to_the_same_elapsed_day(period: str, today: str, expected: Period) -> None:
    assert previous_to_date(parse_period(period), date.fromisoformat(today)) == expected


@given(DAYS, some.integers(2, 400))
def test_rolling_days_are_compared_with_as_many_before(today: date, count: int) -> None:
    period = last_days(today, count)
    # On some days of the year the last 30 days happen to be a calendar month, and are compared as one.
    assume(" to " in label(period))
    before = previous_to_date(period, today)
    assert (before.end, before.days) == (period.start, count)


@given(DAYS, some.integers(-40, 40))
def test_steps_tile_the_calendar_and_return(day: date, count: int) -> None:
    for period in (month_of(day), quarter_of(day), year_of(day), last_days(day, 17)):
        assert period.start <= day < period.end
        assert previous(period).end == period.start
        assert step(period, 1).start == period.end
        assert step(step(period, count), -count) == period


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (span("2026-01-01", "2027-01-01"), "2026"),
        (span("2026-10-01", "2027-01-01"), "Q4 2026"),
        (span("2026-01-01", "2026-04-01"), "Q1 2026"),
        (span("2026-11-01", "2026-12-01"), "Nov 2026"),
        (span("2026-08-25", "2026-11-23"), "25 Aug to 22 Nov 2026"),
        (span("2025-12-25", "2026-01-02"), "25 Dec 2025 to 1 Jan 2026"),
        (span("2026-11-22", "2026-11-23"), "22 Nov 2026"),
    ],
)
def test_label(period: Period, text: str) -> None:
    assert label(period) == text


@pytest.mark.parametrize("count", [-3000, 9000, 10**12])
def test_no_step_leaves_the_calendar(count: int) -> None:
    for period in (parse_period("2026"), last_days(date(2026, 11, 22), 365)):
        with pytest.raises(InvalidInput, match="The calendar ends here"):
            step(period, count)


def test_days_and_membership() -> None:
    period = Period(date(2026, 11, 1), date(2026, 11, 1) + timedelta(days=3))
    assert period.days == 3
    assert [period.has(date(2026, 11, day)) for day in (1, 3, 4)] == [True, True, False]
    assert not period.has(None)
