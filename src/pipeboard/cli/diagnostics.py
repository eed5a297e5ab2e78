"""The only writer to stderr: messages for the person, and how far a long job is."""

import os
import sys
import time
from types import TracebackType

from pipeboard.domain.text import printable

_BAR = 30
_EVERY_SECONDS = 0.1


def say(text: str) -> None:
    """Something the person should know that is no result."""
    _write(printable(text) + "\n")


def error(text: str) -> None:
    """Why it was not done, in one sentence."""
    _write(f"pipeboard: {printable(text)}\n")


def ring(signal: str) -> None:
    """Characters that make the terminal notify."""
    _write(signal)


def _write(text: str) -> None:
    """Write to stderr if there is one: a closed stream is no reason to fail."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        pass


class Progress:
    """A bar that is drawn over itself on a terminal, and nothing at all elsewhere."""

    def __init__(self, what: str) -> None:
        self._what = what
        is_terminal = sys.stderr is not None and sys.stderr.isatty()
        self._is_shown = is_terminal and os.environ.get("TERM", "") not in ("", "dumb")
        self._last = float("-inf")

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int, everything: int) -> None:
        """`done` of `everything` is over."""
        if not self._is_shown:
            return
        now = time.monotonic()
        if now - self._last < _EVERY_SECONDS and done < everything:
            return
        self._last = now
        share = min(1.0, done / everything) if everything else 1.0
        filled = round(_BAR * share)
        _write(f"\r{self._what} [{'=' * filled}{' ' * (_BAR - filled)}] {share:4.0%}\x1b[K")

    def step(self, what: str) -> None:
        """Another part of the job begins, of which no share can be told."""
        self._what = what
        if self._is_shown:
            _write(f"\r{what} ...\x1b[K")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_shown:
            _write("\r\x1b[K")
