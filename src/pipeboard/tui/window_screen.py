"""What the forecast and the waterfall share: a page of figures for a window of days, each opening its deals."""

from abc import abstractmethod
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.screen import Screen

from pipeboard.domain.board import Overview
from pipeboard.domain.commands import EditDeals, Seen
from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.domain.figure_parts import OpenedFigure
from pipeboard.domain.periods import Period, label, step
from pipeboard.domain.window_words import HINT, parse_window
from pipeboard.services.deal_parts import NamedPart
from pipeboard.tui import echoes
from pipeboard.tui.bindings import first_keys
from pipeboard.tui.dialogs.ask_line import AskLine, Echo
from pipeboard.tui.dialogs.parts_behind import PartsBehind, PickedPart
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.text.bars import ALWAYS, FootLine, KeyHint, TopLine
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.parts_pane import PartsPane
from pipeboard.tui.widgets.top_bar import TopBar
from pipeboard.tui.widgets.walked_page import Draw, WalkedPage

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

LOW = 34
"""Rows below which the pane shows the definition and no deals."""

_WALK = ("figures.left", "figures.down", "figures.up", "figures.right")
_HINTS = (
    (("figures.open",), "deals", 1),
    (("figures.previous", "figures.next"), "period", 2),
    (("window.dates",), "dates", 3),
    (("figures.owner",), "owner", 4),
    (("figures.export",), "export", 6),
    (("figures.copy",), "copy", 6),
    (("app.help",), "help", ALWAYS),
    (("app.back",), "back", ALWAYS),
)


class WindowScreen(Screen[int | None]):
    """Figures of one pipeline in a window of days. Dismissed with the id of a deal to open, or None.

    Subclasses read their values for `period` and `owner_id`, draw them, and open their figures.
    """

    CONTEXT = ""
    NAME: ClassVar[str]
    FIRST: ClassVar[str]
    MORE_HINTS: ClassVar[tuple[tuple[tuple[str, ...], str, int], ...]] = ()

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(self, overview: Overview, *, period: Period | None = None, folder: Path | None = None) -> None:
        super().__init__()
        self._overview = overview
        self._folder = folder
        self.period = period
        self.owner_id: int | None = None

    # What a subclass says

    @abstractmethod
    async def read(self) -> None:
        """Read the values for the window."""

    @abstractmethod
    def drawing(self) -> Draw | None:
        """What draws the values; None until they are read."""

    @abstractmethod
    def figure(self, key: str) -> OpenedFigure:
        """A figure with its deals."""

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
        owner = next((one.name for one in self._overview.owners if one.id == self.owner_id), "")
        self.query_one(TopBar).show(TopLine(self.NAME, self.headline(), f"@{owner}" if owner else ""))
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
        if self.drawing() is None:
            return
        pane = self.query_one(PartsPane)
        figure = self.figure(key)
        room = max(1, pane.rows_for_deals)
        parts = await self.app.read(f"{self.NAME}-preview", lambda: self.parts(figure, room))
        pane.show(figure, parts, self.currency)

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

    async def _open(self, key: str, standing_on: int | None = None) -> None:
        figure = self.figure(key)
        parts = await self.app.read(f"{self.NAME}-figure", lambda: self.parts(figure, None))
        if not parts:
            self.tell("No deals behind this figure")
            return
        self.app.ask(PartsBehind(figure, parts, self.currency, standing_on), self._picked)

    def _picked(self, picked: PickedPart | None) -> None:
        if picked is None:
            return
        if picked.is_for_date:
            self._ask_close_date(picked.part)
        else:
            self.dismiss(picked.part.deal_id)

    def _ask_close_date(self, part: NamedPart) -> None:
        """Ask for another close date; then the list is shown again, without the deal if it went elsewhere."""
        key = self.page.key

        def answered(text: str | None) -> None:
            if text is None:
                self.app.run_question(self._open(key, part.deal_id))
                return
            from pipeboard.domain.dates import parse_when

            on_day = parse_when(text, self.app.local_now()).on if text.strip() else None
            command = EditDeals((Seen(part.deal_id, part.version),), (("expected_close_on", on_day),))
            self._run(self._change(command, key, part.deal_id), "close-date")

        describe = echoes.date_echo(self.app.local_now, is_optional=True)
        self.app.ask(AskLine(f"Close date of {part.title}", placeholder="eom", describe=describe), answered)

    async def _change(self, command: EditDeals, key: str, deal_id: int) -> None:
        if await self.app.submit_and_wait(command):
            await self.read()
            self.refresh_page()
            if any(part.deal_id == deal_id for part in self.figure(key).parts):
                self.app.run_question(self._open(key, deal_id))

    # Choosing what to show

    @property
    @abstractmethod
    def shown_period(self) -> Period | None:
        """The window on show."""

    def check_period(self, period: Period) -> None:
        """Refuse a window that cannot be shown, with an InvalidInput."""

    def action_period(self, count: int) -> None:
        """Show the window before or after."""
        if self.shown_period is not None:
            self.go_to_period(step(self.shown_period, count))

    def go_to_period(self, period: Period) -> None:
        """Show another window, or say why not."""
        try:
            self.check_period(period)
        except InvalidInput as error:
            self.tell(str(error))
            return
        self.period = period
        self.tell("")
        self.reload()

    def action_dates(self) -> None:
        """Ask for any window of days."""
        now = self.app.local_now()

        def described(text: str) -> Echo:
            if not text.strip():
                return Echo((echoes.one(HINT, "faint"),), is_ok=False)
            try:
                period = parse_window(text, now.replace(tzinfo=None), is_past=self.is_past)
                self.check_period(period)
            except PipeboardError as error:
                return Echo((echoes.one(str(error), "overdue"),), is_ok=False)
            days = f"{period.days:,} day{'' if period.days == 1 else 's'}"
            return Echo((echoes.one(f"{label(period)}: {days}", "soon"),))

        def answered(text: str | None) -> None:
            if text:
                self.go_to_period(parse_window(text, now.replace(tzinfo=None), is_past=self.is_past))

        self.app.ask(AskLine("Days", placeholder="last month", describe=described), answered)

    @property
    def is_past(self) -> bool:
        """Whether a day without a year lies behind."""
        return False

    def action_owner(self) -> None:
        """The next owner, and after the last one everybody."""
        ids = [None, *(owner.id for owner in self._overview.owners)]
        here = ids.index(self.owner_id) if self.owner_id in ids else 0
        self.owner_id = ids[(here + 1) % len(ids)]
        self.tell("")
        self.reload()

    # Taking it elsewhere

    def action_copy(self) -> None:
        """Copy the figure in words, and show what was copied."""
        if self.drawing() is None:
            return
        figure = self.figure(self.page.key)
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
