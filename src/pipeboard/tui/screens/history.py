"""The history: what was done, by whom and when, newest first; any of it can be taken back from here."""

from array import array
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pipeboard.domain.history import KIND_GROUPS, ActionEntry, HistoryQuery
from pipeboard.tui.actions import HISTORY
from pipeboard.tui.bindings import first_key
from pipeboard.tui.filter_line import open_filter_line
from pipeboard.tui.filtering import FilterChanged, FilterClosed, FilterOpened
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.retaking import Retaking
from pipeboard.tui.text.bars import FootLine, KeyHint, TopLine
from pipeboard.tui.text.history_rows import when_words
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.history_list import HistoryList
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.dialogs.choose import Choice

_HINTS = (
    ("history.open", "what changed", 1),
    ("history.undo_this", "undo this", 1),
    ("history.redo", "redo", 3),
    ("view.filter", "find", 4),
    ("history.narrow", "who and what", 4),
    ("app.help", "help", 0),
    ("app.back", "back", 0),
)
_KEPT = 4096


class HistoryScreen(Retaking, Screen[None]):
    """Every action of everybody; `_ids` are all that the question leaves, `_entries` those that were in sight."""

    CONTEXT = HISTORY
    CSS_PATH = "history.tcss"
    AUTO_FOCUS = "#history"
    # A change of the focus repaints the whole screen otherwise.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._actor: tuple[int, str] | None = None
        self._kind: tuple[str, tuple[str, ...]] = ("", ())
        self._ids: array[int] = array("q")
        self._entries: dict[int, ActionEntry] = {}

    def compose(self) -> ComposeResult:
        """The header, the rows, the footer."""
        glyphs = self.app.glyphs
        yield TopBar(glyphs=glyphs, id="top")
        yield HistoryList(glyphs=glyphs, id="history")
        yield FootBar(glyphs=glyphs, id="foot")

    def on_mount(self) -> None:
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(HISTORY))])
        self._show_headline()
        self.tell("")
        self._run(self.reload(), "reload")

    @property
    def rows(self) -> HistoryList:
        """The rows."""
        return self.query_one(HistoryList)

    def _run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        self.app.run_guarded(work, group, on=self)

    # -- reading ----------------------------------------------------------------------------------

    def _query(self) -> HistoryQuery:
        return HistoryQuery(tuple(self._text.split()), self._actor[0] if self._actor else None, self._kind[1])

    async def reload(self) -> None:
        """Read which actions there are, and those in sight again: one may have been undone meanwhile."""
        app, query = self.app, self._query()
        history = app.workspace.history
        ids = await app.read("history", lambda: history.ids(query))
        if query != self._query():
            return
        rows = self.rows
        top = rows.place if rows.place < len(ids) else 0
        around = tuple(ids[max(0, top - rows.size.height) : top + rows.size.height])
        entries = await app.read("history-rows", lambda: history.entries(around))
        if query != self._query():
            return
        self._ids, self._entries = ids, entries
        rows.show(ids, self._entries, app.local_now())
        self._show_headline()
        if not len(ids):
            self.tell("Nothing fits: Esc shows everything again", "accent")

    @on(HistoryList.WindowNeeded)
    def _window_needed(self, message: HistoryList.WindowNeeded) -> None:
        self._run(self._load(message.ids), "history-window")

    async def _load(self, ids: tuple[int, ...]) -> None:
        found = await self.app.read("history-rows", lambda: self.app.workspace.history.entries(ids))
        if len(self._entries) > _KEPT:
            self._entries.clear()
        self._entries.update(found)
        self.rows.rows_loaded()

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()
        self._run(self.reload(), "reload")

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        message.stop()
        if message.outcome.action_id is not None:
            self.tell(message.outcome.label)

    # -- what is on show --------------------------------------------------------------------------

    def _show_headline(self) -> None:
        parts = [f"{len(self._ids):,} action{'s' if len(self._ids) != 1 else ''}"]
        parts += [self._actor[1]] if self._actor else []
        parts += [self._kind[0].lower()] if self._kind[0] else []
        summary = f" {self.app.glyphs.dot} ".join(parts)
        self.query_one(TopBar).show(TopLine("History", summary, self._text))

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:  # noqa: ARG002
        """Put a few words into the footer; what can be undone here is the row, not the last action."""
        keys = [KeyHint(first_key(self.app.actions, action_id), label, rank) for action_id, label, rank in _HINTS]
        self.query_one(FootBar).show(FootLine(words, tone, None, tuple(hint for hint in keys if hint.key)))

    # -- moving about -------------------------------------------------------------------------------

    def action_cursor(self, _dx: int, dy: int) -> None:
        """Go up or down."""
        self.rows.move(dy)

    def action_page(self, step: int) -> None:
        """Go a screen up or down."""
        self.rows.page(step)

    def action_first(self) -> None:
        """Go to the newest action."""
        self.rows.edge(-1)

    def action_last(self) -> None:
        """Go to the oldest action."""
        self.rows.edge(1)

    # -- what a row is about --------------------------------------------------------------------------

    def action_open_action(self) -> None:
        """Each field before and after; Enter on a deal there opens it."""
        if (entry := self.rows.selected) is not None:
            self.app.run_question(self._open(entry))

    @on(HistoryList.RowSelected)
    def _row_selected(self) -> None:
        self.action_open_action()

    async def _open(self, entry: ActionEntry) -> None:
        from pipeboard.tui.dialogs.action_details import ActionDetails

        app = self.app
        detail = await app.read("action", lambda: app.workspace.history.detail(entry.id))

        def answered(deal_id: int | None) -> None:
            if deal_id is not None:
                app.open_deal(deal_id, lambda _deal, _step: None, lambda _: None)

        app.ask(ActionDetails(detail, when_words(entry.at, app.local_now())), answered)

    def action_undo_this(self) -> None:
        """Take back the action of the row; a later change that contradicts it is told by name."""
        from pipeboard.domain.commands import Undo

        entry = self.rows.selected
        if entry is None:
            return
        redo = first_key(self.app.actions, "history.redo")
        if entry.undoes is not None:
            self.tell(f"This took something back already; {redo} does the last one again", "muted")
        elif entry.undone_by is not None:
            self.tell(f"This is undone already; {redo} does again what you took back last", "muted")
        else:
            self.app.submit(Undo(entry.id))

    # -- what is listed -------------------------------------------------------------------------------

    def action_narrow(self) -> None:
        """Only what one person did, or one kind of action."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        choices = [Choice("all", "Everything", "", "0")]
        choices += [
            Choice(owner, owner.name, "person", str(n) if n <= 9 else "")
            for n, owner in enumerate(self.app.owners(), 1)
        ]
        choices += [Choice(group, group[0], "kind") for group in KIND_GROUPS]
        self.app.ask(Choose("Show only", choices, placeholder="a person, or what was done"), self._narrowed)

    def _narrowed(self, choice: "Choice | None") -> None:
        from pipeboard.domain.board import Owner

        if choice is None:
            return
        if isinstance(choice.value, Owner):
            self._actor = (choice.value.id, choice.value.name)
        elif isinstance(choice.value, tuple):
            self._kind = choice.value
        else:
            self._actor, self._kind = None, ("", ())
        self._run(self.reload(), "reload")

    def action_filter(self) -> None:
        """Type words; the rows follow."""
        open_filter_line(self.app, self, self._text)

    @on(FilterOpened)
    def _filter_opened(self) -> None:
        self.app.keys_taken_by(self.query_one("#filter"))

    @on(FilterChanged)
    def _filter_changed(self, message: FilterChanged) -> None:
        self._text = message.text.strip()
        self._run(self.reload(), "reload")

    @on(FilterClosed)
    def _filter_closed(self, message: FilterClosed) -> None:
        if not message.is_kept:
            self.action_clear_filter()
        self.rows.focus()

    def action_clear_filter(self) -> None:
        """List everything again."""
        if not (self._text or self._actor or self._kind[0]):
            self.tell("No filter is set", "muted")
        self._text, self._actor, self._kind = "", None, ("", ())
        self._run(self.reload(), "reload")

    def action_leave(self) -> None:
        """Clear what is looked for; without that go back."""
        if self._text or self._actor or self._kind[0]:
            self.action_clear_filter()
        else:
            self.dismiss(None)
