"""What leaves the program for a reminder."""

import sys
from pathlib import Path

import pytest

from pipeboard.domain.errors import InvalidInput
from pipeboard.services.notifying import BELL, run_notify_command, terminal_signal

NASTY = "call \x1b]0;owned\x07 `rm -rf /`; $(reboot)\n--help"


@pytest.mark.parametrize(
    ("environ", "begins"),
    [
        ({"TERM": "xterm-kitty"}, "\x1b]99;"),
        ({"TERM": "foot"}, "\x1b]777;notify;"),
        ({"TERM": "rxvt-unicode-256color"}, "\x1b]777;notify;"),
        ({"TERM": "xterm-ghostty"}, "\x1b]777;notify;"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "\x1b]777;notify;"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "\x1b]9;"),
        ({"TERM": "xterm-256color"}, BELL),
        ({"TERM": "tmux-256color"}, BELL),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, BELL),
        ({}, BELL),
    ],
)
def test_the_terminal_says_how(environ: dict[str, str], begins: str) -> None:
    signal = terminal_signal(environ, "It is time", NASTY)
    assert signal.startswith(begins)
    assert signal.endswith(BELL)
    inside = signal.replace("\x1b\\", "").replace("\x1b]", "").removesuffix(BELL)
    assert "\x1b" not in inside
    assert "\x07" not in inside


def test_a_command_gets_the_words_as_one_argument(tmp_path: Path) -> None:
    out = tmp_path / "out"
    script = f"import sys, pathlib; pathlib.Path({str(out)!r}).write_text('|'.join(sys.argv[1:]))"
    run_notify_command([sys.executable, "-c", script, "--title={title}", "{text}"], "It is time", NASTY)
    title, text = out.read_text().split("|")
    assert title == "--title=It is time"
    assert text.startswith("call ")
    assert text.endswith("$(reboot) --help")
    run_notify_command([sys.executable, "-c", script], "It is time", "-rf {title}")
    assert out.read_text() == " -rf {title}"


def test_a_command_that_fails_is_told() -> None:
    with pytest.raises(InvalidInput, match="ended with 3"):
        run_notify_command([sys.executable, "-c", "raise SystemExit(3)"], "a", "b")
    with pytest.raises(InvalidInput, match="cannot be run"):
        run_notify_command(["/no/such/program"], "a", "b")
