"""The page of the stages: funnel in any mode, probabilities against own history, flow, bottlenecks."""

from collections.abc import Callable

from pipeboard.domain.metrics.calibration import ENOUGH, CalibrationRow
from pipeboard.domain.metrics.flow import OUTCOMES
from pipeboard.domain.metrics.funnel_modes import TITLES
from pipeboard.domain.metrics.pages import StagePage
from pipeboard.tui.text.figure_sheet import Place, Sheet
from pipeboard.tui.text.figure_words import percent_text, wrapped

Draw = Callable[[Place], int]
_NAME = 15
_RATES = 18
_COUNT = 8
_HEADS = ("on", "won", "lost", "back", "away", "parked", "dupl", "here")
"""Short heads of the outcomes, in their order."""


def blocks(sheet: Sheet, page: StagePage) -> tuple[list[Draw], list[Draw]]:
    """The blocks of the left and of the right column."""
    return (
        [lambda place: _funnel(sheet, page, place), lambda place: _flow(sheet, page, place)],
        [lambda place: _calibration(sheet, page, place), lambda place: _bottlenecks(sheet, page, place)],
    )


def _funnel(sheet: Sheet, page: StagePage, place: Place) -> int:
    """The funnel in its mode; the row after it."""
    x, y, width = place
    mode = page.mode
    rows = mode.funnel.rows if mode else sheet.report.funnel.rows
    sheet.heading(x, y, "Funnel", TITLES[mode.mode if mode else "decided"], width)
    end = x + width
    sheet.canvas.right(end - 10, y + 1, "went on", "faint")
    sheet.canvas.right(end, y + 1, "won", "faint")
    most = max((row.reached for row in rows), default=0)
    room = max(4, width - _NAME - _COUNT - _RATES)
    for index, row in enumerate(rows):
        at = y + 2 + index
        key = f"mode:{index}" if mode else f"funnel:{'won' if row.stage_id is None else row.stage_id}"
        sheet.figure(key, x - 1, at, width + 1)
        sheet.canvas.put(x, at, row.name, room=_NAME - 1)
        cells = max(1, round(room * row.reached / most)) if row.reached else 0
        after = sheet.canvas.bar(x + _NAME, at, cells, "won" if row.stage_id is None else "accent")
        words = f"{row.reached:,}"
        if mode and mode.pending[index]:
            words += f" ({mode.pending[index]} here)"
        sheet.canvas.put(after + 1, at, words, is_bold=True, room=_COUNT + room - cells - 1)
        if row.stage_id is not None:
            sheet.canvas.right(end - 10, at, percent_text(row.conversion), "muted")
            sheet.canvas.right(end, at, percent_text(row.eventually_won), "muted")
    overall = mode.funnel.overall if mode else sheet.report.funnel.overall
    after = y + 2 + len(rows)
    sheet.canvas.put(x, after, f"the whole funnel: {percent_text(overall)}; v shows it otherwise", "faint", room=width)
    return after + 1


def _calibration(sheet: Sheet, page: StagePage, place: Place) -> int:
    """What the stages say against what became of deals; the row after it."""
    x, y, width = place
    sheet.heading(x, y, "Probabilities", "of the stage, and of your own decided deals", width)
    columns = (x + 20, x + 27, x + 34, x + 44)
    for end, head in zip(columns, ("says", "own", "deals", "likely"), strict=True):
        sheet.canvas.right(end, y + 1, head, "faint")
    for index, row in enumerate(page.calibration):
        at = y + 2 + index
        sheet.figure(f"calibrate:{row.stage_id}", x - 1, at, width + 1)
        sheet.canvas.put(x, at, row.name, room=_NAME - 1)
        sheet.canvas.right(columns[0], at, f"{row.probability}%")
        own = "-" if row.percent is None else f"{row.percent}%"
        sheet.canvas.right(columns[1], at, own, "rotting" if row.is_off else "text", is_bold=row.is_off)
        sheet.canvas.right(columns[2], at, f"{row.n:,}", "muted")
        if row.interval:
            sheet.canvas.right(columns[3], at, f"{row.interval.low:.0%}-{row.interval.high:.0%}", "muted")
            _range(sheet, x + 47, at, min(30, x + width - (x + 47)), row)
    after = y + 2 + len(page.calibration)
    if any(row.can_be_taken for row in page.calibration):
        words = "T takes the own figure over into the stage under the cursor"
    else:
        words = f"{ENOUGH} decided deals are needed to take a figure over"
    sheet.canvas.put(x, after, words, "faint", room=width)
    return after + 1


def _range(sheet: Sheet, x: int, y: int, room: int, row: CalibrationRow) -> None:
    """The likely range on a line from 0 to 100 %: what the stage says as a rule, the own figure as a dot."""
    if room < 12 or row.interval is None or row.share is None:
        return
    glyphs = sheet.glyphs
    low, high = round(row.interval.low * (room - 1)), round(row.interval.high * (room - 1))
    sheet.canvas.put(x + low, y, glyphs.rest * (high - low + 1), "faint")
    line = [" "] * room
    for at in range(low, high + 1):
        line[at] = glyphs.rest
    line[round(row.probability / 100 * (room - 1))] = glyphs.separator
    line[round(row.share * (room - 1))] = glyphs.soon
    sheet.canvas.put(x, y, "".join(line).rstrip(), "rotting" if row.is_off else "muted")


def _flow(sheet: Sheet, page: StagePage, place: Place) -> int:
    """How the visits that began in the period ended; the row after it."""
    x, y, width = place
    sheet.heading(x, y, "Stage flow", "visits that began in the period, and how they ended", width)
    shown = [index for index, _ in enumerate(OUTCOMES) if index < 4 or any(row.outcomes[index] for row in page.flow)]
    step = max(5, min(8, (width - _NAME) // (len(shown) + 1)))
    ends = [x + _NAME + step * (at + 1) for at in range(len(shown) + 1)]
    for end, head in zip(ends, ("in", *(_HEADS[index] for index in shown)), strict=True):
        sheet.canvas.right(end, y + 1, head[: step - 1], "faint")
    for place_of, row in enumerate(page.flow):
        at = y + 2 + place_of
        sheet.figure(f"flow:{row.stage_id}", x - 1, at, _NAME + step + 1)
        sheet.canvas.put(x, at, row.name, room=_NAME - 1)
        sheet.canvas.right(ends[0], at, f"{row.entered:,}", is_bold=True)
        for end, index in zip(ends[1:], shown, strict=True):
            count = row.outcomes[index]
            if not count:
                sheet.canvas.right(end, at, sheet.glyphs.dot, "faint")
                continue
            sheet.figure(f"flow:{row.stage_id}:{OUTCOMES[index]}", end - step + 1, at, step)
            tone = {"won": "won", "lost": "lost"}.get(OUTCOMES[index], "muted")
            sheet.canvas.right(end, at, f"{count:,}", tone)
    return y + 2 + len(page.flow)


def _bottlenecks(sheet: Sheet, page: StagePage, place: Place) -> int:
    """What holds the pipeline up, in words; the row after it."""
    x, y, width = place
    sheet.heading(x, y, "Bottlenecks", "of the last 90 days" if page.bottlenecks else "none", width)
    at = y + 1
    for one in page.bottlenecks:
        lines = wrapped(f"{sheet.glyphs.rotting} {one.name}: {one.reason}", width)
        sheet.figure(f"bottleneck:{one.stage_id}", x - 1, at, width + 1, len(lines))
        for line in lines:
            sheet.canvas.put(x, at, line, "rotting", room=width)
            at += 1
    turning = page.turning
    if turning is not None and turning.before is not None and turning.after is not None:
        words = f"Turning point {turning.name}: {turning.before:.0%} a step before, {turning.after:.0%} after"
        if turning.is_warning:
            words = f"{sheet.glyphs.rotting} {words}: qualifying does not pay"
        lines = wrapped(words, width)
        sheet.figure("turning", x - 1, at, width + 1, len(lines))
        for line in lines:
            sheet.canvas.put(x, at, line, "rotting" if turning.is_warning else "text", room=width)
            at += 1
    return at
