"""Asking for a file to import, and showing what is in it."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def show_import(app: "PipeboardApp") -> None:
    """Ask for a file, and show what an import of it would do."""
    from pipeboard.tui.asking_file import ask_file

    ask_file(app, lambda path: _show(app, path))


def _show(app: "PipeboardApp", path: Path) -> None:
    from pipeboard.tui.screens.importing import ImportScreen

    app.ask(ImportScreen(path), lambda action_id: show_what_came(app, action_id))


def show_what_came(app: "PipeboardApp", action_id: int | None) -> None:
    """Go where the deals of an import stand, if there was one."""
    if action_id is not None:
        app.run_question(_go_there(app, action_id))


async def _go_there(app: "PipeboardApp", action_id: int) -> None:
    from pipeboard.domain.stage import DealStatus
    from pipeboard.tui.opening import go_to_deal
    from pipeboard.tui.text.deal_context import counted

    deals = await app.read("imported", lambda: app.workspace.listing.of_action(action_id))
    first = next((deal for deal in deals if deal.row.status == DealStatus.OPEN), None)
    if first is not None and hasattr(app.screen, "go_to_deal"):
        go_to_deal(app, first.row.id)
    if deals:
        app.say(f"{counted(len(deals), 'deal')} came in or changed", "won", is_undoable=True)
