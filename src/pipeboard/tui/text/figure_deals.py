"""A deal behind a figure in words."""

from datetime import timedelta

from pipeboard.domain.money import format_money, short_money
from pipeboard.domain.periods import Period, label
from pipeboard.domain.stage import DealStatus
from pipeboard.services.metrics_deals import DealBehind

_WORDS = {DealStatus.OPEN: "open", DealStatus.WON: "won", DealStatus.LOST: "lost", DealStatus.PARKED: "parked"}


def outcome_words(deal: DealBehind) -> str:
    """What became of it: "won 18 Nov 2026", "lost 12 Nov 2026, Price", "open"."""
    if deal.note:
        return deal.note
    word = _WORDS[deal.status]
    if deal.closed_on is None:
        return word
    day = label(Period(deal.closed_on, deal.closed_on + timedelta(days=1)))
    reason = f", {deal.lost_reason}" if deal.lost_reason else ""
    return f"{word} {day}{reason}"


def part_words(deal: DealBehind, unit: str, currency: str) -> str:
    """What the deal adds to the figure, where that is not its value; else its days."""
    if deal.part is not None and unit:
        if unit == "money":
            return short_money(deal.part, currency)
        return f"{deal.part} d" if unit == "days" else f"{deal.part} x"
    return "" if deal.days is None else f"{deal.days} d"


def value_words(deal: DealBehind, currency: str) -> str:
    """Its value in the base currency, or why there is none."""
    if deal.is_unconverted:
        return "no rate"
    return "no value" if deal.value_minor is None else format_money(deal.value_minor, currency)
