"""Which of the stale deals to close as lost: all of them, but for those that are kept."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from pipeboard.domain.money import format_money
from pipeboard.services.listing import ListedDeal
from pipeboard.tui.dialogs.choice_list import Choice, ChoiceList
from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.text.bars import KeyHint
from pipeboard.tui.text.cells import fit
from pipeboard.tui.text.deal_context import counted
from pipeboard.tui.text.safe import safe

_FRAME = 10
_WIDEST = 100
_VALUE = 14
_IDLE = 10


class FlushDialog(Dialog[tuple[int, ...]]):
    """Lists stale deals; Space or Enter keeps one, y closes the others. Answers with the ids to close."""

    DEFAULT_CSS = """
    FlushDialog > .panel { width: 100; }
    FlushDialog .total { height: 1; margin-top: 1; padding: 0 1; text-style: bold; text-wrap: nowrap; }
    FlushDialog ChoiceList { max-height: 20; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "flush", show=False),
        Binding("space", "keep_one", show=False),
        Binding("q,n", "cancel", show=False),
    ]
    KEYS = (KeyHint("y", "close them", 0), KeyHint("Space", "keep one", 1), KeyHint("Esc", "back", 0))

    def __init__(self, deals: Sequence[ListedDeal]) -> None:
        super().__init__("Close as lost, Stale (flush)")
        self._deals = deals
        self._kept: set[int] = set()

    def body(self) -> Iterable[Widget]:
        """The deals and how many of them would go."""
        yield ChoiceList(self._choices(), glyphs=self.glyphs)
        yield Static(safe(self._total()), classes="total")

    def _choices(self) -> list[Choice]:
        room = min(_WIDEST, self.app.size.width) - _FRAME - _VALUE - _IDLE
        return [self._choice(deal, room) for deal in self._deals]

    def _choice(self, deal: ListedDeal, room: int) -> Choice:
        row, dots = deal.row, self.glyphs.ellipsis
        sign = " " if row.id in self._kept else self.glyphs.mark
        stage = 18 if room >= 46 else 0
        label = f"{sign} {fit(row.title, room - 2 - stage, dots)}"
        if stage:
            label += f" {fit(row.stage, stage - 1, dots)}"
        value = "" if row.value_minor is None else format_money(row.value_minor, row.currency)
        return Choice(row.id, label, f"{value:>{_VALUE}} {deal.idle_days or 0:>5} d")

    def _total(self) -> str:
        closing = len(self._deals) - len(self._kept)
        kept = f", {len(self._kept)} kept" if self._kept else ""
        return f"{counted(closing, 'deal')} would be closed{kept}; one u brings all of them back"

    def action_keep_one(self) -> None:
        """Keep the deal under the cursor, or not."""
        self._toggle(self.query_one(ChoiceList).choice)

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        self._toggle(message.choice)

    def _toggle(self, choice: Choice | None) -> None:
        if choice is None or not isinstance(choice.value, int):
            return
        self._kept ^= {choice.value}
        place = next(n for n, deal in enumerate(self._deals) if deal.row.id == choice.value)
        self.query_one(ChoiceList).show(self._choices(), cursor=min(place + 1, len(self._deals) - 1))
        self.query_one(".total", Static).update(safe(self._total()))

    def action_flush(self) -> None:
        """Answer with what is not kept."""
        self.dismiss(tuple(deal.row.id for deal in self._deals if deal.row.id not in self._kept))

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(ChoiceList).focus()
