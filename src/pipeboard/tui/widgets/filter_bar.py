"""The line in which the filter is typed; the board follows every key."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from pipeboard.domain.text import clean
from pipeboard.tui.filtering import FilterChanged, FilterClosed, FilterOpened


class FilterBar(Horizontal):
    """Hidden until it is opened. Enter keeps the filter, Esc drops it."""

    DEFAULT_CSS = """
    FilterBar > Static { width: auto; padding: 0 1; color: $accent; background: $surface; }
    FilterBar > Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
    FilterBar > Input:focus { border: none; background: $surface; }
    """

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = text

    def compose(self) -> ComposeResult:
        yield Static("find", markup=False)
        field = Input(self._text, placeholder="words of title, company, contact, product, tag", compact=True)
        field.cursor_blink = False
        yield field

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
        field.focus()

    @on(Input.Changed)
    def _changed(self, message: Input.Changed) -> None:
        message.stop()
        if self.display:
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
