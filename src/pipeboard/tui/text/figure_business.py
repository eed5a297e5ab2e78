"""The page of wins: the win rates by their names, what customers bring and cost, the largest of every kind."""

from collections.abc import Callable, Sequence

from pipeboard.domain.metrics.pages import BusinessPage
from pipeboard.domain.metrics.response import in_words
from pipeboard.domain.metrics.top import TopRow
from pipeboard.domain.metrics.win_rate import rate_text
from pipeboard.domain.money import short_money
from pipeboard.tui.text.figure_sheet import Place, Sheet
from pipeboard.tui.text.figure_words import UNKNOWN, days_text, percent_text, whole_money

Draw = Callable[[Place], int]
_LABEL = 19
_VALUE = 12
MOST_TOPS = 5
MOST_SOURCES = 6

Row = tuple[str, str, str, str]
"""Key, label, value, what is said beside it."""


def blocks(sheet: Sheet, page: BusinessPage) -> tuple[list[Draw], list[Draw]]:
    """The blocks of the left and of the right column."""
    tops: list[Draw] = [
        _top_block(sheet, page, kind, title)
        for kind, title in (
            ("company", "Customers"),
            ("source", "Sources"),
            ("product", "Products"),
            ("reason", "Lost reasons"),
        )
    ]
    return (
        [
            lambda place: _list(sheet, place, "Win rates", "each by its name", _rates(sheet, page)),
            lambda place: _list(sheet, place, "Value, cost and time", "of a customer", _customers(sheet, page)),
            lambda place: _sources(sheet, page, place),
        ],
        tops,
    )


def _rates(sheet: Sheet, page: BusinessPage) -> list[Row]:
    """The win rate and its variants."""
    made, strict = sheet.report, page.strict
    rate, cohort = made.win_rate, made.win_rate.cohort
    won, lost = made.won.deals, made.lost.deals
    rows = [
        ("win_rate", "won of decided", rate_text(won, won + lost), f"{won:,} won, {lost:,} lost in the period"),
        ("win_rate_by_value", "by value", percent_text(rate.by_value), "won value of decided value"),
        (
            "cohort",
            "cohort",
            rate_text(cohort.won, cohort.won + cohort.lost),
            f"of those created; {cohort.open:,} still open",
        ),
        ("created_rate", "won of created", rate_text(cohort.won, cohort.created), f"of {cohort.created:,} created"),
        (
            "strict",
            "strict",
            rate_text(strict.won, strict.decided),
            f"{len(strict.stale):,} stale deals taken for lost",
        ),
        ("loss_rate", "loss rate", rate_text(lost, won + lost), f"won : lost {won:,}:{lost:,}"),
    ]
    if page.reopened:
        rows.append(("reopened", "restated", f"{len(page.reopened):,}", "reopened since they were closed"))
    if made.cycle.n_negative:
        rows.append(("cycle_negative", "data problem", f"{made.cycle.n_negative:,}", "closed before they began"))
    return rows


def _customers(sheet: Sheet, page: BusinessPage) -> list[Row]:
    """What a customer brings and costs, and how long things take."""
    value, cost, told = page.customers, page.acquisition, page.response
    currency = sheet.currency
    median = UNKNOWN if told.median_minutes is None else in_words(told.median_minutes)
    noted = f"{cost.accounts:,} new customers"
    if not cost.entries:
        noted += "; note costs with `pipeboard spend add`"
    return [
        (
            "acv",
            f"{value.label} a customer",
            whole_money(value.mean_minor, currency),
            f"{value.accounts:,} customers" + ("" if value.is_recurring else ", nothing recurs"),
        ),
        ("cac", "CAC", whole_money(cost.cost_minor, currency), noted),
        ("response", "lead response", median, f"median of {told.n:,} deals created in the period"),
        ("unanswered", "unanswered", f"{len(told.unanswered):,}", "open and never called, written to or met"),
        (
            "parked_time",
            "parked",
            days_text(page.parked_days, 1),
            f"mean of {len(page.parked):,} won deals that were in the fridge",
        ),
    ]


def _list(sheet: Sheet, place: Place, title: str, beside: str, rows: Sequence[Row]) -> int:
    """Labels, values and words below one another; the row after them."""
    x, y, width = place
    sheet.heading(x, y, title, beside, width)
    for index, (key, name, value, words) in enumerate(rows):
        at = y + 1 + index
        sheet.figure(key, x - 1, at, width + 1)
        sheet.canvas.put(x, at, name, "muted", room=_LABEL - 1)
        sheet.canvas.right(x + _LABEL + _VALUE, at, value, is_bold=True)
        sheet.canvas.put(x + _LABEL + _VALUE + 2, at, words, "faint", room=max(1, width - _LABEL - _VALUE - 2))
    return y + 1 + len(rows)


def _sources(sheet: Sheet, page: BusinessPage, place: Place) -> int:
    """What was spent on each source, and what it returned; the row after them."""
    x, y, width = place
    cost, currency = page.acquisition, sheet.currency
    sheet.heading(x, y, "Return of the sources", "" if cost.sources else "nothing won or spent", width)
    if not cost.sources:
        return y + 1
    step = max(8, min(11, (width - 16) // 5))
    name = width - 5 * step
    ends = [x + name + step * (at + 1) for at in range(5)]
    for end, head in zip(ends, ("spent", "new", "CAC", "won", "return"), strict=True):
        sheet.canvas.right(end, y + 1, head, "faint")
    at = y + 2
    for row in cost.sources[:MOST_SOURCES]:
        sheet.figure(f"roi:{row.source}", x - 1, at, width + 1)
        sheet.canvas.put(x, at, row.source, room=name - 1)
        cells = (
            short_money(row.spent_minor, currency) if row.spent_minor else sheet.glyphs.dot,
            f"{row.accounts:,}",
            UNKNOWN if row.cost_minor is None else short_money(round(row.cost_minor), currency),
            short_money(row.won_minor, currency),
            UNKNOWN if row.roi is None else f"{row.roi:+.0%}",
        )
        for end, cell in zip(ends, cells, strict=True):
            sheet.canvas.right(end, at, cell)
        at += 1
    if cost.general_minor:
        words = f"and {short_money(cost.general_minor, currency)} for no source in particular"
        sheet.canvas.put(x, at, words, "faint", room=width)
        at += 1
    return at


def _top_block(sheet: Sheet, page: BusinessPage, kind: str, title: str) -> Draw:
    """The largest of one kind."""

    def draw(place: Place) -> int:
        return _tops(sheet, place, kind, title, page.tops[kind])

    return draw


def _tops(sheet: Sheet, place: Place, kind: str, title: str, rows: Sequence[TopRow]) -> int:
    """Bars of value (reasons: of deals) with their share and what they were before; the row after them."""
    x, y, width = place
    beside = "by lost deals" if kind == "reason" else "by won value"
    sheet.heading(x, y, title, beside if rows else "none", width)
    is_compared = sheet.is_compared
    end = x + width
    name = 20
    fixed = name + 16 + (12 if is_compared else 0)
    room = max(3, width - fixed)
    if rows:
        sheet.canvas.right(end - (12 if is_compared else 0), y, "share", "faint")
        if is_compared:
            sheet.canvas.right(end, y, "before", "faint")
    most = max((_size(row, kind) for row in rows), default=0)
    at = y + 1
    for row in rows[:MOST_TOPS]:
        sheet.figure(f"top:{kind}:{row.name}", x - 1, at, width + 1)
        sheet.canvas.put(x, at, row.name, room=name - 1)
        size = _size(row, kind)
        cells = round((room - 3) * size / most) if most > 0 and size > 0 else 0
        after = sheet.canvas.bar(x + name, at, cells, "lost" if kind == "reason" else "accent")
        sheet.canvas.put(after + (1 if cells else 0), at, _words(row, kind, sheet), "muted")
        share = row.share_of_deals if kind == "reason" else row.share
        sheet.canvas.right(end - (12 if is_compared else 0), at, "" if share is None else f"{share:.0%}")
        if is_compared:
            sheet.canvas.right(end, at, _before(row, kind, sheet), "faint")
        at += 1
    if len(rows) > MOST_TOPS:
        sheet.canvas.put(x, at, f"and {len(rows) - MOST_TOPS} more: e exports them all", "faint")
        at += 1
    return at


def _size(row: TopRow, kind: str) -> int:
    return row.deals if kind == "reason" else row.value_minor


def _words(row: TopRow, kind: str, sheet: Sheet) -> str:
    if kind == "reason":
        return f"{row.deals:,}"
    return f"{short_money(row.value_minor, sheet.currency)} {sheet.glyphs.dot} {row.deals:,}"


def _before(row: TopRow, kind: str, sheet: Sheet) -> str:
    if row.before_deals is None or row.before_minor is None:
        return ""
    if not row.before_deals:
        return "new"
    return f"{row.before_deals:,}" if kind == "reason" else short_money(row.before_minor, sheet.currency)
