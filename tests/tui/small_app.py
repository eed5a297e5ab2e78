"""An application for one screen alone: its colours, its keys, and the ways to ask and to work beside the keys."""

from collections.abc import Callable, Coroutine
from typing import Any

from textual.app import App
from textual.binding import Binding, BindingsMap
from textual.screen import Screen

from pipeboard.domain.errors import PipeboardError
from pipeboard.tui.actions import ACTIONS, ANYWHERE, UserAction
from pipeboard.tui.bindings import bindings_of
from pipeboard.tui.runner import Superseded
from pipeboard.tui.theme import DARK_NAME, THEMES, semantic_variables


class SmallApp(App[None]):
    """What a screen calls on the whole application, without database, board and keys typed ahead."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *, theme: str = DARK_NAME, actions: tuple[UserAction, ...] = ACTIONS) -> None:
        super().__init__()
        self.actions = actions
        self._bindings = BindingsMap(self.bindings_for(ANYWHERE))
        for one in THEMES:
            self.register_theme(one)
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return semantic_variables(self.current_theme)

    def bindings_for(self, context: str) -> list[Binding]:
        """The bindings of a context."""
        return bindings_of(self.actions, context)

    async def action_back(self) -> None:
        """Back, as the screen has it."""
        await self.run_action("back", self.screen)

    def ask(self, dialog: Screen[Any], answer: Callable[[Any], None]) -> None:
        """Open a dialog."""
        self.push_screen(dialog, answer)

    def run_question(self, question: Coroutine[Any, Any, None]) -> None:
        """Run a question that reads something first."""
        self.run_guarded(question, "question")

    def run_guarded(self, work: Coroutine[Any, Any, None], group: str, *, on: Screen[Any] | None = None) -> None:
        """Run work beside the keys; what is wrong is told, what should not happen fails the test."""
        (on or self).run_worker(self._guarded(work), group=group)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Superseded:
            pass
        except PipeboardError as error:
            self.report(error)

    def report(self, error: PipeboardError) -> None:
        """Show an expected error."""
        self.notify(str(error), severity="error", markup=False)
