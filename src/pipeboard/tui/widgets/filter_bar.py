"""The line in which the filter is typed; the board follows every key."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from pipeboard.domain.text import clean
from pipeboard.tui.filtering import Describe, FilterChanged, FilterClosed, FilterEcho, FilterOpened
from pipeboard.tui.text.safe import safe

_WORDS = "words of title, company, contact, product, tag"
_LANGUAGE = "words, @anna #web value>10k close<eom rotting -lost"


class FilterBar(Horizontal):
    """Hidden until it is opened. Enter keeps the filter, Esc drops it.

    At its right it tells what was understood, and what was not: `describe` says both of a text.
    """

    DEFAULT_CSS = """
    FilterBar > Static { width: auto; height: 1; padding: 0 1; color: $accent; background: $surface; }
    FilterBar > #understood { color: $muted; max-width: 50%; }
    FilterBar > #problem { color: $deal-rotting; max-width: 50%; }
    FilterBar > Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
    FilterBar > Input:focus { border: none; background: $surface; }
    """

    def __init__(self, text: str = "", *, describe: Describe | None = None, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = text
        self._describe = describe

    def compose(self) -> ComposeResult:
        yield Static("find", markup=False)
        field = Input(self._text, placeholder=_WORDS if self._describe is None else _LANGUAGE, compact=True)
        field.cursor_blink = False
        field.select_on_focus = False  # a filter that is opened again is mostly refined
        yield field
        yield Static("", markup=False, id="problem")
        yield Static("", markup=False, id="understood")

    def on_mount(self) -> None:
        """Take the keys."""
        self.open(self._text)

    def on_descendant_focus(self) -> None:
        """Say that keys are welcome."""
        self.post_message(FilterOpened())

    def open(self, text: str) -> None:
        """Show the line with the present filter and take the keys."""
        self.display = True
        field = self.query_one(Input)
        field.value = text
        field.cursor_position = len(text)
        field.focus()
        self._tell(text)

    def _tell(self, text: str) -> None:
        """Say what a text means; nothing beside plain words."""
        told = self._describe(text) if self._describe is not None else FilterEcho()
        # What was not understood matters more than what was, and the line itself needs room.
        understood = "" if told.problem else told.understood
        for name, words in (("#understood", understood), ("#problem", told.problem)):
            line = self.query_one(name, Static)
            line.display = bool(words)
            line.update(safe(words))

    def tell_similar(self) -> None:
        """Say that no deal has the words, and that those on show are only like them."""
        line = self.query_one("#problem", Static)
        line.display = True
        line.update("no deal has these words; similar titles")

    @on(Input.Changed)
    def _changed(self, message: Input.Changed) -> None:
        message.stop()
        if self.display:
            self._tell(message.value)
            self.post_message(FilterChanged(clean(message.value)))

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self._close(is_kept=bool(message.value.strip()))

    def on_key(self, event: events.Key) -> None:
        """Esc drops the filter; the arrows leave the line and keep it."""
        if event.key in ("escape", "down", "up"):
            event.stop()
            event.prevent_default()
            self._close(is_kept=event.key != "escape")

    def _close(self, *, is_kept: bool) -> None:
        self.display = False
        self.post_message(FilterClosed(is_kept=is_kept))
