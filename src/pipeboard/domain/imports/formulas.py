"""Cells that a spreadsheet would compute: made harmless on the way out, and exactly as they were on the way in."""

import re
from typing import Final

_RISKY: Final = frozenset("=+-@\t\r＝＋－＠'")
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9.,]*%?", re.ASCII)


def disarm(text: str) -> str:
    """The cell with a quote before it when a spreadsheet would compute it; numbers stay as they are."""
    return f"'{text}" if text[:1] in _RISKY and text and not _NUMBER.fullmatch(text) else text


def disarm_undone(text: str) -> str:
    """What `disarm` was given."""
    return text[1:] if text[:1] == "'" and text[1:2] in _RISKY and len(text) > 1 else text
