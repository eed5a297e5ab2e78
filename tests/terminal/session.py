"""Runs a program on a pseudo terminal, types at it, and reads what a person would see and what the wire carried."""

import codecs
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte

PIPEBOARD = (sys.executable, "-m", "pipeboard")
KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C",
    "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F", "pagedown": "\x1b[6~", "pageup": "\x1b[5~",
    "backspace": "\x7f", "ctrl+z": "\x1a", "ctrl+q": "\x11", "ctrl+d": "\x04", "ctrl+u": "\x15", "ctrl+l": "\x0c",
}  # fmt: skip
"""What a terminal sends for the keys that are no single character."""

_ENVIRON = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}

# What the emulator would take for something else: answers wanted, keyboard protocols, strings for the terminal.
_UNKNOWN_TO_PYTE = re.compile(
    r"\x1b\[[<>=][0-9;:]*[A-Za-z]|\x1b\[\?[0-9;]*(?:\$[a-z]|u)|\x1b[P_^][^\x1b]*\x1b\\"
    r"|\x1b\[[0-9;:]*[ \"'$][a-z]|\x1b\]22;[^\x07]*\x07"
)
_UNFINISHED = re.compile(r"\x1b[^A-Za-z\x07\\]{0,60}$")
_QUESTIONS = ((b"\x1b[?2026$p", b"\x1b[?2026;2$y"), (b"\x1b[6n", b"\x1b[1;1R"))


class Terminal:
    """A program on a terminal of its own. A context manager: leaves no process behind."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        ignores_hangup: bool = False,
    ) -> None:
        self.columns, self.rows = columns, rows
        self.raw = bytearray()
        self.last_at = 0.0
        """When the last bytes came (`time.perf_counter`)."""
        self.is_over = False
        self._parsed = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self.fd, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.lines_before = termios.tcgetattr(slave)

        def own_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            if ignores_hangup:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)

        self.started_at = time.perf_counter()
        self.process = subprocess.Popen(
            list(arguments),
            stdin=slave, stdout=slave, stderr=slave,
            start_new_session=True, close_fds=True, preexec_fn=own_terminal,
            env={**os.environ, **_ENVIRON, **(environ or {})},
        )  # fmt: skip
        os.close(slave)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- reading ------------------------------------------------------------------------------------

    def read(self, seconds: float) -> bytes:
        """The next bytes of the program; nothing when none came in time or it has ended."""
        if self.is_over or not select.select([self.fd], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.is_over = True
            return b""
        self.raw += data
        self.last_at = time.perf_counter()
        for question, answer in _QUESTIONS:
            if question in data:
                self.send(answer)
        return data

    def text(self) -> str:
        """The screen as a person reads it, one line per row, without trailing blanks."""
        self._parse()
        cells = self._screen.buffer
        rows = ("".join(cells[y][x].data for x in range(self.columns)).rstrip() for y in range(self.rows))
        return "\n".join(rows)

    def _parse(self) -> None:
        fresh = self._rest + self._decoder.decode(bytes(self.raw[self._parsed :]))
        self._parsed, self._rest = len(self.raw), ""
        if cut := _UNFINISHED.search(fresh):
            fresh, self._rest = fresh[: cut.start()], fresh[cut.start() :]
        self._stream.feed(_UNKNOWN_TO_PYTE.sub("", fresh))

    def wait_for(self, wanted: str | Callable[[str], bool], seconds: float = 20.0) -> str:
        """The screen, once it shows some words (or satisfies a condition). AssertionError when it never does."""
        is_there = (lambda text: wanted in text) if isinstance(wanted, str) else wanted
        end = time.monotonic() + seconds
        while not is_there(text := self.text()):
            if time.monotonic() > end or (self.is_over and not self.read(0)):
                raise AssertionError(f"never seen: {wanted!r}\n{text}")
            self.read(0.05)
        return text

    def settle(self, quiet: float = 0.3, seconds: float = 10.0) -> None:
        """Read until the program has been silent for `quiet` seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(quiet):
            pass

    def is_echoing(self) -> bool:
        """Whether the terminal shows what is typed, as a shell needs it."""
        return bool(termios.tcgetattr(self.fd)[3] & termios.ECHO)

    # -- acting -------------------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Put bytes on the wire to the program."""
        with contextlib.suppress(OSError):
            os.write(self.fd, data)

    def press(self, *keys: str) -> None:
        """Type keys by name, or text as it is."""
        for key in keys:
            self.send(KEYS.get(key, key).encode())

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as a dropped connection does."""
        os.close(self.fd)
        self.fd, self.is_over = -1, True

    def exit_code(self, seconds: float = 10.0) -> int | None:
        """The exit code once the program has ended (negative: by a signal); None when it goes on living."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.is_over:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return self.process.wait(max(0.01, end - time.monotonic()))
                return None
            self.read(0.05)
            if self.process.poll() is not None:
                while self.read(0.05):
                    pass
                return self.process.returncode
        return self.process.poll()

    def close(self) -> None:
        """End the program and everything it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1
