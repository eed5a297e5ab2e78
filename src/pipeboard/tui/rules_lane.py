"""The rules beside the board: carried out in the lane of the writes, shortly after the last change."""

from typing import TYPE_CHECKING

from textual.timer import Timer

from pipeboard.domain.text import printable
from pipeboard.tui.messages import Stale

if TYPE_CHECKING:
    from pipeboard.services.automation import Automation, Fired
    from pipeboard.tui.app import PipeboardApp

QUIET_SECONDS = 1.0
"""A deal that is walked through several stages enters the last of them; so the rules wait until the keys rest."""


class RulesLane:
    """Has the rules of the settings carried out for what is done here."""

    def __init__(self, app: "PipeboardApp", automation: "Automation") -> None:
        self._app = app
        self._automation = automation
        self._timer: Timer | None = None

    def start(self) -> None:
        """Say what is wrong with the rules, and carry out those about idle deals."""
        self._app.runner.follower = self
        self._app.run_guarded(self._start(), "rules")

    async def _start(self) -> None:
        problems = await self._app.runner.read("rules", self._automation.problems)
        for problem in problems[:3]:
            self._app.notify(printable(problem), severity="warning", markup=False, timeout=12)
        self._show(await self._app.runner.write(self._automation.run_idle))

    def soon(self) -> None:
        """Something was asked for: look at it when nothing else has been for a moment."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(QUIET_SECONDS, self.look)

    def look(self) -> None:
        """Carry out what is due now, unless a write is still on its way."""
        if self._app.runner.pending_writes:
            self.soon()
        elif self._automation.is_pending:
            self._app.run_guarded(self._run(), "rules")

    async def _run(self) -> None:
        self._show(await self._app.runner.write(self._automation.run_pending))

    def _show(self, fired: "Fired") -> None:
        """Tell what was done, and show it."""
        app = self._app
        for problem in fired.problems[:3]:
            app.notify(printable(problem), severity="error", markup=False, timeout=12)
        if not fired.labels:
            return
        app.tell_screens(Stale())
        first, *others = fired.labels
        app.say(f"{first} and {len(others)} more" if others else first, "accent", is_undoable=True)

    def finish(self) -> None:
        """Leaving: queue what is still due behind the last write, so that nothing is left out."""
        if self._timer is not None:
            self._timer.stop()
        if self._automation.is_pending or self._app.runner.pending_writes:
            self._app.runner.write(self._automation.run_pending)
