"""One line that makes a task."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.dates import parse_when
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
