"""User text at the two edges: cleaned when it comes in, made printable when it goes out.

Textual strips no escape sequence on any path, so a control byte in a customer's name would reach the
terminal. Right-to-left and zero width marks that ordinary text needs (LRM, RLM, ZWJ) stay; the overrides
and isolates that can make a line read as something else go.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LINE_LIMIT: Final = 500
"""Longest one-line text kept, in characters."""

NOTE_LIMIT: Final = 65_536
"""Longest text of several lines kept, in characters."""

_MARKS_IN_A_ROW: Final = 30
"""The bound of Unicode's Stream-Safe Text Format (UAX 15, section 13)."""

_DROPPED: Final = (
    *range(0x20),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
    *range(0xD800, 0xE000),
    *range(0xE0000, 0xE0080),
)
_ONE_LINE: Final[dict[int, str | None]] = {
    **dict.fromkeys(_DROPPED),
    **dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " "),
}
_UNSAFE: Final = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]")
_LINES: Final[dict[int, str | None]] = {**_ONE_LINE, 0x09: "\t", 0x0A: "\n", 0x0D: "\n", 0x85: "\n"}

_PLAIN_LETTERS: Final = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)


def clean(text: str, *, is_multiline: bool = False, limit: int | None = None) -> str:
    """Text as it may be stored: NFC, without control characters, stripped, at most `limit` characters.

    One line has its runs of white space collapsed to single spaces; text of several lines keeps newlines
    and tabs. The default limit is `LINE_LIMIT`, or `NOTE_LIMIT` for several lines.
    """
    most = limit if limit is not None else NOTE_LIMIT if is_multiline else LINE_LIMIT
    if is_multiline:
        kept = text.replace("\r\n", "\n").translate(_LINES).lstrip("\n")
    else:
        kept = " ".join(text.translate(_ONE_LINE).split())
    # Composing shrinks text at most by a factor of four.
    composed = unicodedata.normalize("NFC", _without_floods(kept[: most * 4]))
    return _without_floods(composed)[:most].rstrip()


def _without_floods(text: str) -> str:
    """Text with at most `_MARKS_IN_A_ROW` combining marks on a letter: ordering more takes quadratic time."""
    if text.isascii() or len(text) <= _MARKS_IN_A_ROW:
        return text
    kept, run = list[str](), 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def printable(text: str) -> str:
    """Text as it may be drawn in one line: as stored, without anything a terminal would act on."""
    return text if text.isprintable() else text.translate(_ONE_LINE)


def harmless(text: str) -> str:
    """Text as it may be written into a file: line breaks and tabs stay, and nothing a terminal would act on."""
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_LINES)


def harmless_json(document: str) -> str:
    """A JSON document that says the same and acts on no terminal: JSON itself escapes only the controls of ASCII."""
    return document if document.isprintable() else _UNSAFE.sub(_escaped, document)


def _escaped(found: "re.Match[str]") -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def printable_lines(lines: Iterable[str]) -> str:
    """Texts as they may be drawn under each other: only the breaks between them are breaks."""
    return "\n".join(printable(line) for line in lines)


def search_key(text: str) -> str:
    """The form in which texts are compared and searched: no case, no accents, "Łódź" = "lodz"."""
    if text.isascii():
        return text.lower()
    bare = _without_marks(_without_marks(text).casefold())
    return bare.translate(_PLAIN_LETTERS)


def _without_marks(text: str) -> str:
    """Compatibility-decomposed text without combining marks."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def initials(name: str) -> str:
    """One or two letters for an owner: "Anna Kowalska" is "AK", "anna" is "An", nothing is "?"."""
    local = name.partition("@")[0] or name
    words = "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in local).split()
    if not words:
        return "?"
    first = words[0]
    if unicodedata.east_asian_width(first[0]) in "WF":
        return first[0]
    if len(words) == 1:
        return first[:1].upper() + first[1:2].lower()
    return (first[0] + words[-1][0]).upper()
