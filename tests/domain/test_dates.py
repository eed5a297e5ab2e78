"""Days typed in three languages, from a Wednesday morning: 18 November 2026, 10:00."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeboard.domain.dates import (
    When,
    clock_remark,
    describe_day,
    describe_when,
    instant_of,
    parse_when,
    short_day,
)
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.text import printable

NOW = datetime(2026, 11, 18, 10, 0)  # noqa: DTZ001
TODAY = NOW.date()

PHRASES = Path(__file__).parent / "date_phrases"
LANGUAGES = ("english", "russian", "polish")
MORE_REFUSED = (" ", "٥", "-999y", "+9999m", "+", "m", "Q", "a", "Sat 5 dec 2026x", "12:00:00 banana", "10 BST") + (
    *("\x1b[31m", "\u202e5", "[/]", "today" * 20, "3 banana", "january the 32nd"),
)


def _rows(name: str, between: str = " = ") -> list[tuple[str, str]]:
    """The phrases of a table with their meanings."""
    rows = (PHRASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [(row.partition(between)[0], row.partition(between)[2]) for row in rows]


def _meaning(text: str, *, is_past: bool = False) -> str:
    """What a phrase means, with midnight written out, or "refused"."""
    try:
        when = parse_when(text, NOW, is_past=is_past)
    except InvalidInput:
        return "refused"
    return when.on.isoformat() + ("" if when.at is None else f" {when.at:%H:%M}")


@pytest.mark.parametrize(("phrase", "meaning"), [row for name in LANGUAGES for row in _rows(name)])
def test_a_phrase_means_a_day(phrase: str, meaning: str) -> None:
    assert _meaning(phrase) == meaning
    assert _meaning(f"  {phrase.upper()} ") == meaning


@pytest.mark.parametrize(("phrase", "meaning"), _rows("past"))
def test_a_question_about_the_past_prefers_the_past(phrase: str, meaning: str) -> None:
    assert _meaning(phrase, is_past=True) == meaning


@pytest.mark.parametrize(("phrase", "said"), _rows("refused", " | "))
def test_a_phrase_is_refused_with_a_sentence(phrase: str, said: str) -> None:
    for is_past in (False, True):
        with pytest.raises(InvalidInput) as refusal:
            parse_when(phrase, NOW, is_past=is_past)
        assert str(refusal.value) == said


@pytest.mark.parametrize("phrase", MORE_REFUSED)
def test_a_phrase_is_refused(phrase: str) -> None:
    assert _meaning(phrase) == "refused"


def test_there_are_enough_phrases() -> None:
    assert all(len({phrase for phrase, _ in _rows(name)}) >= 100 for name in LANGUAGES)
    assert len(_rows("refused", " | ")) >= 50


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("31/02/2026", '"31/02/2026" is not a date: February 2026 has no day 31.'),
        ("31.02", '"31.02" is not a date: February has no day 31.'),
        ("5", '"5" is not a date: a bare number is no day; write 5 dec, 5th or +5d.'),
        ("12/01", '"12/01" is not a date: it could be 12 January or 1 December; write the month as a word.'),
        ("fri 5 dec 2026", '"fri 5 dec 2026" is not a date: 2026-12-05 is a Saturday.'),
        ("banana", '"banana" is not a date. Try tomorrow, fri, +3d, 2 weeks, 1 dec, eom or 2026-12-01.'),
        ("25:00", '"25:00" is not a date: there is no time 25:00.'),
        ("1989-12-31", '"1989-12-31" is the year 1989, which is too far away.'),
        ("", "Nothing is not a date. Try tomorrow, fri, +3d, 2 weeks, 1 dec, eom or 2026-12-01."),
        ("\x1b[31mx", '"[31mx" is not a date. Try tomorrow, fri, +3d, 2 weeks, 1 dec, eom or 2026-12-01.'),
    ],
)
def test_a_refusal_names_what_was_typed_and_why(phrase: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_when(phrase, NOW)
    assert str(refusal.value) == said


def test_months_are_clamped_to_their_last_day() -> None:
    on_the_31st = datetime(2027, 1, 31, 9, 0)  # noqa: DTZ001
    assert parse_when("+1m", on_the_31st).on == date(2027, 2, 28)
    assert parse_when("+13m", on_the_31st).on == date(2028, 2, 29)
    assert parse_when("-2m", on_the_31st).on == date(2026, 11, 30)


def test_the_week_ends_on_the_coming_friday_at_a_weekend() -> None:
    saturday = datetime(2026, 11, 21, 9, 0)  # noqa: DTZ001
    assert parse_when("eow", saturday).on == date(2026, 11, 27)
    assert parse_when("next fri", saturday).on == date(2026, 11, 27)
    assert parse_when("+1bd", saturday).on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("on", "full", "short"),
    [
        (date(2026, 11, 18), "Wed 18 Nov 2026, today", "today"),
        (date(2026, 11, 19), "Thu 19 Nov 2026, tomorrow", "tomorrow"),
        (date(2026, 11, 17), "Tue 17 Nov 2026, yesterday", "yesterday"),
        (date(2026, 11, 20), "Fri 20 Nov 2026, in 2 days", "fri"),
        (date(2026, 11, 24), "Tue 24 Nov 2026, in 6 days", "tue"),
        (date(2026, 11, 25), "Wed 25 Nov 2026, in 7 days", "25 nov"),
        (date(2026, 12, 1), "Tue 1 Dec 2026, in 13 days", "1 dec"),
        (date(2026, 11, 5), "Thu 5 Nov 2026, 13 days ago", "5 nov"),
        (date(2027, 11, 28), "Sun 28 Nov 2027, in 375 days", "28 nov 27"),
    ],
)
def test_a_day_is_told_back_in_full_and_short(on: date, full: str, short: str) -> None:
    assert describe_day(on, TODAY) == full
    assert short_day(on, TODAY) == short


def test_a_time_is_told_back_with_its_day() -> None:
    assert describe_when(When(date(2026, 11, 20), time(15, 0)), TODAY) == "Fri 20 Nov 2026 15:00, in 2 days"
    assert describe_when(When(TODAY, None), TODAY) == "Wed 18 Nov 2026, today"


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_told_back_is_understood_again_and_short_days_fit(on: date) -> None:
    assert parse_when(describe_day(on, TODAY).partition(",")[0], NOW).on == on
    assert parse_when(on.isoformat(), NOW).on == on
    assert len(short_day(on, TODAY)) <= 9


_SCRAPS = """
next last end in at fri dec пт через 2 нед за w 31 2026 12.31 +3d 15:00 9am th 1st of q3 / - . 9999 y
"""
_PHRASES = st.lists(st.sampled_from(_SCRAPS.split()), max_size=5).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=30), _PHRASES), st.booleans())
def test_any_text_is_a_day_or_refused(text: str, is_past: bool) -> None:
    try:
        when = parse_when(text, NOW, is_past=is_past)
    except InvalidInput as refusal:
        said = str(refusal)
    else:
        said = describe_when(when, TODAY)
        assert 1990 <= when.on.year <= 2100
    assert said == printable(said)


ZONES = ("America/New_York", "Europe/Warsaw", "Asia/Kolkata", "Pacific/Apia")


@pytest.mark.parametrize("zone", ZONES)
def test_a_phrase_is_seen_from_the_local_day(zone: str) -> None:
    """One instant, three days: it is 21 November in New York and 22 November 20 minutes past midnight in Apia."""
    now = datetime(2026, 11, 21, 11, 20, tzinfo=UTC).astimezone(ZoneInfo(zone))
    day = {"Pacific/Apia": date(2026, 11, 22)}.get(zone, date(2026, 11, 21))
    assert parse_when("today", now).on == day
    assert parse_when("tomorrow", now).on == day + timedelta(1)
    assert parse_when("mon", now).on == date(2026, 11, 23)
    assert parse_when("0:10", now).on == day + timedelta(1)


@pytest.mark.parametrize(
    ("zone", "now", "phrase", "local"),
    [
        ("America/New_York", "2026-03-08T01:30-05:00", "+2h", "2026-03-08 04:30"),
        ("America/New_York", "2026-11-01T00:30-04:00", "in 2 hours", "2026-11-01 01:30"),
        ("America/New_York", "2026-11-01T00:30-04:00", "in 3 hours", "2026-11-01 02:30"),
        ("Europe/Warsaw", "2026-10-25T01:30+02:00", "za 2 godziny", "2026-10-25 02:30"),
        ("Europe/Warsaw", "2026-03-29T03:30+02:00", "час назад", "2026-03-29 01:30"),
        ("Asia/Kolkata", "2026-03-08T23:45+05:30", "in 30 minutes", "2026-03-09 00:15"),
        ("Pacific/Apia", "2026-12-31T23:30+13:00", "+1h", "2027-01-01 00:30"),
    ],
)
def test_hours_are_hours_when_the_clocks_change(zone: str, now: str, phrase: str, local: str) -> None:
    when = parse_when(phrase, datetime.fromisoformat(now).astimezone(ZoneInfo(zone)))
    assert f"{when.on} {when.at:%H:%M}" == local


def test_the_second_of_two_equal_hours_keeps_its_place() -> None:
    zone = ZoneInfo("America/New_York")
    now = datetime(2026, 11, 1, 0, 30, tzinfo=zone)
    assert instant_of(parse_when("in 2 hours", now), zone) - now.astimezone(UTC) == timedelta(hours=2)


_SKIPPED = "the clocks skip 12:00 that day; Sat 31 Dec 2011 12:00 is meant"


@pytest.mark.parametrize(
    ("zone", "on", "at", "instant", "remark"),
    [
        (ZONES[0], "2026-03-08", "02:30", "2026-03-08T07:30", "the clocks skip 02:30 that day; 03:30 is meant"),
        (ZONES[0], "2026-11-01", "01:30", "2026-11-01T05:30", "01:30 comes twice that day; the first is meant"),
        (ZONES[1], "2026-03-29", "02:00", "2026-03-29T01:00", "the clocks skip 02:00 that day; 03:00 is meant"),
        (ZONES[1], "2026-10-25", "02:59", "2026-10-25T00:59", "02:59 comes twice that day; the first is meant"),
        (ZONES[1], "2026-03-29", "03:00", "2026-03-29T01:00", ""),
        (ZONES[2], "2026-03-29", "02:30", "2026-03-28T21:00", ""),
        (ZONES[3], "2011-12-30", "12:00", "2011-12-30T22:00", _SKIPPED),
        (ZONES[3], "2011-12-31", "12:00", "2011-12-30T22:00", ""),
    ],
)  # fmt: skip
def test_a_local_time_becomes_an_instant(zone: str, on: str, at: str, instant: str, remark: str) -> None:
    when = When(date.fromisoformat(on), time.fromisoformat(at))
    assert instant_of(when, ZoneInfo(zone)) == datetime.fromisoformat(f"{instant}+00:00")
    assert clock_remark(when, ZoneInfo(zone)) == remark


def test_a_day_without_a_time_is_its_first_moment_or_the_one_asked_for() -> None:
    warsaw = ZoneInfo(ZONES[1])
    assert instant_of(When(date(2026, 11, 20), None), warsaw) == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert instant_of(When(date(2026, 11, 20), None), warsaw, default=time(12)).hour == 11
    assert clock_remark(When(date(2026, 3, 29), None), warsaw) == ""
