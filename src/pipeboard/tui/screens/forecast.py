"""The forecast: what will be won by month, against the target, and what is missing to it."""

from pathlib import Path

from pipeboard.domain.figure_parts import OpenedFigure
from pipeboard.domain.forecast.opened import opened
from pipeboard.domain.forecast.report import Forecast
from pipeboard.domain.forecast.serialize import to_json
from pipeboard.domain.periods import Period, label
from pipeboard.services.deal_parts import NamedPart
from pipeboard.services.figure_export import HEADER, rows_of, write_csv
from pipeboard.tui.actions import FORECAST
from pipeboard.tui.text.forecast_page import FIRST, forecast_page
from pipeboard.tui.widgets.walked_page import Draw
from pipeboard.tui.window_screen import WindowScreen


class ForecastScreen(WindowScreen):
    """The forecast of one pipeline for a period, this quarter at first."""

    CONTEXT = FORECAST
    CSS_PATH = "forecast.tcss"
    NAME = "Forecast"
    FIRST = FIRST

    _made: Forecast | None = None

    @property
    def made(self) -> Forecast | None:
        """The forecast on show; None until it is read."""
        return self._made

    async def read(self) -> None:
        query, reads = self.asked, self.app.workspace.forecast
        self._made = await self.app.read("forecast", lambda: reads.forecast(query))

    def drawing(self) -> Draw | None:
        made = self._made
        if made is None:
            return None
        glyphs = self.app.glyphs
        return lambda width, _height: forecast_page(made, width, glyphs)

    def figure(self, key: str) -> OpenedFigure:
        assert self._made is not None
        return opened(self._made, key)

    def parts(self, figure: OpenedFigure, limit: int | None) -> list[NamedPart]:
        return self.app.workspace.forecast.parts(figure, limit)

    def write(self, folder: Path) -> Path:
        assert self._made is not None
        period = self._made.given.period
        stem = f"pipeboard-forecast-{period.start}-{period.end}"
        return write_csv(folder, stem, HEADER, rows_of(to_json(self._made)))

    def headline(self) -> str:
        made = self._made
        assert made is not None
        return f"{made.given.pipeline} {self.app.glyphs.dot} {label(made.given.period)}"

    @property
    def shown_period(self) -> Period | None:
        return self._made.given.period if self._made is not None else None
