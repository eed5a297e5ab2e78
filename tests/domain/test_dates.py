"""Days typed in three languages, from a Wednesday morning: 18 November 2026, 10:00."""

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeboard.domain.dates import When, describe_day, describe_when, parse_when, short_day
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.text import printable

NOW = datetime(2026, 11, 18, 10, 0)  # noqa: DTZ001
TODAY = NOW.date()

ENGLISH = """
today = 2026-11-18
TODAY = 2026-11-18
tomorrow = 2026-11-19
  Tomorrow   = 2026-11-19
yesterday = 2026-11-17
fri = 2026-11-20
friday = 2026-11-20
on friday = 2026-11-20
by Friday = 2026-11-20
wed = 2026-11-25
tues = 2026-11-24
thurs = 2026-11-19
sunday = 2026-11-22
this fri = 2026-11-20
this wed = 2026-11-18
next fri = 2026-11-27
next friday = 2026-11-27
next mon = 2026-11-23
next wed = 2026-11-25
last fri = 2026-11-13
last wed = 2026-11-11
weekend = 2026-11-21
+3d = 2026-11-21
+2w = 2026-12-02
+1m = 2026-12-18
+1q = 2027-02-18
+1y = 2027-11-18
+3bd = 2026-11-23
+1bd = 2026-11-19
-3bd = 2026-11-13
-2w = 2026-11-04
2w = 2026-12-02
3d = 2026-11-21
2 weeks = 2026-12-02
in 2 weeks = 2026-12-02
in two weeks = 2026-12-02
in a month = 2026-12-18
in 3 business days = 2026-11-23
3 days ago = 2026-11-15
a week ago = 2026-11-11
eow = 2026-11-20
eom = 2026-11-30
eoq = 2026-12-31
eoy = 2026-12-31
end of month = 2026-11-30
end of the quarter = 2026-12-31
end of next month = 2026-12-31
end of december = 2026-12-31
december = 2026-12-31
feb 2028 = 2028-02-29
october = 2027-10-31
q3 = 2027-09-30
q4 = 2026-12-31
q1 2027 = 2027-03-31
q1/2027 = 2027-03-31
next week = 2026-11-25
next month = 2026-12-18
next quarter = 2027-02-18
next year = 2027-11-18
last week = 2026-11-11
this month = 2026-11-30
1 dec = 2026-12-01
1dec = 2026-12-01
dec 1 = 2026-12-01
dec 1st = 2026-12-01
1st of december = 2026-12-01
1 dec 2026 = 2026-12-01
1 dec 27 = 2027-12-01
December 1, 2026 = 2026-12-01
1-dec-2026 = 2026-12-01
Tue, 1 December 2026 = 2026-12-01
Fri 20 Nov 2026 = 2026-11-20
tuesday 8th = 2026-12-08
1 nov = 2027-11-01
18 nov = 2026-11-18
29 feb = 2028-02-29
12.01 = 2027-01-12
12.01. = 2027-01-12
1.5 = 2027-05-01
12.01.2027 = 2027-01-12
12.01.27 = 2027-01-12
31/12/2026 = 2026-12-31
12/31 = 2026-12-31
5/5 = 2027-05-05
2026-12-01 = 2026-12-01
2026/12/1 = 2026-12-01
15th = 2026-12-15
the 15th = 2026-12-15
18th = 2026-11-18
31st = 2026-12-31
3pm = 2026-11-18 15:00
9:00 = 2026-11-19 09:00
15:00 = 2026-11-18 15:00
noon = 2026-11-18 12:00
midnight = 2026-11-19 00:00
fri 15:00 = 2026-11-20 15:00
15:00 fri = 2026-11-20 15:00
tomorrow at 9 = 2026-11-19 09:00
tomorrow 9:30am = 2026-11-19 09:30
tomorrow 12am = 2026-11-19 00:00
9am tomorrow = 2026-11-19 09:00
2026-12-01 15:00 = 2026-12-01 15:00
2026-12-01T15:00 = 2026-12-01 15:00
+2h = 2026-11-18 12:00
in 30 minutes = 2026-11-18 10:30
+20h = 2026-11-19 06:00
"""

RUSSIAN = """
сегодня = 2026-11-18
завтра = 2026-11-19
послезавтра = 2026-11-20
вчера = 2026-11-17
позавчера = 2026-11-16
пт = 2026-11-20
пт. = 2026-11-20
пятница = 2026-11-20
в пятницу = 2026-11-20
во вторник = 2026-11-24
до понедельника = 2026-11-23
в следующую пятницу = 2026-11-27
в эту среду = 2026-11-18
в прошлую среду = 2026-11-11
через 2 недели = 2026-12-02
через две недели = 2026-12-02
через неделю = 2026-11-25
через месяц = 2026-12-18
через полгода = 2027-05-18
через 3 рабочих дня = 2026-11-23
через год = 2027-11-18
2 дня назад = 2026-11-16
2 нед = 2026-12-02
3д = 2026-11-21
на следующей неделе = 2026-11-25
1 декабря = 2026-12-01
1 декабря 2026 г. = 2026-12-01
1 дек = 2026-12-01
10 мая = 2027-05-10
конец месяца = 2026-11-30
до конца недели = 2026-11-20
конец квартала = 2026-12-31
конец декабря = 2026-12-31
15-го = 2026-12-15
15 числа = refused
завтра в 9 = 2026-11-19 09:00
в 15:00 = 2026-11-18 15:00
в среду в 15:30 = 2026-11-25 15:30
в полдень = 2026-11-18 12:00
через час = 2026-11-18 11:00
"""

POLISH = """
dzisiaj = 2026-11-18
dziś = 2026-11-18
dzis = 2026-11-18
jutro = 2026-11-19
pojutrze = 2026-11-20
wczoraj = 2026-11-17
przedwczoraj = 2026-11-16
pt = 2026-11-20
piątek = 2026-11-20
piatek = 2026-11-20
w piątek = 2026-11-20
we wtorek = 2026-11-24
w środę = 2026-11-25
w sobotę = 2026-11-21
do poniedziałku = 2026-11-23
w przyszły piątek = 2026-11-27
w zeszły piątek = 2026-11-13
za 2 tygodnie = 2026-12-02
za dwa tygodnie = 2026-12-02
w 2 tygodnie = 2026-12-02
za tydzień = 2026-11-25
za miesiąc = 2026-12-18
za miesiac = 2026-12-18
za 3 dni = 2026-11-21
za 3 dni robocze = 2026-11-23
za rok = 2027-11-18
3 dni temu = 2026-11-15
3 mies. = 2027-02-18
w przyszłym tygodniu = 2026-11-25
1 grudnia = 2026-12-01
1 grudnia 2026 r. = 2026-12-01
10 maja = 2027-05-10
3 paź = 2027-10-03
koniec miesiąca = 2026-11-30
do końca kwartału = 2026-12-31
koniec grudnia = 2026-12-31
jutro o 9 = 2026-11-19 09:00
jutro o 15:30 = 2026-11-19 15:30
w południe = 2026-11-18 12:00
za godzinę = 2026-11-18 11:00
"""

PAST = """
fri = 2026-11-13
wed = 2026-11-11
next fri = 2026-11-27
1 dec = 2025-12-01
1 nov = 2026-11-01
18 nov = 2026-11-18
12.01 = 2026-01-12
31.12 = 2025-12-31
29.02 = 2024-02-29
15th = 2026-11-15
20th = 2026-10-20
31st = 2026-10-31
3d = 2026-11-15
in 3d = 2026-11-21
+3d = 2026-11-21
q3 = 2026-09-30
q4 = 2025-12-31
october = 2026-10-31
november = 2025-11-30
9:00 = 2026-11-18 09:00
15:00 = 2026-11-17 15:00
2026-12-01 = 2026-12-01
"""

REFUSED = (
    *("", " ", "banana", "next banana", "3 banana", "maybe", "the", "at", "in", "ago", "w", "в", "a"),
    *("5", "05", "2026", "20261201", "٥", "+3", "-", "+", "m", "Q", "½", "1e5", "0.5"),
    *("31/02/2026", "31.02", "30 feb", "32 dec", "0 dec", "2026-02-30", "2026-13-01", "13.13", "29.02.2027"),
    *("12/01", "10/11/12", "01/12/2026", "1.2.3.4", "1/2/3"),
    *("32nd", "0th", "q5", "fri fri", "yesterday tomorrow", "Mon 20 nov 2026", "Sat 5 dec 2026x"),
    *("25:00", "fri 25:00", "13pm", "0am", "99:99", "10:00 BST", "10 BST", "12:00:00 banana"),
    *("2101-01-01", "1989-12-31", "+9999y", "+9999m", "-999y", "\x1b[31m", "\u202e5", "[/]", "today" * 20),
)


def _rows(table: str) -> list[tuple[str, str]]:
    """The phrases of a table with their meanings."""
    return [(row.partition(" = ")[0], row.partition(" = ")[2]) for row in table.splitlines() if row]


def _meaning(text: str, *, is_past: bool = False) -> str:
    """What a phrase means, with midnight written out, or "refused"."""
    try:
        when = parse_when(text, NOW, is_past=is_past)
    except InvalidInput:
        return "refused"
    return when.on.isoformat() + ("" if when.at is None else f" {when.at:%H:%M}")


@pytest.mark.parametrize(("phrase", "meaning"), _rows(ENGLISH + RUSSIAN + POLISH))
def test_a_phrase_means_a_day(phrase: str, meaning: str) -> None:
    assert _meaning(phrase) == meaning


@pytest.mark.parametrize(("phrase", "meaning"), _rows(PAST))
def test_a_question_about_the_past_prefers_the_past(phrase: str, meaning: str) -> None:
    assert _meaning(phrase, is_past=True) == meaning


@pytest.mark.parametrize("phrase", REFUSED)
def test_a_phrase_is_refused(phrase: str) -> None:
    assert _meaning(phrase) == "refused"


def test_there_are_enough_phrases() -> None:
    assert len(_rows(ENGLISH + RUSSIAN + POLISH)) >= 120
    assert len(REFUSED) >= 40


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
