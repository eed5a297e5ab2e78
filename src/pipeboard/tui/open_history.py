"""Opening the history."""

from typing import TYPE_CHECKING

from pipeboard.tui.opening import close_above

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def show_history(app: "PipeboardApp") -> None:
    """The history; what is above it is closed where it is open already."""
    from pipeboard.tui.screens.history import HistoryScreen

    if not close_above(app, HistoryScreen):
        app.ask(HistoryScreen(), lambda _: None)
