"""Undo and redo, the same on every screen with deals."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


class Retaking:
    """Takes back what was done last, and does it again; mixed into a screen."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

    def action_undo(self) -> None:
        """Take back what was done last."""
        from pipeboard.domain.commands import Undo

        self.app.submit(Undo())

    def action_redo(self) -> None:
        """Do it again."""
        from pipeboard.domain.commands import Redo

        self.app.submit(Redo())
