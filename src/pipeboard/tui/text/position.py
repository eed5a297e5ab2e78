"""The line below the stages: what is above and below in each, and which stages are on show."""

from typing import NamedTuple

from textual.strip import Strip

from pipeboard.tui.text.cells import cut, drawable, width_of
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.strips import Part, justified
from pipeboard.tui.theme import Palette

_APART = 2
"""Cells between two things on the line."""

_LEFT = 2
"""Where the first column begins."""


class Overflow(NamedTuple):
    """The cards of a visible column that are out of sight; `x` is its first text cell on the line."""

    x: int
    width: int
    above: int
    below: int


class Position(NamedTuple):
    """What the line shows: overflows from left to right, and all stages by name with the number of their deals.

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


def stage_words(position: Position, glyphs: Glyphs) -> tuple[tuple[str, str], ...]:
    """What is out of sight on the left and on the right, in shrinking forms.

    "← Lead 7, Contacted 5" and "Won 5, Lost 2 →"; then the nearest and how many more; the nearest; how many.
    """
    names = tuple(drawable(name) for name in position.names)
    before = names[: position.first][::-1]
    after = names[position.first + position.shown :]
    lefts = (f"{glyphs.previous} {words}" if words else "" for words in _forms(before, is_reversed=True))
    rights = (f"{words} {glyphs.next}" if words else "" for words in _forms(after))
    return tuple(zip(lefts, rights, strict=True))


def position_strip(position: Position, width: int, palette: Palette, glyphs: Glyphs) -> Strip:
    """The line in `width` cells: the words under their columns, the stages at both ends as room allows."""
    forms = stage_words(position, glyphs)
    text, stages = _columns_text(position, "", glyphs.ellipsis), ""
    for left, right in forms:
        tried = _columns_text(position, left, glyphs.ellipsis)
        if tried is not None and width_of(tried) + 1 + _APART + width_of(right) <= width:
            text, stages = tried, right
            break
    tones = palette.normal
    return justified([Part(text or "", tones.faint)], [Part(stages + " ", tones.faint)], width, tones.text)


def _columns_text(position: Position, left: str, ellipsis: str) -> str | None:
    """Words at the left end, then what overflows under each column; None where they would run into the next one."""
    text = " " * _LEFT + left if left else ""
    for column in position.columns:
        if words := overflow_words(column):
            at = max(column.x, width_of(text) + _APART) if left else column.x
            if left and at + width_of(words) > column.x + column.width:
                return None
            if at >= width_of(text):
                text += " " * (at - width_of(text)) + cut(words, column.width, ellipsis)
    return text


def _forms(nearest_first: tuple[str, ...], *, is_reversed: bool = False) -> tuple[str, ...]:
    """Stages out of sight on one side: all, the nearest and how many more, the nearest, how many, the number."""
    if not nearest_first:
        return ("",) * 5
    nearest, more = nearest_first[0], len(nearest_first) - 1
    every = ", ".join(reversed(nearest_first) if is_reversed else nearest_first)
    count = f"{more + 1} stage{'s' if more else ''}"
    return (every, f"{nearest} and {more} more" if more else nearest, nearest, count, str(more + 1))
