"""What an action changed, field by field."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from pipeboard.domain.history import ActionDetail, ChangedField
from pipeboard.tui.dialogs.choice_list import Choice, ChoiceList
from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.text.bars import KeyHint
from pipeboard.tui.text.safe import safe

_ROWS_AROUND = 8


class ActionDetails(Dialog[int]):
    """Lists each thing that was touched and its fields before and after. Answers with the deal to open."""

    DEFAULT_CSS = """
    ActionDetails > .panel { width: 116; }
    ActionDetails .when { height: 1; padding: 0 1; color: $muted; text-wrap: nowrap; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "cancel", show=False)]
    KEYS = (KeyHint("Enter", "open the deal", 0), KeyHint("Esc", "back", 0))

    def __init__(self, detail: ActionDetail, when: str) -> None:
        super().__init__(detail.entry.label)
        self._detail = detail
        self._when = when

    def body(self) -> Iterable[Widget]:
        """Who and when, then the changes."""
        entry = self._detail.entry
        undone = ", undone since" if entry.undone_by is not None else ""
        yield Static(safe(f"{self._when}, by {entry.actor or 'the program'}{undone}"), classes="when")
        yield ChoiceList(self._lines(), glyphs=self.glyphs)

    def _lines(self) -> list[Choice]:
        lines = []
        for thing in self._detail.things:
            lines.append(Choice(thing.deal_id, thing.heading))
            lines += [Choice(thing.deal_id, f"    {self._words(field)}") for field in thing.fields]
        if left := self._detail.count - len(self._detail.things):
            lines.append(Choice(None, f"and {left:,} more"))
        return lines or [Choice(None, "Nothing is left of what it changed.")]

    def _words(self, field: ChangedField) -> str:
        """`value  10,000 EUR → 12,000 EUR`; what was empty or became so is said."""
        before, after = (" ".join(text.split()) for text in (field.before, field.after))
        return f"{field.name}  {before or 'nothing'} {self.glyphs.next} {after or 'nothing'}"

    def on_mount(self) -> None:
        super().on_mount()
        choices = self.query_one(ChoiceList)
        choices.styles.height = max(1, min(len(self._lines()), self.app.size.height - _ROWS_AROUND))
        choices.focus()

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        if isinstance(message.choice.value, int):
            self.dismiss(message.choice.value)
