"""Rows of the screens on which a person sets Pipeboard up: words in tones, drawn with or without the cursor."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.style import Style
from textual.strip import Strip

from pipeboard.tui.text.cells import cut, drawable, fit, width_of
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.strips import Part, justified
from pipeboard.tui.text.table_columns import GAP, Placed
from pipeboard.tui.theme import Palette, Tones


class Cell(NamedTuple):
    """Words and the name of their tone."""

    text: str
    tone: str = "text"


class SheetRow(NamedTuple):
    """A row: its key, by which the cursor finds it again (None: the cursor passes it by), and its words."""

    key: object
    left: tuple[Cell, ...] = ()
    right: tuple[Cell, ...] = ()


def sheet_strip(row: SheetRow, width: int, palette: Palette, glyphs: Glyphs, *, is_here: bool, is_lit: bool) -> Strip:
    """A row in `width` cells; `is_here` for that of the cursor, lit while its list has the focus."""
    tones = palette.selected if is_here and is_lit else palette.normal
    edge = glyphs.cursor if is_here else " "
    left = [Part(f"{edge} ", tones.accent), *(Part(drawable(c.text), _style(tones, c.tone)) for c in row.left)]
    right = [Part(drawable(c.text), _style(tones, c.tone)) for c in row.right]
    return justified(left, [*right, Part(" ", tones.text)] if right else [], width, tones.text, glyphs.ellipsis)


def _style(tones: Tones, tone: str) -> Style:
    style: Style = getattr(tones, tone)
    return style


def columns_row(key: object, columns: Sequence[Placed], cells: Sequence[Cell], glyphs: Glyphs) -> SheetRow:
    """A row of a table: one cell a column, in the columns' order."""
    left = []
    for place, ((column, width), cell) in enumerate(zip(columns, cells, strict=True), 1):
        shown = cut(cell.text, width, glyphs.ellipsis)
        padded = " " * (width - width_of(shown)) + shown if column.is_right else fit(shown, width, glyphs.ellipsis)
        left.append(Cell(padded + (" " * GAP if place < len(columns) else ""), cell.tone))
    return SheetRow(key, tuple(left))


def heading(text: str, hint: str = "") -> tuple[SheetRow, SheetRow]:
    """A blank line and a heading with a hint at the right."""
    return SheetRow(None), SheetRow(None, (Cell(text, "strong"),), (Cell(hint, "faint"),) if hint else ())
