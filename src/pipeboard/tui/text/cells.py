"""Text measured and cut in terminal cells: a wide character takes two, a combining mark none."""

from rich.cells import cell_len, set_cell_size

from pipeboard.domain.text import printable


def width_of(text: str) -> int:
    """The cells a printable text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """The text, harmless to a terminal, in at most `width` cells; what was cut off is marked."""
    shown = printable(text)
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
