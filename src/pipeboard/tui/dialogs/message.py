"""The one place where an unexpected error is told."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pipeboard.domain.text import printable
from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.text.bars import KeyHint
from pipeboard.tui.text.safe import safe


class MessageDialog(Dialog[None]):
    """A text of any length, and the file that holds the details. Enter, Esc, Space or q closes it."""

    DEFAULT_CSS = """
    MessageDialog {
        VerticalScroll { height: auto; padding: 0 1; margin-top: 1; }
        .path { max-height: 3; color: $muted; padding: 0 1; margin-top: 1; }
        &.-tight VerticalScroll { max-height: 10; }
        &.-roomy VerticalScroll { max-height: 12; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space,q", "cancel", show=False)]
    KEYS = (KeyHint("Enter", "close", 0),)

    def __init__(self, title: str, text: str, *, path: str = "") -> None:
        super().__init__(title)
        self._text = text
        self._path = path

    def body(self) -> Iterable[Widget]:
        lines = "\n".join(printable(line) for line in self._text.splitlines())
        yield VerticalScroll(Static(Content(lines)))
        if self._path:
            yield Static(safe(f"Details: {self._path}"), classes="path")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
