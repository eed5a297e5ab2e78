"""Reading an amount of money as people type and export it.

Strict where `Decimal()` is not: no NaN, no 1e6, no 1_000, ASCII digits only, thousands in groups of three.
"""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from pipeboard.domain.currencies import currency_of, exponent


class ParsedMoney(NamedTuple):
    """An amount in whole units of a currency; `currency` is None when none was named."""

    amount: Decimal
    currency: str | None


_LOCAL_MAGNITUDES: Final = {
    "tys": 3,
    "тыс": 3,
    "к": 3,
    "mln": 6,
    "млн": 6,
    "mio": 6,
    "м": 6,
    "mld": 9,
    "mrd": 9,
    "млрд": 9,
}
"""Polish, Russian and German magnitudes: people who write these write a decimal comma."""

MAGNITUDES: Final = {"k": 3, "m": 6, "mm": 6, "mn": 6, "b": 9, "bn": 9, **_LOCAL_MAGNITUDES}
"""Powers of ten by the letters or word after a number."""

_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u2008\u2009\u200a\u202f", " "),
        **dict.fromkeys("’‘ʼ′`´", "'"),
        **dict.fromkeys("−‐‑–", "-"),
    }
)
_WORD: Final = r"[^\W\d_]+\.?|[A-Za-z]{0,2}[$¥]|[€£￥₽₴₹₺₸₪₩₫₾₦₱]"
_MONEY: Final = (
    rf"(?P<minus>[-+])?\s?(?P<before>{_WORD})?\s?(?P<inner>-)?(?P<number>[0-9.,'][0-9.,' ]*?)"
    rf"\s?(?:(?P<size>(?:{'|'.join(sorted(MAGNITUDES, key=len, reverse=True))})(?![^\W\d_])\.?))?"
    rf"\s?(?P<after>{_WORD})?"
)
_GROUPED: Final = r"[0-9]{1,3}(?P<mark>[.,' ])[0-9]{3}(?:(?P=mark)[0-9]{3})*|[0-9]{1,3}(?:,[0-9]{2})+,[0-9]{3}"
# Patterns stay strings: this module is imported at start-up, and most runs never read an amount.
_LONGEST: Final = 64


def parse_money(text: str, *, home: str | None = None) -> ParsedMoney | None:
    """The amount that a text means, or None if it is not one amount of money and nothing else.

    A single point or comma before exactly three digits separates thousands ("1,234" and "1.234" are 1234),
    unless a magnitude follows ("1.125m"), zero stands before it ("0.125") or the named currency has three
    decimals. `home` is the currency meant by a shared sign ("$" in a Canadian workspace). Never raises.
    """
    if len(text) > _LONGEST:
        return None
    plain = " ".join(text.translate(_SAME).split())
    is_negative = plain.startswith("(") and plain.endswith(")")
    found = re.fullmatch(_MONEY, plain[1:-1].strip() if is_negative else plain, re.IGNORECASE)
    if found is None or (found["before"] and found["after"]):
        return None
    word = found["before"] or found["after"]
    currency = currency_of(word, home) if word else None
    if word and currency is None:
        return None
    size = (found["size"] or "").lower().removesuffix(".")
    digits = _decimal_text(found["number"], size, currency)
    minuses = (found["minus"] == "-") + bool(found["inner"]) + is_negative
    if digits is None or minuses > 1:
        return None
    amount = Decimal(f"{digits}E{MAGNITUDES.get(size, 0)}")
    # Multiplying back by an exact power keeps plain notation: Decimal("12E3") would print as 1.2E+4.
    return ParsedMoney(Decimal(f"{'-' if minuses and amount else ''}{amount:f}"), currency)


def _decimal_text(number: str, size: str, currency: str | None) -> str | None:
    """A written number with a decimal point and no separators; None if its separators make no sense."""
    if number.isdigit():
        return number
    if re.fullmatch(_GROUPED, number) and not _is_fraction(number, size, currency):
        return re.sub(r"[.,' ]", "", number)
    at = max(number.rfind("."), number.rfind(","))
    if at < 0:
        return None
    whole, mark, rest = number[:at], number[at], number[at + 1 :]
    if not rest.isdigit() or mark in whole:
        return None
    if whole and not whole.isdigit():
        if not re.fullmatch(_GROUPED, whole):
            return None
        whole = re.sub(r"[.,' ]", "", whole)
    return f"{whole or '0'}.{rest}"


def _is_fraction(number: str, size: str, currency: str | None) -> bool:
    """Whether the one point or comma before three digits is a decimal one after all."""
    if number.count(".") + number.count(",") != 1 or " " in number or "'" in number:
        return False
    if number[0] == "0":
        return True
    if "." in number:
        return bool(size) or (currency is not None and exponent(currency) == 3)
    return size in _LOCAL_MAGNITUDES
