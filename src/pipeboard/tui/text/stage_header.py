"""The head of a stage: what stands in it and its share of the pipeline."""

from typing import NamedTuple

from rich.style import Style
from textual.strip import Strip

from pipeboard.domain.board import StageTotals
from pipeboard.domain.money import short_money, short_number
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.tui.text.cells import width_of
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.strips import Part, justified
from pipeboard.tui.theme import Palette, Tones

HEADER_LINES = 3


class StageHead(NamedTuple):
    """A stage with its figures.

    `shown` is how many deals the filter leaves, `share` (0 to 1) the stage's value against that of the
    largest open stage; `is_clogged` marks the bottleneck, `is_folded` the slim column.
    """

    stage: Stage
    totals: StageTotals
    shown: int
    currency: str
    share: float = 0.0
    is_clogged: bool = False
    is_folded: bool = False


def share_of(totals: StageTotals, largest_minor: int) -> float:
    """The value of a stage against the largest one, from 0 to 1."""
    if largest_minor <= 0 or totals.value_minor <= 0:
        return 0.0
    return min(1.0, totals.value_minor / largest_minor)


def header_strips(
    head: StageHead, width: int, palette: Palette, glyphs: Glyphs, *, is_cursor: bool = False
) -> tuple[Strip, Strip, Strip]:
    """Name and count, totals, share: three lines of `width` cells; lit while the cursor stands on them."""
    tones = palette.selected if is_cursor else palette.normal
    gaps = _gaps(head.totals)
    totals = _totals(head)
    count = count_words(head)
    room = width - 3
    first = [Part(head.stage.name, tones.strong)]
    second = [Part(totals[0], tones.text)]
    used = width_of(head.stage.name) + width_of(count) + 1
    for warning in _warnings(head, glyphs):
        if used + width_of(warning) + 1 <= room:
            first.append(Part(f" {warning}", tones.rotting))
            used += width_of(warning) + 1
            break
    for gap in gaps:
        if sum(map(width_of, totals)) + width_of(gap) + 2 <= room:
            second.append(Part(f" {gap}", tones.faint))
            break
        if used + width_of(gap) + 1 <= room:
            first.append(Part(f" {gap}", tones.faint))
            break
    return (
        _framed(first, Part(count, tones.muted), width, tones, glyphs, is_cursor),
        _framed(second, Part(totals[1], tones.muted), width, tones, glyphs, is_cursor),
        _bar(head, width, palette, tones, glyphs, is_cursor),
    )


def _framed(left: list[Part], right: Part, width: int, tones: Tones, glyphs: Glyphs, is_cursor: bool) -> Strip:
    """A line of the head with the cursor's cell on the left and one of air on the right."""
    if is_cursor:
        left = [Part(glyphs.cursor, tones.accent), *left]
    else:
        left = [Part(" " + left[0].text, left[0].style), *left[1:]]
    return justified(left, [Part(right.text + " ", right.style)], width, tones.text, glyphs.ellipsis)


def count_words(head: StageHead) -> str:
    """ "4", or "2 of 4" when a filter leaves fewer."""
    total = max(head.totals.count, head.shown)
    return str(total) if head.shown == total else f"{head.shown} of {total}"


def _totals(head: StageHead) -> tuple[str, str]:
    """The sum and, for open stages, the weighted sum."""
    totals = head.totals
    value = short_money(totals.value_minor, head.currency)
    if not head.stage.is_open:
        return value, ""
    return value, f"w {short_number(totals.weighted_minor, head.currency)}"


def _warnings(head: StageHead, glyphs: Glyphs) -> tuple[str, ...]:
    """More deals than the stage's limit allows, or the bottleneck, in shrinking forms."""
    limit = head.stage.deal_limit
    if limit is not None and head.totals.count > limit:
        return f"{glyphs.rotting} max {limit}", glyphs.rotting
    return (f"{glyphs.rotting} clog", glyphs.rotting) if head.is_clogged else ()


def _gaps(totals: StageTotals) -> tuple[str, ...]:
    """How many deals are in no sum, in shrinking forms; nothing when all are."""
    if totals.unconverted:
        return f"({totals.unconverted} no rate)", f"({totals.unconverted}?)"
    if totals.without_value:
        return f"({totals.without_value} no value)", f"({totals.without_value}?)"
    return ()


def _bar(head: StageHead, width: int, palette: Palette, tones: Tones, glyphs: Glyphs, is_cursor: bool) -> Strip:
    """The share as a heavy line on a light one."""
    length = max(0, width - 2)
    filled = max(1, round(length * head.share)) if head.share > 0 else 0
    gutter = Part(glyphs.cursor if is_cursor else " ", tones.accent)
    rest = palette.line if not is_cursor else tones.faint
    parts = [
        gutter,
        Part(glyphs.bar * filled, _bar_style(head, tones)),
        Part(glyphs.rest * (length - filled), rest),
    ]
    return justified([part for part in parts if part.text], [], width, tones.text, "")


def _bar_style(head: StageHead, tones: Tones) -> Style:
    """The colour of the share: the accent, or what the stage means."""
    if head.is_clogged:
        return tones.rotting
    meanings = {StageKind.WON: tones.won, StageKind.LOST: tones.lost, StageKind.PARKED: tones.waiting}
    return meanings.get(head.stage.kind, tones.accent)
