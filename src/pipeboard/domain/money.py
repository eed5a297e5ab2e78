"""Money: reading what people type, exact conversion to minor units, and writing it long and short.

Amounts are integers in minor units (cents) of an ISO 4217 currency; binary fractions never appear. A figure
made of several is rounded once, at its end, half to even.
"""

from decimal import Decimal
from typing import Final

from pipeboard.domain.currencies import (
    PREFIX_SIGNS,
    SUFFIX_SIGNS,
    currency_of,
    exponent,
    is_currency,
    symbol,
)
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.money_text import ParsedMoney, parse_money

__all__ = [
    "LARGEST_MINOR",
    "ParsedMoney",
    "convert",
    "currency_of",
    "decimal_string",
    "divide_half_even",
    "exponent",
    "format_money",
    "from_minor",
    "is_currency",
    "number",
    "parse_money",
    "short_money",
    "short_number",
    "symbol",
    "to_minor",
    "weighted",
]

LARGEST_MINOR: Final = 2**53 - 1
"""The largest amount stored: also exact where a number is a binary double (JSON, spreadsheets)."""

_UNITS: Final = ((0, ""), (3, "k"), (6, "M"), (9, "B"), (12, "T"))


def divide_half_even(numerator: int, denominator: int) -> int:
    """The quotient rounded to a whole number, ties to the even one; `denominator` is positive."""
    quotient, rest = divmod(numerator, denominator)
    twice = 2 * rest
    if twice > denominator or (twice == denominator and quotient % 2):
        return quotient + 1
    return quotient


def to_minor(amount: Decimal, currency: str) -> int:
    """An amount in whole minor units.

    Raises InvalidInput for an amount that is no number, has more decimals than the currency, or is larger
    than `LARGEST_MINOR`; nothing is ever rounded here.
    """
    if not amount.is_finite():
        raise InvalidInput(f"{amount} is not an amount of money.")
    if not amount:
        return 0
    decimals = exponent(currency)
    if amount.adjusted() > 16:
        raise InvalidInput(f"An amount of {amount.adjusted() + 1} digits is too large.")
    sign, digits, shift = amount.as_tuple()
    places = int(shift) + decimals
    if places < -100:
        raise InvalidInput(f"{currency} has {_decimals(decimals)}; the amount has more.")
    whole = int("".join(map(str, digits)))
    scale: int = 10 ** abs(places)
    minor, rest = (whole * scale, 0) if places >= 0 else divmod(whole, scale)
    if rest:
        raise InvalidInput(f"{currency} has {_decimals(decimals)}, {amount:f} has more.")
    if minor > LARGEST_MINOR:
        raise InvalidInput(f"{amount:f} {currency} is too large; the most is {number(LARGEST_MINOR, currency)}.")
    return -minor if sign else minor


def _decimals(count: int) -> str:
    """The number of decimals in words."""
    return "no decimals" if count == 0 else f"{count} decimals"


def from_minor(minor: int, currency: str) -> Decimal:
    """The amount of whole minor units as an exact decimal."""
    return Decimal(decimal_string(minor, currency))


def decimal_string(minor: int, currency: str) -> str:
    """The amount as the JSON contracts write it: "1234.50", "-0.05", "1200" for yen."""
    decimals = exponent(currency)
    sign = "-" if minor < 0 else ""
    if decimals == 0:
        return f"{minor}"
    whole, rest = divmod(abs(minor), 10**decimals)
    return f"{sign}{whole}.{rest:0{decimals}d}"


def number(minor: int, currency: str) -> str:
    """The amount without its currency: "12,000", "12,000.50"; decimals only when there are any."""
    decimals = exponent(currency)
    whole, rest = divmod(abs(minor), 10**decimals)
    tail = f".{rest:0{decimals}d}" if rest else ""
    return f"{'-' if minor < 0 else ''}{whole:,}{tail}"


def format_money(minor: int, currency: str) -> str:
    """The amount in full: "€12,000", "-$5.50", "12,000 zł", "CHF 12,000"."""
    return _with_sign(number(minor, currency), currency)


def short_number(minor: int, currency: str) -> str:
    """The amount in at most five or six cells: "950", "38.4k", "171k", "1.2M"; "12.50" below a hundred."""
    unit = 10 ** exponent(currency)
    size = abs(minor)
    if size < 100 * unit and size % unit:
        return number(minor, currency)
    return ("-" if minor < 0 else "") + _rounded(size, unit)


def _rounded(size: int, unit: int) -> str:
    """A non-negative amount to three figures with the letter of its magnitude."""
    whole = suffix = None
    for power, suffix in _UNITS:
        scale = unit * 10**power
        tenths = divide_half_even(size * 10, scale)
        if power and tenths < 1000 and tenths % 10:
            return f"{tenths // 10}.{tenths % 10}{suffix}"
        whole = divide_half_even(size, scale)
        if whole < 1000:
            break
    return f"{whole:,}{suffix}"


def short_money(minor: int, currency: str) -> str:
    """The amount for a narrow place: "€38.4k", "€171k", "€1.2M", "12k zł"."""
    return _with_sign(short_number(minor, currency), currency)


def _with_sign(text: str, currency: str) -> str:
    """A written number with the sign of its currency where that sign belongs."""
    if currency in SUFFIX_SIGNS:
        return f"{text} {SUFFIX_SIGNS[currency]}"
    sign = PREFIX_SIGNS.get(currency, f"{currency} ")
    return f"-{sign}{text[1:]}" if text.startswith("-") else f"{sign}{text}"


def convert(minor: int, from_currency: str, to_currency: str, rate: Decimal) -> int:
    """Minor units of one currency in minor units of another; `rate` is the price of one of the first.

    Rounded once, half to even. Raises InvalidInput for a rate that is not above zero.
    """
    if not rate.is_finite() or rate <= 0:
        raise InvalidInput(f"{rate} is not an exchange rate; a rate is above zero.")
    above, below = rate.as_integer_ratio()
    return divide_half_even(minor * above * 10 ** exponent(to_currency), below * 10 ** exponent(from_currency))


def weighted(hundredths: int) -> int:
    """Minor units from a sum of (minor units x percent): rounded once, half to even (DOMAIN 2.2)."""
    return divide_half_even(hundredths, 100)
