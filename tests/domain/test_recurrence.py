"""Tasks that come again: against dateutil where the rule is an RRULE's, against a written table for month ends."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.recurrence import (
    Occurrence,
    calendar_rule,
    days_after,
    describe_rule,
    first_on,
    following,
    rule_of,
    rule_text,
)

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def days(text: str, anchor: date, count: int = 6) -> list[date]:
    return list(islice(days_after(rule_of(text), anchor), count))


def by_rrule(text: str, anchor: date, count: int = 6) -> list[date]:
    start = datetime.combine(anchor, time())
    return [moment.date() for moment in islice((m for m in rrulestr(text, dtstart=start) if m > start), count)]


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2",
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,WE",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYMONTHDAY=15",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
        "FREQ=MONTHLY;BYDAY=4SU",
        "FREQ=DAILY;UNTIL=20260301",
        "FREQ=WEEKLY;COUNT=4",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO",
    ],
)
@pytest.mark.parametrize("anchor", [date(2026, 2, 26), date(2024, 2, 29), date(2025, 12, 31), date(2026, 11, 1)])
def test_the_days_of_an_rrule(text: str, anchor: date) -> None:
    is_counted = "COUNT" in text  # dateutil counts the start only when it fits the rule; ours is the first task always
    if is_counted:
        assert days(text, anchor) == by_rrule(text, anchor)
    else:
        assert days(text, anchor, 12) == by_rrule(text, anchor, 12)


MONTH_ENDS = [
    ("FREQ=MONTHLY", "2026-01-31", "2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30 2026-07-31"),
    ("FREQ=MONTHLY", "2027-12-30", "2028-01-30 2028-02-29 2028-03-30 2028-04-30 2028-05-30 2028-06-30"),
    ("FREQ=MONTHLY", "2026-02-28", "2026-03-28 2026-04-28 2026-05-28 2026-06-28 2026-07-28 2026-08-28"),
    ("FREQ=MONTHLY;INTERVAL=3", "2025-11-30", "2026-02-28 2026-05-30 2026-08-30 2026-11-30 2027-02-28 2027-05-30"),
    ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-04-30", "2026-05-31 2026-06-30 2026-07-31 2026-08-31 2026-09-30 2026-10-31"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "2024-02-10", "2024-02-29 2024-03-31 2024-04-30 2024-05-31 2024-06-30 2024-07-31"),
    ("FREQ=YEARLY", "2024-02-29", "2025-02-28 2026-02-28 2027-02-28 2028-02-29 2029-02-28 2030-02-28"),
    ("FREQ=YEARLY;INTERVAL=4", "2096-02-29", "2100-02-28"),
    ("FREQ=MONTHLY;INTERVAL=6", "2026-08-31", "2027-02-28 2027-08-31 2028-02-29 2028-08-31 2029-02-28 2029-08-31"),
]


@pytest.mark.parametrize(("text", "anchor", "expected"), MONTH_ENDS)
def test_month_ends_are_counted_from_the_anchor(text: str, anchor: str, expected: str) -> None:
    assert [f"{on}" for on in days(text, date.fromisoformat(anchor))] == expected.split()


@pytest.mark.parametrize(("text", "anchor"), [(row[0], row[1]) for row in MONTH_ENDS if not row[1].startswith("2096")])
def test_a_calendar_is_told_the_same_days(text: str, anchor: str) -> None:
    start = date.fromisoformat(anchor)
    assert by_rrule(calendar_rule(rule_of(text), start), start) == days(text, start)


@settings(max_examples=60)
@given(anchor=DAYS, late=st.integers(0, 900), text=st.sampled_from([row[0] for row in MONTH_ENDS] + ["FREQ=WEEKLY"]))
def test_what_follows_is_after_today_and_on_the_grid(anchor: date, late: int, text: str) -> None:
    rule, today = rule_of(text), anchor + timedelta(late)
    found = following(rule, anchor, 0, today)
    assert found is not None
    assert found.on > today
    assert found.on == list(islice(days_after(rule, anchor), found.number))[-1]
    before = list(islice(days_after(rule, anchor), found.number - 1))
    assert all(on <= today for on in before), "nothing after today is left out"


def test_late_early_and_the_end_of_a_series() -> None:
    weekly, friday = rule_of("FREQ=WEEKLY"), date(2026, 11, 20)
    assert following(weekly, friday, 0, friday) == Occurrence(date(2026, 11, 27), 1)
    assert following(weekly, friday, 0, date(2027, 1, 1)) == Occurrence(date(2027, 1, 8), 7), "no pile of missed ones"
    assert following(weekly, friday, 1, date(2026, 11, 25)) == Occurrence(date(2026, 12, 4), 2), "done early"
    assert following(rule_of("FREQ=WEEKLY;UNTIL=20261127"), friday, 1, friday) is None
    assert following(rule_of("FREQ=WEEKLY;COUNT=2"), friday, 0, friday) == Occurrence(date(2026, 11, 27), 1)
    assert following(rule_of("FREQ=WEEKLY;COUNT=2"), friday, 1, friday) is None
    assert following(rule_of("FREQ=YEARLY"), date(2099, 5, 1), 1, date(2100, 6, 1)) is None


def test_a_series_without_a_day_begins_on_the_first_one_of_its_rule() -> None:
    sunday = date(2026, 11, 22)
    assert first_on(rule_of("FREQ=WEEKLY;INTERVAL=2"), sunday) == sunday
    assert first_on(rule_of("FREQ=WEEKLY;BYDAY=MO"), sunday) == date(2026, 11, 23)
    assert first_on(rule_of("FREQ=WEEKLY;BYDAY=SU"), sunday) == sunday
    assert first_on(rule_of("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=1"), sunday) == date(2026, 11, 30)


@pytest.mark.parametrize(
    "zone",
    ["America/New_York", "Europe/Warsaw", "Asia/Kolkata", "Pacific/Apia"],
)
def test_a_change_of_the_clocks_moves_no_day_and_no_hour(zone: str) -> None:
    """Apia had no 30 December 2011, New York and Warsaw change in March and November: 9:00 stays 9:00."""
    found = [date(2026, 3, 1), *days("FREQ=DAILY", date(2026, 3, 1), 260)]
    assert [(b - a).days for a, b in pairwise(found)] == [1] * 260
    local = [datetime.combine(on, time(9), ZoneInfo(zone)) for on in found]
    assert {moment.astimezone(UTC).astimezone(ZoneInfo(zone)).time() for moment in local} == {time(9)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=WEEKLY;INTERVAL=2", "every 2 weeks"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every working day"),
        ("FREQ=WEEKLY;BYDAY=TH,MO", "every Mon and Thu"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every 2 weeks on Monday"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        ("FREQ=MONTHLY;INTERVAL=2;UNTIL=20270301", "every 2 months until 1 Mar 2027"),
        ("rrule:freq=daily;count=5", "every day, 5 times"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "by the rule freq=monthly;byday=mo,tu;bysetpos=1"),
    ],
)
def test_rules_in_words_and_back(text: str, words: str) -> None:
    rule = rule_of(text)
    assert describe_rule(rule) == words
    assert rule_of(rule_text(rule)) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=WEEKLY;INTERVAL=x",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY=99",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;UNTIL=never",
        "FREQ=DAILY;" + "X" * 300,
    ],
)
def test_what_is_no_rule_is_told(text: str) -> None:
    with pytest.raises(InvalidInput):
        rule_of(text)


@given(st.text(alphabet="FREQ=WKLYDAIMOTH;,-0123456789BYSTUN", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    try:
        rule = rule_of(f"FREQ=WEEKLY;{text}")
    except InvalidInput:
        return
    assert rule_of(rule_text(rule)) == rule
