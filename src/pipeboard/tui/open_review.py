"""Opening the screens of the pipeline meeting and of hygiene."""

from typing import TYPE_CHECKING

from pipeboard.tui.opening import close_above

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def show_hygiene(app: "PipeboardApp") -> None:
    """Hygiene; what is above it is closed where it is open already."""
    from pipeboard.tui.screens.hygiene import HygieneScreen

    if not close_above(app, HygieneScreen):
        app.ask(HygieneScreen(), lambda _: None)


def show_review(app: "PipeboardApp") -> None:
    """The pipeline meeting; what is above it is closed where it is open already."""
    from pipeboard.tui.screens.review import ReviewScreen

    if not close_above(app, ReviewScreen):
        app.ask(ReviewScreen(), lambda _: None)
