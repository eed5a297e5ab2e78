"""What the side pane says of a deal's tasks and of what happened with it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from rich.style import Style

from .deal_details import ACME, TODAY, WON, a_task, entry
from .deal_reading import TONES, lines, section, style_of


@pytest.mark.parametrize(
    ("task", "expected", "tone"),
    [
        (a_task(1, "Call", TODAY - timedelta(5)), "▲ Call                               late 5d", TONES.overdue),
        (a_task(1, "Call", TODAY - timedelta(400)), "▲ Call                             late 400d", TONES.overdue),
        (a_task(1, "Call", TODAY, time(15)), "● Call                           today 15:00", TONES.soon),
        (a_task(1, "Call", TODAY), "● Call                                 today", TONES.soon),
        (a_task(1, "Call", TODAY + timedelta(6)), "● Call                            Sat 28 Nov", TONES.soon),
        (a_task(1, "Call", TODAY + timedelta(7)), "· Call                            Sun 29 Nov", TONES.muted),
        (a_task(1, "Call", date(2027, 1, 8)), "· Call                        Fri 8 Jan 2027", TONES.muted),
        (a_task(1, "Call", None), "· Call                               no date", TONES.muted),
        (
            a_task(1, "Call", TODAY - timedelta(5), time(15), snoozed_until=TODAY),
            "▲ Call                               late 5d",
            TONES.overdue,
        ),
        (
            a_task(1, "Call", TODAY, done=datetime(2026, 11, 18, 23, 30, tzinfo=UTC)),
            "✓ Call                                19 Nov",
            TONES.faint,
        ),
    ],
)
def test_a_task_has_a_sign_a_title_and_a_day(task: Any, expected: str, tone: Style) -> None:
    detail = ACME._replace(tasks=(task,))
    assert expected in section(detail, "Tasks")
    assert style_of(detail, expected.split("  ")[-1].strip()) == tone


def test_late_tasks_come_first_and_done_ones_last() -> None:
    tasks = (
        a_task(1, "done", TODAY, done=datetime(2026, 11, 20, tzinfo=UTC)),
        a_task(2, "some day", None),
        a_task(3, "planned", TODAY + timedelta(9)),
        a_task(4, "today late", TODAY, time(17)),
        a_task(5, "today early", TODAY, time(9)),
        a_task(6, "dropped", TODAY, is_dismissed=True),
        a_task(7, "late", TODAY - timedelta(1)),
    )
    found = section(ACME._replace(tasks=tasks), "Tasks")
    assert [line[2:].split("  ")[0] for line in found] == [
        "late",
        "today early",
        "today late",
        "planned",
        "some day",
        "done",
    ]


def test_an_open_deal_without_a_task_says_what_is_missing_and_which_key_helps() -> None:
    detail = ACME._replace(tasks=())
    assert section(detail, "Tasks") == ["○ no next step"]
    assert any(line.startswith("Tasks") and line.endswith("t new") for line in lines(detail))
    assert not any(line.startswith("Tasks") for line in lines(WON._replace(tasks=())))


def test_the_timeline_in_words() -> None:
    assert section(ACME, "Timeline") == [
        "08:00   n Their board meets on 3 December.",
        "20 Nov  c Call: 25 min. They compare us with",
        "          Initrode; price is not the issue,",
        "          the audit is.",
        "18 Nov  → Contacted to Qualified",
        "18 Nov  ✓ done: Intro call",
        "18 Nov  ± value 40,000 to 48,000",
        "16 Nov  m Mail: architecture overview",
        "14 Nov  → Lead to Contacted",
        "11 Nov  + created",
    ]
    assert style_of(ACME, "Contacted to Qualified") == TONES.accent
    assert style_of(ACME, "value 40,000") == TONES.muted
    assert style_of(ACME, "architecture overview") == TONES.text


@pytest.mark.parametrize(
    ("kind", "text", "expected", "tone"),
    [
        ("deal.won", "Qualified to Won", "✓ Qualified to Won", TONES.won),
        ("deal.lost", "Qualified to Lost", "→ Qualified to Lost", TONES.lost),
        ("deal.parked", "Qualified to Fridge", "◇ Qualified to Fridge", TONES.waiting),
        ("task.created", "planned: Call", "· planned: Call", TONES.muted),
        ("call", "Phone: no answer", "c Phone: no answer", TONES.text),
        ("meeting", "Both sites seen", "v Meeting: Both sites seen", TONES.text),
        ("unheard-of", "Something", "· Something", TONES.text),
    ],
)
def test_each_kind_of_entry_has_a_sign(kind: str, text: str, expected: str, tone: Style) -> None:
    detail = ACME._replace(timeline=(entry(3, kind, text),))
    assert section(detail, "Timeline") == [f"19 Nov  {expected}"]
    assert style_of(detail, text) == tone


def test_days_of_other_years_and_single_figures_stand_under_each_other() -> None:
    happened = (entry(13, "note", "a"), entry(20, "note", "b"), entry(400, "note", "c"), entry(1, "note", "d", hour=23))
    assert section(ACME._replace(timeline=happened), "Timeline") == [
        " 9 Nov     n a",
        " 2 Nov     n b",
        "18 Oct 25  n c",
        "00:00      n d",
    ]


def test_people_are_named_where_there_are_several() -> None:
    several = (entry(1, "note", "a"), entry(2, "note", "b", actor="Boris"), entry(3, "note", "c", actor=""))
    found = section(ACME._replace(timeline=several), "Timeline")
    assert [line.split()[3:] for line in found] == [["a", "AN"], ["b", "Bo"], ["c"]]
    alone = (entry(1, "note", "a"), entry(3, "note", "c", actor=""))
    assert [line.split()[3:] for line in section(ACME._replace(timeline=alone), "Timeline")] == [["a"], ["c"]]


def test_a_deal_in_which_nothing_happened() -> None:
    assert section(ACME._replace(timeline=()), "Timeline") == ["nothing happened yet"]
