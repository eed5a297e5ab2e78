"""One line with its meaning told back live."""

import pytest
from textual.events import Paste

from pipeboard.domain.errors import InvalidInput
from pipeboard.tui.dialogs.ask_line import AskLine, Echo, EchoPart
from pipeboard.tui.dialogs.completing import completions, word_at
from pipeboard.tui.dialogs.echo import wrap_parts
from pipeboard.tui.dialogs.line_input import LineInput

from .dialog_harness import HOSTILE, asking

WORDS = ["@anna", "@Anna Kowalska", "#web", "stage:Qualified", "stage:Proposal made"]


def described(text: str) -> Echo:
    """Refuses an empty line and the word "bad"."""
    if text == "bad":
        raise InvalidInput("Bad is not good.")
    return Echo(((EchoPart(f"title {text}", "strong"), EchoPart(" no value", "muted")),), is_ok=bool(text))


async def test_the_meaning_is_told_live_and_enter_answers() -> None:
    async with asking(AskLine("New deal", describe=described)) as asked:
        await asked.type("Acme 12k")
        assert "title Acme 12k no value" in asked.text
        rows = asked.text.splitlines()
        assert rows[-2].startswith(" New deal  Acme 12k")
        assert "Enter save" in rows[-1]
        await asked.press("enter")
        assert asked.answer == "Acme 12k"


async def test_a_problem_is_told_and_the_text_stays() -> None:
    async with asking(AskLine("New deal", describe=described)) as asked:
        await asked.type("bad")
        await asked.press("enter")
        assert asked.is_open
        assert "Bad is not good." in asked.text
        await asked.type("ly")
        await asked.press("enter")
        assert asked.answer == "badly"


async def test_escape_gives_no_answer() -> None:
    async with asking(AskLine("New deal", value="old")) as asked:
        await asked.press("escape")
        assert asked.answer is None


@pytest.mark.parametrize(("is_selected", "expected"), [(False, "oldx"), (True, "x")])
async def test_a_given_value_is_continued_or_replaced(is_selected: bool, expected: str) -> None:
    async with asking(AskLine("Title", value="old", is_selected=is_selected)) as asked:
        await asked.press("x", "enter")
        assert asked.answer == expected


@pytest.mark.parametrize(
    ("typed", "tabs", "expected"),
    [
        ("Acme @an", 1, "Acme @anna"),
        ("Acme @an", 2, 'Acme @"Anna Kowalska"'),
        ("Acme @an", 3, "Acme @anna"),
        ("Acme stage:pro", 1, 'Acme stage:"Proposal made"'),
        ("#W", 1, "#web"),
        ("Acme", 1, "Acme"),
    ],
)
async def test_tab_completes_the_word_at_the_cursor(typed: str, tabs: int, expected: str) -> None:
    async with asking(AskLine("New deal", suggestions=WORDS)) as asked:
        await asked.type(typed)
        await asked.press(*["tab"] * tabs, "enter")
        assert asked.answer == expected


async def test_what_tab_would_do_is_shown() -> None:
    async with asking(AskLine("New deal", suggestions=WORDS)) as asked:
        await asked.type("a #w")
        assert "Tab #web" in asked.text


def test_completion_ignores_accents_case_and_an_open_quote() -> None:
    assert completions('@"ŻÓ', ["@Żółw", "@x"]) == ["@Żółw"]
    assert word_at("one two ", 8) == ""
    assert word_at("one two", 2) == "on"
    assert completions("", ["@a"]) == []


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
async def test_pasted_text_is_cleaned(text: str) -> None:
    async with asking(AskLine("Title", value="a")) as asked:
        asked.app.screen.query_one(LineInput).post_message(Paste(text))
        await asked.pilot.pause()
        await asked.press("enter")
        answer = asked.answer
        assert answer.isprintable() or not set(answer) & set(map(chr, (*range(32), *range(127, 160))))
        assert "\ud800" not in answer
        assert len(answer) <= 500


async def test_pasted_lines_are_joined() -> None:
    async with asking(AskLine("Title")) as asked:
        asked.app.screen.query_one(LineInput).post_message(Paste("one\r\ntwo\n\nthree\n"))
        await asked.press("enter")
        assert asked.answer == "one two three"


async def test_the_cursor_does_not_blink() -> None:
    async with asking(AskLine("Title")) as asked:
        line = asked.app.screen.query_one(LineInput)
        await asked.press("a")
        assert not line.cursor_blink
        assert line._blink_timer is not None
        assert not line._blink_timer._active.is_set()


async def test_a_long_echo_takes_more_rows_and_is_cut_at_last() -> None:
    async with asking(AskLine("Title", describe=lambda text: Echo(((EchoPart("word " * 200),),)))) as asked:
        rows = asked.text.splitlines()
        assert sum(row.startswith(" word word") for row in rows) == 4
        assert rows[-3].endswith("…")


def test_words_wrap_within_the_width_and_keep_their_tones() -> None:
    lines = wrap_parts((EchoPart("aa bb ", "strong"), EchoPart("cc " + "d" * 12, "muted")), 6)
    assert lines[0] == (EchoPart("aa bb ", "strong"),)
    assert lines[1] == (EchoPart("cc ", "muted"),)
    assert lines[2] == (EchoPart("ddddd…", "muted"),)
