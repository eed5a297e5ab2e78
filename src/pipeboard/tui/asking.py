"""The help: the registry as a list to search and run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeboard.tui.actions import BY_ID, UserAction, keys_words
from pipeboard.tui.dialogs.choose import Choice, Choose
from pipeboard.tui.dialogs.help import HelpDialog, HelpEntry

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def help_dialog(actions: Sequence[UserAction]) -> HelpDialog:
    """The keys of a screen by group, those that move about at the end; the nine stage keys as one entry."""
    entries = [
        HelpEntry(a.group, keys_words(a.keys), a.label, a.help, a.id)
        for a in sorted(actions, key=lambda action: action.group == "Move about")
        if not a.id.startswith("stage.") or a.id == "stage.1"
    ]
    joined = [
        e._replace(keys="1 to 9", label="Stage n", help="Jump to a stage by its number")
        if e.action_id == "stage.1"
        else e
        for e in entries
    ]
    return HelpDialog(joined, title="Keys")


def run_by_id(app: "PipeboardApp", action_id: str | None) -> None:
    """Run an action as if its key had been pressed."""
    action = BY_ID.get(action_id or "")
    if action is None:
        return
    name = action.action.split("(")[0]
    node = app.screen if hasattr(app.screen, f"action_{name}") else app
    app.call_later(app.run_action, action.action, node)


def choose_theme(app: "PipeboardApp") -> None:
    """Choose the colours, and keep them for the next start."""
    choices = [Choice(name, name, "now" if name == app.theme else "") for name in sorted(app.available_themes)]

    def answered(choice: Choice | None) -> None:
        if choice is not None:
            app.theme = app.chosen_theme = str(choice.value)

    app.ask(Choose("Theme", choices, placeholder="theme"), answered)
