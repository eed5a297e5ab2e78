"""Picking one of many."""

import asyncio
from collections.abc import Sequence

import pytest
from textual.events import Paste

from pipeboard.domain.errors import InvalidInput
from pipeboard.tui.dialogs.choice_list import ChoiceList
from pipeboard.tui.dialogs.choose import Choice, Choose, with_keys
from pipeboard.tui.dialogs.confirm import Confirm
from pipeboard.tui.dialogs.matching import ranked

from .dialog_harness import asking

STAGES = with_keys([Choice(n, name) for n, name in enumerate(["Lead", "Contacted", "Qualified", "Żabka", "Lost"], 1)])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["acme platform", "platform acme", "big lodz", "a c m e", "acmeology"]),
        ("acme", ["acme platform", "acmeology", "platform acme", "a c m e"]),
        ("plat ac", ["acme platform", "platform acme"]),
        ("ŁÓDŹ", ["big lodz"]),
        ("form", ["acme platform", "platform acme"]),
        ("bgldz", ["big lodz"]),
        ("zzz", []),
    ],
)
def test_what_fits_comes_best_first(query: str, expected: list[str]) -> None:
    keys = ["acme platform", "platform acme", "big lodz", "a c m e", "acmeology"]
    assert [keys[place] for place in ranked(query, keys)] == expected


def test_keys_leave_out_those_that_move_and_those_taken() -> None:
    keyed = with_keys([Choice(0, "own", key="2"), *(Choice(n, str(n)) for n in range(1, 40))])
    keys = [choice.key for choice in keyed]
    assert keys[:3] == ["2", "1", "3"]
    assert not set("hjklq") & set(keys)
    assert keys[-1] == ""
    assert len({key for key in keys if key}) == sum(bool(key) for key in keys)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["3"], 3),
        (["enter"], 1),
        (["down", "down", "enter"], 3),
        (["up", "enter"], 5),
        (["tab", "enter"], 2),
        ([*"quali", "enter"], 3),
        ([*"zab", "enter"], 4),
        ([*"ct", "backspace", "enter"], 2),
        ([*"l", "down", "enter"], 5),
    ],
)
async def test_keys_pick(keys: list[str], value: int) -> None:
    async with asking(Choose("Move to", STAGES)) as asked:
        await asked.press(*keys)
        assert asked.answer.value == value


async def test_escape_picks_nothing_and_no_match_keeps_the_dialog() -> None:
    async with asking(Choose("Move to", STAGES)) as asked:
        await asked.press(*"zzz", "enter")
        assert asked.is_open
        assert "nothing fits" in asked.text
        await asked.press("escape")
        assert asked.answer is None


async def test_without_a_filter_letters_move() -> None:
    async with asking(Choose("Move to", STAGES, is_filtered=False, cursor=1)) as asked:
        await asked.press("j", "j", "k", "enter")
        assert asked.answer.value == 3


async def test_the_panel_keeps_its_height_while_filtering() -> None:
    async with asking(Choose("Move to", STAGES)) as asked:
        before = asked.text.splitlines()
        await asked.type("qual")
        after = asked.text.splitlines()
        assert [row.count("─") for row in before] == [row.count("─") for row in after]
        assert "1 of 5" in asked.text


async def test_ten_thousand_choices_draw_only_visible_lines() -> None:
    drawn = []

    class Counted(ChoiceList):
        def render_line(self, y: int):  # type: ignore[no-untyped-def]
            drawn.append(y)
            return super().render_line(y)

    choices = [Choice(n, f"Deal {n}") for n in range(10_000)]
    async with asking(Choose("Go to", choices)) as asked:
        asked.app.screen.query_one(ChoiceList).__class__ = Counted
        await asked.press("down")
        assert 0 < len(drawn) <= 3 * 16
        await asked.type("9999")
        await asked.press("enter")
        assert asked.answer.value == 9999


async def test_choices_found_by_a_search_come_last_and_enter_waits_for_them() -> None:
    gate = asyncio.Event()

    async def more(typed: str) -> Sequence[Choice]:
        await gate.wait()
        return [Choice("far", f"far {typed}"), Choice(1, "Lead")]

    async with asking(Choose("Go to", STAGES, more=more)) as asked:
        await asked.type("xyz")
        await asked.press("enter")
        assert asked.is_open
        gate.set()
        await asked.app.workers.wait_for_complete()
        await asked.pilot.pause()
        assert asked.answer.value == "far"


async def test_a_failed_search_is_told_and_leaves_what_is_at_hand() -> None:
    async def more(typed: str) -> Sequence[Choice]:
        raise InvalidInput(f"No search for {typed}.")

    async with asking(Choose("Go to", STAGES, more=more)) as asked:
        await asked.type("le")
        await asked.app.workers.wait_for_complete()
        await asked.pilot.pause()
        assert "No search for le." in asked.text
        await asked.press("enter")
        assert asked.answer.value == 1


async def test_a_click_picks_and_the_wheel_scrolls() -> None:
    choices = [Choice(n, f"Deal {n}") for n in range(100)]
    async with asking(Choose("Go to", choices)) as asked:
        await asked.pilot.click(ChoiceList, offset=(5, 2))
        await asked.pilot.pause()
        assert asked.answer.value == 2


async def test_pasted_lines_become_one_line_of_the_filter() -> None:
    async with asking(Choose("Go to", [Choice(1, "one two"), Choice(2, "one")])) as asked:
        asked.app.screen.focused.post_message(Paste("one\ntwo\x1b[31m"))  # type: ignore[union-attr]
        await asked.pilot.pause()
        assert "one two[31m" in asked.text


@pytest.mark.parametrize(("key", "answer"), [("y", True), ("enter", True), ("n", False), ("escape", False)])
async def test_yes_and_no(key: str, answer: bool) -> None:
    async with asking(Confirm("Archive 12 deals?", "They stay in the history.")) as asked:
        assert "They stay in the history." in asked.text
        await asked.press(key)
        assert asked.answer is answer
