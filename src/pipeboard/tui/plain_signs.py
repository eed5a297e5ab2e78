"""Signs for terminals that have ascii alone: whatever we draw besides it is written as something of the same width.

What a customer is called stays as it is: only signs of ours are changed, wherever on the screen they stand.
"""

from typing import Any, Final

_SIGNS: Final = {
    "·": "-", "•": "*", "…": ".", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "×": "x", "±": "~", "≥": ">",
    "≤": "<", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "′": "'",
    "←": "<", "→": ">", "↑": "^", "↓": "v", "▲": "!", "▼": "v", "●": "*", "○": "o", "◆": "#", "◇": "~", "✓": "+",
    "─": "-", "━": "=", "│": "|", "┃": "|", "┤": "|", "├": "|", "┬": "+", "┴": "+", "┼": "+", "╌": "-", "╸": "=",
    "╺": "=", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "┌": "+", "┐": "+", "└": "+", "┘": "+",
    "▁": ".", "▂": ":", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "#", "█": "#", "▏": "|", "▎": "|", "▌": "|",
    "▐": "|", "▔": "-", "▕": "|", "▊": "#", "▀": "=", "␀": "?", "\u00a0": " ",
    "€": "E", "£": "L", "¥": "Y", "₽": "R", "₺": "T", "₴": "H", "₹": "R", "₪": "S", "₫": "D", "₱": "P", "₦": "N",
    "₩": "W", "₸": "T", "₾": "L",
}  # fmt: skip
_TABLE: Final = str.maketrans(_SIGNS)


def plain(text: str) -> str:
    """A text with our signs in ascii; its width is what it was."""
    return text if text.isascii() else text.translate(_TABLE)


def in_ascii(driver: type[Any]) -> type[Any]:
    """A driver of Textual that writes our signs in ascii."""

    class PlainDriver(driver):  # type: ignore[misc]
        """Writes what it is given without the signs that the terminal does not have."""

        def write(self, data: str) -> None:
            """Write to the terminal."""
            super().write(plain(data))

    return PlainDriver
