"""Leaving in order when the terminal goes away or somebody ends the process (RELIABILITY.md 2f).

Textual restores nothing on SIGHUP and SIGTERM, and spins for ever when the terminal is gone and SIGHUP is
ignored. Handlers on the loop end the program as `q` would; an alarm ends it when the loop does not get there.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable

BACKSTOP_SECONDS = 3


def leave_on_signals(leave: Callable[[int], None]) -> None:
    """Call `leave` with the exit code on SIGHUP and SIGTERM. For the main thread of the running loop."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGHUP, signal.SIGTERM):
        # Not on every platform, and not when the loop runs beside the main thread (tests).
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, _leave, leave, 128 + number)
            signal.siginterrupt(number, False)


def _leave(leave: Callable[[int], None], code: int) -> None:
    set_backstop()
    leave(code)


def set_backstop() -> None:
    """From now on the process has a few seconds left, whatever hangs."""
    with contextlib.suppress(ValueError, AttributeError):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(BACKSTOP_SECONDS)


def is_terminal_gone() -> bool:
    """Whether the terminal this program was started on has been closed."""
    try:
        return not os.isatty(0)
    except OSError:
        return True
