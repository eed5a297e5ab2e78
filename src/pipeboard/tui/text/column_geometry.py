"""Where things are in a column of cards: plain arithmetic, because all cards are of one height.

The scroll position is counted in cards, so that none is ever cut in two.
"""

from typing import NamedTuple

from pipeboard.tui.text.cards import card_height
from pipeboard.tui.text.stage_header import HEADER_LINES

HEADER = -1
"""The place of the cursor on a stage itself, above its cards: where it rests in an empty stage."""

_ROOMY_ROWS = 27
_TIGHT_ROWS = 18


class ColumnGeometry(NamedTuple):
    """A column of `height` rows with `cards` cards of `density` lines, the first visible one being `top`."""

    height: int
    density: int
    cards: int
    top: int

    @property
    def head_y(self) -> int:
        """The first row of the head: below a blank one, where there is room for it."""
        return 1 if self.height >= _TIGHT_ROWS else 0

    @property
    def body_y(self) -> int:
        """The row of the first card: below another blank one on tall screens."""
        return self.head_y + HEADER_LINES + (1 if self.height >= _ROOMY_ROWS else 0)

    @property
    def step(self) -> int:
        """Rows from one card to the next."""
        return card_height(self.density)

    @property
    def capacity(self) -> int:
        """How many whole cards fit; at least one."""
        gap = self.step - self.density
        return max(1, (self.height - self.body_y + gap) // self.step)

    @property
    def below(self) -> int:
        """How many cards are below the last visible one."""
        return max(0, self.cards - self.top - self.capacity)

    def clamped(self, top: int) -> int:
        """The nearest scroll position at which no room is wasted."""
        return max(0, min(top, self.cards - self.capacity))

    def showing(self, index: int) -> int:
        """The scroll position nearest to the present one at which a card is visible."""
        return min(max(self.top, index - self.capacity + 1), index)

    def rows(self, place: int) -> range:
        """The rows of a card without its blank one, or of the head (HEADER); empty when out of sight."""
        if place == HEADER:
            return range(self.head_y, self.head_y + HEADER_LINES)
        if not self.top <= place < self.top + self.capacity:
            return range(0)
        y = self.body_y + (place - self.top) * self.step
        return range(y, min(y + self.density, max(y, self.height)))

    def place_at(self, y: int) -> tuple[int, int] | None:
        """The card at a row and the line of it, or None for empty ground and the head."""
        slot, line = divmod(y - self.body_y, self.step)
        index = self.top + slot
        is_card = y >= self.body_y and line < self.density and slot < self.capacity and index < self.cards
        return (index, line) if is_card else None

    def gap_at(self, y: int) -> int:
        """Between which cards a row is: the place of the card above which something let go here would go."""
        slot = (y - self.body_y + self.step // 2) // self.step
        return min(self.cards, self.top + min(max(0, slot), self.capacity))

    def gap_y(self, gap: int) -> int:
        """The row just above the card of this place, where a line shows that something goes there."""
        return min(self.height - 1, max(self.head_y, self.body_y + (gap - self.top) * self.step - 1))

    def is_thumb(self, y: int) -> bool:
        """Whether the scroll bar's thumb is at a row; there is none while every card is visible."""
        track, row = self.height - self.body_y, y - self.body_y
        if self.cards <= self.capacity or not 0 <= row < track:
            return False
        length = max(1, self.capacity * track // self.cards)
        first = self.top * track // self.cards if self.below else track - length
        return first <= row < first + length
