"""A deal as lines: the side pane's one column, or the two of the deal's own screen."""

from collections.abc import Sequence

from rich.style import Style
from textual.strip import Strip

from pipeboard.domain.detail import DealDetail
from pipeboard.tui.text.deal_context import DealContext, Row
from pipeboard.tui.text.deal_facts import facts, head, imported, worth
from pipeboard.tui.text.deal_qualification import bant, criteria, relatives, score
from pipeboard.tui.text.deal_tasks import tasks
from pipeboard.tui.text.deal_timeline import notes, timeline
from pipeboard.tui.text.strips import Part, blank, justified


def deal_strips(detail: DealDetail, context: DealContext) -> list[Strip]:
    """Everything about a deal, each line exactly `context.width` cells."""
    first = _facts(detail, context)
    return _drawn([*first, notes(detail, context), timeline(detail, context), imported(detail, context)], context)


def facts_strips(detail: DealDetail, context: DealContext) -> list[Strip]:
    """The left of two columns: what the deal is and what is to be done."""
    return _drawn([*_facts(detail, context), imported(detail, context)], context)


def story_strips(detail: DealDetail, context: DealContext) -> list[Strip]:
    """The right of two columns: what is noted and what happened."""
    return _drawn([notes(detail, context), timeline(detail, context)], context)


def empty_strips(title: str, hints: Sequence[tuple[str, str]], context: DealContext) -> list[Strip]:
    """What stands there without a deal: why, and the keys to press with what they do."""
    tones = context.tones
    column = max((len(key) for key, _ in hints), default=0) + 2
    rows = [Row((Part(title, tones.muted + Style(bold=True)),)), Row()]
    rows += [Row((Part(f"{key:<{column}}", tones.accent), Part(words, tones.muted))) for key, words in hints]
    return _drawn([rows], context)


def _facts(detail: DealDetail, context: DealContext) -> list[list[Row]]:
    """The sections that every form begins with."""
    return [section(detail, context) for section in (head, worth, facts, relatives, criteria, bant, score, tasks)]


def _drawn(sections: Sequence[Sequence[Row]], context: DealContext) -> list[Strip]:
    """Sections with a blank line between them; empty ones leave none."""
    width, fill, ellipsis = context.width, context.tones.text, context.glyphs.ellipsis
    strips: list[Strip] = []
    for section in filter(None, sections):
        if strips:
            strips.append(blank(width, fill))
        strips += [justified(row.left, row.right, width, fill, ellipsis) for row in section]
    return strips
