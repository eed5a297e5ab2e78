"""Undo and redo, the same on every screen with deals."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeboard.domain.commands import Command
    from pipeboard.tui.app import PipeboardApp


class Retaking:
    """Takes back what was done last, and does it again; mixed into a screen."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

    def action_undo(self) -> None:
        """Take back what was done last."""
        from pipeboard.domain.commands import Undo

        self._retake(Undo())

    def action_redo(self) -> None:
        """Do it again."""
        from pipeboard.domain.commands import Redo

        self._retake(Redo())

    def _retake(self, command: "Command") -> None:
        """Queue it; a screen may let the keys wait until it shows what came of it."""
        self.app.submit(command)
