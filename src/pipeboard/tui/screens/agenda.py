"""The agenda: the day's work of all deals, done from one list."""

from collections.abc import Coroutine
from datetime import date
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pipeboard.domain.errors import NotFound, PipeboardError
from pipeboard.domain.stage import Stage
from pipeboard.services.agenda import Agenda
from pipeboard.services.filtered import FilterBook, RowRule
from pipeboard.tui.actions import AGENDA
from pipeboard.tui.agenda_actions import AgendaActions
from pipeboard.tui.agenda_arranging import AgendaArranging
from pipeboard.tui.bindings import first_key, pane_keys
from pipeboard.tui.filter_line import open_filter_line
from pipeboard.tui.filter_menu import FilterMenu
from pipeboard.tui.filtering import FilterChanged, FilterClosed, FilterOpened, filter_echo
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.runner import Superseded
from pipeboard.tui.targets import Target
from pipeboard.tui.text.agenda_rows import (
    AgendaGroup,
    AgendaKeyWords,
    AgendaRow,
    AgendaTerms,
    matching,
    without,
)
from pipeboard.tui.text.bars import FootLine, KeyHint, TopLine
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

MOST_DEALS = 500
"""Deals read for each of the groups of deals; how many there are is told all the same."""

_MINUTE = 60.0

_HINTS = (
    ("task.complete", "done", 1),
    ("task.snooze", "snooze", 2),
    ("agenda.reschedule", "reschedule", 3),
    ("agenda.assign", "reassign", 5),
    ("task.add", "new", 3),
    ("agenda.arrange", "day, week", 7),
    ("activity.log", "log", 4),
    ("deal.open", "deal", 4),
    ("go.to", "go", 6),
    ("app.help", "help", 0),
    ("app.back", "back", 0),
)
"""The keys of the footer: the action, its word, and how soon it gives way."""


class AgendaScreen(AgendaArranging, AgendaActions, FilterMenu, Screen[int | None]):
    """Tasks by the day they ask for attention, then deals that nobody has planned anything for."""

    CONTEXT = AGENDA
    CSS_PATH = "agenda.tcss"
    AUTO_FOCUS = "#list"
    # A change of the focus repaints the whole screen otherwise.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(self) -> None:
        super().__init__()
        self._agenda: Agenda | None = None
        self._groups: tuple[AgendaGroup, ...] = ()
        self._stages: tuple[Stage, ...] = ()
        self._filter_text = ""
        self._rules: tuple[RowRule, ...] = ()
        self._book: FilterBook | None = None
        self._is_pane_wanted = True
        self._day: date | None = None
        self._gone: set[int] = set()
        self._told = FootLine()

    # -- layout -----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The header, the list, the deal of the row beside it, the footer."""
        glyphs = self.app.glyphs
        yield TopBar(glyphs=glyphs, id="top")
        with Horizontal(id="middle"):
            yield AgendaList(glyphs=glyphs, id="list")
            yield SidePane(glyphs=glyphs, keys=pane_keys(self.app.actions), id="pane")
        yield FootBar(glyphs=glyphs, id="foot")

    def on_mount(self) -> None:
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(AGENDA))])
        self._show_headline()
        self.tell("")
        self._fit_pane(self.app.size.width)
        self.set_interval(_MINUTE, self._minute_passed)
        self._run(self.reload(), "reload")

    def on_resize(self, event: events.Resize) -> None:
        self._fit_pane(event.size.width)

    def _fit_pane(self, width: int) -> None:
        pane = self.query_one(SidePane)
        was_open, pane.display = pane.display, self._is_pane_wanted and width >= PANE_NEEDS
        self.set_class(width < ROOMY, "-tight")
        if pane.display and not was_open:
            self._refresh_pane()

    @property
    def listing(self) -> AgendaList:
        """The rows."""
        return self.query_one(AgendaList)

    def _key(self, action_id: str) -> str:
        """The first key of an action as people write it; "" when it has none."""
        return first_key(self.app.actions, action_id)

    # -- reading ----------------------------------------------------------------------------------

    async def reload(self) -> None:
        """Read the agenda again. An answer that a newer key has overtaken is dropped; another one follows it."""
        app = self.app
        generation = app.runner.generation
        wanted: dict[str, Any] = {
            "owner_id": self._person_id,
            "kinds": app.settings.suggestions,
            "silent_days": app.settings.silent_days,
        }
        reads = app.workspace.agenda
        try:
            value = await app.read("agenda", lambda: reads.agenda(MOST_DEALS, **wanted))
            stages = await app.read("agenda-stages", app.workspace.deals.stages)
        except Superseded:
            return
        if app.runner.pending_writes or app.runner.generation != generation:
            return
        self._agenda, self._stages, self._book = value, stages, None
        self._gone.clear()
        if self._filter_text:
            await self._filter(self._filter_text)
        self._show_rows()
        self._refresh_pane()

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()
        self._run(self.reload(), "reload")

    def _minute_passed(self) -> None:
        """What the rows say of the time of day goes on; a new day is another agenda."""
        if self._day is not None and self.app.local_now().date() != self._day:
            self._run(self.reload(), "reload")
        else:
            self._show_rows()

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

    def _show_rows(self) -> None:
        """Put what was read into words, without what the filter or an action took away."""
        if self._agenda is None:
            return
        now = self.app.local_now()
        self._day = now.date()
        keys = AgendaKeyWords(self._key("task.add"), self._key("deal.reopen"))
        terms = AgendaTerms(now, self.app.workspace.info.currency, keys)
        self._groups = without(self._arranged(self._agenda, terms), self._is_gone)
        shown = matching(self._groups, self._rules)
        words, hints = self._empty_words()
        self.listing.show(shown, of=self._groups, words=words, hints=hints)
        self._show_headline()

    def _is_gone(self, row: AgendaRow) -> bool:
        return row.task is not None and row.task.id in self._gone

    def _empty_words(self) -> tuple[str, list[tuple[str, str]]]:
        """Why nothing is listed, and the keys that help."""
        board = (f"{self._key('go.to')} b", f"the board: {self._key('task.add')} there plans a task for a deal")
        if self._filter_text and self._groups:
            return f"Nothing fits “{self._filter_text}”.", [(self._key("view.unfilter"), "shows everything again")]
        if self._is_mine:
            return "Nothing waits for you.", [(self._key("agenda.mine"), "shows the work of everybody"), board]
        return "Nothing is to be done, and no deal is without a next step.", [board]

    def _show_headline(self) -> None:
        counts = (0, 0, 0)
        if (value := self._agenda) is not None:
            gone = self._gone
            late, due = ([t for t in tasks if t.id not in gone] for tasks in (value.overdue, value.today))
            counts = (len(late), len(due), value.unplanned_count)
        summary = f"{self._who()} {self.app.glyphs.dot} {self._span()}"
        self.query_one(TopBar).show(
            TopLine("Agenda", summary, self._filter_text, counts[0], counts[1], unplanned=counts[2])
        )

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
        """The last words, and the keys; on a suggestion the one that takes it comes first."""
        row = self.row()
        keys = [KeyHint(self._key(action_id), label, priority) for action_id, label, priority in _HINTS]
        if row is not None and row.reason is not None:
            keys.insert(0, KeyHint(self._key("agenda.take"), row.reason.proposed.title.lower(), 0))
        self.query_one(FootBar).show(self._told._replace(keys=tuple(hint for hint in keys if hint.key)))

    # -- the deal beside the list -------------------------------------------------------------------

    @on(AgendaList.RowHighlighted)
    def _highlighted(self) -> None:
        self._show_foot()
        self._refresh_pane()

    def _refresh_pane(self) -> None:
        pane, row = self.query_one(SidePane), self.row()
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
            self.query_one(SidePane).show(detail, app.local_now())

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

    def show_without_task(self, task_id: int) -> None:
        self._gone.add(task_id)
        self._show_rows()

    def show_removed(self, targets: tuple[Target, ...]) -> None:
        ids = {target.id for target in targets}
        self._groups = without(self._groups, lambda row: row.deal_id in ids)
        self.listing.show(matching(self._groups, self._rules), of=self._groups)

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

    def action_open_deal(self) -> None:
        """Everything about the deal of the row."""
        if (row := self.row()) is not None:
            self.app.open_deal(row.deal_id, self._neighbour, self._came_back)

    @on(AgendaList.RowSelected)
    def _row_selected(self) -> None:
        self.action_open_deal()

    def _neighbour(self, deal_id: int, step: int) -> int | None:
        """The deal before or after another one, in the order of the list, each once."""
        ids = list(dict.fromkeys(row.deal_id for row in self.listing.rows))
        place = ids.index(deal_id) + step if deal_id in ids else -1
        return ids[place] if 0 <= place < len(ids) else None

    def _came_back(self, deal_id: int | None) -> None:
        if deal_id is not None:
            self.listing.select(deal_id)

    def go_to_deal(self, deal_id: object) -> None:
        """Show where a deal stands."""
        if isinstance(deal_id, int):
            self.app.open_deal(deal_id, self._neighbour, self._came_back)

    def action_leave(self) -> None:
        """Clear the filter; without one go back."""
        if self._filter_text:
            self.action_clear_filter()
        else:
            self.dismiss(None)

    # -- what is listed -------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Type words and terms; the rows follow."""
        open_filter_line(self.app, self, self._filter_text, filter_echo(self.app))

    @on(FilterOpened)
    def _filter_opened(self) -> None:
        self.app.keys_taken_by(self.query_one("#filter"))

    @on(FilterChanged)
    def _filter_changed(self, message: FilterChanged) -> None:
        self.take_filter(message.text.strip())

    @property
    def filter_text(self) -> str:
        return self._filter_text

    def take_filter(self, text: str) -> None:
        self._run(self._filter(text), "filter")

    async def _filter(self, text: str) -> None:
        """Words are looked for in the rows, terms ask about their deals, whose facts are read once."""
        app = self.app
        self._filter_text = text
        book = self._book
        if book is None:
            book = self._book = await app.read("agenda-book", app.workspace.filters.book)
        rules = await app.read("agenda-filter", lambda: book.rules(text)) if text else ()
        if self._filter_text == text:
            self._rules = rules
            self._show_rows()

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
        self._show_rows()
