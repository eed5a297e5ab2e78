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


def leave_on_signals(leave: Callable[[int], None]) -> None:
    """Call `leave` on the running loop with the exit code on SIGHUP and SIGTERM."""
    loop = asyncio.get_running_loop()

    def handler(number: int, _frame: FrameType | None) -> None:
        # Not loop.add_signal_handler: a loop that hangs would never set the backstop.
        set_backstop(128 + number)
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(leave, 128 + number)

    # Not on every platform, and not when the loop runs beside the main thread (tests).
    with contextlib.suppress(ValueError, AttributeError):
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, handler)


def set_backstop(code: int) -> None:
    """From now on the process has a few seconds left, whatever hangs; it ends with this exit code."""
    timer = threading.Timer(BACKSTOP_SECONDS - 0.5, os._exit, (code,))
    timer.daemon = True
    timer.start()
    with contextlib.suppress(AttributeError):
        signal.alarm(BACKSTOP_SECONDS)  # in case no thread gets to run any more


def is_terminal_gone() -> bool:
    """Whether the terminal this program was started on has been closed."""
    try:
        return not os.isatty(0)
    except OSError:
        return True
