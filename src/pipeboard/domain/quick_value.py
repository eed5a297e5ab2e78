"""Which words of a quick-add line are money: stricter than a money field, as titles have numbers too."""

import re
from typing import Final, NamedTuple

from pipeboard.domain.money import format_money, parse_money, to_minor
from pipeboard.domain.money_text import MAGNITUDES


class QuickValue(NamedTuple):
    """An amount in minor units of a currency, and how it is told back."""

    minor: int
    currency: str
    meaning: str


VALUE_TOKENS: Final = 6
"""The most words an amount may have: "USD 1 200 000 000"."""

_BARE_MAGNITUDES: Final = frozenset(("k", "m", "к", "м", "tys", "тыс", "mln", "млн", "mio", "mld", "млрд"))
"""Magnitudes that make a number money without a currency; "30mm" and "5b" do not."""

_ANY_CASE: Final = frozenset(
    ("USD", "EUR", "GBP", "PLN", "RUB", "UAH", "CHF", "CZK", "SEK", "NOK", "DKK", "JPY", "CNY", "INR", "CAD", "AUD")
)
"""Codes taken in any case; others only in capitals."""

_ORDINARY_WORDS: Final = frozenset(("ALL", "TOP", "CUP", "PEN", "MAD", "SOS", "TRY", "GEL", "FT"))
"""Codes and signs that titles have as words; taken only where the workspace counts in them."""


def quick_value(text: str, home: str, *, needs_sign: bool = False, is_keyed: bool = False) -> QuickValue | None:
    """The value that a piece of a line means, or None if it is no value.

    A number alone is none unless `is_keyed` (it stood behind "value:"); a number with only a magnitude
    ("12k") is none where `needs_sign`. Raises InvalidInput for an amount its currency cannot hold.
    """
    if not re.match(r"[0-9]|[^\W\d_]{0,3}\.?\s?[^\w\s]?\s?[0-9.,]", text) or text[0] in "-+(.,":
        return None
    if re.search(r"\s[^\W\d_]{1,2}$", text) and text.split()[-1].lower() in MAGNITUDES:
        return None
    money = parse_money(text, home=home)
    if money is None or money.amount < 0:
        return None
    words = re.findall(r"[^\W\d_]+", text)
    if not is_keyed and not _is_meant(text, words, money.currency, home, needs_sign):
        return None
    currency = money.currency or home
    minor = to_minor(money.amount, currency)
    return QuickValue(minor, currency, format_money(minor, currency))


def _is_meant(text: str, words: list[str], currency: str | None, home: str, needs_sign: bool) -> bool:
    """Whether an amount that can be read was written as money."""
    if currency is None:
        if needs_sign or not words or words[0].lower() not in _BARE_MAGNITUDES:
            return False
        return len(words[0]) > 2 or " " not in text
    for word in words:
        code = word.upper()
        is_code = code == currency or code in _ORDINARY_WORDS
        if is_code and currency != home and not _is_clear_code(word):
            return False
    return True


def _is_clear_code(word: str) -> bool:
    """Whether a code can hardly be a word of a title."""
    code = word.upper()
    return code in _ANY_CASE or (word == code and code not in _ORDINARY_WORDS)
