"""The stages in a forecast: how full they will be, and what is missing in them to reach the target."""

from pipeboard.domain.forecast.explained import amount_words
from pipeboard.domain.forecast.report import Forecast
from pipeboard.tui.text.figure_page import UNKNOWN, FigurePage
from pipeboard.tui.text.figure_sheet import Place

_CELL = 8


def draw_fill(page: FigurePage, made: Forecast, place: Place) -> int:
    """Where today's deals will stand; the row after it."""
    x, y, width = place
    fill = made.fill
    page.heading(x, y, "Today's deals, projected")
    if not fill.rows:
        return y + 1
    name = min(24, max(14, width - 4 * _CELL - 4))
    ends = [x + name + _CELL * (column + 1) for column in range(4)]
    page.heads(ends, y, ("now", *(f"{point.days} d" for point in fill.points)))
    at = y + 1
    for row in fill.rows:
        page.figure(f"fill:{row.stage_id}", x - 1, at, ends[3] - x + 2)
        page.canvas.put(x, at, row.name, room=name)
        page.canvas.right(ends[0], at, f"{row.now:,}")
        for end, count in zip(ends[1:], row.later, strict=True):
            page.canvas.right(end, at, f"{count:.1f}", "muted")
        if row.why:
            page.canvas.put(ends[3] + 1, at, "*", "rotting")
        at += 1
    page.canvas.put(x, at, "Won of these", is_bold=True)
    page.canvas.put(x, at + 1, "worth about", "muted")
    for end, point in zip(ends[1:], fill.points, strict=True):
        page.figure(f"filled:{point.days}", end - _CELL + 1, at, _CELL, 2)
        page.canvas.right(end, at, f"{point.won:.1f}", "won", is_bold=True)
        page.canvas.right(end, at + 1, page.money(point.won_minor, _CELL - 1), "muted")
    at += 2
    if not fill.is_measured:
        words = "* fewer than 20 exits in 180 days: by its probability and usual stay"
        at = page.wrapped(x, at, words, width, "faint")
    return at


def draw_needs(page: FigurePage, made: Forecast, place: Place) -> int:
    """What it takes to reach the target, and where to push; the row after it."""
    x, y, width = place
    found = made.reverse
    page.heading(x, y, "To reach the target")
    page.figure("need:wins", x - 1, y, width + 1)
    if found.wins is None:
        words = f"cannot be said without {' and '.join(found.missing)}"
        return page.wrapped(x, y + 1, words, width, "faint")
    if not found.wins:
        page.canvas.put(x, y + 1, "it is met: nothing more is needed", "won")
        return y + 2
    covered = made.coverage
    target = amount_words(made, covered, covered.target.amount if covered.target else None)
    leads = f", {found.leads:,} leads" if found.leads is not None else ""
    words = f"{target} takes {found.wins:,} more win{'' if found.wins == 1 else 's'}{leads}"
    at = page.wrapped(x, y + 1, words, width)
    at = page.wrapped(x, at, f"what is open should bring {found.expected:.1f} of them", width, "muted")
    name = min(24, max(14, width - 4 * _CELL - 4))
    ends = [x + name + _CELL * (column + 1) for column in range(4)]
    page.heads(ends, at, ("needed", "there", "missing", "won of"))
    at += 1
    for row in found.rows:
        page.figure(f"need:{row.stage_id}", x - 1, at, ends[3] - x + 3)
        is_push = row.stage_id == found.push_id
        page.canvas.put(x, at, f"{page.glyphs.rotting} {row.name}" if is_push else row.name,
                        "rotting" if is_push else "text", room=name)  # fmt: skip
        page.canvas.right(ends[0], at, UNKNOWN if row.needed is None else f"{row.needed:,}")
        page.canvas.right(ends[1], at, f"{row.have:,}", "muted")
        missing = f"{row.missing:,}" if row.missing else page.glyphs.dot
        page.canvas.right(ends[2], at, missing, "rotting" if row.missing else "faint")
        page.canvas.right(ends[3], at, f"{row.share:.0%}", "muted")
        if not row.is_measured:
            page.canvas.put(ends[3] + 1, at, "*", "faint")
        at += 1
    if found.push_id is not None:
        pushed = next(row for row in found.rows if row.stage_id == found.push_id)
        words = f"{page.glyphs.rotting} push here: {pushed.missing:,} of {pushed.needed:,} are missing"
        page.canvas.put(x, at, words, "rotting", room=width)
        at += 1
    else:
        page.canvas.put(x, at, "enough is in every stage", "won", room=width)
        at += 1
    return at
