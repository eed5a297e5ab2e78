"""What the verbs share: the settings of this run and the workspace they work in."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, TypeVar

import click

from pipeboard.config.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from pipeboard.services.clock import Clock
    from pipeboard.services.workspace import Workspace

T = TypeVar("T")


class Session:
    """One run of the command line. The workspace is opened when first asked for, and closed at the end."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._closing = ExitStack()
        self._workspace: Workspace | None = None
        self._clock: Clock | None = None

    @property
    def clock(self) -> "Clock":
        """The clock of this run: that of the machine, or the instant in PIPEBOARD_NOW."""
        if self._clock is None:
            from pipeboard.services.clock import clock_from

            self._clock = clock_from()
        return self._clock

    @property
    def workspace(self) -> "Workspace":
        """The open workspace. Raises NotFound when nothing was set up yet."""
        if self._workspace is None:
            from pipeboard.cli.start import open_workspace

            self._workspace = open_workspace(self.settings, self.clock)
            self._closing.callback(self._workspace.close)
            if self.settings.rule:
                self._workspace.follow_rules(self.settings.rule)
                self._closing.callback(self._run_rules)
        return self._workspace

    def _run_rules(self) -> None:
        """Carry out the rules that this run has set off, before the workspace is closed."""
        from pipeboard.cli import diagnostics

        automation = self.workspace.automation
        if automation is None or not automation.is_pending:
            return
        fired = automation.run_pending()
        for sentence in (*fired.labels, *fired.problems):
            diagnostics.say(sentence)

    @property
    def now(self) -> "datetime":
        """The present moment as a local time of the workspace: what typed dates are seen from."""
        return self.clock.now().astimezone(self.workspace.zone).replace(tzinfo=None)

    @property
    def local_now(self) -> "datetime":
        """The same with its zone: what typed hours are counted from, as a night may have one more or less."""
        return self.clock.now().astimezone(self.workspace.zone)

    def close(self) -> None:
        """Close what was opened."""
        self._closing.close()


pass_session: Callable[[Callable[..., T]], Callable[..., T]] = click.make_pass_decorator(Session)
"""Gives a verb the session as its first argument."""
