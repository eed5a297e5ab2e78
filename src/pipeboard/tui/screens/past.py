"""The board as it stood on a day: everything can be looked at and nothing changed."""

from collections.abc import Coroutine
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pipeboard.tui.actions import ANYWHERE, BOARD, PAST
from pipeboard.tui.bindings import first_key, first_keys
from pipeboard.tui.board_source import BoardSource
from pipeboard.tui.filter_line import open_filter_line
from pipeboard.tui.filter_menu import FilterMenu
from pipeboard.tui.filtering import FilterChanged, FilterClosed, FilterOpened, filter_echo
from pipeboard.tui.past_view import PastView, filtered_view
from pipeboard.tui.text.bars import FootLine, KeyHint
from pipeboard.tui.text.headline import board_headline, under_filter
from pipeboard.tui.time_travel import TimeTravel
from pipeboard.tui.widgets.board import Board
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

_HINTS = (
    ("board.as_of", "another day", 1),
    ("view.filter", "find", 4),
    ("past.open", "the deal today", 3),
    ("app.help", "help", 0),
)


class PastScreen(FilterMenu, TimeTravel, Screen[None]):
    """A pipeline at the end of a day, read only. The keys that change deals on the board say why they do nothing.

    Its filter is its own: it begins with that of the board and asks about the day on show.
    """

    CONTEXT = PAST
    CSS_PATH = "past.tcss"
    AUTO_FOCUS = "#board"
    # A change of the focus repaints the whole screen otherwise.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(self, view: PastView, filter_text: str = "") -> None:
        super().__init__()
        self._view, self._past = view, view.board
        self._filter_text = filter_text
        self._source = BoardSource()

    def compose(self) -> ComposeResult:
        """The header, the stages, the footer."""
        glyphs = self.app.glyphs
        yield TopBar(glyphs=glyphs, id="top")
        yield Board(glyphs=glyphs, id="board")
        yield FootBar(glyphs=glyphs, id="foot")

    def on_mount(self) -> None:
        app = self.app
        mine = app.bindings_for(PAST)
        taken = {binding.key for binding in (*mine, *app.bindings_for(ANYWHERE))}
        refused = [
            Binding(binding.key, "refuse", binding.description, show=False)
            for binding in app.bindings_for(BOARD)
            if binding.key not in taken
        ]
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap([*mine, *refused])])
        self.board.density = app.board_screen().board.density
        self._take(self._view)

    @property
    def board(self) -> Board:
        """The stages."""
        return self.query_one(Board)

    def _run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        self.app.run_guarded(work, group, on=self)

    # -- what is on show --------------------------------------------------------------------------

    def _take(self, view: PastView) -> None:
        self._view, self._past = view, view.board
        overview, filtered = view.board.overview, view.filtered
        self._source.forget_all()
        self._source.show_ids(view.board.orders if filtered is None else filtered.ids)
        left = overview.totals if filtered is None else filtered.totals
        self.board.show(under_filter(overview, left), self._source)
        text = self._filter_text + (" (similar)" if filtered is not None and filtered.is_fuzzy else "")
        line = board_headline(overview, left, text if filtered is not None else "")
        words = self._words()
        self.query_one(TopBar).show(line._replace(summary=f"{words.upper()}  {line.summary}", overdue=0, due_today=0))
        self.tell("")
        if filtered is not None and self.board.selected is None:
            self._show_a_hit()

    def _show_a_hit(self) -> None:
        """Put the cursor on a deal that the filter leaves; say when there is none."""
        stages = self._past.overview.stages
        place = next((n for n, stage in enumerate(stages, 1) if self._source.count(stage.id)), None)
        if place is not None:
            self.board.jump_to_stage(place)
        else:
            clear = first_key(self.app.actions, "view.unfilter")
            self.tell(f"Nothing fitted on that day: {clear} shows all its deals", "muted")

    def _words(self) -> str:
        """Which day it is: "As of Fri 3 Oct 2026"."""
        day = self._past.day
        return f"As of {day:%a} {day.day} {day:%b} {day.year}"

    def tell(self, words: str, tone: str = "accent", *, is_undoable: bool = False) -> None:  # noqa: ARG002
        """Put a few words into the footer; without any, what this board is."""
        actions = self.app.actions
        keys = [KeyHint(first_key(actions, action_id), label, rank) for action_id, label, rank in _HINTS]
        keys.insert(1, KeyHint(first_keys(actions, "past.before", "past.after"), "a day", 2))
        leave, is_filtered = first_key(actions, "past.leave"), bool(self._filter_text)
        keys.append(KeyHint(leave, "all deals" if is_filtered else "today", 0))
        told = words or f"{self._words()}: read only"
        self.query_one(FootBar).show(FootLine(told, tone, None, tuple(hint for hint in keys if hint.key)))

    @on(Board.WindowNeeded)
    def _window_needed(self, message: Board.WindowNeeded) -> None:
        message.stop()
        self._run(self._load(message.stage_id, message.first, message.last), f"past-{message.stage_id}")

    async def _load(self, stage_id: int, first: int, last: int) -> None:
        app, past = self.app, self._past
        wanted = self._source.wanted(stage_id, first, last) or ()
        cards = await app.read(f"past-cards-{stage_id}", lambda: app.workspace.as_of.cards(past, wanted))
        if past is self._past:
            self._source.put_cards(cards)
            self.board.rows_loaded(stage_id)

    # -- what can be done ---------------------------------------------------------------------------

    def action_refuse(self) -> None:
        """A key of the board that has no meaning here."""
        leave = first_key(self.app.actions, "past.leave")
        self.tell(f"{self._words()} is read only: nothing can be changed in the past. {leave} returns to today", "soon")

    def show_day(self, day: date) -> None:
        self._run(self._show_day(day), "past-day")

    async def _show_day(self, day: date) -> None:
        app, pipeline_id, text = self.app, self._past.overview.pipeline.id, self._filter_text
        board = await app.read("past", lambda: app.workspace.as_of.board(day, pipeline_id))
        view = await filtered_view(app, PastView(board), text)
        if text == self._filter_text:
            self._take(view)

    def action_day(self, step: int) -> None:
        """The board a day earlier or later."""
        day = self._past.day + timedelta(days=step)
        if day > self.app.local_now().date():
            self.tell("This is today already", "muted")
        else:
            self.show_day(day)

    def action_leave(self) -> None:
        """Show all deals of the day; then back to today."""
        if self._filter_text:
            self.take_filter("")
        else:
            self.dismiss(None)

    # -- the filter ---------------------------------------------------------------------------------

    @property
    def filter_text(self) -> str:
        return self._filter_text

    def take_filter(self, text: str) -> None:
        self._filter_text = text.strip()
        self._run(self._filter(self._filter_text), "past-filter")

    async def _filter(self, text: str) -> None:
        view = await filtered_view(self.app, self._view, text)
        if text == self._filter_text and view.board is self._past:
            self._take(view)

    def action_filter(self) -> None:
        """Type words; the board of the day follows."""
        open_filter_line(self.app, self, self._filter_text, filter_echo(self.app, self._past.day))

    def action_clear_filter(self) -> None:
        """Show all deals of the day again."""
        if self._filter_text:
            self.take_filter("")
        else:
            self.tell("No filter is set", "muted")

    @on(FilterOpened)
    def _filter_opened(self) -> None:
        self.app.keys_taken_by(self.query_one("#filter"))

    @on(FilterChanged)
    def _filter_changed(self, message: FilterChanged) -> None:
        self.take_filter(message.text)

    @on(FilterClosed)
    def _filter_closed(self, message: FilterClosed) -> None:
        if not message.is_kept:
            self.take_filter("")
        self.board.focus()

    def action_open_deal(self) -> None:
        """Everything about the deal, as it is now."""
        self.board.open_selected()

    @on(Board.CardSelected)
    def _card_selected(self, message: Board.CardSelected) -> None:
        message.stop()
        self.app.open_deal(message.card.id, lambda _deal, _step: None, lambda _: None)

    @on(Board.CardDropped)
    def _card_dropped(self, message: Board.CardDropped) -> None:
        message.stop()
        self.action_refuse()

    @on(Board.CardHighlighted)
    def _card_highlighted(self, message: Board.CardHighlighted) -> None:
        message.stop()

    def action_cursor(self, dx: int, dy: int) -> None:
        """Go by stages and cards."""
        self.board.move_cursor(dx, dy)

    def action_page(self, step: int) -> None:
        """Go by screens."""
        self.board.page(step)

    def action_first(self) -> None:
        """The first card of the stage."""
        self.board.first()

    def action_last(self) -> None:
        """The last card of the stage."""
        self.board.last()

    def action_stage(self, number: int) -> None:
        """Jump to a stage."""
        self.board.jump_to_stage(number)
        if number > (count := len(self._past.overview.stages)):
            self.tell(f"There are {count} stages")

    def action_density(self) -> None:
        """The next size of cards."""
        self.board.density = self.board.density % 4 + 1
