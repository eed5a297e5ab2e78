"""What the screens share on which a person sets Pipeboard up: header, footer, reading again, asking in one line."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingsMap
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pipeboard.domain.errors import PipeboardError
from pipeboard.tui.bindings import first_key
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.retaking import Retaking
from pipeboard.tui.text.bars import FootLine, KeyHint
from pipeboard.tui.widgets.foot_bar import FootBar

if TYPE_CHECKING:
    from pipeboard.domain.commands import Command
    from pipeboard.domain.events import Event
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.dialogs.echo import Describe


class SetupDesk(Retaking, Screen[None]):
    """The base of those screens. What is read stands in values; each change is one command."""

    CONTEXT: ClassVar[str]
    HINTS: ClassVar[tuple[tuple[str, str, int], ...]]
    """The keys of the footer: the action, its word, and how soon it gives way."""

    # A change of the focus repaints the whole screen otherwise.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    async def reload(self) -> None:
        """Read everything again and show it."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(self.CONTEXT))])
        self.tell("")
        self.read_again()

    def read_again(self) -> None:
        """Read everything again beside the keys."""
        self.app.run_guarded(self.reload(), "reload", on=self)

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()
        self.read_again()

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        message.stop()
        outcome = message.outcome
        if outcome.action_id is not None:
            self.tell(outcome.label, "won", is_undoable=not outcome.label.startswith("Undid"))
            self.follow(outcome.events)

    def follow(self, facts: "tuple[Event, ...]") -> None:
        """Put the cursor on what is new, when it is read."""

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer."""
        keys = [KeyHint(self.key_of(action_id), label, priority) for action_id, label, priority in self.HINTS]
        undo = KeyHint(self.key_of("history.undo"), "undo") if is_undoable else None
        self.query_one(FootBar).show(FootLine(words, tone, undo, tuple(hint for hint in keys if hint.key)))

    def key_of(self, action_id: str) -> str:
        """The first key of an action as people write it."""
        return first_key(self.app.actions, action_id)

    def do(self, command: "Command", on_done: Callable[[bool], None] | None = None) -> None:
        """Queue a command."""
        self.app.submit(command, on_done)

    def ask_line(self, title: str, describe: "Describe", answer: Callable[[str], None], **options: Any) -> None:
        """Ask for one line; what was typed and could not be used is there when the same is asked again."""
        from pipeboard.tui.dialogs.ask_line import AskLine

        app, question = self.app, (self.CONTEXT, title)
        if unsent := app.unsent.pop(question, ""):
            options = {**options, "value": unsent, "is_selected": False}

        def answered(text: str | None) -> None:
            if text is None:
                return
            try:
                answer(text)
            except PipeboardError as error:
                app.unsent[question] = text
                app.report(error)

        app.ask(AskLine(title, describe=describe, **options), answered)

    def kept_unless_done(self, title: str, text: str) -> Callable[[bool], None]:
        """For a command made of a typed line: keeps the line for the next time when it could not be saved."""

        def done(is_done: bool) -> None:
            if not is_done:
                self.app.unsent[(self.CONTEXT, title)] = text

        return done
