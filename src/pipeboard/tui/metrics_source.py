"""Where the metrics screen gets its values from: reads that run beside the event loop."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeboard.domain.metrics.definitions import Definition
from pipeboard.domain.metrics.over_time import MetricsView
from pipeboard.domain.metrics.pages import Page
from pipeboard.domain.metrics.report import Report
from pipeboard.services.metrics_deals import DealBehind, definition_of, ids_behind, parts_summary, summary

if TYPE_CHECKING:
    from pipeboard.services.metrics import MetricsChoices, MetricsQuery, MetricsReads

Read = Callable[[str, Callable[[], Any]], Awaitable[Any]]
"""Runs work in a thread and gives its answer; the latest read of a name wins (`Runner.read`)."""


class Behind(NamedTuple):
    """A figure opened: its definition, how many deals it is made of, those that were asked for, their sum."""

    key: str
    definition: Definition
    count: int  # type: ignore[assignment]
    deals: list[DealBehind]
    total: str
    unit: str = ""


class Shown(NamedTuple):
    """What is on the screen: what was asked for, its figures, and the page (None: the overview)."""

    query: "MetricsQuery"
    view: MetricsView
    page: Page | None


class MetricsSource:
    """Reads the figures of a workspace through the reading lane of the application."""

    def __init__(self, read: Read, reads: Callable[[], "MetricsReads"]) -> None:
        self._read = read
        self._reads = reads

    async def view(self, query: "MetricsQuery") -> MetricsView:
        """The figures of a period with their history."""
        view: MetricsView = await self._read("metrics", lambda: self._reads().view(query))
        return view

    async def choices(self, pipeline_id: int | None) -> "MetricsChoices":
        """What the figures can be filtered by."""
        choices: MetricsChoices = await self._read("metrics-choices", lambda: self._reads().choices(pipeline_id))
        return choices

    async def page(self, query: "MetricsQuery", made: Report, name: str, mode: str) -> Page:
        """A page beside the overview."""
        page: Page = await self._read("metrics-page", lambda: self._reads().page(query, made, name, mode))
        return page

    async def behind(self, shown: Shown, key: str, limit: int | None = None) -> Behind:
        """What a figure is made of; with a limit only the first deals, and no total."""
        name = "figure" if limit is None else "figure-preview"
        behind: Behind = await self._read(name, lambda: self._behind(shown, key, limit))
        return behind

    def _behind(self, shown: Shown, key: str, limit: int | None) -> Behind:
        made = shown.view.report
        found = self._reads().answer(shown.query, made, shown.page, key)
        if found is not None:
            deals = self._reads().deals_of(made, found, limit)
            total = summary(deals, "", made.given.currency)
            parts = parts_summary(deals, found, made.given.currency)
            if limit is not None:
                return Behind(key, found.definition, len(found.deal_ids), deals, "")
            return Behind(key, found.definition, len(deals), deals, f"{parts}; {total}" if parts else total, found.unit)
        deals = self._reads().deals_behind(made, key, limit)
        count = len(set(ids_behind(made, key))) if limit is not None else len(deals)
        total = "" if limit is not None else summary(deals, key, made.given.currency)
        return Behind(key, definition_of(made, key), count, deals, total)

    async def export(self, shown: Shown, folder: Path) -> Path:
        """Write the figures of all pages into a new CSV file of the folder; where it is."""
        from pipeboard.services.metrics_export import export_csv

        made = shown.view.report
        path: Path = await self._read(
            "figures-export", lambda: export_csv(made, self._reads().document(shown.query, made), folder)
        )
        return path
