"""What the metrics screen asks for: a period, a pipeline, a filter, a target, a probability to take over."""

from typing import TYPE_CHECKING

from textual.screen import Screen

from pipeboard.domain.board import Overview
from pipeboard.domain.metrics.pages import StagePage
from pipeboard.domain.period_words import EXAMPLES, read_period
from pipeboard.domain.periods import Period, label, period_key
from pipeboard.services.metrics import MetricsQuery
from pipeboard.tui.dialogs.ask_line import AskLine, Echo, EchoPart
from pipeboard.tui.dialogs.choose import Choice, Choose
from pipeboard.tui.figure_asking import ask_filter, ask_target

if TYPE_CHECKING:
    from datetime import date

    from pipeboard.domain.metrics.over_time import MetricsView
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.metrics_source import MetricsSource


def _line(text: str, tone: str = "muted") -> tuple[tuple[EchoPart, ...], ...]:
    return ((EchoPart(text, tone),),)


class MetricsAsking(Screen[int | None]):
    """The questions of the metrics screen; each answer is another query or a command."""

    _overview: Overview
    _query: MetricsQuery
    _source: "MetricsSource"

    if TYPE_CHECKING:
        _view: MetricsView | None

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

        @property
        def figure_key(self) -> str: ...

        @property
        def page(self) -> object: ...

        def tell(self, words: str, tone: str = "muted", *, is_undoable: bool = False) -> None: ...

        def reload(self) -> None: ...

        def ask_for(self, query: MetricsQuery) -> None: ...

    # Period

    def action_choose_period(self) -> None:
        """Type any period; what it means is shown live."""
        if self._view is None:
            return
        here = self._view.report.given.period

        def describe(text: str) -> Echo:
            if not text:
                return Echo(_line(EXAMPLES, "faint"), is_ok=False)
            period = self._typed_period(text)
            return Echo(_line("everything, from the first event to now" if period is None else label(period), "won"))

        def answered(text: str | None) -> None:
            if text is not None:
                period = self._typed_period(text)
                self.ask_for(self._query._replace(period=period, is_all=period is None))

        value = period_key(here) or f"{here.days}d"
        self.app.ask(AskLine("Period", value=value, describe=describe, is_selected=True, enter="show"), answered)

    def _typed_period(self, text: str) -> Period | None:
        from pipeboard.domain.dates import parse_when

        clock = self.app.workspace.clock.now().astimezone(self.app.workspace.zone).replace(tzinfo=None)

        def day_of(typed: str) -> "date":
            return parse_when(typed, clock, is_past=True).on

        return read_period(text, clock.date(), day_of)

    # Pipeline and filters

    def action_pipeline(self) -> None:
        """Choose the pipeline."""
        choices = [Choice(p.id, p.name, "", str(n)) for n, p in enumerate(self._overview.pipelines, 1)]

        def answered(choice: Choice | None) -> None:
            if choice is not None and isinstance(choice.value, int):
                self.ask_for(self._query._replace(pipeline_id=choice.value, source=None, product=None))

        self.app.ask(Choose("Pipeline", choices, placeholder="pipeline"), answered)

    def action_filter(self) -> None:
        """Choose an owner, a source or a product."""
        self.app.run_guarded(self._filter(), "metrics-filter", on=self)

    async def _filter(self) -> None:
        found = await self._source.choices(self._query.pipeline_id)
        choices = [Choice(("owner_id", owner), f"@{name}", "owner") for owner, name in found.owners.items()]
        choices += [Choice(("source", name), name, "source") for name in found.sources]
        choices += [Choice(("product", name), name, "product") for name in found.products]

        def answered(choice: Choice | None) -> None:
            if choice is not None and isinstance(choice.value, tuple):
                self.ask_for(self._query._replace(**dict([choice.value])))

        self.app.ask(Choose("Only deals of", choices, placeholder="owner, source or product"), answered)

    def action_filter_line(self) -> None:
        """Type a filter in the language of the board; what it means is shown live."""
        ask_filter(self.app, self._query.filter, lambda text: self.ask_for(self._query._replace(filter=text)))

    def action_clear_filter(self) -> None:
        """All deals of the pipeline."""
        cleared = self._query._replace(owner_id=None, source=None, product=None, filter="")
        if cleared == self._query:
            self.tell("No filter is set", "muted")
        else:
            self.ask_for(cleared)

    # Targets

    def action_target(self) -> None:
        """Set the target of the period: of the owner that is filtered by, else of the team."""
        if self._view is not None:
            ask_target(self.app, self._view.report.given.period, self._query.owner_id, self.tell, self.reload)

    # Calibration

    def action_take_over(self) -> None:
        """Take the own win rate over as the probability of the stage under the cursor; `u` takes it back."""
        page, (kind, _, name) = self.page, self.figure_key.partition(":")
        if not isinstance(page, StagePage) or kind != "calibrate":
            self.tell("Put the cursor on a stage of Probabilities (page 2) first")
            return
        row = next((row for row in page.calibration if str(row.stage_id) == name), None)
        if row is None or row.percent is None or not row.can_be_taken:
            words = "is the same already" if row and row.percent == row.probability else "needs 20 decided deals"
            self.tell(f"The own figure {words}")
            return
        from pipeboard.domain.commands import EditStage

        command = EditStage(row.stage_id, (("probability", row.percent),))
        self.app.submit(command, lambda _: self.reload())
