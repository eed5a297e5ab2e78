"""Sums over several currencies, in the currency of the workspace."""

from collections.abc import Iterable, Mapping

from pipeboard.domain.board import CurrencyTotal, StageTotals
from pipeboard.domain.money import divide_half_even, exponent

NANO = 10**9


def to_base(minor: int, currency: str, base: str, rates: Mapping[str, int]) -> int | None:
    """`minor` of `currency` in minor units of `base`, rounded half to even; None without a rate."""
    if currency == base:
        return minor
    nano = rates.get(currency)
    if nano is None:
        return None
    scaled = minor * nano * 10 ** exponent(base)
    divisor = NANO * 10 ** exponent(currency)
    return divide_half_even(scaled, divisor)


def stage_totals(stage_id: int, sums: Iterable[CurrencyTotal], base: str, rates: Mapping[str, int]) -> StageTotals:
    """The totals of a stage from its sums by currency. Weighted totals are rounded once, at the end."""
    count = value = hundredths = without_value = unconverted = 0
    for part in sums:
        count += part.count
        without_value += part.without_value
        in_base = to_base(part.value_minor, part.currency, base, rates)
        weighted = to_base(part.weighted_hundredths, part.currency, base, rates)
        if in_base is None or weighted is None:
            unconverted += part.count - part.without_value
            continue
        value += in_base
        hundredths += weighted
    return StageTotals(stage_id, count, value, divide_half_even(hundredths, 100), without_value, unconverted)


def comparable(rates: Mapping[str, int], base: str) -> dict[str, float]:
    """What a minor unit of each currency is worth, to compare values by; nothing is summed with it."""
    return {c: nano / NANO / 10 ** exponent(c) for c, nano in rates.items()} | {base: 1 / 10 ** exponent(base)}
