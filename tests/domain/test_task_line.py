"""One line that makes a task."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.dates import parse_when
from pipeboard.domain.recurrence import rule_text
from pipeboard.domain.task import TASK_KINDS
from pipeboard.domain.task_line import TaskLine, describe_task_line, parse_task_line

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "title", "due_on", "due_time"),
    [
        ("call Bob fri 15:00", "call Bob", FRIDAY, time(15)),
        ("call Bob", "call Bob", None, None),
        ("", "", None, None),
        ("fri", "", FRIDAY, None),
        ("send offer by friday", "send offer", FRIDAY, None),
        ("send offer due:fri 9:00", "send offer", FRIDAY, time(9)),
        ("meet next fri", "meet", FRIDAY, None),
        ("meet at 3pm", "meet", date(2026, 11, 22), time(15)),
        ("mail Anna +3d", "mail Anna", date(2026, 11, 25), None),
        ("mail Anna in 2 weeks", "mail Anna", date(2026, 12, 6), None),
        ("demo 1 dec", "demo", date(2026, 12, 1), None),
        ("demo 2026-12-01", "demo", date(2026, 12, 1), None),
        ("позвонить Ивану завтра", "позвонить Ивану", date(2026, 11, 23), None),
        ("zadzwoń do piątku", "zadzwoń", FRIDAY, None),
        ("list things to do tomorrow", "list things to do", date(2026, 11, 23), None),
        ("order 3000 seats", "order 3000 seats", None, None),
        ("review contract 2026", "review contract 2026", None, None),
        (r"watch \fri", "watch fri", None, None),
        ("call 31.02", "call 31.02", None, None),
        ("fri call Bob", "fri call Bob", None, None),
        ("call\nBob\tfri", "call Bob", FRIDAY, None),
    ],
)
def test_title_and_day(text: str, title: str, due_on: date | None, due_time: time | None) -> None:
    line = parse_task_line(text, NOW)
    assert (line.title, line.due_on, line.due_time, line.assignee) == (title, due_on, due_time, None)


@pytest.mark.parametrize(
    ("text", "title", "assignee"),
    [
        ("call Bob @anna fri", "call Bob", "anna"),
        ("@anna call Bob fri", "call Bob", "anna"),
        ("call Bob fri @anna", "call Bob", "anna"),
        ('call Bob @"Anna Kowalska" fri', "call Bob", "Anna Kowalska"),
        ("mail bob@example.com fri", "mail bob@example.com", None),
        ("call @anna @ben fri", "call @ben", "anna"),
        (r"call \@home fri", "call @home", None),
        ("call Bob @ 15:00", "call Bob", None),
    ],
)
def test_assignee(text: str, title: str, assignee: str | None) -> None:
    line = parse_task_line(text, NOW)
    assert (line.title, line.assignee) == (title, assignee)
    assert line.due_on is not None


@pytest.mark.parametrize(
    ("text", "kind"), [("call Bob fri", "call"), ("send offer", "mail"), ("demo mon", "meeting"), ("think", "todo")]
)
def test_kind_follows_from_the_title(text: str, kind: str) -> None:
    assert parse_task_line(text, NOW).kind == kind


def test_the_line_is_told_back_in_parts() -> None:
    told = describe_task_line(parse_task_line("call Bob @anna fri 15:00", NOW), NOW.date())
    assert told == (
        ("title", "call Bob"),
        ("kind", "call"),
        ("due", "Fri 27 Nov 2026 15:00, in 5 days"),
        ("assignee", "for anna"),
    )
    assert describe_task_line(TaskLine("", "todo", None, None, None), NOW.date()) == (("due", "no date"),)


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    line = parse_task_line(text, NOW)
    assert line.kind in TASK_KINDS
    assert line.title == " ".join(line.title.split())
    assert line.due_time is None or line.due_on is not None


@given(
    st.lists(st.sampled_from(["call", "Bob", "offer", "3000", "Łódź", "[/b]"]), min_size=1, max_size=8),
    st.sampled_from(["fri", "tomorrow", "+3d", "1 dec", "eom", "fri 15:00", "2026-12-01", "in 2 weeks", "jutro"]),
)
def test_words_before_a_day_are_the_title_and_none_is_lost(words: list[str], day: str) -> None:
    title = " ".join([*words, "x"])
    line = parse_task_line(f"{title} {day}", NOW)
    assert line.title == title
    assert (line.due_on, line.due_time) == parse_when(day, NOW)


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "c++", "[/]", "zażółć"]), min_size=1, max_size=9))
def test_a_line_without_a_day_is_all_title(words: list[str]) -> None:
    assert parse_task_line(" ".join(words), NOW)[:4] == (" ".join(words), "todo", None, None)


def test_the_whole_line() -> None:
    line = parse_task_line("call Bob about pricing fri 15:00 !30m @anna every:2w", NOW)
    assert line[:6] == ("call Bob about pricing", "call", FRIDAY, time(15), "anna", 30)
    assert line.rule is not None
    assert describe_task_line(line, NOW.date())[-2:] == (
        ("remind", "reminds 30 min before"),
        ("every", "every 2 weeks"),
    )


@pytest.mark.parametrize(
    ("text", "title", "due_on", "due_time", "every"),
    [
        ("call every:2w fri 15:00", "call", FRIDAY, time(15), "FREQ=WEEKLY;INTERVAL=2"),
        ("every:mon,thu call Bob", "call Bob", date(2026, 11, 23), None, "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("report every:last day", "report", date(2026, 11, 30), None, "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ('report every:"last fri" 9am', "report", FRIDAY, time(9), "FREQ=MONTHLY;BYDAY=-1FR"),
        ("call every:2nd tue 10:00", "call", date(2026, 12, 8), time(10), "FREQ=MONTHLY;BYDAY=2TU"),
        ("review every:2 months until:1 mar fri", "review", FRIDAY, None, "FREQ=MONTHLY;INTERVAL=2;UNTIL=20270301"),
        ("check in every 2 weeks", "check in", NOW.date(), None, "FREQ=WEEKLY;INTERVAL=2"),
        ("позвонить каждый понедельник 10:00", "позвонить", date(2026, 11, 23), time(10), "FREQ=WEEKLY;BYDAY=MO"),
        ("zadzwoń co tydzień pt", "zadzwoń", FRIDAY, None, "FREQ=WEEKLY"),
        ("order every part tomorrow", "order every part", date(2026, 11, 23), None, ""),
        ("read every:foo fri", "read every:foo", FRIDAY, None, ""),
        (r"read \every:2w", "read every:2w", None, None, ""),
    ],
)
def test_how_it_comes_again(text: str, title: str, due_on: date | None, due_time: time | None, every: str) -> None:
    line = parse_task_line(text, NOW)
    assert (line.title, line.due_on, line.due_time) == (title, due_on, due_time)
    assert (rule_text(line.rule) if line.rule else "") == every


def test_an_exclamation_is_a_reminder_only_with_a_length_of_time() -> None:
    assert parse_task_line("win! !important fri", NOW)[:2] == ("win! !important", "todo")
    assert parse_task_line("call fri !1d !2d", NOW).remind_minutes == 1440


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Перезвонить Ивану", "call"), ("oddzwoń", "call"), ("wyslij oferte", "mail"), ("spotkanie z Janem", "meeting")],
)
def test_kinds_in_other_languages(text: str, kind: str) -> None:
    assert parse_task_line(text, NOW).kind == kind
