"""How many cells of a terminal a text takes, without Textual: the command line must start in a moment."""

import unicodedata


def width_of(text: str) -> int:
    """The cells of a printable text: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, room: int, ellipsis: str = "…") -> str:
    """The text in at most `room` cells, with an ellipsis where something was left out."""
    if width_of(text) <= room:
        return text
    kept, used = "", width_of(ellipsis)
    for character in text:
        used += _cells(character)
        if used > room:
            break
        kept += character
    return kept.rstrip() + ellipsis if room > 0 else ""


def padded(text: str, room: int, *, is_right: bool = False) -> str:
    """The text filled up with spaces to `room` cells, on the left of it when `is_right`."""
    space = " " * (room - width_of(text))
    return space + text if is_right else text + space
