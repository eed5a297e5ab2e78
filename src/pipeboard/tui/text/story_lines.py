"""What happened with a deal since the last review, above everything else about it."""

from datetime import datetime

from textual.strip import Strip

from pipeboard.domain.detail import DealDetail
from pipeboard.tui.text.deal_context import DealContext, Row, heading, plain_day
from pipeboard.tui.text.deal_timeline import entry_rows
from pipeboard.tui.text.strips import Part, blank, justified


def story_since_strips(detail: DealDetail, since: datetime | None, context: DealContext) -> list[Strip]:
    """A heading with the day of the last review and what happened after it; nothing without a last review."""
    if since is None:
        return []
    day = plain_day(since.astimezone(context.now.tzinfo).date(), context.today)
    rows = [heading(f"Since the review of {day}", "", context)]
    entries = tuple(entry for entry in detail.timeline if entry.at > since)
    rows += entry_rows(entries, context)
    if not entries:
        rows.append(Row((Part("nothing happened", context.tones.overdue),)))
    fill = context.tones.text
    strips = [justified(row.left, row.right, context.width, fill, context.glyphs.ellipsis) for row in rows]
    return [*strips, blank(context.width, fill)]
