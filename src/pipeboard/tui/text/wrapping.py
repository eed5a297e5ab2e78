"""Text broken into lines of cells: by words, and inside a word only where it cannot be helped."""

from collections.abc import Iterator, Sequence

from rich.cells import chop_cells

from pipeboard.tui.text.cells import drawable, width_of

_NARROWEST = 2


def wrapped(text: str, width: int) -> Iterator[str]:
    """The drawable lines of a text, each at most `width` cells (2 at least, so that any character fits).

    Line ends of the text stay, several empty lines become one, and the spaces a line begins with are kept for
    the lines it is broken into. Lazy, because notes may be long and few of their lines be asked for.
    """
    width = max(_NARROWEST, width)
    was_empty = True
    for line in text.splitlines():
        is_empty = not line.strip()
        if not is_empty:
            yield from _folded(drawable(line).rstrip(), width)
        elif not was_empty:
            yield ""
        was_empty = is_empty


def packed(items: Sequence[str], separator: str, width: int) -> Iterator[str]:
    """Short texts in a row, as many to a line as fit whole; one that fits nowhere is wrapped."""
    line = ""
    for item in items:
        joined = f"{line}{separator}{item}" if line else item
        if line and width_of(drawable(joined)) > width:
            yield from wrapped(line, width)
            line = item
        else:
            line = joined
    yield from wrapped(line, width)


def _folded(line: str, width: int) -> Iterator[str]:
    """One line of text as lines of at most `width` cells."""
    bare = line.lstrip(" ")
    indent = " " * min(len(line) - len(bare), width // 4)
    room = width - len(indent)
    current = ""
    for word in bare.split():
        rest = word
        while rest:
            gap = " " if current else ""
            left = room - width_of(current) - len(gap)
            if width_of(rest) <= left:
                current += gap + rest
                break
            head = _head(rest, left, room, is_first=not current)
            if head:
                current += gap + head
                rest = rest[len(head) :]
            yield indent + current
            current = ""
    if current:
        yield indent + current


def _head(word: str, left: int, room: int, *, is_first: bool) -> str:
    """The part of a word to be put into the `left` cells of a line of `room`; empty to begin a new one.

    Scripts of wide characters do not separate words, so their long runs are broken wherever the line ends.
    """
    cells = width_of(word)
    is_run = cells > len(word) and cells > room // 2
    if not is_first and not (is_run and left >= _NARROWEST):
        return ""
    head = chop_cells(word, left)[0]
    return head or (word[0] if is_first else "")
