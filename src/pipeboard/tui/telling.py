"""How the application tells things: words in the footer, expected errors in full, faults and where they are."""

from typing import TYPE_CHECKING

from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.text import printable

if TYPE_CHECKING:
    from textual.app import App as _App

    _Base = _App[int]
else:
    _Base = object


class Telling(_Base):
    """The one surface for errors; mixed into the application."""

    def say(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer of the screen on show."""
        for screen in reversed(self.screen_stack):
            tell = getattr(screen, "tell", None)
            if tell is not None:
                tell(words, tone, is_undoable=is_undoable)
                return

    def report(self, error: PipeboardError) -> None:
        """Show an expected error in full. Nothing that was typed is lost by it."""
        self.clear_notifications()  # one at a time: the newest is the one that matters, and they cover the board
        self.notify(printable(str(error)), severity="error", markup=False, timeout=8)
        self.say("Not done", "overdue")

    def report_unexpected(self, error: BaseException) -> None:
        """Show an error that should not happen, and write it down; in a test it ends the program."""
        if self.is_headless and isinstance(error, Exception):
            self._handle_exception(error)
            return
        from pipeboard.config.crash_log import write_log
        from pipeboard.tui.dialogs.message import MessageDialog

        path = write_log(error)
        text = f"{type(error).__name__}: this is a fault of Pipeboard. What is on disk is whole; undo works."
        self.push_screen(MessageDialog("That should not have happened", text, path=str(path or "")))
