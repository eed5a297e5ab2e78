"""Headers as they are compared: without case, decoration and the spelling differences of exporting tools."""

import re
import unicodedata
from typing import Final

from pipeboard.domain.currencies import currency_of

_QUOTES: Final = str.maketrans("“”„«»‘’`´", '"""""' + "''''", "\ufeff\u200b\u200e\u200f")
_UNIT: Final = re.compile(r"\s*[(\[]([^()\[\]]{1,4})[)\]]$|(?:,|\s)\s*(?:in\s+)?([A-Z]{3}|[$€£¥₽₴₹₺])$")


def header_key(header: str) -> str:
    """The form in which headers are compared: "Deal_Value*" and "deal  value" are the same."""
    plain = unicodedata.normalize("NFC", header).translate(_QUOTES).replace("_", " ")
    return " ".join(plain.split()).casefold().rstrip("* :").replace("organisation", "organization")


def header_keys(header: str) -> tuple[str, ...]:
    """The keys to look a header up by, best first: as it is, then without a unit such as "(USD)"."""
    whole = header_key(header)
    bare = header_key(_UNIT.sub("", header.strip()))
    return (whole,) if bare in (whole, "") else (whole, bare)


def header_currency(header: str, home: str) -> str | None:
    """The currency a header names: "Deal value ($)", "Amount (USD)", "Wert in EUR"; None if it names none."""
    found = _UNIT.search(header.strip())
    return currency_of(found[1] or found[2], home) if found else None
