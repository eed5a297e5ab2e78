"""The metrics screen: figures to walk, each with its definition and its deals one key away."""

from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingsMap

from pipeboard.domain.board import Overview
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.metrics.funnel_modes import MODES
from pipeboard.domain.metrics.over_time import MetricsView
from pipeboard.domain.metrics.pages import OVERVIEW, PAGES, STAGES, Page
from pipeboard.domain.periods import label, step
from pipeboard.services.metrics import MetricsQuery
from pipeboard.tui.actions import FIGURES
from pipeboard.tui.bindings import first_key, first_keys
from pipeboard.tui.dialogs.deals_behind import DealsBehind
from pipeboard.tui.messages import Stale
from pipeboard.tui.metrics_asking import MetricsAsking
from pipeboard.tui.metrics_source import MetricsSource, Shown
from pipeboard.tui.text.bars import ALWAYS, FootLine, KeyHint, TopLine
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.widgets.figure_pane import FigurePane, FigureText
from pipeboard.tui.widgets.figures import Figures
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

_ROOM_FOR_BOTH = 100
"""Cells from which the header names the period before, too."""

LOW = 34
"""Rows below which the pane shows the definition and no deals."""

_WALK = ("figures.left", "figures.down", "figures.up", "figures.right")

_HINTS = (
    (("figures.open",), "deals", 1),
    (("figures.previous", "figures.next"), "period", 2),
    (("figures.next_page",), "page", 2),
    (("figures.period",), "when", 4),
    (("figures.compare",), "compare", 5),
    (("figures.owner",), "owner", 4),
    (("figures.export",), "export", 6),
    (("figures.copy",), "copy", 6),
    (("app.help",), "help", ALWAYS),
    (("app.back",), "back", ALWAYS),
)
"""The keys of the footer beside those that walk: their actions, their word, and how soon they give way."""


class MetricsScreen(MetricsAsking):
    """The figures of one pipeline. Dismissed with the id of a deal to open, or None.

    `overview` names the pipeline and its owners; `query` is what to show first.
    """

    CONTEXT = FIGURES
    CSS_PATH = "metrics.tcss"

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(
        self,
        source: MetricsSource,
        overview: Overview,
        *,
        query: MetricsQuery | None = None,
        glyphs: Glyphs = UNICODE,
        folder: Path | None = None,
    ) -> None:
        super().__init__()
        self._source = source
        self._overview = overview
        self._query = query or MetricsQuery(overview.pipeline.id)
        self._glyphs = glyphs
        self._folder = folder
        self._shown: Shown | None = None
        self._view: MetricsView | None = None
        self._page: Page | None = None
        self._page_name = OVERVIEW
        self._mode = MODES[0]
        self._is_compared = True

    # Layout

    def compose(self) -> ComposeResult:
        """The header, the figures, what the one under the cursor means, the footer."""
        yield TopBar(glyphs=self._glyphs)
        yield Figures(glyphs=self._glyphs)
        yield FigurePane(glyphs=self._glyphs)
        yield FootBar(glyphs=self._glyphs)

    def on_mount(self) -> None:
        # Ours first: nothing here takes the focus, so Tab is free for the pages.
        self._bindings = BindingsMap.merge([BindingsMap(self.app.bindings_for(FIGURES)), self._bindings])
        self.query_one(TopBar).show(TopLine("Metrics", self._overview.pipeline.name))
        self.tell("")
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < LOW, "-low")

    @property
    def page(self) -> Page | None:
        """The page on show; None for the overview."""
        return self._page

    @property
    def figure_key(self) -> str:
        """The figure under the cursor."""
        return self.query_one(Figures).key

    @property
    def view(self) -> MetricsView | None:
        """The figures on show; None until they are read."""
        return self._view

    # Reading

    def reload(self) -> None:
        """Read the figures; the cursor stays on its figure."""
        self._run(self._load(self._query, self._page_name, self._mode), "metrics")

    async def _load(self, query: MetricsQuery, name: str, mode: str) -> None:
        view, page = await self._source.view(query), None
        if name != OVERVIEW:
            page = await self._source.page(query, view.report, name, mode)
        if name == self._page_name:
            self._view, self._page = view, page
            self._shown = Shown(query, view, page)
            self._show()

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()
        self.reload()

    def _run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        self.app.run_guarded(work, group, on=self)

    def _show(self) -> None:
        if self._view is None:
            return
        self.query_one(TopBar).show(self._headline(self._view))
        self.query_one(Figures).show(self._view, is_compared=self._is_compared, page=self._page)
        if not self._view.report.win_rate.decided:
            win, lose = (first_key(self.app.actions, action_id) for action_id in ("deal.win", "deal.lose"))
            self.tell(f"Nothing was closed in this period: {win} and {lose} on the board close deals")

    def _headline(self, view: MetricsView) -> TopLine:
        """Which pipeline, which period, against which."""
        made = view.report
        words = f"{made.given.pipeline} {self._glyphs.dot} {label(made.given.period)}"
        if made.previous is not None and self._is_compared and self.size.width >= _ROOM_FOR_BOTH:
            words += f", against {label(made.previous.period)}"
        owner = f"@{made.given.owner}" if made.given.owner else ""
        filters = " ".join(one for one in (owner, made.given.source, made.given.product, self._query.filter) if one)
        return TopLine("Metrics", words, filters)

    @on(Figures.FigureHighlighted)
    def _highlighted(self, message: Figures.FigureHighlighted) -> None:
        self._run(self._explain(message.key), "explain")

    async def _explain(self, key: str) -> None:
        """Say what the figure means, with its first deals."""
        shown = self._shown
        if shown is None:
            return
        pane = self.query_one(FigurePane)
        behind = await self._source.behind(shown, key, limit=max(1, pane.rows_for_deals))
        currency = shown.view.report.given.currency
        pane.show(FigureText(behind.definition, _beside(shown.view, key), behind.count, behind.deals, currency))

    def tell(self, words: str, tone: str = "muted", *, is_undoable: bool = False) -> None:  # noqa: ARG002
        """Tell in the footer what happened."""
        actions = self.app.actions
        walk = KeyHint(first_keys(actions, *_WALK).replace(" ", ""), "walk", 3)
        hints = (KeyHint(first_keys(actions, *ids), word, priority) for ids, word, priority in _HINTS)
        self.query_one(FootBar).show(FootLine(words, tone, None, (walk, *hints)))

    # Walking

    def action_walk(self, dx: int, dy: int) -> None:
        """Go to the nearest figure in a direction."""
        self.query_one(Figures).walk(dx, dy)

    def action_page(self, pages: int) -> None:
        """Go a screen down or up."""
        self.query_one(Figures).page(pages)

    def action_edge(self, side: int) -> None:
        """Go to the first or last figure."""
        self.query_one(Figures).edge(side)

    # Opening

    def action_open_figure(self) -> None:
        """List the deals behind the figure."""
        if self._shown is not None:
            self.app.run_question(self._open(self._shown, self.figure_key))

    @on(Figures.FigureSelected)
    def _selected(self) -> None:
        self.action_open_figure()

    async def _open(self, shown: Shown, key: str) -> None:
        behind = await self._source.behind(shown, key)
        if not behind.deals:
            self.tell("No deals behind this figure")
            return
        self.app.ask(DealsBehind(behind, shown.view.report.given.currency), self._picked)

    def _picked(self, deal_id: object) -> None:
        if isinstance(deal_id, int):
            self.dismiss(deal_id)

    # Pages

    def action_show_page(self, place: int) -> None:
        """Show a page of figures."""
        if PAGES[place] != self._page_name:
            self._page_name = PAGES[place]
            self.tell("")
            self.reload()

    def action_turn_page(self, step: int) -> None:
        """Show the next page, or the one before."""
        self.action_show_page((PAGES.index(self._page_name) + step) % len(PAGES))

    @on(Figures.PageSelected)
    def _page_selected(self, message: Figures.PageSelected) -> None:
        self.action_show_page(message.place)

    def action_mode(self) -> None:
        """The funnel in its next mode, on the page of the stages."""
        if self._page_name != STAGES:
            self.action_show_page(PAGES.index(STAGES))
            return
        self._mode = MODES[(MODES.index(self._mode) + 1) % len(MODES)]
        self.reload()

    # Choosing what to show

    def action_period(self, count: int) -> None:
        """Show the period before or after; the future is not offered."""
        if self._view is None:
            return
        given = self._view.report.given
        if given.is_all:
            self.tell("Everything is shown: there is no period beside it")
            return
        try:
            period = step(given.period, count)
        except InvalidInput as error:
            self.app.report(error)
            return
        if period.start > given.today:
            self.tell("That was the latest period")
            return
        self.ask_for(self._query._replace(period=period))

    def action_compare(self) -> None:
        """Show or hide the change against the period before."""
        self._is_compared = not self._is_compared
        self._show()

    def action_owner(self) -> None:
        """The next owner, and after the last one everybody."""
        ids = [None, *(owner.id for owner in self._overview.owners)]
        here = ids.index(self._query.owner_id) if self._query.owner_id in ids else 0
        self.ask_for(self._query._replace(owner_id=ids[(here + 1) % len(ids)]))

    def ask_for(self, query: MetricsQuery) -> None:
        """Show other figures; the cursor stays on its own."""
        self._query = query
        self.tell("")
        self.reload()

    # Taking it elsewhere

    def action_copy(self) -> None:
        """Copy the figure in words, and show what was copied."""
        if self._shown is not None:
            self._run(self._copy(self._shown, self.figure_key), "copy")

    async def _copy(self, shown: Shown, key: str) -> None:
        told = (await self._source.behind(shown, key, limit=1)).definition
        self.app.copy_to_clipboard(f"{told.sentence}\n{told.formula}")
        self.tell(f"Copied: {told.formula}", "won")

    def action_export(self) -> None:
        """Write all figures into a new file."""
        if self._shown is not None:
            self._run(self._export(self._shown), "export")

    async def _export(self, shown: Shown) -> None:
        path = await self._source.export(shown, self._folder or Path.cwd())
        self.tell(f"Exported to {path}", "won")

    # Leaving

    def action_first(self) -> None:
        """To the first figure."""
        self.action_edge(-1)

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)


def _beside(view: MetricsView, key: str) -> str:
    """What else belongs beside the formula of a figure."""
    made = view.report
    if key == "win_rate":
        cohort, by_value = made.win_rate.cohort, made.win_rate.by_value
        words = f"by value {by_value:.1%}, " if by_value is not None else ""
        decided = f"{cohort.won} are won, {cohort.lost} lost, {cohort.open} open"
        return f"{words}of the {cohort.created} created in the period {decided}"
    if key == "velocity" and view.velocity_before is not None and made.previous is not None:
        return f"its change is that of the rates since {label(made.previous.period)}, not of the open deals"
    return ""
