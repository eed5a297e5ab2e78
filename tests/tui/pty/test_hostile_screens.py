"""Every screen, and what every key opens there, over a database whose every text is hostile."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.tui.actions import ACTIONS, UserAction
from tests.conftest import NOW, create
from tests.terminal.session import Terminal

from .conftest import StartBoard
from .hostile import poison_in
from .poisoned import poison
from .test_hostile_text import WORDS_OF_A_CRASH

WAYS: dict[str, tuple[str, ...]] = {
    "board": (),
    "list": ("g", "l"),
    "deal": ("enter",),
    "agenda": ("g", "t"),
    "hygiene": ("g", "s"),
    "review": ("g", "r"),
    "companies": ("g", "c"),
    "pipelines": ("g", "p", "l"),
    "settings": ("g", ","),
    "history": ("g", "h"),
    "forecast": ("g", "f"),
    "waterfall": ("g", "w"),
    "figures": ("g", "m"),
    "tasks": ("tab",),
    "past": ("T", "today", "enter"),
    "import": ("g", "i", "hostile.csv", "enter"),
}
"""How each screen is opened from the board."""

QUIET = 0.05
"""Seconds without a byte after which a screen is looked at. What comes later is looked at with the next one."""

TITLE = 20
"""Characters of the first line that tell one screen from another."""

IS_THOROUGH = bool(os.environ.get("PIPEBOARD_TEST_EVERY_ANSWER"))
"""Whether Enter is pressed in every dialog too: what it leads to takes as long again."""

LEAVING = frozenset({"app.back", "app.quit", "app.suspend", "app.theme"})
CHARACTERS = {
    "slash": "/", "colon": ":", "question_mark": "?", "full_stop": ".", "dollar_sign": "$", "at": "@",
    "percent_sign": "%", "number_sign": "#", "exclamation_mark": "!", "left_square_bracket": "[",
    "right_square_bracket": "]", "comma": ",", "greater_than_sign": ">", "less_than_sign": "<", "plus": "+",
    "minus": "-", "equals_sign": "=", "underscore": "_", "ctrl+f": "\x06", "semicolon": ";", "apostrophe": "'",
    "asterisk": "*", "ampersand": "&", "space": " ", "circumflex_accent": "^", "tilde": "~", "vertical_line": "|",
    "backslash": "\\", "grave_accent": "`", "quotation_mark": '"', "left_parenthesis": "(", "right_parenthesis": ")",
    "ctrl+r": "\x12", "ctrl+e": "\x05", "ctrl+s": "\x13", "ctrl+t": "\x14", "f5": "\x1b[15~", "shift+tab": "\x1b[Z",
    "delete": "\x1b[3~",
}  # fmt: skip
"""What a terminal sends for the keys of the registry."""


def pressed_on(context: str) -> list[UserAction]:
    """The actions to press: on the board those of everywhere too, elsewhere those that no earlier screen has."""
    earlier = list(WAYS)[: list(WAYS).index(context)]
    return [
        action
        for action in ACTIONS
        if action.keys and action.id not in LEAVING and action.group != "Move about"
        if not set(action.contexts) & set(earlier)
        if {context, *(("anywhere",) if context == "board" else ())} & set(action.contexts)
    ]


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database, made once."""
    path = tmp_path_factory.mktemp("poisoned") / "sales.db"
    clock = FixedClock(NOW)
    create(str(path), clock)
    columns = poison(Workspace.open(str(path), clock, login="anna"))
    assert len(columns) >= 25, columns
    return path


class Visitor:
    """Walks through one screen and looks at every byte that comes."""

    def __init__(self, board: Terminal, context: str) -> None:
        self.board, self.context = board, context
        self._looked_at = 0
        self.seen = ""

    def look(self, place: str) -> str:
        """The screen; fails when a text acted, or something broke."""
        self.board.settle(QUIET)
        text = self.board.text()
        assert poison_in(bytes(self.board.raw[max(0, self._looked_at - 64) :])) == [], place
        assert [word for word in WORDS_OF_A_CRASH if word in text] == [], f"{place}\n{text}"
        assert self.board.process.poll() is None, place
        self._looked_at = len(self.board.raw)
        self.seen += text
        return text

    def arrive(self) -> str:
        """Go to the screen from the board; how it looks."""
        for key in ("escape", "escape", "g", "b", "escape", "escape"):
            self.board.press(key)
            self.board.settle(QUIET)
        self.board.press("2", "home", "j")
        for key in WAYS[self.context]:
            self.board.press(key)
            self.look(f"on the way to {self.context}")
        return self.look(self.context)

    def press(self, key: str, here: str, place: str) -> None:
        """A key, then Enter into the dialog that it opened."""
        self.board.press(CHARACTERS.get(key, key))
        if self.look(place).count("╭") > here.count("╭") and IS_THOROUGH:
            self.board.press("enter")
            self.look(f"{place}, then Enter")

    def is_back(self, wanted: str) -> bool:
        """Whether the screen on show is the one where the key was pressed, after Esc where a dialog is open."""
        for _ in range(3):
            text = self.board.text()
            if text.count("╭") <= wanted.count("╭"):
                return text[:TITLE] == wanted[:TITLE]
            self.board.press("escape")
            self.look(f"back to {self.context}")
        return False


def hostile_csv(folder: Path) -> None:
    """A file with such texts in its names of columns and stages too."""
    from .hostile import HOSTILE

    rows = [f'"{text}","{text}",1x,"{text}"' for text in (t.replace('"', '""') for t in HOSTILE if "\0" not in t)]
    head = 'Title,Stage,Value,"[bold]Company\x1b[2J"'
    (folder / "hostile.csv").write_text("\n".join([head, *rows]), encoding="utf-8")


@pytest.fixture
def visitor(
    request: pytest.FixtureRequest,
    start_board: StartBoard,
    poisoned: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Visitor]:
    """The program on a copy of the database, in a folder with a hostile file."""
    path = tmp_path / "sales.db"
    shutil.copyfile(poisoned, path)
    hostile_csv(tmp_path)
    monkeypatch.chdir(tmp_path)
    environ = {"EDITOR": "true", "VISUAL": "true", "BROWSER": "true"}
    board = start_board("--db", str(path), columns=110, rows=32, environ=environ)
    board.wait_for("? help")
    yield Visitor(board, request.param)
    assert list(tmp_path.rglob("*crash*")) == []


@pytest.mark.parametrize("visitor", WAYS, indirect=True)
def test_no_text_acts_on_any_screen(visitor: Visitor) -> None:
    here = visitor.arrive()
    for action in pressed_on(visitor.context):
        if not visitor.is_back(here):
            here = visitor.arrive()
        visitor.press(action.keys.split(",")[0], here, f"{visitor.context}: {action.keys} ({action.id})")
    visitor.arrive()
    visitor.board.press("ctrl+q")
    assert visitor.board.exit_code() == 0, visitor.board.text()
