"""A sheet on which text and bars are put at places, and which becomes strips: for screens of figures."""

from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from pipeboard.tui.text.cells import cut, width_of
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.theme import Palette


class Span(NamedTuple):
    """Text at a cell of a row. `role` names a style of the palette's tones; a bar is filled with its colour.

    Where there is no colour a bar is made of `plain`, or of the sign for bars. Two roles are no tones: "line" is a
    thin rule, "spark" is faint until the cursor is on it.
    """

    x: int
    text: str
    role: str
    is_bold: bool
    is_bar: bool
    plain: str = ""


class Canvas:
    """Rows of spans, `width` cells wide; as many rows as something was put on."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._rows: dict[int, list[Span]] = {}
        self._height = 0

    @property
    def height(self) -> int:
        """The rows up to the last one that something stands on."""
        return self._height

    def put(self, x: int, y: int, text: str, role: str = "text", *, is_bold: bool = False, room: int = 0) -> int:
        """Put text at a cell, cut to `room` cells when given and to the width anyway; the cell after it."""
        most = self.width - x
        shown = cut(text, min(room, most) if room else most)
        if shown and most > 0:
            self._add(y, Span(x, shown, role, is_bold, False))
        return x + width_of(shown)

    def right(self, end: int, y: int, text: str, role: str = "text", *, is_bold: bool = False) -> None:
        """Put text so that it ends before the cell `end`."""
        self.put(max(0, end - width_of(text)), y, text, role, is_bold=is_bold)

    def bar(self, x: int, y: int, cells: int, role: str = "accent", plain: str = "") -> int:
        """Fill cells; the cell after them. `plain` is the sign they are made of where there is no colour."""
        cells = min(cells, self.width - x)
        if cells > 0:
            self._add(y, Span(x, " " * cells, role, False, True, plain))
        return x + max(0, cells)

    def _add(self, y: int, span: Span) -> None:
        self._rows.setdefault(y, []).append(span)
        self._height = max(self._height, y + 1)

    def strips(self, palette: Palette, glyphs: Glyphs, selected: Region | None = None) -> list[Strip]:
        """All rows; the selected region is lit and has the cursor's sign in its first column."""
        return [self._strip(y, palette, glyphs, selected) for y in range(self._height)]

    def _strip(self, y: int, palette: Palette, glyphs: Glyphs, selected: Region | None) -> Strip:
        lit = range(selected.x, selected.right) if selected and selected.y <= y < selected.bottom else range(0)
        spans = sorted(self._rows.get(y, ()))
        if lit:
            spans = sorted([*spans, Span(lit.start, glyphs.cursor, "accent", False, False)])
        segments: list[Segment] = []
        at = 0
        for span in spans:
            if span.x < at:
                continue  # something already stands there
            _air(segments, at, span.x, lit, palette)
            text, style = _drawn(span, palette, glyphs, is_lit=span.x in lit)
            segments.append(Segment(text, style))
            at = span.x + width_of(text)
        _air(segments, at, self.width, lit, palette)
        return Strip(segments, max(at, self.width)).crop(0, self.width).simplify()


def _air(segments: list[Segment], start: int, end: int, lit: range, palette: Palette) -> None:
    """The empty cells between two spans, lit where the cursor's region is."""
    at = start
    while at < end:
        is_lit = at in lit
        stop = min(end, lit.stop) if is_lit else min([end, *(edge for edge in (lit.start,) if lit and edge > at)])
        tones = palette.selected if is_lit else palette.normal
        segments.append(Segment(" " * (stop - at), tones.text))
        at = stop


def _drawn(span: Span, palette: Palette, glyphs: Glyphs, *, is_lit: bool) -> tuple[str, Style]:
    if span.is_bar:
        filled = _filled(getattr(palette.normal, span.role))
        if filled is None:
            return (span.plain or glyphs.bar) * len(span.text), palette.normal.text
        return span.text, filled
    if span.role == "line":
        return span.text, palette.line
    if span.role == "spark":
        return span.text, palette.selected.accent if is_lit else palette.normal.faint
    style: Style = getattr(palette.selected if is_lit else palette.normal, span.role)
    return span.text, _bold(style) if span.is_bold else style


@lru_cache(maxsize=256)
def _bold(style: Style) -> Style:
    return style + Style(bold=True)


@lru_cache(maxsize=64)
def _filled(style: Style) -> Style | None:
    """The background of a bar; None where there is no colour to fill with."""
    return Style(bgcolor=style.color) if style.color is not None and not style.color.is_default else None
