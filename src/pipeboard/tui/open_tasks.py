"""The tasks of one deal: how their screen is made."""

from typing import TYPE_CHECKING

from pipeboard.tui.screens.tasks import TasksScreen

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def open_tasks(app: "PipeboardApp", deal_id: int) -> None:
    """Show the tasks of a deal beside what is on show."""
    app.ask(TasksScreen(deal_id), lambda _: None)
