"""Texts of customers in Markdown: shown as they are, whatever they hold."""

from typing import Final

from pipeboard.domain.text import printable

_MARKS: Final = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})
_ACTING: Final = frozenset("\\`*[]<>|")


def plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    return " ".join(printable(text).split()).translate(_MARKS)


def address(text: str) -> str:
    """A mail address, phone number or link, to be read and copied; as `plain` where it holds more than one has."""
    return plain(text) if _ACTING & set(text) else " ".join(printable(text).split())
