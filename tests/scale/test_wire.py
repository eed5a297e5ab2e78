"""How much the board sends to the terminal for what a person does (SPEED.md, section 1)."""

from collections.abc import Iterator

import pytest

from tests.bench.data import board_database
from tests.terminal.session import PIPEBOARD, Terminal

MOST = {"j": 1500, "l": 1600, "ctrl+d": 8000, "L": 16000}
"""Bytes at most of a cursor step, a column, a page and a move."""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """A board of 500 deals that has come to rest."""
    folder = tmp_path_factory.mktemp("wire")
    database = board_database(folder / "board.db", 500)
    environ = {"PIPEBOARD_USER": "anna", "PIPEBOARD_NOW": "2026-11-22T09:00:00+00:00", "TEXTUAL_ANIMATIONS": "none"}
    environ |= {name: str(folder) for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    with Terminal([*PIPEBOARD, "--db", str(database)], columns=120, rows=40, environ=environ) as terminal:
        terminal.wait_for("rollout")
        terminal.settle(1.0)
        yield terminal


def test_silence_sends_nothing(board: Terminal) -> None:
    before = len(board.raw)
    board.settle(1.5, 1.5)
    assert len(board.raw) == before


@pytest.mark.parametrize(("key", "most"), MOST.items())
def test_an_action_sends_little(board: Terminal, key: str, most: int) -> None:
    board.press(key)
    board.settle(0.4)
    before = len(board.raw)
    board.press(key)
    board.settle(0.4)
    sent = len(board.raw) - before
    assert 0 < sent <= most


def test_a_mouse_that_merely_moves_sends_nothing(board: Terminal) -> None:
    assert b"\x1b[?1002h" in board.raw
    assert b"\x1b[?1003h" not in board.raw
