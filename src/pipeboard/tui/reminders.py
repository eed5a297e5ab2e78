"""Reminders while the board is open: a task with a time is told of when that time comes, once."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.text import printable_lines
from pipeboard.services.agenda import Ring
from pipeboard.tui.runner import Superseded

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

_MOST_LINES = 5
_SECONDS_ON_SHOW = 30.0
_A_LITTLE = 0.05


class Reminders:
    """Looks at every full minute, as times of day are full minutes, and by the wall clock.

    So it needs to know of no change by anybody, what came due while the machine slept is told in one toast at
    the next look, and there is never more than one a minute.
    """

    def __init__(self, app: "PipeboardApp") -> None:
        self._app = app
        self._told_until = self._now()
        self._rung: set[tuple[int, datetime]] = set()

    def start(self) -> None:
        """Look at the next full minute, and from then on at each."""
        now = self._now()
        wait = 60 - now.second - now.microsecond / 1_000_000 + _A_LITTLE
        self._app.set_timer(wait, self._minute, name="reminders")

    def _minute(self) -> None:
        self._app.run_worker(self.look(), group="reminders", exit_on_error=False)
        self.start()

    def _now(self) -> datetime:
        return self._app.workspace.clock.now()

    async def look(self) -> None:
        """Tell of what has come due since the last look. A clock that was set back makes nothing ring again."""
        app, now = self._app, self._now()
        since = min(self._told_until, now)
        me = app.workspace.me
        try:
            found = await app.read("reminders", lambda: app.workspace.agenda.rings(since, now, owner_id=me))
        except (PipeboardError, Superseded):
            return  # whatever keeps it from being read is told where somebody asked; the next look makes up for it
        self._told_until = now
        rings = [ring for ring in found if (ring.task_id, ring.at) not in self._rung]
        if rings:
            self._rung |= {(ring.task_id, ring.at) for ring in rings}
            lines = reminder_lines(rings, app.workspace.zone)
            app.notify(printable_lines(lines), title="It is time", markup=False, timeout=_SECONDS_ON_SHOW)
            if not app.app_focus:
                app.bell()


def reminder_lines(rings: Sequence[Ring], zone: tzinfo) -> list[str]:
    """One line for each task with its time, the latest ones when there are many, and where they are."""
    lines = [f"{ring.at.astimezone(zone):%H:%M}  {ring.title}: {ring.deal}" for ring in rings]
    if len(lines) > _MOST_LINES:
        lines = [f"and {len(lines) - _MOST_LINES} more before that", *lines[-_MOST_LINES:]]
    return [*lines, "g t opens the agenda"]
