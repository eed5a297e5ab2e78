"""The tables of figures: levers of the velocity, losses, owners, and bars by source, product and company."""

from collections.abc import Sequence

from pipeboard.domain.metrics.breakdown import BreakdownRow
from pipeboard.domain.metrics.losses import StageRow
from pipeboard.domain.metrics.win_rate import rate_text
from pipeboard.domain.money import short_money
from pipeboard.tui.text.figure_sheet import Place, Sheet
from pipeboard.tui.text.figure_words import UNKNOWN, days_text, heat, percent_text, whole_money

MOST_REASONS = 6
MOST_OWNERS = 8
MOST_BARS = 4
_CELL = 7


def draw_velocity(sheet: Sheet, place: Place) -> int:
    """The four parts of the velocity, and what would raise it; the row after them."""
    x, y, width = place
    speed, currency = sheet.report.velocity, sheet.currency
    is_ascii = sheet.glyphs.bar.isascii()
    times, by = ("x", "/") if is_ascii else ("×", "÷")
    sheet.heading(
        x, y, "Velocity, four levers", f"rates of {speed.decided:,} decided in {speed.window.days} days", width
    )
    parts = (
        ("open_deals", "open deals", f"{speed.open_deals:,}", "+1 deal"),
        ("win_rate", f"{times} win rate", percent_text(speed.win_rate), "+5 pt"),
        ("average_won_value", f"{times} average won", whole_money(speed.average_won_minor, currency), "+10%"),
        ("cycle_days", f"{by} mean cycle", days_text(speed.cycle_days), "-5 d"),
    )
    for index, (key, name, value, lever) in enumerate(parts):
        row = y + 2 + index
        sheet.figure(f"velocity:{key}", x - 1, row, 27)
        sheet.canvas.put(x, row, name, "muted")
        sheet.canvas.right(x + 25, row, value)
        if speed.levers:
            gain = whole_money(speed.levers[index].gain_minor, currency)
            is_best = speed.levers[index] == speed.best
            words = f"{lever:<8} {sheet.glyphs.next} +{gain} a day"
            after = sheet.canvas.put(x + 28, row, words, "text" if is_best else "faint", is_bold=is_best)
            if is_best:
                sheet.canvas.put(after + 1, row, f"{sheet.glyphs.previous} moves it most", "accent")
    total = y + 7
    words = f"= {whole_money(speed.value_minor, currency)} a day"
    if speed.missing:
        words = f"= {UNKNOWN}, no {', '.join(name.replace('_', ' ') for name in speed.missing)} yet"
    sheet.canvas.put(x, total, words, is_bold=True)
    return total + 1


def draw_losses(sheet: Sheet, place: Place) -> int:
    """Why and where deals were lost; the row after it."""
    x, y, width = place
    losses = sheet.report.losses
    cross = "x" if sheet.glyphs.bar.isascii() else "×"
    beside = "" if losses.by_reason else "nothing was lost in the period"
    sheet.heading(x, y, f"Lost: reason {cross} stage", beside, width)
    if not losses.by_reason:
        return y + 1
    name = max(10, min(19, width - _CELL * 5))
    columns = _columns(losses.by_stage, (width - name) // _CELL - 1)
    for place_at, column in enumerate(columns):
        head = losses.by_stage[column].name
        sheet.canvas.right(x + name + _CELL * (place_at + 1), y + 1, _short(head), "faint")
    sheet.canvas.right(x + name + _CELL * (len(columns) + 1), y + 1, "all", "faint")
    for index, row in enumerate(losses.by_reason[:MOST_REASONS]):
        at = y + 2 + index
        sheet.figure(f"reason:{row.reason}", x - 1, at, name)
        sheet.canvas.put(x, at, row.reason, room=name - 2)
        for place_at, column in enumerate(columns):
            _cell(sheet, x + name + _CELL * (place_at + 1), at, row.reason, column, losses.matrix[index][column])
        sheet.canvas.right(x + name + _CELL * (len(columns) + 1), at, f"{row.deals:,}", "muted")
    after = y + 2 + min(len(losses.by_reason), MOST_REASONS)
    hidden = len(losses.by_reason) - MOST_REASONS
    if hidden > 0:
        sheet.canvas.put(x, after, f"and {hidden} more reasons", "faint")
        after += 1
    return after


def _cell(sheet: Sheet, end: int, y: int, reason: str, column: int, count: int) -> None:
    """One count of the matrix; the more of all losses it holds, the stronger it is shown."""
    if not count:
        sheet.canvas.right(end, y, sheet.glyphs.dot, "faint")
        return
    stage = sheet.report.losses.by_stage[column]
    key = "none" if stage.stage_id is None else str(stage.stage_id)
    sheet.figure(f"loss:{key}:{reason}", end - 5, y, 6)
    most = max(max(row) for row in sheet.report.losses.matrix)
    is_hot = count * 2 > most
    number = f"{count:,}"
    # The height of the sign says without colour how much of the worst cell it is.
    sheet.canvas.right(end - len(number) - 1, y, heat(count / most, sheet.glyphs), "lost" if is_hot else "faint")
    sheet.canvas.right(end, y, number, "lost", is_bold=is_hot)


def _columns(stages: Sequence[StageRow], room: int) -> list[int]:
    """The stages to show, by place: all, or those with losses when there is no room for all."""
    if len(stages) <= room:
        return list(range(len(stages)))
    return [place for place, stage in enumerate(stages) if stage.deals][: max(1, room)]


def _short(name: str) -> str:
    return "?" if name.startswith("(") else name[:4].rstrip()


def draw_owners(sheet: Sheet, place: Place) -> int:
    """A row for every owner and one for all; the row after them."""
    x, y, width = place
    rows = sheet.report.by_owner
    step = max(7, min(10, (width - 14) // 5))
    name = width - 5 * step
    ends = [x + name + step * (column + 1) for column in range(5)]
    sheet.heading(x, y, "By owner")
    for end, head in zip(ends, ("open", "won", "rate", "won value" if step > 9 else "value", "cycle"), strict=True):
        sheet.canvas.right(end, y + 1, head, "faint")
    at = y + 2
    for row in rows[:MOST_OWNERS]:
        sheet.figure(f"owner:{row.name}", x - 1, at, width + 1)
        sheet.canvas.put(x, at, row.name, room=name - 1)
        _cells(sheet, at, ends, _owner_cells(sheet, row, step))
        at += 1
    if len(rows) > MOST_OWNERS:
        sheet.canvas.put(x, at, f"and {len(rows) - MOST_OWNERS} more: e exports them all", "faint")
        at += 1
    made = sheet.report
    rate = rate_text(made.win_rate.won, made.win_rate.decided)
    value = whole_money(made.won.value_minor, sheet.currency, step - 1)
    total = (f"{made.open.deals:,}", f"{made.won.deals:,}", rate, value, days_text(made.cycle.mean_days))
    sheet.canvas.put(x, at, "Team" if made.given.owner is None else "Total", is_bold=True)
    sheet.figure("won", x - 1, at, width + 1)
    _cells(sheet, at, ends, total, is_bold=True)
    return at + 1


def _owner_cells(sheet: Sheet, row: BreakdownRow, step: int) -> tuple[str, ...]:
    value = whole_money(row.won_value_minor, sheet.currency, step - 1)
    rate = rate_text(row.won, row.won + row.lost)
    return f"{row.open:,}", f"{row.won:,}", rate, value, days_text(row.cycle_days_mean)


def _cells(sheet: Sheet, y: int, ends: Sequence[int], cells: Sequence[str], *, is_bold: bool = False) -> None:
    for end, cell in zip(ends, cells, strict=True):
        sheet.canvas.right(end, y, cell, is_bold=is_bold)


def draw_bars(sheet: Sheet, place: Place, kind: str, title: str) -> int:
    """Won value by source, product or company, the largest first; the row after them."""
    x, y, width = place
    rows = {"source": sheet.report.by_source, "product": sheet.report.by_product, "company": sheet.report.by_company}
    named = rows[kind]
    sheet.heading(x, y, title, "won value" if named else "none yet", width)
    most = max((row.won_value_minor for row in named), default=0)
    name = min(max((len(row.name) for row in named[:MOST_BARS]), default=0) + 1, max(8, width // 3))
    room = max(3, width - name - 14)
    at = y + 1
    for row in named[:MOST_BARS]:
        sheet.figure(f"{kind}:{row.name}", x - 1, at, width + 1)
        sheet.canvas.put(x, at, row.name, room=name - 1)
        cells = round(room * row.won_value_minor / most) if most > 0 and row.won_value_minor > 0 else 0
        after = sheet.canvas.bar(x + name, at, cells)
        words = f"{short_money(row.won_value_minor, sheet.currency)} {sheet.glyphs.dot} {row.won}"
        sheet.canvas.put(after + (1 if cells else 0), at, words, "muted")
        at += 1
    if len(named) > MOST_BARS:
        sheet.canvas.put(x, at, f"and {len(named) - MOST_BARS} more", "faint")
        at += 1
    return at
