"""The list of deals a figure is made of, each with what it adds; one can be opened or given another close date."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from pipeboard.domain.figure_parts import OpenedFigure
from pipeboard.domain.money import format_money
from pipeboard.services.deal_parts import NamedPart
from pipeboard.tui.dialogs.choice_list import Choice, ChoiceList
from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.text.bars import KeyHint
from pipeboard.tui.text.cells import fit
from pipeboard.tui.text.safe import safe

_FRAME = 8
"""Cells of a line that the border, the cursor and the air take."""

_WIDEST = 116


class PickedPart(NamedTuple):
    """The deal that was chosen, its place in the list, and whether it is for another close date."""

    part: NamedPart
    place: int
    is_for_date: bool = False


class PartsBehind(Dialog[PickedPart]):
    """Lists the deals with what each adds, and their sum. Answers with one of them."""

    DEFAULT_CSS = """
    PartsBehind > .panel { width: 116; }
    PartsBehind .formula { height: auto; max-height: 3; padding: 0 1; color: $primary; }
    PartsBehind .total { height: 1; margin-top: 1; padding: 0 1; text-style: bold; text-wrap: nowrap; }
    PartsBehind ChoiceList { max-height: 26; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "cancel", show=False),
        Binding("d", "close_date", show=False),
    ]
    KEYS = (
        KeyHint("Enter", "open the deal", 0),
        KeyHint("d", "close date", 1),
        KeyHint("j k", "move", 2),
        KeyHint("Esc", "back", 0),
    )

    def __init__(self, figure: OpenedFigure, parts: Sequence[NamedPart], currency: str, place: int = 0) -> None:
        super().__init__(figure.title)
        self._figure = figure
        self._parts = parts
        self._currency = currency
        self._place = min(place, len(parts) - 1)

    def body(self) -> Iterable[Widget]:
        """The formula with its values, the deals, their sum."""
        room = min(_WIDEST, self.app.size.width) - _FRAME
        choices = [Choice(place, *self._words(part, room)) for place, part in enumerate(self._parts)]
        yield Static(safe(f"{self._figure.sentence}\n{self._figure.formula}"), classes="formula")
        yield ChoiceList(choices, cursor=self._place, glyphs=self.glyphs)
        yield Static(safe(self._figure.total), classes="total")

    def _words(self, part: NamedPart, room: int) -> tuple[str, str]:
        """One line: title, company, why; on the right what the deal adds."""
        amount = "no value" if part.minor is None else format_money(part.minor, self._currency)
        spare = room - 16
        note = min(34, spare * 2 // 5)
        company = 20 if spare >= 80 else 0
        dots = self.glyphs.ellipsis
        label = f"{fit(part.title, spare - note - company - 2, dots)}  "
        if company:
            label += f"{fit(part.company, company - 2, dots)}  "
        return label + fit(part.note, note, dots), f"{amount:>12}"

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        value = message.choice.value
        if isinstance(value, int):
            self._answer(value, is_for_date=False)

    def action_close_date(self) -> None:
        """Give the deal under the cursor another close date."""
        choice = self.query_one(ChoiceList).choice
        if choice is not None and isinstance(choice.value, int):
            self._answer(choice.value, is_for_date=True)

    def _answer(self, place: int, *, is_for_date: bool) -> None:
        part = self._parts[place]
        if part.is_deleted:
            self.tell("This deal was deleted", "overdue")
            return
        self.dismiss(PickedPart(part, place, is_for_date))

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(ChoiceList).focus()
