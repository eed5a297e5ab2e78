"""The list of deals a figure is made of."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from pipeboard.domain.stage import DealStatus
from pipeboard.services.metrics_deals import DealBehind
from pipeboard.tui.dialogs.choice_list import Choice, ChoiceList
from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.metrics_source import Behind
from pipeboard.tui.text.bars import KeyHint
from pipeboard.tui.text.cells import fit
from pipeboard.tui.text.figure_deals import outcome_words, part_words, value_words
from pipeboard.tui.text.safe import safe

_FRAME = 8
"""Cells of a line that the border, the cursor and the air take."""

_WIDEST = 116
_SIGNS = {DealStatus.WON: "done", DealStatus.LOST: "late", DealStatus.OPEN: "none", DealStatus.PARKED: "waiting"}


class DealsBehind(Dialog[int]):
    """Lists the deals with what each contributes, and their sum: the figure. Answers with the id of one."""

    DEFAULT_CSS = """
    DealsBehind > .panel { width: 116; }
    DealsBehind .formula { height: auto; max-height: 2; padding: 0 1; color: $primary; }
    DealsBehind .total { height: 1; margin-top: 1; padding: 0 1; text-style: bold; text-wrap: nowrap; }
    DealsBehind ChoiceList { max-height: 26; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "cancel", show=False)]
    KEYS = (KeyHint("Enter", "open the deal", 0), KeyHint("j k", "move", 2), KeyHint("Esc", "back", 0))

    def __init__(self, behind: Behind, currency: str) -> None:
        super().__init__(behind.definition.sentence)
        self._behind = behind
        self._currency = currency

    def body(self) -> Iterable[Widget]:
        """The formula with its values, the deals, their sum."""
        room = min(_WIDEST, self.app.size.width) - _FRAME
        choices = [self._choice(deal, room) for deal in self._behind.deals]
        yield Static(safe(self._behind.definition.formula), classes="formula")
        yield ChoiceList(choices, glyphs=self.glyphs)
        yield Static(safe(f"{len(choices):,} deals: {self._behind.total}"), classes="total")

    def _choice(self, deal: DealBehind, room: int) -> Choice:
        """One line: sign, title, company, what became of it; on the right its days and its value."""
        spare = room - 2 - 12 - 8
        outcome = min(30, spare * 2 // 5)
        company = 20 if spare >= 76 else 0
        title = spare - outcome - company
        sign = getattr(self.glyphs, _SIGNS[deal.status])
        dots = self.glyphs.ellipsis
        label = f"{sign} {fit(deal.title, title - 2, dots)}  "
        if company:
            label += f"{fit(deal.company, company - 2, dots)}  "
        label += fit(outcome_words(deal), outcome, dots)
        part = part_words(deal, self._behind.unit, self._currency)
        return Choice(deal.id, label, f"{part:>7} {value_words(deal, self._currency):>12}")

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        value = message.choice.value
        self.dismiss(value if isinstance(value, int) else None)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(ChoiceList).focus()
