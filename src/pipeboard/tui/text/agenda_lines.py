"""The agenda as lines: columns that stand under each other, and what gives way where room is small."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pipeboard.tui.text.agenda_rows import AgendaGroup, AgendaRow
from pipeboard.tui.text.cells import cut, drawable, fit, width_of
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.strips import Part, blank, justified
from pipeboard.tui.theme import Palette, Tones

_FRAME = 4
"""Cells of a row that are no text: air, cursor, and air on the right twice."""

_SIGN = 2
_GAP = 2
_LEAST_TITLE = 28
_LEAST_DEAL = 18
_WIDEST = 60
_MEASURED = 300

_FORMS = (
    ("value", "stage", "who", "state", "when"),
    ("value", "stage", "state", "when"),
    ("value", "state", "when"),
    ("value", "stage", "short"),
    ("value", "short"),
    ("short",),
)
"""The columns after title and deal, from the roomiest form to the tightest."""

_RIGHT = frozenset({"value", "when", "short"})


class Columns(NamedTuple):
    """Cells of the title, of the deal (0: left out), and of the columns after them, by name."""

    title: int
    deal: int
    others: tuple[tuple[str, int], ...]


def columns_for(groups: Iterable[AgendaGroup], width: int) -> Columns:
    """The columns of all rows for a widget of so many cells: every text whole where there is room for it.

    The first rows of each group say how wide: nobody looks at all of ten thousand.
    """
    rows = [row for group in groups for row in group.rows[:_MEASURED]]
    room = max(0, width - _FRAME - _SIGN)
    titles, deals = _widest(rows, "title"), _widest(rows, "deal")
    widths = {name: _widest(rows, name) for name in ("value", "stage", "who", "state", "when", "short")}
    if len({row.who for row in rows}) < 2:
        widths["who"] = 0
    for form in _FORMS:
        others = tuple((name, widths[name]) for name in form if widths[name])
        left = room - sum(cells + _GAP for _, cells in others) - _GAP
        if left >= min(titles, _LEAST_TITLE) + min(deals, _LEAST_DEAL):
            return Columns(*_shared(left, titles, deals), others)
    short = min(widths["short"], max(0, room // 3))
    left = room - short - _GAP if short else room
    others = (("short", short),) if short else ()
    if left < 2 * _LEAST_DEAL:
        return Columns(left, 0, others)
    return Columns(*_shared(left - _GAP, titles, deals), others)


def _widest(rows: Sequence[AgendaRow], name: str) -> int:
    texts = {getattr(row, name) for row in rows}
    return min(_WIDEST, max(map(_width, texts), default=0))


def _width(text: str) -> int:
    """The cells of a text; most are plain, and there may be a great many."""
    return len(text) if text.isascii() and text.isprintable() else width_of(drawable(text))


def _shared(room: int, titles: int, deals: int) -> tuple[int, int]:
    """The cells of title and deal: what both want and half of the rest each, or three fifths for the title."""
    spare = room - titles - deals
    if spare >= 0:
        title = titles + spare // 2
    else:
        title = max(min(titles, room * 3 // 5), room - deals)
    return title, room - title


def heading_strip(group: AgendaGroup, width: int, tones: Tones, glyphs: Glyphs) -> Strip:
    """The name of a group with how many rows it has."""
    tone: Style = getattr(tones, group.tone)
    count = f" {group.total:,}" if group.total else " free"
    if group.total > len(group.rows):
        count += f", here the {len(group.rows):,} dearest"
    if group.worth:
        count += f" {glyphs.dot} {group.worth}"
    parts = [Part("  ", tones.text), Part(group.name, tone + Style(bold=True)), Part(count, tones.faint)]
    return justified(parts, [], width, tones.text, glyphs.ellipsis)


def row_strip(
    row: AgendaRow, columns: Columns, width: int, palette: Palette, glyphs: Glyphs, *, is_selected: bool
) -> Strip:
    """One row of exactly `width` cells."""
    normal = palette.normal
    tones = palette.selected if is_selected else normal
    if width < _FRAME + _SIGN:
        return blank(width, normal.text)
    title_tone = "strong" if is_selected else row.title_tone
    parts = [
        Part(glyphs.cursor if is_selected else " ", tones.accent if is_selected else tones.text),
        Part(f"{getattr(glyphs, row.sign)} ", getattr(tones, row.tone)),
        Part(fit(row.title, columns.title, glyphs.ellipsis), getattr(tones, title_tone)),
    ]
    if columns.deal:
        parts.append(Part(" " * _GAP + fit(row.deal, columns.deal, glyphs.ellipsis), tones.text))
    parts += [_cell(row, name, cells, tones, glyphs) for name, cells in columns.others]
    parts.append(Part(" ", tones.text))
    body = Strip([Segment(part.text, part.style) for part in _joined(parts)]).adjust_cell_length(width - 2, tones.text)
    return Strip([Segment(" ", normal.text), *body, Segment(" ", normal.text)], width).simplify()


def _cell(row: AgendaRow, name: str, cells: int, tones: Tones, glyphs: Glyphs) -> Part:
    """One of the columns after the deal, with the gap before it."""
    text = cut(getattr(row, name), cells, glyphs.ellipsis)
    room = " " * (cells - width_of(text))
    shown = room + text if name in _RIGHT else text + room
    return Part(" " * _GAP + shown, getattr(tones, _tone_of(row, name)))


def _tone_of(row: AgendaRow, name: str) -> str:
    if name == "short":
        return row.state_tone if row.state else row.when_tone
    return {"value": "muted", "stage": "faint", "who": "faint", "state": row.state_tone, "when": row.when_tone}[name]


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Parts without the empty ones; what is only space takes the style before it, which saves bytes on the wire."""
    joined: list[Part] = []
    for part in parts:
        if joined and (not part.text.strip() or part.style == joined[-1].style):
            joined[-1] = Part(joined[-1].text + part.text, joined[-1].style)
        elif part.text:
            joined.append(part)
    return joined


def empty_strips(words: str, hints: Sequence[tuple[str, str]], width: int, tones: Tones, glyphs: Glyphs) -> list[Strip]:
    """What stands there when there is nothing to list: why, and the keys that help."""
    strips = [justified([Part("  ", tones.text), Part(words, tones.strong)], [], width, tones.text, glyphs.ellipsis)]
    strips.append(blank(width, tones.text))
    wide = max((width_of(key) for key, _ in hints), default=0)
    for key, what in hints:
        parts = [Part("  ", tones.text), Part(key.ljust(wide), tones.accent), Part(f"  {what}", tones.muted)]
        strips.append(justified(parts, [], width, tones.text, glyphs.ellipsis))
    return strips
