"""Yes or no."""

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from pipeboard.tui.dialogs.choice_list import Choice, ChoiceList
from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.dialogs.echo import EchoLines, told
from pipeboard.tui.text.bars import KeyHint


class Confirm(Dialog[bool]):
    """Answers True by y or Enter on the first line, False by n or Esc."""

    DEFAULT_CSS = "Confirm { EchoLines { margin: 0 1; } }"
    KEYS = (KeyHint("Esc", "no", 0),)

    def __init__(self, question: str, detail: str = "", *, yes: str = "Yes", no: str = "No") -> None:
        super().__init__(question)
        self._detail = detail
        self._choices = (Choice(True, yes, key="y"), Choice(False, no, key="n"))

    def body(self) -> Iterable[Widget]:
        yield EchoLines(most=6)
        yield ChoiceList(self._choices, glyphs=self.glyphs)

    def on_mount(self) -> None:
        self.query_one(EchoLines).show(told(self._detail))
        choices = self.query_one(ChoiceList)
        choices.styles.height = len(self._choices)
        choices.focus()

    def action_cancel(self) -> None:
        self.dismiss(False)

    @on(ChoiceList.Picked)
    def _choice_picked(self, message: ChoiceList.Picked) -> None:
        self.dismiss(bool(message.choice.value))
