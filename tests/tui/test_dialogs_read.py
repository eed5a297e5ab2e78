"""The panels of the most used dialogs, row by row, at both small sizes."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.screen import Screen

from pipeboard.tui.dialogs.choose import Choice, Choose, with_keys
from pipeboard.tui.dialogs.lose import LoseDialog
from pipeboard.tui.dialogs.win import WinDialog

from .dialog_harness import NOW, TODAY, asking


def move() -> Choose:
    """Two stages to move to."""
    return Choose(
        "Move Acme to", with_keys([Choice(1, "Lead", "5 · €38.4k"), Choice(2, "Contacted", "here")]), cursor=1
    )


def win() -> WinDialog:
    """A deal of €48,000."""
    return WinDialog("Acme", today=TODAY, now_local=NOW, value_minor=4_800_000, currency="EUR")


def lose() -> LoseDialog:
    """Two reasons."""
    return LoseDialog("Acme", ["Price", "No budget"], today=TODAY, now_local=NOW)


PANELS: list[tuple[Callable[[], Screen[Any]], tuple[int, int], list[str]]] = [
    (
        move,
        (60, 20),
        [
            "  Move Acme to",
            "  type to filter",
            "  1 Lead                                      5 · €38.4k",
            " ┃2 Contacted                                       here",
            "                                  Enter pick  Esc cancel",
        ],
    ),
    (
        win,
        (60, 20),
        [
            "  Won: Acme",
            "  closed    today                 Sun 22 Nov 2026, today",
            "  value     €48,000               €48,000",
            "  note      what won it",
            "",
            "",
            "                  Tab next field  Enter save  Esc cancel",
        ],
    ),
    (
        lose,
        (80, 24),
        [
            "  Lost: Acme",
            "",
            " ┃1 Price",
            "  2 No budget",
            "",
            "  closed    today                 Sun 22 Nov 2026, today",
            "  note      what was missing",
            "",
            "",
            "",
            "                         Tab day, note  Enter save  Esc cancel",
        ],
    ),
]


@pytest.mark.parametrize(("make", "size", "expected"), PANELS, ids=["move", "win", "lose"])
async def test_the_panel_reads_as_designed(
    make: Callable[[], Screen[Any]], size: tuple[int, int], expected: list[str]
) -> None:
    async with asking(make(), size) as asked:
        panel = asked.app.screen.query_one(".panel").region
        strips = asked.app.screen._compositor.render_strips()[panel.y + 1 : panel.bottom - 1]
        assert [strip.crop(panel.x + 1, panel.right - 1).text.rstrip() for strip in strips] == expected
