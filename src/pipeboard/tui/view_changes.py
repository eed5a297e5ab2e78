"""Changing kept filters: which one, then what."""

from typing import TYPE_CHECKING

from pipeboard.domain.saved_views import DeleteView, MoveView, RenameView, SavedView, ShareView
from pipeboard.tui.dialogs.ask_line import AskLine
from pipeboard.tui.dialogs.choose import Choice, Choose
from pipeboard.tui.echoes import any_text

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def change_views(app: "PipeboardApp", stand_on: int | None = None) -> None:
    """Choose a view and what is done with it; after a step up or down the same one is asked about again."""
    app.run_question(_change_views(app, stand_on))


async def _change_views(app: "PipeboardApp", stand_on: int | None) -> None:
    views = await app.read("views", app.workspace.filters.views)
    choices = [
        Choice(view, view.name, "everybody's" if view.is_shared else "yours", str(place) if place <= 9 else "")
        for place, view in enumerate(views, 1)
    ]
    place = next((at for at, view in enumerate(views) if view.id == stand_on), 0)

    def answered(choice: Choice | None) -> None:
        if choice is not None and isinstance(choice.value, SavedView):
            _ask_what(app, choice.value)

    app.ask(Choose("Change a view", choices, placeholder="view", cursor=place), answered)


def _ask_what(app: "PipeboardApp", view: SavedView) -> None:
    shared = "Take it for me alone" if view.is_shared else "Give it to everybody"
    choices = [
        Choice("rename", "Rename", "", "r"),
        Choice("up", "Move up", "its digit gets smaller", "u"),
        Choice("down", "Move down", "", "d"),
        Choice("share", shared, "", "s"),
        Choice("delete", "Delete", "undo brings it back", "x"),
    ]

    def answered(choice: Choice | None) -> None:
        what = choice.value if choice is not None else None
        if what == "rename":
            _rename(app, view)
        elif what in ("up", "down"):
            app.submit(MoveView(view.id, -1 if what == "up" else 1), lambda _: change_views(app, view.id))
        elif what == "share":
            app.submit(ShareView(view.id, not view.is_shared))
        elif what == "delete":
            app.submit(DeleteView(view.id))

    app.ask(Choose(view.name, choices, is_filtered=False), answered)


def _rename(app: "PipeboardApp", view: SavedView) -> None:
    def answered(name: str | None) -> None:
        if name:
            app.submit(RenameView(view.id, name))

    app.ask(
        AskLine("Rename", value=view.name, describe=any_text("Another name for the view."), is_selected=True), answered
    )
