"""The pane below the figures: what the one under the cursor means, how it came about, its first deals."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.strip import Strip

from pipeboard.domain.metrics.definitions import Definition
from pipeboard.domain.stage import DealStatus
from pipeboard.services.metrics_deals import DealBehind
from pipeboard.tui.text.cells import fit, width_of
from pipeboard.tui.text.figure_deals import outcome_words, value_words
from pipeboard.tui.text.strips import Part, blank, justified
from pipeboard.tui.theme import Tones
from pipeboard.tui.widgets.scrolled_lines import ScrolledLines

_TITLE = 30
_TONES = {DealStatus.WON: "won", DealStatus.LOST: "lost", DealStatus.PARKED: "waiting", DealStatus.OPEN: "text"}


class FigureText(NamedTuple):
    """What the pane shows. `deals` are the first of `count`; None while they are being read."""

    definition: Definition
    beside: str
    count: int  # type: ignore[assignment]
    deals: Sequence[DealBehind] | None
    currency: str


class FigurePane(ScrolledLines):
    """Sentence, formula with the values put in, and as many deals as there is room for."""

    _text: FigureText | None = None

    def show(self, text: FigureText) -> None:
        """Take a new value."""
        self._text = text
        self.update_lines(from_top=True)

    @property
    def rows_for_deals(self) -> int:
        """How many deals can be shown."""
        return max(0, self.size.height - 4)

    def draw(self, width: int, tones: Tones) -> list[Strip]:
        """The sentence over as many lines as it takes, the formula, the deals."""
        text = self._text
        if text is None:
            return [blank(width, tones.text)]
        told = (
            f"{text.count:,} deal{'' if text.count == 1 else 's'}: Enter opens the list" if text.count else "no deals"
        )
        hint = [Part(told, tones.faint)]
        rows = [justified([Part(line, tones.text)], [], width, tones.text) for line in _wrapped(text, width)]
        formula = [Part(text.definition.formula, tones.accent)]
        if text.beside and width_of(text.definition.formula + text.beside) + 3 <= width:
            formula.append(Part(f"   {text.beside}", tones.muted))
        rows.append(justified(formula, [], width, tones.text, self.glyphs.ellipsis))
        room = self.size.height - 1 - len(rows)
        if room <= 0:
            return rows
        deals = [_deal(deal, text.currency, tones) for deal in (text.deals or ())[: max(0, room - 1)]]
        if not deals:
            return [*rows, justified(hint, [], width, tones.text)]
        rows.append(blank(width, tones.text))
        for place, parts in enumerate(deals):
            rows.append(justified(parts, hint if place == 0 and width >= 100 else [], width, tones.text))
        return rows


def _wrapped(text: FigureText, width: int) -> list[str]:
    """The sentence in lines of at most `width` cells, two at most."""
    sentence = text.definition.sentence
    if width_of(sentence) <= width:
        return [sentence]
    cut = sentence.rfind(" ", 0, width)
    return [sentence[:cut], sentence[cut + 1 :]] if cut > 0 else [sentence]


def _deal(deal: DealBehind, currency: str, tones: Tones) -> list[Part]:
    """One deal: title, what became of it, its value."""
    return [
        Part("  " + fit(deal.title, _TITLE) + "  ", tones.text),
        Part(fit(outcome_words(deal), 28), getattr(tones, _TONES[deal.status])),
        Part(f"{value_words(deal, currency):>12}", tones.text),
    ]
