"""A deal's lines as text, and where a thing stands in them."""

from typing import Any

from rich.style import Style

from pipeboard.domain.detail import DealDetail
from pipeboard.tui.text.deal_context import IN_PANE, DealContext
from pipeboard.tui.text.deal_lines import deal_strips
from pipeboard.tui.text.glyphs import UNICODE

from .deal_details import NOW
from .test_cards import PALETTE

TONES = PALETTE.surface


def context(width: int = 44, **changes: Any) -> DealContext:
    """How the side pane draws a deal."""
    return DealContext(width, NOW, TONES, UNICODE, IN_PANE)._replace(**changes)


def lines(detail: DealDetail, width: int = 44, **changes: Any) -> list[str]:
    """A deal as text, without the air at the end of the lines."""
    return [strip.text.rstrip() for strip in deal_strips(detail, context(width, **changes))]


def section(detail: DealDetail, name: str, width: int = 44, **changes: Any) -> list[str]:
    """The lines below a heading."""
    found = lines(detail, width, **changes)
    first = next(place for place, line in enumerate(found) if line.startswith(name)) + 1
    last = next((place for place in range(first, len(found)) if not found[place]), len(found))
    return found[first:last]


def fact(detail: DealDetail, label: str, width: int = 44, **changes: Any) -> str:
    """The text beside a label, over all its lines."""
    found = lines(detail, width, **changes)
    first = next(place for place, line in enumerate(found) if line.startswith(f"{label} "))
    kept = [found[first][9:]]
    for line in found[first + 1 :]:
        if not line.startswith(" " * 9):
            break
        kept.append(line[9:])
    return " / ".join(kept)


def style_of(detail: DealDetail, words: str) -> Style:
    """The style of the run of text that holds these words."""
    found = [s.style for strip in deal_strips(detail, context()) for s in strip if words in s.text and s.style]
    assert len(found) == 1
    return found[0]
