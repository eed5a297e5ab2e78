"""Companies and contacts: a list, and beside it everything about the one under the cursor."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pipeboard.domain.companies import Kind, Partner, PartnerRow, in_order, matching
from pipeboard.domain.errors import NotFound
from pipeboard.domain.stage import Stage
from pipeboard.domain.text import search_key
from pipeboard.tui.actions import COMPANIES
from pipeboard.tui.bindings import first_key
from pipeboard.tui.company_actions import CompanyActions
from pipeboard.tui.filter_line import open_filter_line
from pipeboard.tui.filtering import FilterChanged, FilterClosed, FilterOpened
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.text.bars import FootLine, KeyHint, TopLine
from pipeboard.tui.widgets.company_list import CompanyList
from pipeboard.tui.widgets.company_pane import CompanyPane
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

PANE_NEEDS = 110
"""Columns of the terminal from which the company stands beside the list."""

_HINTS = (
    ("deal.open", "deals", 2),
    ("company.switch", "contacts", 2),
    ("company.edit", "edit", 3),
    ("company.merge", "merge", 3),
    ("company.reach", "mail", 4),
    ("view.filter", "find", 4),
    ("app.help", "help", 0),
    ("app.back", "back", 0),
)


class CompaniesScreen(CompanyActions, Screen[None]):
    """The screen. The order, the filter and the cursor of each of the two lists are kept while it is open."""

    CONTEXT = COMPANIES
    CSS_PATH = "companies.tcss"
    AUTO_FOCUS = "#list"
    # A change of the focus repaints the whole screen otherwise.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(self, kind: Kind = Kind.COMPANY, thing_id: int | None = None) -> None:
        super().__init__()
        self._kind = kind
        self._wanted = thing_id
        self._rows: list[PartnerRow] | None = None
        self._order = {Kind.COMPANY: "name", Kind.CONTACT: "name"}
        self._filter_text = ""
        self._is_pane_wanted = True
        self._is_alone = False
        self._stages: tuple[Stage, ...] = ()

    # -- layout -----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The header, the list, the company beside it, the footer."""
        glyphs = self.app.glyphs
        yield TopBar(glyphs=glyphs, id="top")
        with Horizontal(id="middle"):
            yield CompanyList(glyphs=glyphs, id="list")
            yield CompanyPane(glyphs=glyphs, id="pane")
        yield FootBar(glyphs=glyphs, id="foot")

    def on_mount(self) -> None:
        self._bindings.key_to_bindings.pop("tab", None)  # nothing else here takes the focus
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(COMPANIES))])
        self._headline()
        self.tell("")
        self._fit(self.app.size.width)
        self._run(self.reload(), "reload")

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        """Side by side where there is room; else one of the two."""
        is_wide = width >= PANE_NEEDS
        self.pane.display = self._is_pane_wanted if is_wide else self._is_alone
        self.listing.display = is_wide or not self._is_alone
        self.pane.set_class(not is_wide, "-alone")

    @property
    def listing(self) -> CompanyList:
        """The rows."""
        return self.query_one(CompanyList)

    @property
    def pane(self) -> CompanyPane:
        """What stands beside them."""
        return self.query_one(CompanyPane)

    def _run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        self.app.run_guarded(work, group, on=self)

    # -- reading ----------------------------------------------------------------------------------

    async def reload(self) -> None:
        """Read the list again; an answer that a newer key has overtaken is dropped, another one follows it."""
        app, kind = self.app, self._kind
        generation = app.runner.generation
        rows = await app.read("companies", lambda: app.workspace.companies.rows(kind))
        self._stages = await app.read("company-stages", app.workspace.deals.stages)
        if app.runner.pending_writes or app.runner.generation != generation or kind is not self._kind:
            return
        self._rows = rows
        self._show_rows()

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()
        self._run(self.reload(), "reload")

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        message.stop()
        outcome = message.outcome
        if outcome.action_id is not None:
            self.tell(outcome.label, "won", is_undoable=not outcome.label.startswith("Undid"))
            self.after(message.command, outcome)

    # -- what is on show --------------------------------------------------------------------------

    def _show_rows(self) -> None:
        if self._rows is None:
            return
        listing = self.listing
        listing.kind, listing.currency = self._kind, self.app.workspace.info.currency
        listing.order, listing.now = self._order[self._kind], self.app.local_now()
        rows = in_order(matching(self._rows, search_key(self._filter_text)), listing.order)
        what = "companies" if self._kind is Kind.COMPANY else "contacts"
        add = first_key(self.app.actions, "company.add" if self._kind is Kind.COMPANY else "company.add_contact")
        if self._filter_text:
            listing.words = (f"None of the {len(self._rows):,} {what} fits.", "Esc shows all")
        else:
            listing.words = (f"No {what} yet: they come with deals and imports.", f"{add} adds one")
        wanted, self._wanted = self._wanted, None
        listing.marked &= {row.id for row in self._rows}
        listing.show(rows, at=wanted)
        self._headline(len(rows))

    def _headline(self, shown: int = 0) -> None:
        name = "Companies" if self._kind is Kind.COMPANY else "Contacts"
        total = len(self._rows or ())
        count = f"{shown:,} of {total:,}" if shown != total else f"{total:,}"
        self.query_one(TopBar).show(TopLine(name, count if self._rows is not None else "", self._filter_text))

    @on(CompanyList.RowHighlighted)
    def _highlighted(self) -> None:
        self._refresh_pane()

    @on(CompanyList.RowSelected)
    def _row_selected(self) -> None:
        self.action_open_deal()

    def _refresh_pane(self) -> None:
        row = self.listing.selected
        if row is None:
            self.pane.show(None, self.app.local_now(), "")
        elif self.pane.display:
            self._run(self._load_pane(self._kind, row.id), "pane")

    async def _load_pane(self, kind: Kind, thing_id: int) -> None:
        app = self.app
        try:
            partner = await app.read("partner", lambda: app.workspace.companies.partner(kind, thing_id))
        except NotFound:
            return  # gone meanwhile; the reload that follows moves the cursor
        row = self.listing.selected
        if row is not None and (row.id, self._kind) == (thing_id, kind):
            self.pane.show(partner, app.local_now(), app.workspace.info.currency)

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer."""
        actions = self.app.actions
        other = "contacts" if self._kind is Kind.COMPANY else "companies"
        hints = [
            KeyHint(first_key(actions, action_id), other if action_id == "company.switch" else label, rank)
            for action_id, label, rank in _HINTS
        ]
        undo = KeyHint(first_key(actions, "history.undo"), "undo") if is_undoable else None
        self.query_one(FootBar).show(FootLine(words, tone, undo, tuple(hint for hint in hints if hint.key)))

    # -- what the actions need ---------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        return self._kind

    def row(self) -> PartnerRow | None:
        return self.listing.selected

    def marked_rows(self) -> tuple[PartnerRow, ...]:
        marked = self.listing.marked
        return tuple(row for row in in_order(self._rows or (), self._order[self._kind]) if row.id in marked)

    def all_rows(self) -> list[PartnerRow]:
        return self._rows or []

    def mark_only(self, ids: frozenset[int]) -> None:
        self.listing.marked = ids

    async def partner(self, thing_id: int) -> Partner:
        kind = self._kind
        return await self.app.read("partner-asked", lambda: self.app.workspace.companies.partner(kind, thing_id))

    def stages(self) -> tuple[Stage, ...]:
        """The stages of the pipeline of the board: a new deal goes there."""
        pipeline_id = self.app.board_screen().overview.pipeline.id
        return tuple(stage for stage in self._stages if stage.pipeline_id == pipeline_id)

    def go_to(self, kind: Kind, thing_id: int) -> None:
        """Show one, whichever list it is in."""
        self._wanted, self._filter_text = thing_id, ""
        if kind is not self._kind:
            self._switch_to(kind)
        elif self._rows is not None:
            self._show_rows()

    # -- moving about -------------------------------------------------------------------------------

    def action_cursor(self, _dx: int, dy: int) -> None:
        """Go up or down; with the company alone on show, scroll it."""
        if self.listing.display:
            self.listing.move(dy)
        else:
            self.pane.scroll_by(dy)

    def action_page(self, step: int) -> None:
        """Go a screen up or down."""
        if self.listing.display:
            self.listing.page(step)
        else:
            self.pane.scroll_pages(step)

    def action_first(self) -> None:
        """Go to the first row."""
        self.listing.edge(-1)

    def action_last(self) -> None:
        """Go to the last row."""
        self.listing.edge(1)

    def action_scroll_pane(self, lines: int) -> None:
        """Scroll what stands beside the list."""
        self.pane.scroll_by(lines)

    def action_switch(self) -> None:
        """Contacts instead of companies, and back."""
        self._switch_to(Kind.CONTACT if self._kind is Kind.COMPANY else Kind.COMPANY)

    def _switch_to(self, kind: Kind) -> None:
        self._kind, self._rows, self._filter_text = kind, None, ""
        self.listing.marked = frozenset()
        self.listing.show(())  # an id means another thing in the other list
        self._headline()
        self.tell("")
        self._run(self.reload(), "reload")

    def action_toggle_pane(self) -> None:
        """Show or hide what stands beside the list; on a narrow screen one instead of the other."""
        if self.size.width >= PANE_NEEDS:
            self._is_pane_wanted = not self._is_pane_wanted
        else:
            self._is_alone = not self._is_alone
        self._fit(self.size.width)
        self._refresh_pane()

    def action_leave(self) -> None:
        """Clear the marks, then the filter, then go back."""
        if self.listing.marked:
            self.listing.marked = frozenset()
        elif not self.listing.display:
            self.action_toggle_pane()
        elif self._filter_text:
            self.action_clear_filter()
        else:
            self.dismiss(None)

    # -- filter and order ----------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Type words; the rows follow."""
        open_filter_line(self.app, self, self._filter_text)

    @on(FilterOpened)
    def _filter_opened(self) -> None:
        self.app.keys_taken_by(self.query_one("#filter"))

    @on(FilterChanged)
    def _filter_changed(self, message: FilterChanged) -> None:
        self._filter_text = message.text.strip()
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
        self._filter_text = ""
        self._show_rows()

    def sort_by(self, order: str) -> None:
        """Take another order."""
        self._order[self._kind] = order
        self._show_rows()
        self.listing.move(0)

    @property
    def order(self) -> str:
        return self._order[self._kind]

    def action_mark(self) -> None:
        """Mark the row, or not, and go down."""
        if (row := self.listing.selected) is not None:
            self.listing.marked ^= {row.id}
            self.listing.move(1)
            count = len(self.listing.marked)
            self.tell(
                f"{count:,} marked: {first_key(self.app.actions, 'company.merge')} merges them" if count else "",
                "accent",
            )
