"""The Textual application: owns the workspace and the lanes, and is the one surface for errors."""

import gc
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingsMap
from textual.driver import Driver
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pipeboard.config.locations import state_dir
from pipeboard.config.settings import Settings
from pipeboard.domain.board import Owner
from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.list_order import order_of
from pipeboard.domain.stage import Pipeline
from pipeboard.services.board import BoardView
from pipeboard.services.workspace import Workspace
from pipeboard.tui import theme
from pipeboard.tui.actions import ACTIONS, ANYWHERE, UserAction
from pipeboard.tui.app_tasks import AppTasks
from pipeboard.tui.bindings import bindings_of
from pipeboard.tui.memory import Remembered, memory_path, recall, remember
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.runner import Runner, Superseded
from pipeboard.tui.screens.board import BoardScreen
from pipeboard.tui.telling import Telling
from pipeboard.tui.text.glyphs import ASCII, UNICODE
from pipeboard.tui.typing_ahead import TypeAhead

if TYPE_CHECKING:
    from pipeboard.domain.commands import Command
    from pipeboard.domain.events import Outcome
    from pipeboard.tui.reminders import Reminders
    from pipeboard.tui.watcher import Watcher

T = TypeVar("T")
WINDOW = 24
"""Cards read of each stage before the first paint."""

_TURN = 0.001
"""Seconds after which a thread that computes lets the keys have their turn; Python's own 0.005 doubles the time of a
key while figures are being read."""


class PipeboardApp(AppTasks, Telling, App[int]):
    """A sales pipeline in the terminal."""

    TITLE = "Pipeboard"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []
    starts_tour = False
    # The terminal's window getting or losing the focus changes nothing on the screen.
    app_focus: Reactive[bool] = Reactive(True, compute=False, repaint=False)
    # Textual loads no style sheet of the screen it starts with, so the board's is named here.
    CSS_PATH = ["app.tcss", "screens/board.tcss"]

    def __init__(self, workspace: Workspace, settings: Settings, *, is_demo: bool = False) -> None:
        self._memory = memory_path(state_dir(), str(workspace.target))
        self.remembered = Remembered() if is_demo else recall(self._memory)
        self.chosen_theme, self.recent = self.remembered.theme, self.remembered.recent
        look = theme.look_of((not os.environ.get("NO_COLOR") and self.chosen_theme) or settings.theme)
        self.settings = settings
        super().__init__(ansi_color=look == theme.ANSI_NAME)
        self.workspace = workspace
        self.is_demo = is_demo
        self.runner = Runner()
        self.actions: tuple[UserAction, ...] = ACTIONS
        self.key_problems: tuple[str, ...] = ()
        if settings.keymap or settings.layouts or settings.preset != "vim":
            from pipeboard.tui.keymap import configured

            self.actions, self.key_problems = configured(
                settings.keymap, preset=settings.preset, layouts=settings.layouts
            )
        self.glyphs = ASCII if settings.glyphs == "ascii" else UNICODE
        self.lost_reasons: tuple[str, ...] = ()
        self.draft = ""
        self.last_change: Command | None = None
        self.unsent: dict[tuple[object, ...], str] = {}
        self.form_drafts: dict[str, dict[str, str]] = {**self.remembered.forms}
        self._ahead = TypeAhead(self)
        self.watcher: Watcher | None = None
        self.reminders: Reminders | None = None
        self._bindings = BindingsMap(self.bindings_for(ANYWHERE))
        for one in theme.THEMES:
            self.register_theme(one)
        self.theme = look
        order = order_of(self.remembered.orders.get(str(self.remembered.pipeline_id), ""))
        self.first_view: BoardView = workspace.board.view(
            self.remembered.pipeline_id, window=WINDOW, me=workspace.me, order=order
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our semantic colours, for themes that do not know them."""
        return theme.semantic_variables(self.current_theme)

    # -- starting and leaving -----------------------------------------------------------------------

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver, with a mouse that is silent while it merely moves."""
        chosen = super().get_driver_class()
        if self.settings.glyphs == "ascii":
            from pipeboard.tui.plain_signs import in_ascii

            chosen = in_ascii(chosen)
        if sys.platform == "win32":
            return chosen
        from pipeboard.tui.quiet_mouse import quiet

        return quiet(chosen)

    def get_default_screen(self) -> Screen[Any]:
        """The board."""
        return BoardScreen(self.first_view)

    def on_mount(self) -> None:
        """Everything that can wait until the board is painted, waits."""
        from pipeboard.tui.signals import leave_on_signals

        leave_on_signals(self.leave, self.keep_place)
        self.app_resume_signal.subscribe(self, self._resumed)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        gc.freeze()
        gc.enable()
        sys.setswitchinterval(_TURN)
        # Only now: what this imports is not on the way to the first paint.
        from pipeboard.tui.warming import warm_up

        self.run_guarded(warm_up(self), "warm-up")
        self.show_start()

    def tell_screens(self, message: Stale) -> None:
        """Tell every screen that is open: those below a dialog are read again too."""
        for screen in self.screen_stack:
            screen.post_message(Stale(is_foreign=message.is_foreign))

    def leave(self, code: int) -> None:
        """Leave now, keeping what was being typed (a signal, or the terminal is gone)."""
        self.exit(return_code=code)

    def on_unmount(self) -> None:
        """Stop watching, let the last writes finish."""
        if self.watcher is not None:
            self.watcher.stop()
        self.runner.close()

    def exit(self, result: int | None = None, return_code: int = 0, message: Any = None) -> None:
        """Leave, remembering where the cursor is while there still is a screen to ask."""
        self.keep_place()
        super().exit(result, return_code, message)

    def keep_place(self) -> None:
        """Remember where the cursor is, for the next start."""
        if self.is_demo:
            return
        for screen in self.screen_stack if self._screen_stacks else ():
            if isinstance(screen, BoardScreen):
                self.remembered = screen.place()
        kept = self.remembered._replace(
            theme=self.chosen_theme, draft=self.draft, forms=self.form_drafts, recent=self.recent
        )
        remember(self._memory, kept)

    def _resumed(self, _app: App[Any]) -> None:
        # Without this `fg` leaves an empty screen (textual issue 6298).
        self.refresh(layout=True)
        self.screen.refresh(layout=True)

    # -- keys ---------------------------------------------------------------------------------------

    def bindings_for(self, context: str) -> list[Binding]:
        """Textual's bindings for the actions of a context, with the person's own keys."""
        return bindings_of(self.actions, context)

    def actions_here(self) -> tuple[UserAction, ...]:
        """The actions that work on the screen on show."""
        context = getattr(self.screen, "CONTEXT", ANYWHERE)
        return tuple(a for a in self.actions if context in a.contexts or ANYWHERE in a.contexts)

    async def on_event(self, event: events.Event) -> None:
        """Keys one after the other: each is carried out before the next is looked at.

        Textual hands a key to the focused widget and looks for its binding when it has bubbled up again; by
        then the next key has been handed out too, and would miss a dialog that the first one opens.
        """
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._ahead.keeps(event):
                if self._leaves(event.key):
                    self._ahead.give_up(self.action_quit)
                return
            typing = self.focused is not None and self.focused.check_consume_key("x", "x")
            if not typing and await self._run_binding(event.key):
                return
            self._ahead.sent(event)
        await super().on_event(event)

    def _leaves(self, key: str) -> bool:
        """Whether a key leaves from anywhere, whatever has the focus."""
        return any(binding.priority for binding in self._bindings.key_to_bindings.get(key, ()))

    async def _run_binding(self, key: str) -> bool:
        """Carry out what a key stands for here; whether it stands for anything."""
        try:
            return await self._check_bindings(key)
        except PipeboardError as error:
            self.report(error)
        except Exception as error:
            self.report_unexpected(error)
        return True

    def _handle_exception(self, error: Exception) -> None:
        """Leave in order: Textual would print every variable, and with them what customers wrote."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        from pipeboard.config.crash_log import write_log

        path = write_log(error)
        kept = f" The details are in {path}." if path else ""
        self.exit(return_code=1, message=f"Pipeboard stopped: {type(error).__name__}. What was saved is whole.{kept}")

    # -- asking and doing ---------------------------------------------------------------------------

    def ask(self, dialog: Screen[T], answer: Callable[[T | None], None]) -> None:
        """Open a dialog; keys typed before it is ready are kept for it."""

        def answered(value: T | None) -> None:
            try:
                answer(value)
            except PipeboardError as error:
                self.report(error)

        self._ahead.wait_for(dialog)
        self.push_screen(dialog, answered)

    def keep_keys_for(self, widget: Widget) -> None:
        """Keys typed before this widget has the focus are kept for it; it tells with `keys_taken_by`."""
        self._ahead.wait_for_focus(widget)

    def keys_taken_by(self, widget: Widget) -> None:
        """Something inside this widget has the focus now."""
        self._ahead.release(widget)

    def run_question(self, question: Coroutine[Any, Any, None]) -> None:
        """Run a question that has to read something first; keys typed meanwhile are kept for its dialog."""
        self._ahead.hold(question)
        self.run_worker(self._answered(question), group="question", exit_on_error=False)

    def run_guarded(self, work: Coroutine[Any, Any, None], group: str, *, on: Screen[Any] | None = None) -> None:
        """Run work beside the keys; whatever goes wrong in it is told, never swallowed.

        What is done `on` a screen ends with it.
        """
        (on or self).run_worker(self._guarded(work), group=group, exit_on_error=False)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Superseded:
            pass
        except PipeboardError as error:
            self.report(error)
        except Exception as error:
            self.report_unexpected(error)

    async def _answered(self, question: Coroutine[Any, Any, None]) -> None:
        try:
            await self._guarded(question)
        finally:
            self._ahead.release(question)

    def submit(self, command: "Command", on_done: Callable[[bool], None] | None = None) -> None:
        """Queue a command. What it did, or why it could not be done, is told when it is on disk.

        `on_done` is called last of all, with whether it is on disk.
        """
        self.run_worker(self._finish(self._queued(command), command, on_done), group="write", exit_on_error=False)

    async def submit_and_wait(self, command: "Command") -> bool:
        """Queue a command and wait until what it did is told; whether it is on disk."""
        return await self._finish(self._queued(command), command)

    async def submit_and_show(self, command: "Command") -> bool:
        """Queue a command and wait until the board shows what it did, keeping keys meanwhile; whether it is on disk."""
        try:
            outcome = await self._queued(command)
        except PipeboardError as error:
            self.report(error)
            return False
        board = self.board_screen()
        await board.reload()
        board.done(outcome)
        return True

    def _queued(self, command: "Command") -> "Awaitable[Outcome]":
        return self.runner.write(lambda: self.workspace.execute(command))

    async def _finish(
        self, queued: "Awaitable[Outcome]", command: "Command", on_done: Callable[[bool], None] | None = None
    ) -> bool:
        is_done = False
        try:
            outcome = await queued
        except PipeboardError as error:
            self.report(error)
        except Exception as error:
            self.report_unexpected(error)
        else:
            is_done = True
            for screen in self.screen_stack:
                screen.post_message(CommandDone(command, outcome))
        if not self.runner.pending_writes:
            self.tell_screens(Stale())
        if on_done is not None:
            on_done(is_done)
        return is_done

    async def read(self, name: str, work: Callable[[], T]) -> T:
        """Read beside the loop; Superseded when the same was asked for again meanwhile."""
        return await self.runner.read(name, work)

    def open_deal(
        self,
        deal_id: int,
        neighbours: Callable[[int, int], int | None],
        came_back: Callable[[int | None], None],
    ) -> None:
        """Show a deal on a screen of its own."""
        from pipeboard.tui.opening import open_deal

        open_deal(self, deal_id, neighbours, came_back)

    def take_lines(self, text: str) -> None:
        """Several lines were pasted where one deal was asked for: offer an import."""
        from pipeboard.tui.pasting import offer_import

        offer_import(self, text)

    # -- small facts --------------------------------------------------------------------------------

    def local_now(self) -> datetime:
        """The present moment in the workspace zone."""
        return self.workspace.clock.now().astimezone(self.workspace.zone)

    def owners(self) -> tuple[Owner, ...]:
        """The people of the workspace, as last read."""
        return self.board_screen().overview.owners

    def pipelines(self) -> tuple[Pipeline, ...]:
        """The pipelines, as last read."""
        return self.board_screen().overview.pipelines

    def board_screen(self) -> BoardScreen:
        """The board, which is always at the bottom."""
        screen = self.screen_stack[0]
        assert isinstance(screen, BoardScreen)
        return screen

    # -- actions that work anywhere -----------------------------------------------------------------

    def action_help(self) -> None:
        """All keys of this screen."""
        from pipeboard.tui.asking import help_dialog, run_by_id

        self.ask(help_dialog(self.actions_here()), lambda action_id: run_by_id(self, action_id))

    def action_palette(self) -> None:
        """Every action by name."""
        from pipeboard.tui.palette import open_palette

        open_palette(self)

    def action_go_to(self) -> None:
        """Ask for a screen by its letter, and show it."""
        from pipeboard.tui.opening import ask_where_to

        ask_where_to(self)

    def action_go(self, name: str) -> None:
        """Show a screen by its name."""
        from pipeboard.tui.opening import show

        show(self, name)

    def action_theme(self) -> None:
        """Choose the colours."""
        from pipeboard.tui.asking import choose_theme

        choose_theme(self)

    def action_redraw(self) -> None:
        """Read again and repaint."""
        self.refresh(layout=True)
        self.screen.refresh(layout=True)
        self.tell_screens(Stale())

    async def action_back(self) -> None:
        """Back; on the board: leave."""
        if len(self.screen_stack) == 1:
            self.exit(return_code=0)
        elif hasattr(self.screen, "action_back"):
            await self.run_action("back", self.screen)
        else:
            self.screen.dismiss(None)

    async def action_quit(self) -> None:
        """Leave from anywhere."""
        self.exit(return_code=0)


def run(workspace: Workspace, settings: Settings, *, is_demo: bool = False, starts_tour: bool = False) -> int:
    """Show the board until the person leaves, and close the workspace; the exit code."""
    try:
        app = PipeboardApp(workspace, settings, is_demo=is_demo)
        app.starts_tour = starts_tour
        app.run()
        return app.return_code or 0
    finally:
        workspace.close()
