"""One line out of parts: left ones, right ones, and the space between."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pipeboard.tui.text.cells import cut, drawable, width_of


class Part(NamedTuple):
    """A run of printable text in one style."""

    text: str
    style: Style


def justified(left: Sequence[Part], right: Sequence[Part], width: int, fill: Style, ellipsis: str = "…") -> Strip:
    """A strip of exactly `width` cells: left parts, space, right parts.

    The right side is never cut before the left one is gone; where both meet, one cell stays between them
    (a right side that begins with a space brings it along).
    The space joins the part before it, because every style change costs some 40 bytes on the wire.
    """
    right = [Part(drawable(text), style) for text, style in right]
    right_width = sum(width_of(part.text) for part in right)
    is_tight = bool(right_width) and not right[0].text.startswith(" ")
    room = width - right_width - is_tight
    segments: list[Segment] = []
    used = 0
    for text, style in left:
        if used >= room:
            break
        shown = cut(text, room - used, ellipsis)
        segments.append(Segment(shown, style))
        used += width_of(shown)
    gap = width - right_width - used
    if gap > 0:
        if segments:
            segments[-1] = Segment(segments[-1].text + " " * gap, segments[-1].style)
        else:
            segments.append(Segment(" " * gap, fill))
    segments.extend(Segment(text, style) for text, style in right)
    if gap < 0:
        return Strip(segments).adjust_cell_length(width, fill)
    return Strip(segments, width)


def blank(width: int, style: Style) -> Strip:
    """An empty line."""
    return Strip([Segment(" " * width, style)], width)
