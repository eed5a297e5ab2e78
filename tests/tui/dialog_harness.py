"""Dialogs opened over the board, with their answers kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from textual.pilot import Pilot
from textual.screen import Screen

from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.theme import DARK_NAME

from .board_harness import BoardApp, MemorySource, pipeline_cards, screen_rows

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
TODAY = date(2026, 11, 22)

HOSTILE = [
    "Acme [/ EU]",
    "[@click=app.quit]Click[/]",
    "[bold red]x[/",
    "\x1b[31mred\x1b[0m\x1b]52;c;aGk=\x07",
    "two\nlines\r\tand tab",
    "株式会社サクラ 導入プロジェクト計画書" * 4,
    "\u202eevil\u202c \u2066x\u2069",
    "a\u0301e\u0308 combining",
    "👩‍👩‍👧‍👦 family 🏳️‍🌈",
    "NUL\x00DEL\x7fC1\x9b31m lone\ud800",
    "\u2028line\u2029separator\ufeff",
    "x" * 600,
    "",
]


class Asking:
    """An open dialog: keys go in, what a person reads and the answer come out."""

    def __init__(self, app: BoardApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.answers: list[Any] = []

    async def press(self, *keys: str) -> None:
        """Press keys and let everything settle."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text letter by letter."""
        await self.press(*("space" if letter == " " else letter for letter in text))

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(screen_rows(self.app))

    @property
    def rows(self) -> list[str]:
        """The rows of the screen at their full width."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def is_open(self) -> bool:
        """Whether the dialog still waits."""
        return not self.answers

    @property
    def answer(self) -> Any:
        """The one answer that was given."""
        (answer,) = self.answers
        return answer


@asynccontextmanager
async def asking(
    dialog: Screen[Any], size: tuple[int, int] = (80, 24), *, theme: str = DARK_NAME, glyphs: Glyphs = UNICODE
) -> AsyncIterator[Asking]:
    """A dialog over the board of the pictures."""
    app = BoardApp(MemorySource(pipeline_cards()), theme=theme, glyphs=glyphs)
    async with app.run_test(size=size) as pilot:
        asked = Asking(app, pilot)
        app.push_screen(dialog, asked.answers.append)
        await pilot.pause()
        yield asked
