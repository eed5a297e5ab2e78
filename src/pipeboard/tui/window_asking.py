"""What the forecast and the waterfall ask for: other days, another pipeline, deals of an owner, source or product."""

from abc import abstractmethod
from datetime import date
from typing import TYPE_CHECKING

from textual.screen import Screen

from pipeboard.domain.board import Overview
from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.domain.period_words import EXAMPLES, read_period
from pipeboard.domain.periods import Period, label, period_key, step
from pipeboard.services.forecast import ForecastQuery
from pipeboard.tui import echoes
from pipeboard.tui.dialogs.ask_line import AskLine, Echo
from pipeboard.tui.dialogs.choose import Choice, Choose
from pipeboard.tui.figure_asking import ask_filter

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


class WindowAsking(Screen[None]):
    """The questions of the two screens; `asked` is what they show."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

        def tell(self, words: str, tone: str = "muted", *, is_undoable: bool = False) -> None: ...

    def __init__(self, overview: Overview, asked: ForecastQuery) -> None:
        super().__init__()
        self._overview = overview
        self.asked = asked

    @abstractmethod
    def reload(self) -> None:
        """Read the figures again."""

    @property
    @abstractmethod
    def shown_period(self) -> Period | None:
        """The window on show; None until it is read."""

    @property
    def is_past(self) -> bool:
        """Whether a day without a year lies behind."""
        return False

    def check_period(self, period: Period) -> None:
        """Refuse a window that cannot be shown, with an InvalidInput."""

    def filter_words(self) -> str:
        """What the figures are narrowed to."""
        asked = self.asked
        owner = next((f"@{one.name}" for one in self._overview.owners if one.id == asked.owner_id), "")
        return " ".join(filter(None, (owner, asked.source, asked.product, asked.filter)))

    def ask_for(self, asked: ForecastQuery) -> None:
        """Show something else."""
        self.asked = asked
        self.tell("")
        self.reload()

    # Days

    def action_period(self, count: int) -> None:
        """Show the window before or after."""
        if self.shown_period is None:
            return
        try:
            period = step(self.shown_period, count)
            self.check_period(period)
        except InvalidInput as error:
            self.tell(str(error))
            return
        self.ask_for(self.asked._replace(period=period))

    def action_choose_period(self) -> None:
        """Type any window of days; what it means is shown live."""
        here = self.shown_period
        if here is None:
            return

        def describe(text: str) -> Echo:
            if not text:
                return Echo((echoes.one(EXAMPLES.removesuffix(", all"), "faint"),), is_ok=False)
            try:
                period = self._typed(text)
            except PipeboardError as error:
                return Echo((echoes.one(str(error), "overdue"),), is_ok=False)
            days = f"{period.days:,} day{'' if period.days == 1 else 's'}"
            return Echo((echoes.one(f"{label(period)}, {days}", "won"),))

        def answered(text: str | None) -> None:
            if text is not None:
                self.ask_for(self.asked._replace(period=self._typed(text)))

        value = period_key(here) or f"{here.start}..{date.fromordinal(here.end.toordinal() - 1)}"
        self.app.ask(AskLine("Period", value=value, describe=describe, is_selected=True, enter="show"), answered)

    def _typed(self, text: str) -> Period:
        from pipeboard.domain.dates import parse_when

        clock = self.app.local_now().replace(tzinfo=None)

        def day_of(typed: str) -> date:
            return parse_when(typed, clock, is_past=self.is_past).on

        period = read_period(text, clock.date(), day_of)
        if period is None:
            raise InvalidInput("Name the first day: 1 jan..today.")
        self.check_period(period)
        return period

    # What to look at

    def action_pipeline(self) -> None:
        """Choose the pipeline."""
        choices = [Choice(p.id, p.name, "", str(n)) for n, p in enumerate(self._overview.pipelines, 1)]

        def answered(choice: Choice | None) -> None:
            if choice is not None and isinstance(choice.value, int):
                self.ask_for(self.asked._replace(pipeline_id=choice.value, source=None, product=None))

        self.app.ask(Choose("Pipeline", choices, placeholder="pipeline"), answered)

    def action_filter(self) -> None:
        """Choose an owner, a source or a product."""
        self.app.run_question(self._filter())

    async def _filter(self) -> None:
        reads, pipeline_id = self.app.workspace.metrics, self.asked.pipeline_id
        found = await self.app.read("window-choices", lambda: reads.choices(pipeline_id))
        choices = [Choice(("owner_id", owner), f"@{name}", "owner") for owner, name in found.owners.items()]
        choices += [Choice(("source", name), name, "source") for name in found.sources]
        choices += [Choice(("product", name), name, "product") for name in found.products]

        def answered(choice: Choice | None) -> None:
            if choice is not None and isinstance(choice.value, tuple):
                self.ask_for(self.asked._replace(**dict([choice.value])))

        self.app.ask(Choose("Only deals of", choices, placeholder="owner, source or product"), answered)

    def action_filter_line(self) -> None:
        """Type a filter in the language of the board; what it means is shown live."""
        ask_filter(self.app, self.asked.filter, lambda text: self.ask_for(self.asked._replace(filter=text)))

    def action_clear_filter(self) -> None:
        """All deals of the pipeline."""
        cleared = self.asked._replace(owner_id=None, source=None, product=None, filter="")
        if cleared == self.asked:
            self.tell("No filter is set", "muted")
        else:
            self.ask_for(cleared)

    def action_owner(self) -> None:
        """The next owner, and after the last one everybody."""
        ids = [None, *(owner.id for owner in self._overview.owners)]
        here = ids.index(self.asked.owner_id) if self.asked.owner_id in ids else 0
        self.ask_for(self.asked._replace(owner_id=ids[(here + 1) % len(ids)]))
