"""The line below the stages: what is above and below in each, and which stages are on show."""

from typing import NamedTuple

from textual.strip import Strip

from pipeboard.tui.text.cells import cut, drawable, width_of
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.strips import Part, justified
from pipeboard.tui.theme import Palette

_NAMED_STAGES = 4


class Overflow(NamedTuple):
    """The cards of a visible column that are out of sight; `x` is its first text cell on the line."""

    x: int
    width: int
    above: int
    below: int


class Position(NamedTuple):
    """What the line shows: overflows from left to right, and the names of all stages.

    `shown` of them are visible from the one at `first`.
    """

    columns: tuple[Overflow, ...] = ()
    names: tuple[str, ...] = ()
    first: int = 0
    shown: int = 0


def overflow_words(column: Overflow) -> str:
    """ "+3 more", "2 above", "2 above +3 more", or nothing."""
    above = f"{column.above} above" if column.above else ""
    below = f"+{column.below} more" if column.below else ""
    return " ".join(words for words in (above, below) if words)


def stage_words(position: Position, glyphs: Glyphs) -> tuple[str, ...]:
    """Where the visible stages are among all, in shrinking forms; nothing when all are visible.

    "Lead Contacted Qualified → 2 more stages"; where many are visible, what the others are called instead.
    """
    first, last = position.first, position.first + position.shown
    all_names = tuple(drawable(name) for name in position.names)
    hidden_before, hidden_after = all_names[:first], all_names[last:]
    if not hidden_before and not hidden_after:
        return ()
    before = f"{_stages(len(hidden_before))} {glyphs.previous}" if hidden_before else ""
    after = f"{glyphs.next} {_stages(len(hidden_after))}" if hidden_after else ""
    short_before = f"{len(hidden_before)} {glyphs.previous}" if hidden_before else ""
    short_after = f"{glyphs.next} {len(hidden_after)}" if hidden_after else ""
    names = " ".join(all_names[first:last])
    named_after = f"{after}: {', '.join(hidden_after)}" if hidden_after else ""
    forms: list[tuple[str, ...]] = [(before, named_after), (before, after), (short_before, short_after)]
    if position.shown <= _NAMED_STAGES:
        forms[:2] = [(before, names, after), (before, after), (short_before, names, short_after)]
    return tuple(" ".join(filter(None, form)) for form in forms)


def position_strip(position: Position, width: int, palette: Palette, glyphs: Glyphs) -> Strip:
    """The line in `width` cells: the words under their columns, the stages at the right as room allows."""
    text = ""
    for column in position.columns:
        words = overflow_words(column)
        if words and column.x >= width_of(text):
            text += " " * (column.x - width_of(text)) + cut(words, column.width, glyphs.ellipsis)
    tones = palette.normal
    room = width - width_of(text) - 3
    stages = next((form for form in stage_words(position, glyphs) if width_of(form) <= room), "")
    return justified([Part(text, tones.faint)], [Part(stages + " ", tones.faint)], width, tones.text)


def _stages(count: int) -> str:
    """ "1 more stage", "2 more stages"."""
    return f"{count} more stage{'' if count == 1 else 's'}"
