"""One line of text, asked for at the bottom of the screen, with what was understood of it live above."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from pipeboard.tui.dialogs.completing import Completion, completions, word_at
from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.dialogs.echo import Describe, Echo, EchoLines, EchoPart, echo_of, problem
from pipeboard.tui.dialogs.line_input import LineInput
from pipeboard.tui.text.bars import FootLine, KeyHint
from pipeboard.tui.text.safe import safe
from pipeboard.tui.widgets.foot_bar import FootBar

__all__ = ["AskLine", "Echo", "EchoPart", "LineKey"]


class LineKey(NamedTuple):
    """A key that goes on elsewhere: it closes the line without an answer and gives what was typed to `run`."""

    key: str
    hint: KeyHint
    run: Callable[[str], None]


class AskLine(Dialog[str]):
    """Answers with the typed line (spaces at its ends removed) once `describe` finds nothing wrong with it.

    `suggestions` are words that Tab completes at the cursor, such as "@anna", "#web" or "stage:Qualified".
    `on_lines` is given several lines that are pasted; the line is closed then, without an answer.
    With `is_selected` the first key replaces the given value. While nothing is typed, a key of `at_once` is the
    whole answer. `enter` says in the footer what Enter does.
    """

    DEFAULT_CSS = """
    AskLine {
        align: left bottom;
        & > .panel { width: 100%; border: none; border-top: solid $line; padding: 0; }
        & > .-ascii { border: none; border-top: ascii $line; }
        .asked { height: 1; }
        .asked > .title { width: auto; max-width: 40%; color: $primary; }
        EchoLines { margin: 0 1; }
        &.-roomy > .panel > FootBar { margin-top: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete(1)", show=False),
        Binding("shift+tab", "complete(-1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        placeholder: str = "",
        describe: Describe | None = None,
        suggestions: Sequence[str] = (),
        is_selected: bool = False,
        line_keys: Sequence[LineKey] = (),
        at_once: str = "",
        on_lines: Callable[[str], None] | None = None,
        enter: str = "save",
    ) -> None:
        super().__init__(title)
        self._keys = (KeyHint("Enter", enter, 0), *self.KEYS[1:])
        self._line_keys = line_keys
        self._at_once = at_once
        self._on_lines = on_lines
        self._value = value
        self._placeholder = placeholder
        self._describe = describe
        self._suggestions = suggestions
        self._is_selected = is_selected
        self._completion: Completion | None = None

    def compose(self) -> ComposeResult:
        with self.panel():
            yield EchoLines(least=1 if self._describe else 0)
            with Horizontal(classes="asked"):
                yield Static(safe(self._heading), classes="title")
                yield LineInput(
                    self._value,
                    placeholder=self._placeholder,
                    is_selected=self._is_selected,
                    before_key=self._answered_at_once,
                )
            yield FootBar(glyphs=self.glyphs)

    @on(LineInput.LinesPasted)
    def _lines_pasted(self, message: LineInput.LinesPasted) -> None:
        message.stop()
        if self._on_lines is not None:
            take = self._on_lines
            self.dismiss(None)
            self.app.call_later(take, message.text)

    def on_mount(self) -> None:
        self._input.focus()
        self._describe_text()

    @property
    def _input(self) -> LineInput:
        """The input."""
        return self.query_one(LineInput)

    def on_key(self, event: events.Key) -> None:
        """A key that goes on elsewhere takes what was typed with it."""
        for line_key in self._line_keys:
            if event.key == line_key.key:
                event.stop()
                text = self._input.value.strip()
                self.dismiss(None)
                self.app.call_later(line_key.run, text)

    def _answered_at_once(self, event: events.Key) -> bool:
        """Answer with a single key while nothing is typed."""
        character = event.character or ""
        if not character or character not in self._at_once or self._input.value:
            return False
        self.dismiss(character)
        return True

    @on(Input.Changed)
    def _text_changed(self) -> None:
        self._describe_text()

    @on(Input.Submitted)
    def _enter_pressed(self) -> None:
        text = self._input.value.strip()
        echo = echo_of(self._describe, text)
        if echo.is_ok:
            self.dismiss(text)
            return
        shown = echo if echo.lines else problem("This cannot be used yet.")
        in_red = tuple(tuple(EchoPart(part.text, "overdue") for part in line) for line in shown.lines)
        self.query_one(EchoLines).show(Echo(in_red, is_ok=False))

    def action_complete(self, step: int) -> None:
        """Complete the word at the cursor; again: the next suggestion for the same word."""
        text, at = self._input.value, self._input.cursor_position
        if self._completion is None or not self._completion.is_still(text, at):
            self._completion = Completion.of(text, at, self._suggestions)
        self._completion = self._completion.stepped(step)
        if self._completion.is_any:
            self._input.value = self._completion.text
            self._input.cursor_position = self._completion.cursor

    def _describe_text(self) -> None:
        """Show what the text means, and what Tab would make of the word at the cursor."""
        text = self._input.value
        self.query_one(EchoLines).show(echo_of(self._describe, text.strip()))
        self.tell("")

    def tell(self, text: str, tone: str = "muted") -> None:
        found = completions(word_at(self._input.value, self._input.cursor_position), self._suggestions)
        hints = tuple(line_key.hint for line_key in self._line_keys)
        tab = (KeyHint("Tab", found[0], 3),) if found else ()
        self.query_one(FootBar).show(FootLine(text, tone, None, (*tab, *hints, *self._keys)))
