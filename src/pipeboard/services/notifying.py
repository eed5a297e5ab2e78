"""How a reminder leaves the program: an escape sequence the terminal knows, or a command of the person's own."""

import subprocess
from collections.abc import Mapping, Sequence

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.text import printable

BELL = "\a"
_LONGEST = 200
_SECONDS = 10
_ST = "\x1b\\"


def terminal_signal(environ: Mapping[str, str], title: str, text: str) -> str:
    """The characters that make this terminal notify: its own sequence where it has one, and the bell.

    Over SSH only TERM crosses, so it decides; inside tmux and screen only the bell passes.
    """
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    head, body = (_plain(part) for part in (title, text))
    if environ.get("TMUX") or term.startswith(("tmux", "screen")):
        return BELL
    if term == "xterm-kitty":
        return f"\x1b]99;i=pipeboard:d=0;{head}{_ST}\x1b]99;i=pipeboard:p=body;{body}{_ST}{BELL}"
    if term.startswith(("foot", "rxvt-unicode", "wezterm", "xterm-ghostty", "contour")) or program in (
        "WezTerm",
        "ghostty",
    ):
        return f"\x1b]777;notify;{head};{body}{_ST}{BELL}"
    if program == "iTerm.app" or term.startswith("iterm"):
        return f"\x1b]9;{head}: {body}{_ST}{BELL}"
    return BELL


def _plain(text: str) -> str:
    """Text that cannot end the sequence it stands in, or begin another one."""
    return printable(" ".join(text.split())).replace(";", ",")[:_LONGEST]


def run_notify_command(command: Sequence[str], title: str, text: str) -> None:
    """Run the person's command without a shell: what a task is called is one argument, whatever is in it.

    `{title}` and `{text}` in the arguments are replaced; without `{text}` it is the last argument.
    InvalidInput says what went wrong.
    """
    words = {"{title}": _line(title), "{text}": _line(text)}
    arguments = [_filled(part, words) for part in command]
    if not any("{text}" in part for part in command):
        arguments.append(words["{text}"])
    try:
        done = subprocess.run(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InvalidInput(f"notify_command: {command[0]} did not end within {_SECONDS} seconds.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInput(f"notify_command: {command[0]} cannot be run: {reason.lower()}.") from None
    if done.returncode:
        raise InvalidInput(f"notify_command: {command[0]} ended with {done.returncode}.")


def _line(text: str) -> str:
    """Text of one line that no program takes for an option."""
    line = printable(" ".join(text.split()))[:_LONGEST]
    return f" {line}" if line.startswith("-") else line


def _filled(part: str, words: Mapping[str, str]) -> str:
    for name, value in words.items():
        if part == name:
            return value
    return part.replace("{title}", words["{title}"]).replace("{text}", words["{text}"])
