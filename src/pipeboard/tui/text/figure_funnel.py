"""The funnel with conversion and time in stage, and the win rate month by month."""

from pipeboard.domain.metrics.figures import Headline
from pipeboard.domain.metrics.over_time import month_key
from pipeboard.domain.metrics.time_in_stage import StageDuration
from pipeboard.domain.metrics.win_rate import FEW_DECIDED
from pipeboard.domain.periods import Period, label, period_key
from pipeboard.tui.text.figure_sheet import Place, Sheet
from pipeboard.tui.text.figure_words import days_text, percent_text

_NAME = 15
_RIGHT = 25
_TIME = 16
"""Cells of the last column and of the air before it."""

_COUNT = 8
ENOUGH_FOR_LONGEST = 3
"""Deals a stage must have let go before it is called the slowest."""

_CHART_ROWS = 8
_EIGHTHS = " ▁▂▃▄▅▆▇"


def draw_funnel(sheet: Sheet, place: Place, spacing: int) -> int:
    """The funnel and the note on its slowest stage; the row after them."""
    x, y, width = place
    rows = sheet.report.funnel.rows
    decided = sheet.report.win_rate.decided
    end = x + width
    sheet.heading(x, y, "Funnel", f"of the {decided:,} deals decided in the period", width - _RIGHT)
    sheet.canvas.right(end - _TIME, y, "passed", "faint")
    sheet.canvas.right(end, y, "days in stage" if width < 60 else "time in stage", "faint")
    times = {time.stage_id: time for time in sheet.report.time_in_stage}
    slowest, fewest = _slowest(sheet), _fewest(sheet)
    most = max((row.reached for row in rows), default=0)
    room = max(4, width - _NAME - _COUNT - _RIGHT)
    at = y + (2 if spacing > 1 else 1)
    for index, row in enumerate(rows):
        key = f"funnel:{'won' if row.stage_id is None else row.stage_id}"
        sheet.figure(key, x - 1, at, width - 11)
        sheet.canvas.put(x, at, row.name, room=_NAME - 1)
        cells = max(1, round(room * row.reached / most)) if row.reached else 0
        after = sheet.canvas.bar(x + _NAME, at, cells, "won" if row.stage_id is None else "accent")
        sheet.canvas.put(after + 1, at, f"{row.reached:,}", is_bold=True)
        if index:
            tone = "rotting" if fewest == index else "muted"
            sheet.canvas.right(end - _TIME, at, percent_text(rows[index - 1].conversion), tone)
        time = times.get(row.stage_id) if row.stage_id is not None else None
        if time is not None:
            tone = "rotting" if slowest is not None and slowest.stage_id == time.stage_id else "muted"
            sheet.figure(f"time:{time.stage_id}", end - 11, at, 12)
            sheet.canvas.right(end, at, days_text(time.mean_days, 1), tone)
        at += spacing
    return _note(sheet, x, at - spacing + (2 if spacing > 1 else 1), slowest)


def _note(sheet: Sheet, x: int, y: int, slowest: StageDuration | None) -> int:
    """What stands out, in a sentence; the row after it."""
    if slowest is None or slowest.mean_days is None:
        return y
    text = f"{sheet.glyphs.rotting} {slowest.name} holds deals longest: {slowest.mean_days:.1f} days"
    sheet.canvas.put(x, y, f"{text} on average, {slowest.n:,} deals", "rotting")
    return y + 1


def _slowest(sheet: Sheet) -> StageDuration | None:
    """The stage that deals stood in longest, among those with enough of them to say so."""
    known = [time for time in sheet.report.time_in_stage if time.n >= ENOUGH_FOR_LONGEST and time.mean_days]
    return max(known, key=lambda time: time.mean_days or 0, default=None) if len(known) > 1 else None


def _fewest(sheet: Sheet) -> int | None:
    """The row of the funnel that the smallest share of the deals before it reached (ten deals at least)."""
    rows = sheet.report.funnel.rows
    shares = [
        (row.conversion, index + 1)
        for index, row in enumerate(rows)
        if row.conversion is not None and row.reached >= 10 and row.conversion < 1
    ]
    return min(shares)[1] if len(shares) > 1 else None


def draw_trend(sheet: Sheet, place: Place, rows: int = _CHART_ROWS) -> int:
    """The win rate of twelve months as bars with their values; the row after them."""
    x, y, width = place
    months = sheet.view.months
    key = period_key(months[-1].period) or ""
    kind = "quarter" if "Q" in key else "month" if "-" in key else "year"
    sheet.heading(x, y, f"Win rate, 12 {kind}s", f"won of decided, by the {kind} of closing", width)
    step = max(4, min(6, (width - 6) // len(months)))
    top = y + 2
    best = max((month.win_rate.value or 0 for month in months), default=0)
    scale = next(one for one in (0.25, 0.5, 0.75, 1.0) if best <= one)
    for row in range(rows):
        level = scale * (rows - row) / rows
        is_marked = row % 2 == 0
        if is_marked:
            sheet.canvas.right(x + 4, top + row, f"{level:.0%}", "faint")
        sheet.canvas.put(
            x + 5, top + row, "┤" if is_marked and not sheet.glyphs.bar.isascii() else sheet.glyphs.separator, "line"
        )
    for index, month in enumerate(months):
        left = x + 7 + index * step
        sheet.figure(month_key(month.period), left - 1, top, step, rows + 2)
        _bar(sheet, month, left, top, rows, scale, is_last=index == len(months) - 1)
        sheet.canvas.put(left, top + rows, _short_name(month.period), "faint")
        sheet.canvas.put(left, top + rows + 1, _short_rate(month), "muted", room=step - 1)
    return top + rows + 2


def _short_name(period: Period) -> str:
    """A month, quarter or year in three cells: "Nov", "Q4", "'26"."""
    name = label(period)
    return f"'{name[2:]}" if name.isdigit() else name[:3].strip()


def _bar(sheet: Sheet, month: Headline, x: int, y: int, rows: int, scale: float, *, is_last: bool) -> None:
    """One bar from its foot upwards; its top is drawn in eighths of a cell."""
    value = month.win_rate.value
    if value is None:
        return
    role = "faint" if month.win_rate.decided < FEW_DECIDED else "won" if is_last else "accent"
    eighths = max(1, round(value / scale * rows * 8))
    full, part = divmod(eighths, 8)
    for row in range(full):
        sheet.canvas.bar(x, y + rows - 1 - row, 3, role)
    if part and not sheet.glyphs.bar.isascii():
        sheet.canvas.put(x, y + rows - 1 - full, _EIGHTHS[part] * 3, role)


def _short_rate(month: Headline) -> str:
    """The rate in four cells: "56%", "3/4" of few, "-" of none."""
    rate = month.win_rate
    if not rate.decided:
        return "-"
    return f"{rate.won}/{rate.decided}" if rate.decided < FEW_DECIDED else f"{rate.won / rate.decided:.0%}"
