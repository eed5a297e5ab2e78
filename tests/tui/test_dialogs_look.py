"""Every dialog as a person reads it: at both small sizes, in every theme, and with hostile text in every place."""

import unicodedata
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Any

import pytest
from rich.cells import cell_len
from textual.screen import Screen

from pipeboard.tui.dialogs.ask_line import AskLine, Echo, EchoPart
from pipeboard.tui.dialogs.choose import Choice, Choose, with_keys
from pipeboard.tui.dialogs.complete import CompleteDialog
from pipeboard.tui.dialogs.confirm import Confirm
from pipeboard.tui.dialogs.first_run import FirstRun
from pipeboard.tui.dialogs.help import HelpDialog, HelpEntry
from pipeboard.tui.dialogs.lose import LoseDialog
from pipeboard.tui.dialogs.message import MessageDialog
from pipeboard.tui.dialogs.park import ParkDialog
from pipeboard.tui.dialogs.reopen import ReopenDialog
from pipeboard.tui.dialogs.win import WinDialog
from pipeboard.tui.text.glyphs import ASCII
from pipeboard.tui.theme import ANSI_NAME, LIGHT_NAME

from .dialog_harness import HOSTILE, NOW, TODAY, asking

Make = Callable[[str], Screen[Any]]
DIALOGS: dict[str, Make] = {
    "choose": lambda t: Choose(t, with_keys([Choice(1, t, t), Choice(2, "Neighbour")]), placeholder=t),
    "ask_line": lambda t: AskLine(
        t, value=t, placeholder=t, describe=lambda text: Echo(((EchoPart(t), EchoPart(text, "strong")),))
    ),
    "win": lambda t: WinDialog(t, today=TODAY, now_local=NOW, value_minor=100, currency="EUR", count=1),
    "lose": lambda t: LoseDialog(t, [t, *(f"Reason {n}" for n in range(11))], today=TODAY, now_local=NOW),
    "park": lambda t: ParkDialog(t, today=TODAY, now_local=NOW, reasons=[t, "Later"]),
    "reopen": lambda t: ReopenDialog(t, [Choice(1, t, t)], 1),
    "confirm": lambda t: Confirm(t, t, yes=t, no=t),
    "complete": lambda t: CompleteDialog(t, [t, "Call"], today=TODAY, now_local=NOW),
    "help": lambda t: HelpDialog([HelpEntry(t, t, t, t, "a"), HelpEntry("G", "x", "y", t, "b")], title=t),
    "first_run": lambda t: FirstRun([("a", t, t)], currency=t, zone=t, database=t, name=t),
    "message": lambda t: MessageDialog(t, f"{t}\n{t}", path=t),
}
KEYS = {
    "complete": "Esc no next step",
    "message": "Enter close",
    "help": "Esc close",
    "confirm": "Esc no",
    "first_run": "Esc leave",
}


def batched(texts: Sequence[str], size: int) -> list[str]:
    """The texts, several in each line."""
    return [" ".join(texts[start : start + size]) for start in range(0, len(texts), size)]


@pytest.mark.parametrize("name", DIALOGS)
async def test_hostile_text_is_drawn_and_breaks_no_row(name: str) -> None:
    # Several at once: every dialog that is opened costs a third of a second.
    for text, size in zip(batched(HOSTILE, 4), cycle([(80, 24), (60, 20)]), strict=False):
        async with asking(DIALOGS[name](text), size) as asked:
            await asked.press("down")
            assert all(cell_len(row) == size[0] for row in asked.rows), ascii(text)
            kinds = {unicodedata.category(character) for row in asked.rows for character in row}
            assert not kinds & {"Cc", "Cs", "Co", "Zl", "Zp"}, ascii(text)
            assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set("".join(asked.rows))
            assert KEYS.get(name, "Esc cancel") in asked.text


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=str)
@pytest.mark.parametrize("name", DIALOGS)
async def test_the_longest_text_leaves_the_keys_in_sight(name: str, size: tuple[int, int]) -> None:
    async with asking(DIALOGS[name]("word " * 100), size) as asked:
        assert KEYS.get(name, "Esc cancel") in asked.text


@pytest.mark.parametrize("name", DIALOGS)
async def test_markup_is_shown_as_it_was_typed(name: str) -> None:
    async with asking(DIALOGS[name]("Acme [/ EU] [b]x[/b]"), (100, 30)) as asked:
        assert "Acme [/ EU] [b]x[/b]" in asked.text


@pytest.mark.parametrize("theme", [LIGHT_NAME, ANSI_NAME])
@pytest.mark.parametrize("name", DIALOGS)
async def test_every_theme_and_the_ascii_signs_draw(name: str, theme: str) -> None:
    async with asking(DIALOGS[name]("Acme"), theme=theme, glyphs=ASCII) as asked:
        assert "Acme" in asked.text
        assert not set(asked.text) & set("┃│╭╮╰╯…")


@pytest.mark.parametrize("name", DIALOGS)
async def test_the_board_stays_visible_and_idle_paints_nothing(name: str) -> None:
    async with asking(DIALOGS[name]("Acme"), (100, 40)) as asked:
        assert ("Pipeboard  B2B sales" in asked.text) == (name != "first_run")
        assert not asked.app.screen._compositor._dirty_regions
        assert not asked.app.animator._animations


@pytest.mark.parametrize("name", ["lose", "reopen", "choose", "help", "first_run"])
async def test_a_shrinking_terminal_keeps_the_keys_in_sight(name: str) -> None:
    async with asking(DIALOGS[name]("Acme"), (100, 40)) as asked:
        await asked.pilot.resize_terminal(60, 20)
        await asked.pilot.pause()
        assert KEYS.get(name, "Esc cancel") in asked.text
