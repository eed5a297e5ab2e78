"""The line in which the filter is typed; the board follows every key."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from pipeboard.domain.text import clean


class FilterBar(Horizontal):
    """Hidden until it is opened. Enter keeps the filter, Esc drops it."""

    DEFAULT_CSS = """
    FilterBar > Static { width: auto; padding: 0 1; color: $accent; background: $surface; }
    FilterBar > Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
    FilterBar > Input:focus { border: none; background: $surface; }
    """

    class Changed(Message):
        """Another filter is wanted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

        def can_replace(self, message: Message) -> bool:
            """Only the latest words count."""
            return isinstance(message, FilterBar.Changed)

    class Closed(Message):
        """The person is done: with the filter kept, or dropped."""

        def __init__(self, *, is_kept: bool) -> None:
            super().__init__()
            self.is_kept = is_kept

    def compose(self) -> ComposeResult:
        yield Static("find", markup=False)
        field = Input(placeholder="words of title, company, contact, product, tag", compact=True)
        field.cursor_blink = False
        yield field

    def open(self, text: str) -> None:
        """Show the line with the present filter and take the keys."""
        self.display = True
        field = self.query_one(Input)
        field.value = text
        field.focus()

    @on(Input.Changed)
    def _changed(self, message: Input.Changed) -> None:
        message.stop()
        if self.display:
            self.post_message(self.Changed(clean(message.value)))

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
        self.post_message(self.Closed(is_kept=is_kept))
