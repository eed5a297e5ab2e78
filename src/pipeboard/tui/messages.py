"""Messages from the app to the screen on show."""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from pipeboard.domain.commands import Command
    from pipeboard.domain.events import Outcome


class CommandDone(Message):
    """A command is on disk."""

    def __init__(self, command: "Command", outcome: "Outcome") -> None:
        super().__init__()
        self.command = command
        self.outcome = outcome


class Stale(Message):
    """What is on show may be out of date: the last queued write is done, or somebody else wrote."""

    def __init__(self, *, is_foreign: bool = False) -> None:
        super().__init__()
        self.is_foreign = is_foreign

    def can_replace(self, message: Message) -> bool:
        """One reading answers any number of them."""
        return isinstance(message, Stale)
