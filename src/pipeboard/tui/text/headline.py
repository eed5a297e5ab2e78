"""The first line of the board in words."""

from collections.abc import Mapping

from pipeboard.domain.board import Overview, StageTotals
from pipeboard.domain.list_order import MANUAL, ListOrder, order_words
from pipeboard.domain.money import short_money
from pipeboard.tui.text.bars import TopLine


def board_headline(
    overview: Overview, shown: Mapping[int, StageTotals], filter_text: str, order: ListOrder = MANUAL
) -> TopLine:
    """Deals and sums of the open stages; under a filter those that it leaves, of all; and how the cards are sorted."""
    open_ids = [stage.id for stage in overview.stages if stage.is_open]
    count = sum(shown[i].count for i in open_ids)
    value = sum(shown[i].value_minor for i in open_ids)
    weighted = sum(shown[i].weighted_minor for i in open_ids)
    everything = sum(overview.totals[i].count for i in open_ids)
    currency = overview.workspace.currency
    deals = f"{count} of {everything} deals" if filter_text else f"{count} deal{'s' if count != 1 else ''}"
    summary = f"{deals} · {short_money(value, currency)} · w {short_money(weighted, currency)}"
    if unconverted := sum(shown[i].unconverted for i in open_ids):
        summary += f" · {unconverted} not converted"
    return TopLine(
        overview.pipeline.name, summary, filter_text, overview.overdue, overview.due_today, sorted_by=order_words(order)
    )


def under_filter(overview: Overview, left: Mapping[int, StageTotals]) -> Overview:
    """The overview whose sums are those of what a filter left, its counts those of all ("2 of 4")."""
    everything = overview.totals
    shown = {s: t._replace(count=everything[s].count) for s, t in left.items() if s in everything}
    return overview._replace(totals={**everything, **shown})
