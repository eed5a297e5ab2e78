"""The page of the team: people beside one another, their load, targets week by week, early deals to help with."""

from collections.abc import Callable, Sequence

from pipeboard.domain.metrics.pages import TeamPage
from pipeboard.domain.metrics.team import RepRow
from pipeboard.domain.metrics.win_rate import rate_text
from pipeboard.domain.money import short_money
from pipeboard.domain.periods import label
from pipeboard.domain.quota import COUNT, Attainment
from pipeboard.tui.text.figure_sheet import Place, Sheet
from pipeboard.tui.text.figure_words import UNKNOWN, days_text

Draw = Callable[[Place], int]
MOST_PEOPLE = 12

_WEEK = 13


def blocks(sheet: Sheet, page: TeamPage) -> tuple[list[Draw], list[Draw]]:
    """The blocks of the left and of the right column."""
    return (
        [
            lambda place: _people(sheet, page, place),
            lambda place: _load(sheet, page, place),
            lambda place: _signals(sheet, page, place),
        ],
        [lambda place: _targets(sheet, page, place), lambda place: _weeks(sheet, page, place)],
    )


Cell = tuple[str, str]
"""What opens and the text."""


def _table(
    sheet: Sheet, place: Place, rows: Sequence[RepRow], heads: Sequence[str], cells: Callable[[RepRow], Sequence[Cell]]
) -> int:
    """A row for everybody, with cells that open; the row after them."""
    x, y, width = place
    step = max(6, min(9, (width - 14) // len(heads)))
    name = width - step * len(heads)
    ends = [x + name + step * (at + 1) for at in range(len(heads))]
    for end, head in zip(ends, heads, strict=True):
        sheet.canvas.right(end, y, head, "faint")
    at = y + 1
    for row in rows[:MOST_PEOPLE]:
        who = "none" if row.owner_id is None else str(row.owner_id)
        sheet.canvas.put(x, at, row.name, room=name - 1)
        for end, (figure, text) in zip(ends, cells(row), strict=True):
            sheet.figure(f"rep:{who}:{figure}", end - step + 1, at, step)
            sheet.canvas.right(end, at, text, "text" if text not in ("0", UNKNOWN) else "faint")
        at += 1
    if len(rows) > MOST_PEOPLE:
        sheet.canvas.put(x, at, f"and {len(rows) - MOST_PEOPLE} more: e exports them all", "faint")
        at += 1
    return at


def _people(sheet: Sheet, page: TeamPage, place: Place) -> int:
    """What everybody sells; the row after it."""
    sheet.heading(place.x, place.y, "People", "won and lost by who closed them", place.width)
    currency = sheet.currency

    heads = ["open", "value", "new", "won", "lost", "rate", "won", "cycle"]
    is_roomy = place.width >= 14 + 7 * (len(heads) + 1)
    if is_roomy:
        heads.insert(-1, "mean")

    def cells(row: RepRow) -> Sequence[Cell]:
        mean = ("mean", UNKNOWN if row.average_minor is None else short_money(round(row.average_minor), currency))
        return (
            ("open", f"{row.open.deals:,}"),
            ("value", short_money(row.open.value_minor, currency)),
            ("created", f"{row.created.deals:,}"),
            ("won", f"{row.won.deals:,}"),
            ("lost", f"{row.lost.deals:,}"),
            ("rate", rate_text(row.won.deals, row.won.deals + row.lost.deals)),
            ("won_value", short_money(row.won.value_minor, currency)),
            *((mean,) if is_roomy else ()),
            ("cycle", days_text(row.cycle_days)),
        )

    return _table(sheet, place._replace(y=place.y + 1), page.reps, heads, cells)


def _load(sheet: Sheet, page: TeamPage, place: Place) -> int:
    """What everybody carries and does; the row after it."""
    sheet.heading(place.x, place.y, "Load and activity", "calls, mails and meetings by who made them", place.width)
    currency = sheet.currency

    def cells(row: RepRow) -> Sequence[Cell]:
        did = row.activities
        return (
            ("tasks", f"{row.tasks:,}"),
            ("late", f"{row.late_tasks:,}"),
            ("calls", f"{did.calls if did else 0:,}"),
            ("emails", f"{did.emails if did else 0:,}"),
            ("meetings", f"{did.meetings if did else 0:,}"),
            ("help", f"{row.needs_help:,}"),
            ("weighted", short_money(row.weighted_minor, currency)),
            ("velocity", UNKNOWN if row.velocity_minor is None else short_money(round(row.velocity_minor), currency)),
        )

    heads = ("tasks", "late", "calls", "mails", "meets", "help", "wtd", "a day")
    return _table(sheet, place._replace(y=place.y + 1), page.reps, heads, cells)


def _signals(sheet: Sheet, page: TeamPage, place: Place) -> int:
    """Figures of everybody together; the row after them."""
    x, y, width = place
    done = page.activities
    sheet.heading(x, y, "Everybody", "", width)
    per_day = "" if done.per_day is None else f"{done.per_day:.1f} a day"
    attempts = ", ".join(
        f"{words} {value:.1f}"
        for words, value in (("wins took", done.attempts_won), ("losses", done.attempts_lost))
        if value is not None
    )
    rows = (
        ("help", "early deals to help", f"{len(page.help):,}", "rotting, or 1.5 times as long as usual"),
        ("touches", "touches", f"{done.total.touches:,}", per_day),
        ("given_up", "given up early", f"{len(done.given_up):,}", f"two attempts at most; {attempts or UNKNOWN}"),
    )
    for index, (key, name, value, words) in enumerate(rows):
        at = y + 1 + index
        sheet.figure(key, x - 1, at, width + 1)
        sheet.canvas.put(x, at, name, "muted")
        tone = "rotting" if key == "help" and page.help else "text"
        sheet.canvas.right(x + 27, at, value, tone, is_bold=True)
        sheet.canvas.put(x + 29, at, words, "faint", room=max(1, width - 29))
    return y + 1 + len(rows)


def _targets(sheet: Sheet, page: TeamPage, place: Place) -> int:
    """How far each target is reached, against the workdays that have passed; the row after them."""
    x, y, width = place
    words = label(page.targets[0].target.period if page.targets else sheet.report.given.period)
    sheet.heading(x, y, "Targets", words if page.targets else f"none for {words}: $ sets one", width)
    at = y + 1
    for index, one in enumerate(page.targets):
        sheet.figure(f"target:{index}", x - 1, at, width + 1, 2)
        who = "Team" if one.target.owner_id is None else sheet.report.given.owners.get(one.target.owner_id, "")
        sheet.canvas.put(x, at, who, room=17, is_bold=one.target.owner_id is None)
        tone = "won" if one.is_on_pace else "rotting"
        share = UNKNOWN if one.share is None else f"{one.share:.0%}"
        sheet.canvas.right(x + 23, at, share, tone, is_bold=True)
        sheet.canvas.put(x + 25, at, f"{_size(one, one.done, sheet)} of {_size(one, one.target.amount, sheet)}")
        expected = "" if one.projected is None else f"{_size(one, one.projected, sheet)} expected"
        sheet.canvas.right(x + width, at, expected, "muted")
        _progress(sheet, x, at + 1, width, one)
        at += 2
    return at


def _progress(sheet: Sheet, x: int, y: int, width: int, one: Attainment) -> None:
    """Done as a bar, and a mark where the workdays that have passed would be."""
    room = max(10, width - 12)
    filled = round(room * min(1.0, max(0.0, one.share or 0.0)))
    due = min(room - 1, round(room * one.pace))
    sheet.canvas.put(x, y, sheet.glyphs.bar * filled, "won" if one.is_on_pace else "rotting")
    if due >= filled:
        sheet.canvas.put(x + filled, y, sheet.glyphs.rest * (due - filled) + sheet.glyphs.separator, "faint")
    sheet.canvas.right(x + width, y, f"time {one.pace:.0%}", "faint")


def _weeks(sheet: Sheet, page: TeamPage, place: Place) -> int:
    """Plan and fact of every week of the first target; the row after them."""
    if not page.targets:
        return place.y
    x, y, width = place
    one = page.targets[0]
    sheet.heading(x, y, "Week by week", "won beside the plan", width)
    most = max((max(line.plan, line.fact) for line in one.weeks), default=0)
    room = max(4, width - _WEEK - 20)
    for index, line in enumerate(one.weeks):
        at = y + 1 + index
        sheet.figure(f"week:0:{index}", x - 1, at, width + 1)
        sheet.canvas.put(x, at, label(line.week).split(" to ")[0].removesuffix(f" {line.week.start.year}"), "muted")
        filled = round(room * line.fact / most) if most > 0 and line.fact > 0 else 0
        plan = round(room * line.plan / most) if most > 0 else 0
        sheet.canvas.put(x + _WEEK, at, sheet.glyphs.bar * filled, "won" if line.fact >= line.plan else "accent")
        if plan >= filled:
            sheet.canvas.put(
                x + _WEEK + filled, at, sheet.glyphs.rest * (plan - filled) + sheet.glyphs.separator, "faint"
            )
        text = f"{_size(one, line.fact, sheet)} of {_size(one, line.plan, sheet)}"
        sheet.canvas.right(x + width, at, text, "text" if line.fact else "faint")
    return y + 1 + len(one.weeks)


def _size(one: Attainment, amount: int, sheet: Sheet) -> str:
    return f"{amount:,}" if one.target.measure == COUNT else short_money(amount, sheet.currency)
