"""Asking for a day, and showing the board as it stood then."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


class TimeTravel:
    """Mixed into the board and the board of a past day."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

    def action_as_of(self) -> None:
        """Ask for a day, told back while it is typed."""
        from pipeboard.domain.dates import parse_when
        from pipeboard.tui.dialogs.ask_line import AskLine
        from pipeboard.tui.echoes import date_echo

        def answered(text: str | None) -> None:
            if text:
                self.show_day(parse_when(text, self.app.local_now(), is_past=True).on)

        describe = date_echo(self.app.local_now, is_past=True)
        line = AskLine("The board as of", describe=describe, placeholder="last fri, -30d, 2026-10-01", enter="show")
        self.app.ask(line, answered)

    def show_day(self, day: date) -> None:
        """Show the board as it stood at the end of a day."""
        from importlib import import_module

        import_module("pipeboard.tui.open_past").show_past(self.app, day)
