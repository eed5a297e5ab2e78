"""The one-line input of every dialog: no border, no blinking, and nothing in it that a terminal would act on."""

from collections.abc import Callable

from textual import events
from textual.message import Message
from textual.widgets import Input

from pipeboard.domain.text import LINE_LIMIT, clean, printable


class LineInput(Input):
    """An input of one row. Its value never holds a control character, however it got there.

    `before_key` sees every key first and returns True for one it has used up.
    """

    DEFAULT_CSS = """
    LineInput, LineInput:focus {
        height: 1;
        width: 1fr;
        border: none;
        padding: 0;
        background: $surface;
        background-tint: $surface 0%;
    }
    LineInput > .input--placeholder { color: $faint; }
    """

    class LinesPasted(Message):
        """Several lines were pasted; they stand in the field as one."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        is_selected: bool = False,
        before_key: Callable[[events.Key], bool] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(printable(value), printable(placeholder), select_on_focus=is_selected, id=id)
        # Idle writes nothing to the terminal.
        self.cursor_blink = False
        self._before_key = before_key

    def validate_value(self, value: str) -> str:
        """The value as it may be drawn in one row, and of a length that can be stored."""
        return printable(value)[:LINE_LIMIT]

    def take_letter(self, letter: str) -> None:
        """Get the focus with a letter that was typed elsewhere."""
        # The focus arrives later, and would select the letter for the next one to replace.
        self.select_on_focus = False
        self.focus()
        self.cursor_position = len(self.value)
        self.insert_text_at_cursor(letter)

    async def _on_key(self, event: events.Key) -> None:
        if self._before_key is not None and self._before_key(event):
            event.stop()
            event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        """Take pasted lines as one line: Textual would keep the first and lose the rest."""
        event.stop()
        event.prevent_default()
        if sum(1 for line in event.text.splitlines() if line.strip()) > 1:
            self.post_message(self.LinesPasted(event.text))
        self.replace(clean(event.text), *self.selection)
