"""What the screens of deals under headings share: the list, the deal beside it, moving about, finding."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pipeboard.domain.errors import NotFound, PipeboardError
from pipeboard.domain.stage import Stage
from pipeboard.services.filtered import FilterBook, RowRule
from pipeboard.tui.agenda_actions import AgendaActions
from pipeboard.tui.bindings import first_key, pane_keys
from pipeboard.tui.filter_line import open_filter_line
from pipeboard.tui.filtering import FilterChanged, FilterClosed, FilterOpened, filter_echo
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.runner import Superseded
from pipeboard.tui.targets import Target
from pipeboard.tui.text.agenda_rows import (
    About,
    AgendaGroup,
    AgendaKeyWords,
    AgendaRow,
    AgendaTerms,
    deal_id_of,
    matching,
    without,
)
from pipeboard.tui.text.bars import FootLine, KeyHint, TopLine
from pipeboard.tui.text.subject_rows import tight
from pipeboard.tui.widgets.agenda_list import AgendaList
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.side_pane import SidePane
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

PANE_NEEDS = 100
"""Columns of the terminal from which the deal stands beside the list."""

ROOMY = 130
"""Columns from which the pane is as wide as beside the board."""


class GroupedDeals(AgendaActions, Screen[int | None]):
    """Rows of deals in groups. Subclasses say what is read (`read`), and how it is put into words (`groups`)."""

    CONTEXT: ClassVar[str]
    PLACE: ClassVar[str]
    HINTS: ClassVar[tuple[tuple[str, str, int], ...]]
    """The keys of the footer: the action, its word, and how soon it gives way."""

    DEFAULT_CSS = """
    GroupedDeals { background: $background; }
    GroupedDeals #middle { height: 1fr; }
    GroupedDeals #pane { width: 46; height: 1fr; background: $surface; }
    GroupedDeals.-tight #pane { width: 38; }
    GroupedDeals #filter { height: 1; background: $surface; }
    """
    AUTO_FOCUS = "#list"
    # A change of the focus repaints the whole screen otherwise.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(self) -> None:
        super().__init__()
        self._stages: tuple[Stage, ...] = ()
        self._filter_text = ""
        self._rules: tuple[RowRule, ...] = ()
        self._book: FilterBook | None = None
        self._is_pane_wanted = True
        self._whose: int | None = None
        self._removed: set[int] = set()
        self._is_read = False
        self._told = FootLine()

    # -- what the screen provides -----------------------------------------------------------------

    async def read(self, owner_id: int | None) -> None:
        """Read and keep what is listed, of one person where one is given."""
        raise NotImplementedError

    def groups(self, terms: AgendaTerms) -> tuple[AgendaGroup, ...]:
        """What was read as groups of rows."""
        raise NotImplementedError

    def summary(self) -> str:
        """What the header says of it."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What stands there when nothing is listed."""
        raise NotImplementedError

    def empty(self, *, is_filtered: bool) -> tuple[str, list[tuple[str, str]]]:
        """Why no row is on show, and the keys that help."""
        if is_filtered:
            return f"Nothing fits “{self._filter_text}”.", [(self._key("view.unfilter"), "shows everything again")]
        return self.nothing(), [(f"{self._key('go.to')} b", "goes to the board")]

    def who(self) -> str:
        """Whose deals are listed."""
        owners = {owner.id: owner.name for owner in self.app.owners()}
        return "everybody" if self._whose is None else owners.get(self._whose, "")

    def headline(self) -> TopLine:
        """The header."""
        words = f" {self.app.glyphs.dot} ".join(filter(None, (self.who(), self.summary())))
        return TopLine(self.PLACE, words, self._filter_text)

    def hides(self) -> bool:
        """Whether an action took rows away that are not yet read again."""
        return bool(self._removed)

    def is_gone(self, about: About) -> bool:
        """Whether the rows about this are among them."""
        return deal_id_of(about) in self._removed

    def take_back_hidden(self) -> None:
        """Forget what actions took away: what was read now says it."""
        self._removed.clear()

    def fitted(self, groups: tuple[AgendaGroup, ...]) -> tuple[AgendaGroup, ...]:
        """The groups for a screen too narrow for the pane."""
        return tight(groups)

    def hints(self) -> list[KeyHint]:
        """The keys of the footer for the row under the cursor."""
        return [KeyHint(self._key(action_id), label, priority) for action_id, label, priority in self.HINTS]

    def make_pane(self) -> SidePane:
        """The pane beside the list."""
        return SidePane(glyphs=self.app.glyphs, keys=pane_keys(self.app.actions), id="pane")

    def below(self) -> ComposeResult:
        """What stands between the list and the footer."""
        yield from ()

    # -- layout -----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The header, the list, the deal of the row beside it, the footer."""
        glyphs = self.app.glyphs
        yield TopBar(glyphs=glyphs, id="top")
        with Horizontal(id="middle"):
            yield AgendaList(glyphs=glyphs, id="list")
            yield self.make_pane()
        yield from self.below()
        yield FootBar(glyphs=glyphs, id="foot")

    def on_mount(self) -> None:
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(self.CONTEXT))])
        self._show_headline()
        self.tell("")
        self._fit_pane(self.app.size.width)
        self._run(self.reload(), "reload")

    def on_resize(self, event: events.Resize) -> None:
        self._fit_pane(event.size.width)
        self.show_rows()

    def _fit_pane(self, width: int) -> None:
        pane = self.query_one("#pane", SidePane)
        was_open, pane.display = pane.display, self._is_pane_wanted and width >= PANE_NEEDS
        self.set_class(width < ROOMY, "-tight")
        if pane.display and not was_open:
            self._refresh_pane()

    @property
    def listing(self) -> AgendaList:
        """The rows."""
        return self.query_one(AgendaList)

    def _key(self, action_id: str) -> str:
        return first_key(self.app.actions, action_id)

    # -- reading ----------------------------------------------------------------------------------

    async def reload(self) -> None:
        """Read again. An answer that a newer key has overtaken is dropped; another one follows it."""
        app = self.app
        generation = app.runner.generation
        try:
            await self.read(self._whose)
            stages = await app.read(f"{self.CONTEXT}-stages", app.workspace.deals.stages)
        except Superseded:
            return
        if app.runner.pending_writes or app.runner.generation != generation:
            return
        self._stages, self._is_read = stages, True
        self.take_back_hidden()
        self._book = None  # the deals have changed, and what the filter leaves with them
        if self._filter_text:
            await self._narrow(self._filter_text)
        else:
            self.show_rows()
        self._refresh_pane()

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()
        self._run(self.reload(), "reload")

    def _run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        self.run_worker(self._guarded(work), group=group, exit_on_error=False)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Superseded:
            pass
        except PipeboardError as error:
            self.app.report(error)
        except Exception as error:
            self.app.report_unexpected(error)

    # -- what is on show --------------------------------------------------------------------------

    def show_rows(self) -> None:
        """Put what was read into words, without what the filter or an action took away."""
        if not self._is_read:
            return
        keys = AgendaKeyWords(self._key("task.add"), self._key("deal.reopen"))
        terms = AgendaTerms(self.app.local_now(), self.app.workspace.info.currency, keys)
        groups = self.groups(terms)
        if self.hides():
            groups = without(groups, self.is_gone)
        if self.app.size.width < PANE_NEEDS:
            groups = self.fitted(groups)
        words, hints = self.empty(is_filtered=bool(self._filter_text and groups))
        self.listing.show(matching(groups, self._rules), of=groups, words=words, hints=hints)
        self._show_headline()

    def _show_headline(self) -> None:
        self.query_one(TopBar).show(self.headline())

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        message.stop()
        outcome = message.outcome
        if outcome.action_id is not None:
            self.tell(outcome.label, "won", is_undoable=not outcome.label.startswith("Undid"))

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer."""
        self._told = FootLine(words, tone, KeyHint(self._key("history.undo"), "undo") if is_undoable else None)
        self._show_foot()

    def _show_foot(self) -> None:
        self.query_one(FootBar).show(self._told._replace(keys=tuple(hint for hint in self.hints() if hint.key)))

    # -- the deal beside the list -------------------------------------------------------------------

    @on(AgendaList.RowHighlighted)
    def _highlighted(self) -> None:
        self._show_foot()
        self._refresh_pane()

    def _refresh_pane(self) -> None:
        pane, row = self.query_one("#pane", SidePane), self.row()
        if not pane.display:
            return
        if row is None:
            pane.show(None, self.app.local_now(), title="", hints=())
        else:
            self._run(self._load_pane(row.deal_id), "pane")

    async def _load_pane(self, deal_id: int) -> None:
        app = self.app
        try:
            detail = await app.read("pane", lambda: app.workspace.deals.detail(deal_id))
        except NotFound:
            return  # gone meanwhile; the reload that follows moves the cursor
        row = self.row()
        if row is not None and row.deal_id == deal_id:
            self.query_one("#pane", SidePane).show(detail, app.local_now())

    def action_toggle_pane(self) -> None:
        """Show or hide the deal beside the list."""
        if self.size.width < PANE_NEEDS:
            self.action_open_deal()
        else:
            self._is_pane_wanted = not self._is_pane_wanted
            self._fit_pane(self.size.width)

    # -- what the actions need ------------------------------------------------------------------------

    def row(self) -> AgendaRow | None:
        return self.listing.selected

    def all_stages(self) -> tuple[Stage, ...]:
        return self._stages

    def show_without_task(self, _task_id: int) -> None:
        """The rows are deals: what becomes of a task is read with the next reload."""

    def show_removed(self, targets: tuple[Target, ...]) -> None:
        self._removed |= {target.id for target in targets}
        self.show_rows()

    # -- moving about -------------------------------------------------------------------------------

    def action_cursor(self, _dx: int, dy: int) -> None:
        """Go up or down."""
        self.listing.move(dy)

    def action_page(self, step: int) -> None:
        """Go a screen up or down."""
        self.listing.page(step)

    def action_first(self) -> None:
        """Go to the first row."""
        self.listing.edge(-1)

    def action_last(self) -> None:
        """Go to the last row."""
        self.listing.edge(1)

    def action_group(self, step: int) -> None:
        """Go to the next or previous group."""
        self.listing.group(step)

    def action_open_deal(self) -> None:
        """Everything about the deal of the row."""
        if (row := self.row()) is not None:
            self.app.open_deal(row.deal_id, self._neighbour, self._came_back)

    @on(AgendaList.RowSelected)
    def _row_selected(self) -> None:
        self.action_open_deal()

    def _neighbour(self, deal_id: int, step: int) -> int | None:
        """The deal before or after another one, in the order of the list, each once."""
        ids = list(dict.fromkeys(self.listing.rows.deal_ids))
        place = ids.index(deal_id) + step if deal_id in ids else -1
        return ids[place] if 0 <= place < len(ids) else None

    def _came_back(self, deal_id: int | None) -> None:
        if deal_id is not None:
            self.listing.select(deal_id)

    def go_to_deal(self, deal_id: object) -> None:
        """Put the cursor on a deal; one that is not listed opens by itself."""
        if not isinstance(deal_id, int):
            return
        if self.listing.rows.place_of_deal(deal_id) is not None:
            self.listing.select(deal_id)
        else:
            self.app.open_deal(deal_id, self._neighbour, self._came_back)

    def action_leave(self) -> None:
        """Clear the filter; without one go back."""
        if self._filter_text:
            self.action_clear_filter()
        else:
            self.dismiss(None)

    # -- what is listed -------------------------------------------------------------------------------

    def action_next_owner(self) -> None:
        """The deals of the next person, then those of everybody again."""
        ids: list[int | None] = [None, *(owner.id for owner in self.app.owners())]
        place = ids.index(self._whose) if self._whose in ids else 0
        self._whose = ids[(place + 1) % len(ids)]
        self._show_headline()
        self._run(self.reload(), "reload")

    def action_filter(self) -> None:
        """Type words; the rows follow."""
        open_filter_line(self.app, self, self._filter_text, filter_echo(self.app))

    @on(FilterOpened)
    def _filter_opened(self) -> None:
        self.app.keys_taken_by(self.query_one("#filter"))

    @on(FilterChanged)
    def _filter_changed(self, message: FilterChanged) -> None:
        self.take_filter(message.text.strip())

    @property
    def filter_text(self) -> str:
        """What the rows are filtered by."""
        return self._filter_text

    def take_filter(self, text: str) -> None:
        """Filter by something else."""
        self._filter_text = text
        self._run(self._narrow(text), "narrow")

    async def _narrow(self, text: str) -> None:
        """Ask which deals the filter leaves, in the language of the board; a newer text overtakes this one."""
        app = self.app
        if self._book is None:
            self._book = await app.read(f"{self.CONTEXT}-book", app.workspace.filters.book)
        book = self._book
        rules = await app.read(f"{self.CONTEXT}-filter", lambda: book.rules(text)) if text else ()
        if text == self._filter_text:
            self._rules = rules
            self.show_rows()

    @on(FilterClosed)
    def _filter_closed(self, message: FilterClosed) -> None:
        if not message.is_kept:
            self.action_clear_filter()
        self.listing.focus()

    def action_clear_filter(self) -> None:
        """List everything again."""
        if not self._filter_text:
            self.tell("No filter is set", "muted")
        self._filter_text, self._rules = "", ()
        self.show_rows()

    def read_beside(self, name: str, work: Callable[[], Any]) -> Coroutine[Any, Any, Any]:
        """Read in the thread under this screen's name."""
        return self.app.read(f"{self.CONTEXT}-{name}", work)
