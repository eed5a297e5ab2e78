"""What the forecast and the waterfall share: a page of figures for a window of days, each opening its deals."""

from abc import abstractmethod
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingsMap

from pipeboard.domain.board import Overview
from pipeboard.domain.commands import EditDeals, Seen
from pipeboard.domain.figure_parts import OpenedFigure
from pipeboard.domain.periods import Period
from pipeboard.services.deal_parts import NamedPart
from pipeboard.services.forecast import ForecastQuery
from pipeboard.tui import echoes
from pipeboard.tui.bindings import first_keys
from pipeboard.tui.dialogs.ask_line import AskLine
from pipeboard.tui.dialogs.parts_behind import PartsBehind, PickedPart
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.retaking import Retaking
from pipeboard.tui.text.bars import ALWAYS, FootLine, KeyHint, TopLine
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.parts_pane import PartsPane
from pipeboard.tui.widgets.top_bar import TopBar
from pipeboard.tui.widgets.walked_page import Draw, WalkedPage
from pipeboard.tui.window_asking import WindowAsking

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

LOW = 34
"""Rows below which the pane shows the definition and no deals."""

_WALK = ("figures.left", "figures.down", "figures.up", "figures.right")
_HINTS = (
    (("figures.open",), "deals", 1),
    (("figures.previous", "figures.next"), "period", 2),
    (("figures.period",), "dates", 3),
    (("figures.owner",), "owner", 4),
    (("figures.export",), "export", 6),
    (("figures.copy",), "copy", 6),
    (("app.help",), "help", ALWAYS),
    (("app.back",), "back", ALWAYS),
)


class WindowScreen(Retaking, WindowAsking):
    """Figures of one pipeline in a window of days.

    Subclasses read their values for what was `asked`, draw them, and open their figures.
    """

    CONTEXT = ""
    NAME: ClassVar[str]
    FIRST: ClassVar[str]
    MORE_HINTS: ClassVar[tuple[tuple[tuple[str, ...], str, int], ...]] = ()

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(self, overview: Overview, *, period: Period | None = None, folder: Path | None = None) -> None:
        super().__init__(overview, ForecastQuery(overview.pipeline.id, period))
        self._folder = folder

    # What a subclass says

    @abstractmethod
    async def read(self) -> None:
        """Read the values for the window."""

    @abstractmethod
    def drawing(self) -> Draw | None:
        """What draws the values; None until they are read."""

    @abstractmethod
    def figure(self, key: str) -> OpenedFigure:
        """A figure with its deals; called beside the loop."""

    @abstractmethod
    def parts(self, figure: OpenedFigure, limit: int | None) -> list[NamedPart]:
        """The deals of a figure by name; called beside the loop."""

    @abstractmethod
    def write(self, folder: Path) -> Path:
        """Write everything into a new file; called beside the loop."""

    @abstractmethod
    def headline(self) -> str:
        """What is shown, for the header."""

    # Layout

    def compose(self) -> ComposeResult:
        """The header, the page, what the figure under the cursor means, the footer."""
        glyphs = self.app.glyphs
        yield TopBar(glyphs=glyphs)
        yield WalkedPage(self.FIRST, glyphs=glyphs)
        yield PartsPane(glyphs=glyphs)
        yield FootBar(glyphs=glyphs)

    def on_mount(self) -> None:
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(self.CONTEXT))])
        self.query_one(TopBar).show(TopLine(self.NAME, self._overview.pipeline.name))
        self.tell("")
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < LOW, "-low")

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return self.app.workspace.info.currency

    @property
    def page(self) -> WalkedPage:
        """The figures."""
        return self.query_one(WalkedPage)

    # Reading

    def reload(self) -> None:
        """Read the figures; the cursor stays on its figure."""
        self._run(self._load(), self.NAME)

    async def _load(self) -> None:
        await self.read()
        self.refresh_page()

    def refresh_page(self) -> None:
        """Draw what was read."""
        drawing = self.drawing()
        if drawing is None:
            return
        self.query_one(TopBar).show(TopLine(self.NAME, self.headline(), self.filter_words()))
        self.page.show(drawing)

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()
        self.reload()

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        message.stop()
        if message.outcome.action_id is not None:
            self.tell(message.outcome.label, "won")

    def _run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        self.app.run_guarded(work, group, on=self)

    @on(WalkedPage.FigureHighlighted)
    def _highlighted(self, message: WalkedPage.FigureHighlighted) -> None:
        self._run(self._explain(message.key), "explain")

    async def _explain(self, key: str) -> None:
        """Say what the figure means, with its largest deals."""
        if self.drawing() is None or key != self.page.key:
            return  # the cursor is elsewhere by now, and the figure may be gone
        pane = self.query_one(PartsPane)
        room = max(1, pane.rows_for_deals)
        figure, parts = await self.app.read(f"{self.NAME}-preview", lambda: self._behind(key, room))
        pane.show(figure, parts, self.currency)

    def _behind(self, key: str, limit: int | None) -> tuple[OpenedFigure, list[NamedPart]]:
        """A figure with its deals by name; called beside the loop, for a figure may be one of every deal there is."""
        figure = self.figure(key)
        return figure, self.parts(figure, limit)

    def tell(self, words: str, tone: str = "muted", *, is_undoable: bool = False) -> None:  # noqa: ARG002
        """Tell in the footer what happened."""
        actions = self.app.actions
        walk = KeyHint(first_keys(actions, *_WALK).replace(" ", ""), "walk", 5)
        hints = (KeyHint(first_keys(actions, *ids), word, rank) for ids, word, rank in (*self.MORE_HINTS, *_HINTS))
        self.query_one(FootBar).show(FootLine(words, tone, None, (walk, *hints)))

    # Walking

    def action_walk(self, dx: int, dy: int) -> None:
        """Go to the nearest figure in a direction."""
        self.page.walk(dx, dy)

    def action_page(self, pages: int) -> None:
        """Go a screen down or up."""
        self.page.page(pages)

    def action_edge(self, side: int) -> None:
        """Go to the first or last figure."""
        self.page.edge(side)

    def action_first(self) -> None:
        """To the first figure."""
        self.action_edge(-1)

    # Opening

    def action_open_figure(self) -> None:
        """List the deals behind the figure."""
        if self.drawing() is not None:
            self.app.run_question(self._open(self.page.key))

    @on(WalkedPage.FigureSelected)
    def _selected(self) -> None:
        self.action_open_figure()

    async def _open(self, key: str, place: int = 0) -> None:
        figure, parts = await self.app.read(f"{self.NAME}-figure", lambda: self._behind(key, None))
        if not parts:
            self.tell("No deals behind this figure")
            return

        def picked(found: PickedPart | None) -> None:
            if found is not None and found.is_for_date:
                self._ask_close_date(found.part, found.place)
            elif found is not None:
                self._open_deal(found.part.deal_id, [part.deal_id for part in parts if not part.is_deleted])

        self.app.ask(PartsBehind(figure, parts, self.currency, place), picked)

    def _open_deal(self, deal_id: int, ids: list[int]) -> None:
        """Show a deal; the others of the figure are its neighbours, and leaving it leads back here."""

        def neighbour(here: int, by: int) -> int | None:
            place = ids.index(here) + by if here in ids else -1
            return ids[place] if 0 <= place < len(ids) else None

        self.app.open_deal(deal_id, neighbour, lambda _: self.reload())

    def _ask_close_date(self, part: NamedPart, place: int) -> None:
        """Ask for another close date; then the list is shown again, for the next deal to be put right."""
        key = self.page.key

        def answered(text: str | None) -> None:
            if text is None:
                self.app.run_question(self._open(key, place))
                return
            from pipeboard.domain.dates import parse_when

            on_day = parse_when(text, self.app.local_now()).on if text.strip() else None
            command = EditDeals((Seen(part.deal_id, part.version),), (("expected_close_on", on_day),))
            self.app.run_question(self._change(command, key, place))

        describe = echoes.date_echo(self.app.local_now, is_optional=True)
        self.app.ask(AskLine(f"Close date of {part.title}", placeholder="eom", describe=describe), answered)

    async def _change(self, command: EditDeals, key: str, place: int) -> None:
        if await self.app.submit_and_wait(command):
            await self.read()
            self.refresh_page()
            if (await self._figure(key)).parts:
                await self._open(key, place)

    async def _figure(self, key: str) -> OpenedFigure:
        return await self.app.read(f"{self.NAME}-words", lambda: self.figure(key))

    # Taking it elsewhere

    def action_copy(self) -> None:
        """Copy the figure in words, and show what was copied."""
        if self.drawing() is not None:
            self._run(self._copy(self.page.key), "copy")

    async def _copy(self, key: str) -> None:
        figure = await self._figure(key)
        self.app.copy_to_clipboard(f"{figure.title}: {figure.formula}\n{figure.sentence}\n{figure.total}")
        self.tell(f"Copied: {figure.formula}", "won")

    def action_export(self) -> None:
        """Write all figures into a new file."""
        if self.drawing() is not None:
            self._run(self._export(), "export")

    async def _export(self) -> None:
        path = await self.app.read("figures-export", lambda: self.write(self._folder or Path.cwd()))
        self.tell(f"Exported to {path}", "won")

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)
