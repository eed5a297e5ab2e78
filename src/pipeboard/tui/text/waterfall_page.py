"""The waterfall as a page of figures: each step is drawn from where the one before ended."""

from pipeboard.domain.money import format_money
from pipeboard.domain.waterfall import ADDING, NAMES, Waterfall
from pipeboard.domain.waterfall_words import KEYS
from pipeboard.tui.text.figure_page import FigurePage
from pipeboard.tui.text.glyphs import Glyphs

FIRST = "start"
_NAME = 16
_MONEY = 15
_WIDEST = 150
_ROLES = {"start": "muted", "end": "muted", "won": "won", "lost": "lost", "parked": "waiting", "fx": "soon"}


def waterfall_page(made: Waterfall, currency: str, width: int, height: int, glyphs: Glyphs) -> FigurePage:
    """Both ends and all steps; steps without deals are a faint line, so that nothing jumps between periods."""
    page = FigurePage(width, currency, glyphs)
    room = min(_WIDEST, width - 2)
    end = 1 + room
    page.heading(1, 0, "What changed, and why")
    page.heads((end - 8, end), 0, ("value", "deals"))
    spacing = 2 if height >= 2 * len(KEYS) + 4 else 1
    cells = max(8, room - _NAME - _MONEY - 12)
    least, most = _span(made)
    scale = cells / max(1, most - least)
    at, level = 1 + (spacing - 1), 0
    for key in KEYS:
        changes = made.changes(key)
        is_end = key in ("start", "end")
        change = (made.start_minor if key == "start" else made.end_minor) if is_end else made.bar(key).change_minor
        before = 0 if is_end else level
        low, high = sorted((before, before + change))
        level = before + change
        page.figure(key, 0, at, room + 2)
        page.canvas.put(1, at, NAMES[key], "strong" if is_end else "text" if changes else "faint", room=_NAME - 1)
        first, last = round((low - least) * scale), round((high - least) * scale)
        if high > low:
            first = min(first, cells - 1)
            page.canvas.bar(1 + _NAME + first, at, max(1, last - first), *_look(key, change))
        sign = "" if is_end or change <= 0 else "+"
        words = f"{sign}{format_money(change, currency)}" if changes or is_end else glyphs.dot
        page.canvas.right(end - 8, at, words, _tone(key, change) if changes else "faint", is_bold=is_end)
        page.canvas.right(end, at, f"{len(changes):,}" if changes else glyphs.dot, "muted" if changes else "faint")
        at += spacing
    gaps = [(made.without_value, "without a value"), (made.unconverted, "without a rate")]
    told = [f"{count:,} deal{'' if count == 1 else 's'} {words}" for count, words in gaps if count]
    if told:
        page.canvas.put(1, at, f"{', '.join(told)}: in no sum", "faint", room=room)
    return page


def _span(made: Waterfall) -> tuple[int, int]:
    """The lowest and the highest level on the way from start to end."""
    levels = [0, made.start_minor, made.end_minor]
    level = made.start_minor
    for bar in made.bars:
        level += bar.change_minor
        levels.append(level)
    return min(levels), max(levels)


def _look(key: str, change: int) -> tuple[str, str]:
    """The colour of a bar, and the sign it is made of where there is none."""
    if key in ("start", "end"):
        return "muted", "#"
    role = _ROLES.get(key, "accent" if key in ADDING else "rotting")
    return role, "+" if change > 0 else "-"


def _tone(key: str, change: int) -> str:
    if key in ("start", "end"):
        return "text"
    return _look(key, change)[0]
