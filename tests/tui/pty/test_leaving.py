"""Leaving when the terminal goes or somebody ends the process: in order, in time, with what was being typed."""

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.terminal.session import PIPEBOARD, Terminal

from .conftest import StartBoard

DRAFT = "Half a deal $5k"
SOON = 4.0
"""Seconds within which the program has to be gone."""

RESTORED = {
    "the shell's screen": b"\x1b[?1049l",
    "no mouse reports": b"\x1b[?1000l",
    "a cursor": b"\x1b[?25h",
    "plain pasting": b"\x1b[?2004l",
}
"""What a terminal must have been told before its program ends."""


def type_a_draft(board: Terminal) -> int:
    """Begin a deal and leave the line unfinished; where in the bytes that was."""
    board.wait_for("Acme renewal")
    board.press("n")
    board.wait_for("New deal")
    board.press(DRAFT)
    board.wait_for(DRAFT)
    return len(board.raw)


def kept_draft() -> str:
    """The line that the next start will offer again."""
    files = list(Path(os.environ["XDG_STATE_HOME"]).rglob("*.json"))
    return "".join(json.loads(path.read_text(encoding="utf-8")).get("draft", "") for path in files)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_a_signal_gives_the_terminal_back(start_board: StartBoard, board_database: str, number: int, code: int) -> None:
    board = start_board("--db", board_database)
    mark = type_a_draft(board)
    assert not board.is_echoing()
    sent_at = time.monotonic()
    board.signal(number)
    assert board.exit_code(SOON) == code
    assert time.monotonic() - sent_at < SOON
    said = bytes(board.raw[mark:])
    assert [what for what, code_ in RESTORED.items() if code_ not in said] == []
    assert board.is_echoing()
    assert kept_draft() == DRAFT


HANGING = """
import os, signal, sys, threading
from pipeboard.tui.app import PipeboardApp

apps = []
begin = PipeboardApp.__init__

def noted(self, *args, **named):
    begin(self, *args, **named)
    apps.append(self)

def hang(*_args):
    os.write(1, b"it-hangs")
    threading.Event().wait()

def busy(*_args):
    apps[0].runner.write(hang)

PipeboardApp.__init__ = noted
signal.signal(signal.SIGUSR1, {how})
from pipeboard.__main__ import main
sys.exit(main())
"""
"""The program, of which SIGUSR1 hangs the loop, or the thread that writes."""


@pytest.mark.parametrize("how", ["hang", "busy"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_program_that_hangs(board_database: str, how: str, number: int, code: int) -> None:
    arguments = [sys.executable, "-c", HANGING.replace("{how}", how), "--db", board_database]
    with Terminal(arguments) as board:
        mark = type_a_draft(board)
        board.signal(signal.SIGUSR1)
        board.wait_for(lambda _text: b"it-hangs" in board.raw[mark:])
        sent_at = time.monotonic()
        board.signal(number)
        assert board.exit_code(SOON) == code
        assert time.monotonic() - sent_at < SOON
        said = bytes(board.raw[mark:])
        assert [what for what, code_ in RESTORED.items() if code_ not in said] == []
        assert board.is_echoing()
        assert kept_draft() == DRAFT


@pytest.mark.parametrize("ignores_hangup", [False, True])
def test_a_closed_terminal_ends_the_program(start_board: StartBoard, board_database: str, ignores_hangup: bool) -> None:
    board = start_board("--db", board_database, ignores_hangup=ignores_hangup)
    type_a_draft(board)
    board.hang_up()
    assert board.exit_code(SOON) == 129
    with pytest.raises(ProcessLookupError):
        os.killpg(board.process.pid, 0)
    assert kept_draft() == DRAFT


def test_the_draft_is_offered_again(start_board: StartBoard, board_database: str) -> None:
    board = start_board("--db", board_database)
    type_a_draft(board)
    board.signal(signal.SIGTERM)
    board.exit_code(SOON)
    again = start_board("--db", board_database)
    again.wait_for("Acme renewal")
    again.press("n")
    again.wait_for(DRAFT)


def test_a_shell_can_stop_it_and_bring_it_back(start_board: StartBoard, board_database: str) -> None:
    shell = 'set -m; "$@"; printf "it-is-%s\\n" stopped; read -r _; fg >/dev/null; printf "it-is-%s\\n" over'
    arguments = ["bash", "-c", shell, "bash", *PIPEBOARD, "--db", board_database]
    with Terminal(arguments) as board:
        board.wait_for("Globex pilot")
        board.press("j", "ctrl+z")
        board.wait_for("it-is-stopped")
        assert b"\x1b[?1049l" in board.raw
        mark = len(board.raw)
        board.press("enter")
        board.wait_for(lambda _text: b"Globex pilot" in board.raw[mark:])
        board.settle()
        assert "Initech rollout" in board.text()
        board.press("q")
        board.wait_for("it-is-over")
