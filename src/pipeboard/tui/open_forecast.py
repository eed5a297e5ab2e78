"""How the forecast and the waterfall are shown."""

from typing import TYPE_CHECKING

from pipeboard.tui.opening import close_above

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def show_forecast(app: "PipeboardApp") -> None:
    """The forecast; what is above it is closed where it is open already."""
    from pipeboard.tui.screens.forecast import ForecastScreen

    if not close_above(app, ForecastScreen):
        app.ask(ForecastScreen(app.board_screen().overview), lambda _: None)


def show_waterfall(app: "PipeboardApp") -> None:
    """The waterfall; what is above it is closed where it is open already."""
    from pipeboard.tui.screens.waterfall import WaterfallScreen

    if not close_above(app, WaterfallScreen):
        app.ask(WaterfallScreen(app.board_screen().overview), lambda _: None)
