"""A folded stage: a slim column with what it is called, how many deals stand in it and what they are worth."""

from itertools import islice

from textual.strip import Strip

from pipeboard.domain.money import short_money
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.stage_header import StageHead, count_words
from pipeboard.tui.text.strips import Part, justified
from pipeboard.tui.text.wrapping import wrapped
from pipeboard.tui.theme import Palette

_NAME_LINES = 3
FOLDED_LINES = _NAME_LINES + 2
"""The most lines that a folded stage has."""


def folded_strips(
    head: StageHead, width: int, palette: Palette, glyphs: Glyphs, *, is_cursor: bool = False
) -> tuple[Strip, ...]:
    """Name, count and total in lines of `width` cells; lit while the cursor stands on them."""
    tones = palette.selected if is_cursor else palette.normal
    room = max(1, width - 2)
    names = list(islice(wrapped(head.stage.name, room), _NAME_LINES)) or [""]
    lines = [Part(name, tones.strong) for name in names]
    lines.append(Part(count_words(head), tones.muted))
    lines.append(Part(short_money(head.totals.value_minor, head.currency), tones.text))
    gutter = Part(glyphs.cursor if is_cursor else " ", tones.accent)
    return tuple(justified([gutter, line], [], width, tones.text, glyphs.ellipsis) for line in lines)
