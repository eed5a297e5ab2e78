"""The forecast: what will be won by month, against the target, and what is missing to it."""

from pathlib import Path

from pipeboard.domain.figure_parts import OpenedFigure
from pipeboard.domain.forecast.opened import opened
from pipeboard.domain.forecast.report import Forecast
from pipeboard.domain.forecast.serialize import to_json
from pipeboard.domain.forecast.trend import TrendPoint, opened_point
from pipeboard.domain.periods import Period, label
from pipeboard.services.deal_parts import NamedPart
from pipeboard.services.figure_export import HEADER, rows_of, write_csv
from pipeboard.tui.actions import FORECAST
from pipeboard.tui.figure_asking import ask_target
from pipeboard.tui.text.forecast_page import FIRST, forecast_page
from pipeboard.tui.widgets.walked_page import Draw
from pipeboard.tui.window_screen import WindowScreen


class ForecastScreen(WindowScreen):
    """The forecast of one pipeline for a period, this quarter at first."""

    CONTEXT = FORECAST
    CSS_PATH = "forecast.tcss"
    NAME = "Forecast"
    FIRST = FIRST
    MORE_HINTS = ((("figures.target",), "target", 5),)

    _made: Forecast | None = None
    _trend: tuple[TrendPoint, ...] = ()

    @property
    def made(self) -> Forecast | None:
        """The forecast on show; None until it is read."""
        return self._made

    async def read(self) -> None:
        query, reads = self.asked, self.app.workspace.forecast
        made = await self.app.read("forecast", lambda: reads.forecast(query))
        if self._made is None or made.given.period != self._made.given.period:
            self._trend = ()
        self._made = made
        self.app.run_guarded(self._read_trend(made), "forecast-trend", on=self)

    async def _read_trend(self, made: Forecast) -> None:
        """How it stood before is rebuilt from the history, which takes longer than the forecast itself."""
        reads = self.app.workspace.forecast
        trend = await self.app.read("forecast-trend", lambda: reads.trend(made))
        if made is self._made:
            self._trend = trend
            self.refresh_page()

    def drawing(self) -> Draw | None:
        made = self._made
        if made is None:
            return None
        trend, glyphs = self._trend, self.app.glyphs
        return lambda width, _height: forecast_page(made, trend, width, glyphs)

    def figure(self, key: str) -> OpenedFigure:
        assert self._made is not None
        for point in self._trend:
            if key == f"trend:{point.on}":
                return opened_point(point, self._made.given.period, self.currency)
        return opened(self._made, key)

    def parts(self, figure: OpenedFigure, limit: int | None) -> list[NamedPart]:
        return self.app.workspace.forecast.parts(figure, limit)

    def write(self, folder: Path) -> Path:
        assert self._made is not None
        period = self._made.given.period
        stem = f"pipeboard-forecast-{period.start}-{period.end}"
        return write_csv(folder, stem, HEADER, rows_of(to_json(self._made, self._trend)))

    def headline(self) -> str:
        made = self._made
        assert made is not None
        return f"{made.given.pipeline} {self.app.glyphs.dot} {label(made.given.period)}"

    def action_target(self) -> None:
        """Set the target of the period: of the owner that is filtered by, else of the team."""
        if (period := self.shown_period) is not None:
            ask_target(self.app, period, self.asked.owner_id, self.tell, self.reload)

    @property
    def shown_period(self) -> Period | None:
        return self._made.given.period if self._made is not None else None
