"""The pane below a page of figures: what the one under the cursor means, how it came about, its largest deals."""

from collections.abc import Sequence

from textual.strip import Strip

from pipeboard.domain.figure_parts import OpenedFigure
from pipeboard.domain.money import format_money
from pipeboard.services.deal_parts import NamedPart
from pipeboard.tui.text.cells import fit, width_of
from pipeboard.tui.text.strips import Part, blank, justified
from pipeboard.tui.theme import Tones
from pipeboard.tui.widgets.scrolled_lines import ScrolledLines

_TITLE = 34
_NOTE = 34


class PartsPane(ScrolledLines):
    """Sentence, formula with the values put in, and as many deals as there is room for."""

    _figure: OpenedFigure | None = None
    _parts: Sequence[NamedPart] = ()
    _currency = ""

    def show(self, figure: OpenedFigure, parts: Sequence[NamedPart], currency: str) -> None:
        """Take a new value; `parts` are the first of the figure's deals."""
        self._figure, self._parts, self._currency = figure, parts, currency
        self.update_lines(from_top=True)

    @property
    def rows_for_deals(self) -> int:
        """How many deals can be shown."""
        return max(0, self.size.height - 4)

    def draw(self, width: int, tones: Tones) -> list[Strip]:
        figure = self._figure
        if figure is None:
            return [blank(width, tones.text)]
        rows = [justified([Part(line, tones.text)], [], width, tones.text) for line in wrapped(figure.sentence, width)]
        rows += [
            justified([Part(line, tones.accent)], [], width, tones.text) for line in wrapped(figure.formula, width)
        ]
        count = len(figure.parts)
        told = f"{count:,} deal{'' if count == 1 else 's'}: Enter opens the list" if count else "no deals"
        hint = [Part(told, tones.faint)]
        room = self.size.height - 1 - len(rows)
        if room <= 0:
            return rows
        deals = [self._deal(part, width, tones) for part in self._parts[: max(0, room - 1)]]
        if not deals:
            return [*rows, justified(hint, [], width, tones.text)]
        rows.append(blank(width, tones.text))
        for place, parts in enumerate(deals):
            rows.append(justified(parts, hint if place == 0 and width >= 120 else [], width, tones.text))
        return rows

    def _deal(self, part: NamedPart, width: int, tones: Tones) -> list[Part]:
        """One deal: its title, what it adds, why."""
        title = min(_TITLE, max(10, width - _NOTE - 16))
        return [
            Part("  " + fit(part.title, title) + "  ", tones.text),
            Part(f"{amount_words(part, self._currency):>12}  ", tones.text),
            Part(fit(part.note, _NOTE), tones.muted),
        ]


def amount_words(part: NamedPart, currency: str) -> str:
    """What a deal adds, or that it has nothing to add."""
    return "no value" if part.minor is None else format_money(part.minor, currency)


def wrapped(text: str, width: int) -> list[str]:
    """A sentence in lines of at most `width` cells, two at most."""
    if width_of(text) <= width:
        return [text]
    cut = text.rfind(" ", 0, width)
    return [text[:cut], text[cut + 1 :]] if cut > 0 else [text]
