"""The rows of the history: when, who, what, and whether it was taken back."""

from datetime import datetime
from typing import NamedTuple

from textual.strip import Strip

from pipeboard.domain.history import ActionEntry
from pipeboard.tui.text.cells import drawable, fit
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.strips import Part, blank, justified
from pipeboard.tui.theme import Palette

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WIDE = 100


class HistoryContext(NamedTuple):
    """What rows are drawn with."""

    width: int
    now: datetime
    palette: Palette
    glyphs: Glyphs


def when_words(at: datetime, now: datetime) -> str:
    """A moment in local time, 16 cells at most: "today 09:30", "Thu 19 Nov 09:30", "19 Nov 2025 09:30"."""
    local = at.astimezone(now.tzinfo)
    clock = f"{local:%H:%M}"
    days = (now.date() - local.date()).days
    if days in (0, 1):
        return f"{'yesterday' if days else 'today'} {clock}"
    day = f"{local.day} {_MONTHS[local.month - 1]}"
    if local.year == now.year:
        return f"{local:%a} {day} {clock}"
    return f"{day} {local.year} {clock}"


def history_strip(entry: ActionEntry | None, context: HistoryContext, *, is_selected: bool) -> Strip:
    """One action; a row that is still being read is empty."""
    palette, glyphs, width = context.palette, context.glyphs, context.width
    tones = palette.selected if is_selected else palette.normal
    if entry is None:
        return blank(width, tones.text)
    is_undone = entry.undone_by is not None
    who = 16 if width >= _WIDE else 10
    words = tones.muted if is_undone or entry.undoes is not None else tones.text
    left = [
        Part(f"{glyphs.cursor if is_selected else ' '} ", tones.accent),
        Part(fit(when_words(entry.at, context.now), 17, glyphs.ellipsis), tones.muted),
        Part(fit(entry.actor or "the program", who - 2, glyphs.ellipsis) + "  ", tones.muted),
        Part(drawable(entry.label), tones.strong if is_selected and not is_undone else words),
    ]
    return justified(
        left,
        [Part(f"  {_standing(entry, glyphs)} ", tones.soon if is_undone else tones.faint)],
        width,
        tones.text,
        glyphs.ellipsis,
    )


def _standing(entry: ActionEntry, glyphs: Glyphs) -> str:
    """What became of it, or how many deals it was about."""
    if entry.undone_by is not None:
        return f"{glyphs.previous} undone" if entry.undoes is None else f"{glyphs.next} redone"
    if len(entry.deals) > 1:
        return f"{len(entry.deals):,} deals"
    return ""
