"""A sheet of figures to be walked, drawn from any values: for the forecast and the waterfall."""

from collections.abc import Sequence

from textual.geometry import Region

from pipeboard.domain.money import exponent, format_money, short_money
from pipeboard.tui.text.canvas import Canvas
from pipeboard.tui.text.cells import width_of
from pipeboard.tui.text.figure_sheet import Figure
from pipeboard.tui.text.glyphs import Glyphs

UNKNOWN = "-"


class FigurePage:
    """A canvas with the figures on it. Amounts are written in `currency`."""

    def __init__(self, width: int, currency: str, glyphs: Glyphs) -> None:
        self.canvas = Canvas(width)
        self.currency = currency
        self.glyphs = glyphs
        self.figures: list[Figure] = []

    def figure(self, key: str, x: int, y: int, width: int, height: int = 1) -> None:
        """Make a region walkable. Its first column is for the cursor, so `x` is one cell before the text."""
        self.figures.append(Figure(key, Region(x, y, width, height)))

    def heading(self, x: int, y: int, text: str, beside: str = "", room: int = 0) -> None:
        """The title of a block, with what it is about beside it."""
        after = self.canvas.put(x, y, text, is_bold=True)
        if beside:
            self.canvas.put(after + 2, y, beside, "faint", room=max(0, room - (after + 2 - x)) if room else 0)

    def heads(self, ends: Sequence[int], y: int, words: Sequence[str]) -> None:
        """The heads of right-aligned columns."""
        for end, word in zip(ends, words, strict=True):
            self.canvas.right(end, y, word, "faint")

    def money(self, minor: float | None, room: int = 0) -> str:
        """An amount in whole main units, in thousands or millions where it would take more than `room` cells."""
        if minor is None:
            return UNKNOWN
        unit = 10 ** exponent(self.currency)
        text = format_money(round(minor / unit) * unit, self.currency)
        return short_money(round(minor), self.currency) if room and width_of(text) > room else text

    def layers(self, x: int, y: int, levels: tuple[int, int, int], scale: float) -> None:
        """A bar of what is won, then up to what is expected, then up to the best case."""
        won, expected, best = (round(max(0, level) * scale) for level in levels)
        after = self.canvas.bar(x, y, won, "won", self.glyphs.bar)
        after = self.canvas.bar(after, y, max(0, expected - won), "accent", self.glyphs.rest)
        self.canvas.bar(after, y, max(0, best - max(won, expected)), "faint", ".")

    def wrapped(self, x: int, y: int, text: str, width: int, role: str = "text") -> int:
        """Put a sentence over as many rows as it takes; the row after them."""
        line = ""
        for word in text.split(" "):
            if line and width_of(f"{line} {word}") > width:
                self.canvas.put(x, y, line, role, room=width)
                y, line = y + 1, word
            else:
                line = f"{line} {word}" if line else word
        if line:
            self.canvas.put(x, y, line, role, room=width)
            y += 1
        return y
