"""Leaving in order when the terminal goes away or somebody ends the process (RELIABILITY.md 2f).

Textual restores nothing on SIGHUP and SIGTERM, and spins for ever when the terminal is gone and SIGHUP is
ignored. Handlers end the program as `q` would; a backstop ends it when the loop does not get there, which is
so whenever the terminal went while something was being drawn: Textual's writer has died then, and whoever
hands it the next line waits for ever.
"""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

BACKSTOP_SECONDS = 3


def leave_on_signals(leave: Callable[[int], None], keep: Callable[[], None] | None = None) -> None:
    """Call `leave` on the running loop with the exit code on SIGHUP and SIGTERM; `keep` where the loop hangs."""
    loop = asyncio.get_running_loop()

    def handler(number: int, _frame: FrameType | None) -> None:
        # Not loop.add_signal_handler: a loop that hangs would never set the backstop.
        set_backstop(128 + number, keep)
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(leave, 128 + number)

    # Not on every platform, and not when the loop runs beside the main thread (tests).
    with contextlib.suppress(ValueError, AttributeError):
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, handler)


def set_backstop(code: int, keep: Callable[[], None] | None = None) -> None:
    """From now on the process has a few seconds left, whatever hangs; it ends with this exit code.

    What was being typed is kept by `keep` then, and the terminal is given back as well as it goes from here.
    """

    def end() -> None:
        with contextlib.suppress(Exception):
            if keep is not None:
                keep()
        with contextlib.suppress(Exception):
            _give_terminal_back()
        os._exit(code)

    timer = threading.Timer(BACKSTOP_SECONDS - 0.5, end)
    timer.daemon = True
    timer.start()
    with contextlib.suppress(AttributeError):
        signal.alarm(BACKSTOP_SECONDS)  # in case no thread gets to run any more


_RESTORED = (
    b"\x1b[<u\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[?1004l\x1b[?25h\x1b[?1049l\x1b[0m"
)
"""No special keys, mouse, pasting or focus reports, a cursor, the shell's screen, plain letters."""


def _give_terminal_back() -> None:
    """What Textual's driver would do, without its loop and its writer, which hang."""
    import termios

    if not os.isatty(1):
        return
    os.set_blocking(1, False)  # a terminal that takes nothing any more must not hold the end up
    os.write(1, _RESTORED)
    modes = termios.tcgetattr(1)
    modes[0] |= termios.ICRNL | termios.IXON
    modes[3] |= termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN
    termios.tcsetattr(1, termios.TCSANOW, modes)


def is_terminal_gone() -> bool:
    """Whether the terminal this program was started on has been closed."""
    try:
        return not os.isatty(0)
    except OSError:
        return True
