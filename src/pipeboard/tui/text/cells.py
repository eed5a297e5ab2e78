"""Text measured and cut in terminal cells: a wide character takes two, a combining mark none."""

from rich.cells import cell_len, set_cell_size

from pipeboard.domain.text import printable

# Terminals disagree about the width of emoji glued by a joiner or widened by a variation selector; without
# these every terminal, and rich, counts character by character and the columns stay straight.
_UNSTABLE = dict.fromkeys((0x200D, 0xFE0E, 0xFE0F))


def drawable(text: str) -> str:
    """The text as it may be put in a cell: harmless to a terminal and of one width everywhere."""
    return text if text.isascii() and text.isprintable() else printable(text).translate(_UNSTABLE)


def width_of(text: str) -> int:
    """The cells a printable text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """The drawable text in at most `width` cells; what was cut off is marked."""
    shown = drawable(text)
    if width_of(shown) <= width:
        return shown
    if width <= len(ellipsis):
        return ellipsis[: max(0, width)]
    room = width - len(ellipsis)
    kept = shown[:room] if shown.isascii() else set_cell_size(shown, room)
    return kept.rstrip() + ellipsis


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """The text in exactly `width` cells: cut with a mark or filled with spaces."""
    shown = cut(text, width, ellipsis)
    return shown + " " * (width - width_of(shown))
