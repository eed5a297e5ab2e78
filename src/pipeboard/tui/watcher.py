"""A thread that notices what other programs write to the database, and that the terminal has gone."""

import contextlib
import signal
import threading
from collections.abc import Callable

from pipeboard.domain.errors import PipeboardError
from pipeboard.tui.signals import is_terminal_gone, set_backstop

EVERY_SECONDS = 0.25
TERMINAL_EVERY = 8


class Watcher:
    """Polls beside the loop: an idle board costs no redraw and next to no processor time."""

    def __init__(
        self,
        poll: Callable[[], bool],
        *,
        changed: Callable[[], None],
        failed: Callable[[PipeboardError], None],
        hung_up: Callable[[], None] | None = None,
    ) -> None:
        self._poll = poll
        self._changed = changed
        self._failed = failed
        self._hung_up = hung_up
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pipeboard-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stop.set()

    def _run(self) -> None:
        rounds = 0
        is_failing = False
        while not self._stop.wait(EVERY_SECONDS):
            rounds += 1
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                try:
                    if self._poll():
                        self._changed()
                    is_failing = False
                except PipeboardError as error:
                    if not is_failing:
                        self._failed(error)
                    is_failing = True
                if self._hung_up is not None and rounds % TERMINAL_EVERY == 0 and is_terminal_gone():
                    set_backstop(128 + signal.SIGHUP)
                    self._hung_up()
                    return
