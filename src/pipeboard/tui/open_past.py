"""Opening the board of a past day."""

from datetime import date
from typing import TYPE_CHECKING

from pipeboard.tui.screens.past import PastScreen

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def show_past(app: "PipeboardApp", day: date) -> None:
    """The board of the present pipeline on a day; it is read before anything is shown."""
    app.run_question(_show(app, day))


async def _show(app: "PipeboardApp", day: date) -> None:
    pipeline_id = app.board_screen().overview.pipeline.id
    board = await app.read("past", lambda: app.workspace.as_of.board(day, pipeline_id))
    app.ask(PastScreen(board), lambda _: None)
