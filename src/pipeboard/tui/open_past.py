"""Opening the board of a past day."""

from datetime import date
from typing import TYPE_CHECKING

from pipeboard.tui.past_view import PastView, filtered_view
from pipeboard.tui.screens.past import PastScreen

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def show_past(app: "PipeboardApp", day: date) -> None:
    """The board of the present pipeline on a day, under its filter; it is read before anything is shown."""
    app.run_question(_show(app, day))


async def _show(app: "PipeboardApp", day: date) -> None:
    now = app.board_screen()
    pipeline_id, text = now.overview.pipeline.id, now.filter_text
    board = await app.read("past", lambda: app.workspace.as_of.board(day, pipeline_id))
    view = await filtered_view(app, PastView(board), text)
    app.ask(PastScreen(view, text), lambda _: None)
