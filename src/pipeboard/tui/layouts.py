"""Keys of other keyboard layouts, by their physical place: what the key of `L` sends while Russian is switched on.

A character that a Latin layout sends too is left out: `.` is where `/` was, and it has a meaning of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Final

_LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_ROWS: Final = {
    "ru": "йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ",
    "uk": "йцукенгшщзхїфівапролджєячсмитьбюЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ",
    "el": ";ςερτυθιοπ[]ασδφγηξκλ΄'ζχψωβνμ,.:΅ΕΡΤΥΘΙΟΠ{}ΑΣΔΦΓΗΞΚΛ¨\"ΖΧΨΩΒΝΜ<>",
    "pl": "qwertyuiopżśasdfghjklłązxcvbnm,.QWERTYUIOPńćASDFGHJKLŁęZXCVBNM<>",
}
LAYOUTS: Final[Mapping[str, Mapping[str, str]]] = {
    name: {theirs: latin for theirs, latin in zip(row, _LATIN, strict=True) if ord(theirs) > 127 and theirs.isalpha()}
    for name, row in _ROWS.items()
}
"""By layout: the character that is sent, and the Latin one of the same key."""

NAMES: Final = tuple(_ROWS)


def latin_of(character: str, layouts: Sequence[str]) -> str:
    """The Latin character of the key that sent this one; itself when none of the layouts has it."""
    return next((LAYOUTS[name][character] for name in layouts if character in LAYOUTS[name]), character)


def sent_by(latin: str, layouts: Sequence[str]) -> list[str]:
    """What the key of a Latin character sends under each of the layouts."""
    found = [theirs for name in layouts for theirs, ours in LAYOUTS[name].items() if ours == latin]
    return list(dict.fromkeys(found))
