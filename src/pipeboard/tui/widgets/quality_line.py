"""How well the deals of each person are kept, in one line."""

from textual.strip import Strip

from pipeboard.domain.hygiene import Quality
from pipeboard.domain.text import printable
from pipeboard.tui.text.strips import Part, justified
from pipeboard.tui.theme import Palette
from pipeboard.tui.widgets.one_line import OneLine

_GOOD = 0.8
_FAIR = 0.5


class QualityLine(OneLine):
    """ "Complete: Ben 50% of 2 · Anna 82% of 24", the worst first."""

    _qualities: tuple[Quality, ...] = ()

    def show(self, qualities: tuple[Quality, ...]) -> None:
        """Take new figures."""
        self._qualities = qualities
        self.update_line()

    def draw(self, width: int, palette: Palette) -> Strip:
        tones = palette.surface
        parts = [Part(" Complete", tones.strong)] if self._qualities else []
        for place, one in enumerate(self._qualities):
            tone = tones.won if one.share >= _GOOD else tones.soon if one.share >= _FAIR else tones.overdue
            parts.append(Part(f" {self.glyphs.dot if place else ' '} {printable(one.owner) or 'nobody'} ", tones.text))
            parts.append(Part(f"{one.share:.0%}", tone))
            parts.append(Part(f" of {one.deals:,}", tones.muted))
        return justified(parts, [], width, tones.text, self.glyphs.ellipsis)
