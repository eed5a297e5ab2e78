"""Opening the screens on which a person sets Pipeboard up."""

from typing import TYPE_CHECKING

from pipeboard.tui.opening import close_above

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def show_pipelines(app: "PipeboardApp") -> None:
    """Pipelines and stages; what is above them is closed where they are open already."""
    from pipeboard.tui.screens.pipelines import PipelinesScreen

    if not close_above(app, PipelinesScreen):
        app.ask(PipelinesScreen(app.board_screen().overview.pipeline.id), lambda _: None)


def show_settings(app: "PipeboardApp") -> None:
    """Settings; what is above them is closed where they are open already."""
    from pipeboard.tui.screens.settings import SettingsScreen

    if not close_above(app, SettingsScreen):
        app.ask(SettingsScreen(), lambda _: None)
