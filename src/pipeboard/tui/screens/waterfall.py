"""The waterfall: what changed in the pipeline between two dates, and why."""

from pathlib import Path

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.figure_parts import OpenedFigure
from pipeboard.domain.periods import Period
from pipeboard.domain.waterfall_words import figure, headline
from pipeboard.services.deal_parts import NamedPart
from pipeboard.services.waterfall import WaterfallQuery, WaterfallView
from pipeboard.services.waterfall_export import export_csv
from pipeboard.tui.actions import WATERFALL
from pipeboard.tui.text.waterfall_page import FIRST, waterfall_page
from pipeboard.tui.widgets.walked_page import Draw
from pipeboard.tui.window_screen import WindowScreen


class WaterfallScreen(WindowScreen):
    """The waterfall of one pipeline, over this quarter so far at first."""

    CONTEXT = WATERFALL
    CSS_PATH = "waterfall.tcss"
    NAME = "Waterfall"
    FIRST = FIRST
    MORE_HINTS = ((("waterfall.closing",), "closing", 5), (("waterfall.weighted",), "weighted", 6))

    _view: WaterfallView | None = None
    _is_closing = False
    _is_weighted = False

    @property
    def view(self) -> WaterfallView | None:
        """The waterfall on show; None until it is read."""
        return self._view

    async def read(self) -> None:
        reads = self.app.workspace.waterfall
        close = (self.asked.period or self.shown_period) if self._is_closing else None
        query = WaterfallQuery(*self.asked, close=close, is_weighted=self._is_weighted)
        self._view = await self.app.read("waterfall", lambda: reads.view(query))

    def drawing(self) -> Draw | None:
        view = self._view
        if view is None:
            return None
        glyphs = self.app.glyphs
        return lambda width, height: waterfall_page(view.made, view.currency, width, height, glyphs)

    def figure(self, key: str) -> OpenedFigure:
        assert self._view is not None
        return figure(self._view.made, key, self._view.currency)

    def parts(self, figure: OpenedFigure, limit: int | None) -> list[NamedPart]:
        return self.app.workspace.waterfall.parts(figure, limit)

    def write(self, folder: Path) -> Path:
        assert self._view is not None
        return export_csv(self._view, self.app.workspace.waterfall.names(self._view), folder)

    def headline(self) -> str:
        view = self._view
        assert view is not None
        words = headline(view.period, view.as_of, view.query.close, is_weighted=view.query.is_weighted)
        return f"{view.pipeline.name} {self.app.glyphs.dot} {words}"

    @property
    def shown_period(self) -> Period | None:
        return self._view.period if self._view is not None else None

    def check_period(self, period: Period) -> None:
        if period.start > self.app.local_now().date():
            raise InvalidInput("Nothing has changed in days that are still to come.")

    @property
    def is_past(self) -> bool:
        """Days without a year lie behind: only what was, has changed."""
        return True

    def action_closing(self) -> None:
        """Look only at the deals expected to close in the period, or at all again."""
        self._is_closing = not self._is_closing
        self.reload()

    def action_weighted(self) -> None:
        """Show values times probabilities, or whole values again."""
        self._is_weighted = not self._is_weighted
        self.reload()
