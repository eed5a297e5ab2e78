"""The help, the next step, the first run and the message."""

from datetime import date, time

import pytest

from pipeboard.tui.dialogs.complete import CompleteAnswer, CompleteDialog
from pipeboard.tui.dialogs.first_run import FirstRun, FirstRunAnswer
from pipeboard.tui.dialogs.help import HelpDialog, HelpEntry
from pipeboard.tui.dialogs.help_lines import columns_of, find_entries, grouped_lines
from pipeboard.tui.dialogs.message import MessageDialog

from .dialog_harness import NOW, TODAY, asking

ENTRIES = [
    HelpEntry("Deal", "L > shift+right", "Move forward", "One stage on", "deal.advance"),
    HelpEntry("Deal", "w", "Won", "Close as won", "deal.win"),
    HelpEntry("View", "l right", "Right", "The stage on the right", "cursor.right"),
    HelpEntry("Program", "? f1", "Help", "All keys", "program.help"),
    HelpEntry("Deal", "x", "Lost", "Close as lost", "deal.lose"),
]
TEMPLATES = [("b2b", "B2B sales", "Lead to negotiation"), ("saas", "SaaS", "Demo and trial")]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("L", "deal.advance"),
        ("l", "cursor.right"),
        ("shift+right", "deal.advance"),
        ("Shift+Right", "deal.advance"),
        ("?", "program.help"),
        ("key:x", "deal.lose"),
        ("key:F1", "program.help"),
        ("close lost", "deal.lose"),
        ("deal.win", "deal.win"),
    ],
)
async def test_the_help_finds_by_key_and_by_text_and_runs(query: str, first: str) -> None:
    assert find_entries(query, ENTRIES)[0].action_id == first


async def test_enter_runs_the_entry_under_the_cursor() -> None:
    async with asking(HelpDialog(ENTRIES)) as asked:
        await asked.press("down", "down", "enter")
        assert asked.answer == "deal.lose"
    async with asking(HelpDialog(ENTRIES)) as asked:
        await asked.press("L", "enter")
        assert asked.answer == "deal.advance"
    async with asking(HelpDialog(ENTRIES)) as asked:
        await asked.press(*"zzz", "enter")
        assert asked.is_open
        await asked.press("escape")
        assert asked.answer is None


async def test_the_help_is_grouped_and_uses_two_columns_when_wide() -> None:
    async with asking(HelpDialog(ENTRIES)) as asked:
        rows = [row for row in asked.text.splitlines() if row.startswith("│") and ("Won" in row or "Lost" in row)]
        assert len(rows) == 2
    async with asking(HelpDialog(ENTRIES), (160, 45)) as asked:
        row = next(row for row in asked.text.splitlines() if "Move forward" in row)
        assert "Right" in row


def test_no_group_is_split_between_columns() -> None:
    many = [HelpEntry(f"Group {n // 7}", "a", "b", "c", str(n)) for n in range(70)]
    columns = columns_of(grouped_lines(many), 2)
    places = [[line.place for line in column if line.place is not None] for column in columns]
    assert places == [list(range(35)), list(range(35, 70))]
    assert all(column[0].heading for column in columns)


async def test_the_cursor_stays_visible_in_a_long_help() -> None:
    many = [HelpEntry(f"Group {n // 7}", "a", f"Entry {n}.", "c", str(n)) for n in range(70)]
    async with asking(HelpDialog(many), (60, 20)) as asked:
        for _ in range(7):
            await asked.press("pagedown")
        assert "Entry 69." in asked.text
        await asked.press(*["pageup"] * 7)
        assert "Group 0" in asked.text
        await asked.press("enter")
        assert asked.answer == "0"


def complete() -> CompleteDialog:
    """A done task with two suggestions."""
    return CompleteDialog("Send offer", ["Call Bob", "Book a visit"], today=TODAY, now_local=NOW)


async def test_enter_alone_takes_the_first_suggestion() -> None:
    async with asking(complete()) as asked:
        assert "Done: Send offer" in asked.text
        assert "Enter: Call Bob, no date. Esc leaves no next step." in asked.text
        await asked.press("enter")
        assert asked.answer.line.title == "Call Bob"


async def test_escape_empties_the_line_and_then_leaves_no_next_step() -> None:
    async with asking(complete()) as asked:
        await asked.type("call")
        await asked.press("escape")
        assert asked.is_open
        await asked.press("escape")
        assert asked.answer == CompleteAnswer(None)


async def test_the_next_step_is_typed_in_one_line() -> None:
    async with asking(complete()) as asked:
        await asked.type("call Bob @anna fri 15:00")
        assert "Fri 27 Nov 2026 15:00, in 5 days" in asked.text
        await asked.press("enter")
        assert asked.answer.line[:5] == ("call Bob", "call", date(2026, 11, 27), time(15), "anna")


@pytest.mark.parametrize("keys", [["2"], ["down", "down"], ["up"]])
async def test_a_suggestion_is_taken_and_gets_a_day(keys: list[str]) -> None:
    async with asking(complete()) as asked:
        await asked.press(*keys)
        await asked.type("mon")
        await asked.press("enter")
        assert asked.answer.line[::2][:2] == ("Book a visit", date(2026, 11, 23))


async def test_a_day_alone_is_no_step() -> None:
    async with asking(complete()) as asked:
        await asked.type("fri")
        await asked.press("enter")
        assert asked.is_open
        assert "Say what is to be done" in asked.text


def first_run(database: str = "~/pipeboard.db") -> FirstRun:
    """Two templates."""
    return FirstRun(TEMPLATES, currency="EUR", zone="Europe/Warsaw", database=database)


async def test_the_first_run_starts_with_one_enter() -> None:
    async with asking(first_run()) as asked:
        assert "~/pipeboard.db" in asked.text
        await asked.press("enter")
        assert asked.answer == FirstRunAnswer("b2b", "EUR", "Europe/Warsaw", "Sales")


async def test_the_first_run_checks_what_was_typed() -> None:
    async with asking(first_run()) as asked:
        await asked.press("2", "tab")
        await asked.type("XXQ")
        await asked.press("enter")
        assert asked.is_open
        assert "That is no currency" in asked.text
        await asked.press(*["backspace"] * 3)
        await asked.type("pln")
        await asked.press("tab")
        await asked.type("Mars/Base")
        await asked.press("enter")
        assert asked.is_open
        assert "no time zone" in asked.text
        await asked.press("ctrl+u")
        await asked.type("UTC")
        await asked.press("enter")
        assert asked.answer == FirstRunAnswer("saas", "PLN", "UTC", "Sales")


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_the_first_run_can_be_left(key: str) -> None:
    async with asking(first_run()) as asked:
        await asked.press(key)
        assert asked.answer is None


@pytest.mark.parametrize("key", ["enter", "escape", "space", "q"])
async def test_a_message_is_read_and_closed(key: str) -> None:
    async with asking(MessageDialog("Something broke", "Line [/one]\nLine two", path="/tmp/log")) as asked:
        assert "Line [/one]" in asked.text
        assert "Details: /tmp/log" in asked.text
        await asked.press(key)
        assert asked.answers == [None]
