"""Terminals that can do little: no byte beyond ascii, no colour, where that is asked for."""

import re
from pathlib import Path

from pipeboard.config import locations

from .conftest import StartBoard

_COLOURED = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|38|48)(?:;[0-9;]*)?m")


def test_ascii_on_every_screen_and_no_colour(start_board: StartBoard, board_database: str) -> None:
    path = Path(locations.config_file())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('glyphs = "ascii"\n', encoding="utf-8")
    board = start_board("--db", board_database, environ={"NO_COLOR": "1"})
    board.wait_for("Acme renewal")
    ways = (
        ("g", "l"),
        ("g", "t"),
        ("g", "m"),
        ("g", "h"),
        ("g", "b"),
        ("?",),
        ("escape",),
        ("f",),
        ("escape",),
        ("m",),
    )
    for keys in ways:
        for key in keys:
            board.press(key)
            board.settle()
    assert {character for character in bytes(board.raw).decode() if not character.isascii()} == set()
    assert _COLOURED.findall(bytes(board.raw)) == []
