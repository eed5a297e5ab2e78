"""Reminders while the board is open: what comes due is told once, in one terminal, never more than once a minute."""

import os
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from pipeboard.config.settings import quiet_hours
from pipeboard.domain.dates import short_day
from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.reminding import AWAY, next_look
from pipeboard.domain.text import printable, printable_lines
from pipeboard.services.agenda import Ring
from pipeboard.tui.bindings import first_key
from pipeboard.tui.runner import Superseded

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

_MOST_LINES = 5
_SECONDS_ON_SHOW = 30.0
_A_LITTLE = 0.05
_FIRST_LOOK = 1.0
_TITLE = "It is time"


class Reminders:
    """Looks at every full minute, as times of day are full minutes, and by the wall clock.

    So it needs to know of no change by anybody, and what came due while the machine slept or the program was
    closed is told in one toast at the next look. `latest` are those that were told last, for the key that
    answers them.
    """

    def __init__(self, app: "PipeboardApp") -> None:
        self._app = app
        self._quiet = quiet_hours(app.settings.quiet_hours)
        # A demo is filled at the start: what its people let pass is part of the story.
        self._told_until = self._now() if app.is_demo else self._now() - AWAY
        self._last_signal: datetime | None = None
        self._rung: set[tuple[int, datetime]] = set()
        self.latest: tuple[Ring, ...] = ()

    def start(self) -> None:
        """Look soon for what came due before the start, and then at each full minute."""
        self._app.set_timer(_FIRST_LOOK, self._look_soon, name="reminders-first")
        self._wait()

    def _wait(self) -> None:
        now = self._now()
        wait = 60 - now.second - now.microsecond / 1_000_000 + _A_LITTLE
        self._app.set_timer(wait, self._minute, name="reminders")

    def _minute(self) -> None:
        self._look_soon()
        self._wait()

    def _look_soon(self) -> None:
        self._app.run_worker(self.look(), group="reminders", exit_on_error=False)

    def _now(self) -> datetime:
        return self._app.workspace.clock.now()

    async def look(self) -> None:
        """Tell of what has come due since the last look. A clock that was set back makes nothing ring again."""
        app, now = self._app, self._now()
        found = next_look(self._told_until, now, self._last_signal, app.workspace.zone, self._quiet)
        if found is None:
            return
        since, me = found.since, app.workspace.me
        try:
            rings = await app.read("reminders", lambda: app.workspace.agenda.rings(since, now, owner_id=me))
        except (PipeboardError, Superseded):
            return  # whatever keeps it from being read is told where somebody asked; the next look makes up for it
        self._told_until = now
        rings = tuple(ring for ring in rings if (ring.task_id, ring.at) not in self._rung)
        if not rings:
            return
        self._rung |= {(ring.task_id, ring.at) for ring in rings}
        if mine := await self._claimed(rings):
            self._last_signal = now
            self.latest = mine
            await self._tell(mine)

    async def _claimed(self, rings: Sequence[Ring]) -> tuple[Ring, ...]:
        """Those that no other terminal tells of; all of them where nothing can be written."""
        workspace = self._app.workspace
        try:
            return tuple(await self._app.runner.write(lambda: workspace.claim(rings)))
        except PipeboardError:
            return tuple(rings)

    async def _tell(self, rings: Sequence[Ring]) -> None:
        app = self._app
        lines = reminder_lines(rings, app.workspace.zone, app.local_now())
        key = first_key(app.actions, "reminder.answer")
        hint = [f"{key} completes it, puts it off or opens it"] if key else []
        app.notify(printable_lines([*lines, *hint]), title=_TITLE, markup=False, timeout=_SECONDS_ON_SHOW)
        if app.settings.notify_command:
            await self._run_command(lines)
        elif not app.app_focus:
            self._signal(lines)

    async def _run_command(self, lines: Sequence[str]) -> None:
        from pipeboard.services.notifying import run_notify_command

        command, text = self._app.settings.notify_command, "; ".join(lines)
        try:
            await self._app.runner.read("notify", lambda: run_notify_command(command, _TITLE, text))
        except PipeboardError as error:
            self._app.notify(printable(str(error)), severity="warning", markup=False, timeout=10)
        except Superseded:
            return

    def _signal(self, lines: Sequence[str]) -> None:
        """What the terminal itself can do."""
        from pipeboard.services.notifying import BELL, terminal_signal

        how = self._app.settings.notify
        if how == "off":
            return
        signal = BELL if how == "bell" else terminal_signal(os.environ, _TITLE, "; ".join(lines))
        driver = self._app._driver
        if signal != BELL and driver is not None and not self._app.is_headless:
            driver.write(signal)
        else:
            self._app.bell()


def reminder_lines(rings: Sequence[Ring], zone: tzinfo, now: datetime) -> list[str]:
    """One line for each task with the time it is due, the latest ones when there are many."""
    lines = [f"{_time_of(ring, zone, now)}  {ring.title}: {ring.deal}" for ring in rings]
    if len(lines) > _MOST_LINES:
        lines = [f"and {len(lines) - _MOST_LINES} more before that", *lines[-_MOST_LINES:]]
    return lines


def _time_of(ring: Ring, zone: tzinfo, now: datetime) -> str:
    """When a task is due, as far as that is not plain; without a time when it reminds."""
    task, local = ring.task, ring.at.astimezone(zone)
    is_as_planned = task is not None and (task.snoozed_until is None or task.snoozed_until == task.due_on)
    on, clock = (task.due_on, task.due_time) if task is not None and is_as_planned else (local.date(), local.time())
    day = "" if on is None or (on == now.date() and clock is not None) else short_day(on, now.date())
    return f"{day} {clock:%H:%M}".strip() if clock is not None else day
