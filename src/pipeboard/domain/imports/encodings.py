"""Which old one-byte encoding a file is in, judged by the letters it would spell.

Windows 1252, 1250 and 1251 give nearly every byte a meaning, so none can be excluded: the one that gives
letters in their usual places wins.
"""

import re
from itertools import pairwise
from typing import Final, NamedTuple

_HIGH_WORD: Final = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_EXPECTED: Final = {
    "cp1252": frozenset("äöüßÄÖÜéèàçñêâôûîïëáíóúåøæÅØÆõãœÉÀÈÇÑÁÍÓÚ"),
    "cp1250": frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžČĎĚŇŘŠŤŮŽÁÉÍőűŐŰöüÖÜäßÄăâîșțţşô"),
    "cp1251": frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁІЇЄҐ"),
}
_MARKS: Final = frozenset("€–—‘’“”„…•«»\u00a0°§©®№™£")
_MOST_WORDS: Final = 4_000


class Guess(NamedTuple):
    """An encoding and how sure it is: the part of the foreign letters in their usual places, 0 to 1."""

    encoding: str
    likeness: float


def guess_encoding(sample: bytes) -> Guess:
    """The likeliest of the three for bytes that are not UTF-8; cp1252 when they tell nothing."""
    words = list(dict.fromkeys(_HIGH_WORD.findall(sample)))[:_MOST_WORDS]
    scores = [(_score(words, encoding), -place, encoding) for place, encoding in enumerate(_EXPECTED)]
    best, _, encoding = max(scores)
    return Guess(encoding, max(0.0, best))


def _score(words: list[bytes], encoding: str) -> float:
    """How well these words read in an encoding: 1 when each foreign character is at home, below 0 when few are."""
    total, good = 0, 0.0
    for word in words:
        text = word.decode(encoding, errors="replace")
        foreign = [c for c in text if not c.isascii()]
        total += len(foreign)
        for c in foreign:
            if c in _EXPECTED[encoding]:
                good += 1
            elif c in _MARKS:
                good += 0.9
            elif not c.isalpha():
                good -= 1
        good -= _oddness(text, encoding)
    return good / total if total else 0.0


def _oddness(text: str, encoding: str) -> float:
    """How strange a word looks: letters of two alphabets in it, or a small letter before a capital."""
    if encoding == "cp1251":
        has_latin = any(c.isascii() and c.isalpha() for c in text)
        return float(sum("Ѐ" <= c <= "ӿ" for c in text)) if has_latin else _jumps(text)
    return _jumps(text) + (float(len(text)) if _is_foreign_run(text) else 0.0)


def _is_foreign_run(text: str) -> bool:
    """Whether a word has three letters outside ASCII in a row, which Latin alphabets hardly ever do."""
    return bool(re.search(r"[^\W\d_a-zA-Z]{3}", text))


def _jumps(text: str) -> float:
    """Small letters directly before a capital."""
    return float(sum(a.islower() and b.isupper() for a, b in pairwise(text)))
