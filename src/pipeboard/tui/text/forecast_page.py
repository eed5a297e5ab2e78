"""The forecast as a page of figures: months as bars, the target, windows, categories, people, stages."""

from collections.abc import Sequence

from pipeboard.domain.forecast.explained import CATEGORY_NAMES, amount_words
from pipeboard.domain.forecast.facts import Sums
from pipeboard.domain.forecast.report import Forecast
from pipeboard.domain.forecast.trend import TrendPoint
from pipeboard.domain.periods import label
from pipeboard.tui.text.cells import width_of
from pipeboard.tui.text.figure_page import UNKNOWN, FigurePage
from pipeboard.tui.text.figure_sheet import Place
from pipeboard.tui.text.forecast_stages import draw_fill, draw_needs
from pipeboard.tui.text.forecast_trend import draw_trend
from pipeboard.tui.text.glyphs import Glyphs

FIRST = "projection"
"""The figure the cursor stands on at first."""

TWO_COLUMNS = 126
_WIDEST = 96
_MONEY = 11
_WIDE = 110
_NARROW = 12


def forecast_page(made: Forecast, trend: Sequence[TrendPoint], width: int, glyphs: Glyphs) -> FigurePage:
    """All figures on a page of this width: two columns where there is room, else one below the other."""
    page = FigurePage(width, made.given.currency, glyphs)
    y = _headline(page, made) + 1
    if width >= TWO_COLUMNS:
        left = (width - 8) * 54 // 100
        after = _months(page, made, Place(1, y, left))
        after = _windows(page, made, Place(1, after + 1, left))
        after = draw_trend(page, made, trend, Place(1, after + 1, left))
        _payments(page, made, Place(1, after + 1, left))
        x = left + 8
        room = width - x - 1
        after = _categories(page, made, Place(x, y, room))
        after = _owners(page, made, Place(x, after + 1, room))
        after = draw_needs(page, made, Place(x, after + 1, room))
        draw_fill(page, made, Place(x, after + 1, room))
        return page
    place = Place(1, y, min(_WIDEST, width - 2))
    for draw in (_months, draw_needs, _windows, _categories, _owners, draw_fill, _payments):
        place = place._replace(y=draw(page, made, place) + 1)
    draw_trend(page, made, trend, place)
    return page


def _headline(page: FigurePage, made: Forecast) -> int:
    """Five cards: what is won, projected, attained, due and covered."""
    covered = made.coverage
    width = page.canvas.width // 5
    is_wide = page.canvas.width >= _WIDE
    target = None if covered.target is None else amount_words(made, covered, covered.target.amount)
    none = "no target set"
    gap = None if covered.due_by_now is None else round(covered.won - covered.due_by_now)
    enough = {True: "won", False: "rotting", None: "muted"}[covered.is_enough]
    ratio = "met" if covered.remaining == 0 else UNKNOWN if covered.ratio is None else f"{covered.ratio:.1f} times"
    room = width - (4 if is_wide else 2)
    is_narrow = room < _NARROW
    needed = "" if covered.needed is None else f"{'needs' if is_narrow else 'needed'} {covered.needed:.1f}"
    rest = _short(page, made, covered.weighted, room - 8)
    cards = (
        ("won", "Won", amount_words(made, covered, covered.won), f"{made.won.deals:,} deals", "muted"),
        (
            "projection",
            "Projected" if is_narrow else "Projection",
            amount_words(made, covered, round(covered.projected)),
            f"w {rest}" if is_narrow else f"{rest} weighted",
            "muted",
        ),
        (
            "attainment",
            "Of target" if is_narrow else "Of the target",
            _percent(covered.attainment),
            f"of {_target(page, made, room, is_narrow=is_narrow)}" if target else none,
            "muted",
        ),
        (
            "pace",
            "Pace",
            f"{covered.elapsed_share:.0%} over",
            none if gap is None else _gap(_short(page, made, abs(gap), room - 7), gap, is_narrow=is_narrow),
            "muted" if gap is None else "won" if gap >= 0 else "rotting",
        ),
        ("coverage", "Coverage", ratio, needed if target else none, enough),
    )
    for at, (key, title, value, beside, tone) in enumerate(cards):
        x = at * width
        page.figure(key, x, y := 0, width - (2 if is_wide else 1), 3)
        left = x + (2 if is_wide else 1)
        page.canvas.put(left, y, title, "muted", room=room)
        page.canvas.put(left, y + 1, _fitting(page, made, value, room), is_bold=True, room=room)
        page.canvas.put(left, y + 2, beside, tone, room=room)
    return 3


def _target(page: FigurePage, made: Forecast, room: int, *, is_narrow: bool) -> str:
    """The whole target, shortened where it would be cut."""
    covered = made.coverage
    amount = 0 if covered.target is None else covered.target.amount
    return _short(page, made, amount, room - 4) if is_narrow else amount_words(made, covered, amount)


def _gap(amount: str, gap: int, *, is_narrow: bool) -> str:
    """How far won is from what is due by now, in words or with a sign."""
    if is_narrow:
        return f"{'+' if gap >= 0 else '-'}{amount}"
    return f"{amount} {'ahead' if gap >= 0 else 'behind'}"


def _short(page: FigurePage, made: Forecast, amount: float, room: int) -> str:
    """An amount of the target without its cents, in `room` cells."""
    target = made.coverage.target
    if target is not None and target.is_count:
        return amount_words(made, made.coverage, round(amount, 1))
    return page.money(amount, room)


def _fitting(page: FigurePage, made: Forecast, value: str, room: int) -> str:
    """A value of a card, shorter where it would be cut."""
    if len(value) <= room or (made.coverage.target is not None and made.coverage.target.is_count):
        return value
    amounts = {
        amount_words(made, made.coverage, amount): amount
        for amount in (made.coverage.won, round(made.coverage.projected))
    }
    return page.money(amounts[value], room) if value in amounts else value


def _percent(share: float | None) -> str:
    return UNKNOWN if share is None else f"{share:.0%}"


def _months(page: FigurePage, made: Forecast, place: Place) -> int:
    """A bar for every month with its values beside it, and what is in no month."""
    x, y, width = place
    end = x + width
    ends = [end - 2 * _MONEY - 6, end - _MONEY - 6, end - 6, end]
    page.heading(x, y, "By month")
    page.heads(ends, y, ("expected", "won", "best case", "deals"))
    most = max([1, *(row.best_minor for row in made.months.rows)])
    room = max(3, width - 10 - 3 * _MONEY - 7)
    at = y + 1
    for row in made.months.rows:
        page.figure(f"expected:{row.key}", x - 1, at, ends[0] - x + 1)
        page.figure(f"won:{row.key}", ends[0] + 1, at, _MONEY)
        page.figure(f"best:{row.key}", ends[1] + 1, at, end - ends[1] - 1)
        is_now = row.month.has(made.given.today)
        page.canvas.put(x, at, label(row.month), "strong" if is_now else "text")
        page.layers(x + 10, at, (row.won.value_minor, row.expected_minor, row.best_minor), room / most)
        page.canvas.right(ends[0], at, page.money(row.expected_minor, _MONEY - 1), is_bold=True)
        page.canvas.right(ends[1], at, page.money(row.won.value_minor, _MONEY - 1), "won" if row.won.deals else "faint")
        page.canvas.right(ends[2], at, page.money(row.best_minor, _MONEY - 1), "muted")
        page.canvas.right(ends[3], at, f"{row.won.deals + row.open.deals:,}", "muted")
        at += 1
    table = made.months
    for key, name, found, tone in (
        ("overdue", f"{page.glyphs.late} Overdue, in no month", table.overdue, "overdue"),
        ("no_date", f"{page.glyphs.none} No close date", table.no_date, "rotting"),
        ("later", "Later", table.later, "muted"),
    ):
        if found.deals:
            page.figure(key, x - 1, at, width + 1)
            weighted = page.money(found.weighted_minor, _MONEY - 1)
            is_whole = x + width_of(name) + width_of(weighted) < ends[0]
            page.canvas.put(x, at, name if is_whole else name.partition(",")[0], tone)
            page.canvas.right(ends[0], at, weighted, "muted")
            page.canvas.right(ends[2], at, page.money(found.value_minor, _MONEY - 1), "muted")
            page.canvas.right(ends[3], at, f"{found.deals:,}", "muted")
            at += 1
    _legend(page, made, Place(x, at, width))
    return at + 1


def _legend(page: FigurePage, made: Forecast, place: Place) -> None:
    """What the bars are, and how many deals are in no sum."""
    x, y, width = place
    samples = (("won", page.glyphs.bar, "won"), ("accent", page.glyphs.rest, "weighted"), ("faint", ".", "best case"))
    at = x
    for role, plain, words in samples:
        at = page.canvas.bar(at, y, 2, role, plain)
        at = page.canvas.put(at + 1, y, words, "faint") + 2
    found = made.open.with_those(made.won)
    gaps = [(found.without_value, "without a value"), (found.unconverted, "without a rate")]
    told = ", ".join(f"{count:,} {words}" for count, words in gaps if count)
    page.canvas.put(at, y, f"{page.glyphs.dot} {told}" if told else "", "faint", room=max(0, x + width - at))


def _windows(page: FigurePage, made: Forecast, place: Place) -> int:
    """What is expected within 30, 60 and 90 days, with its profit."""
    x, y, width = place
    end = x + width
    ends = [x + 24, x + 36, x + 44]
    page.heading(x, y, "From today")
    page.heads(ends, y, ("value", "weighted", "deals"))
    has_profit = end - ends[2] > 26 and any(_profit(page, row.sums) != UNKNOWN for row in made.horizons)
    if has_profit:
        page.canvas.right(end, y, "profit, where known", "faint")
    for at, row in enumerate(made.horizons, y + 1):
        page.figure(f"horizon:{row.days or 'all'}", x - 1, at, width + 1)
        page.canvas.put(x, at, f"{row.days} days" if row.days else "all dated")
        page.canvas.right(ends[0], at, page.money(row.sums.value_minor, _MONEY))
        page.canvas.right(ends[1], at, page.money(row.sums.weighted_minor, _MONEY), "muted")
        page.canvas.right(ends[2], at, f"{row.sums.deals:,}", "muted")
        if has_profit:
            page.canvas.right(end, at, _profit(page, row.sums), "muted")
    return y + 1 + len(made.horizons)


def _profit(page: FigurePage, found: Sums) -> str:
    known = found.deals - found.without_value - found.unconverted - found.unknown_cost
    if not known:
        return UNKNOWN
    gap = f", {found.unknown_cost:,} without cost" if found.unknown_cost else ""
    return page.money(found.profit_minor) + gap


def _categories(page: FigurePage, made: Forecast, place: Place) -> int:
    """The categories with their roll-up."""
    x, y, width = place
    ends = [x + 28, x + 36, min(x + width, x + 50)]
    page.heading(x, y, "Categories")
    page.heads(ends, y, ("own", "deals", "rolled up"))
    for at, row in enumerate(made.categories, y + 1):
        page.figure(f"category:{row.category}", x - 1, at, ends[2] - x + 1)
        page.canvas.put(x, at, CATEGORY_NAMES[row.category])
        page.canvas.right(ends[0], at, page.money(row.own.value_minor, _MONEY), "muted")
        page.canvas.right(ends[1], at, f"{row.own.deals:,}", "muted")
        page.canvas.right(ends[2], at, page.money(row.rolled_minor, _MONEY), is_bold=row.category != "omitted")
    after = y + 1 + len(made.categories)
    late = made.overdue_in_period
    if late.deals:
        page.figure("overdue_in_period", x - 1, after, width + 1)
        words = f"{page.glyphs.late} {late.deals:,} overdue with {page.money(late.value_minor)} in none of these"
        page.canvas.put(x, after, words, "overdue", room=width)
        after += 1
    return after


def _owners(page: FigurePage, made: Forecast, place: Place) -> int:
    """What everybody has won and is projected to win, against the own target."""
    x, y, width = place
    page.heading(x, y, "By owner")
    if not made.owners:
        page.canvas.put(x, y + 1, "nobody has a deal in the period", "faint")
        return y + 2
    step = max(9, min(12, (width - 14) // 4))
    name = max(8, width - 4 * step - 6)
    ends = [x + name + step * (column + 1) for column in range(4)] + [x + width]
    page.heads(ends, y, ("target", "won", "commit", "projected", "of it"))
    for at, row in enumerate(made.owners, y + 1):
        page.figure(f"owner:{'none' if row.owner_id is None else row.owner_id}", x - 1, at, width + 1)
        page.canvas.put(x, at, row.name, room=name)
        covered = row.coverage
        target = covered.target
        if target is not None and target.is_count:
            shown = f"{target.amount:,} deals"
        else:
            shown = page.money(None if target is None else target.amount, step - 1)
        total = row.won.value_minor + row.ahead.weighted_minor
        page.canvas.right(ends[0], at, shown, "muted")
        page.canvas.right(ends[1], at, page.money(row.won.value_minor, step - 1), "won")
        page.canvas.right(ends[2], at, page.money(row.commit_minor, step - 1))
        page.canvas.right(ends[3], at, page.money(total, step - 1), is_bold=True)
        share = covered.projected_share
        tone = "muted" if share is None else "won" if share >= 1 else "rotting"
        page.canvas.right(ends[4], at, _percent(share), tone)
    return y + 1 + len(made.owners)


def _payments(page: FigurePage, made: Forecast, place: Place) -> int:
    """When the money arrives; nothing while no deal has a payment date."""
    x, y, width = place
    table = made.payments
    rows = [row for row in table.rows if row.won.deals or row.open.deals]
    if not rows:
        return y - 1
    ends = [x + 24, x + 36, x + 44]
    page.heading(x, y, "Money arrives")
    page.heads(ends, y, ("expected", "of won deals", "deals"))
    at = y + 1
    for row in rows:
        page.figure(f"paid:{row.key}", x - 1, at, width + 1)
        page.canvas.put(x, at, label(row.month))
        page.canvas.right(ends[0], at, page.money(row.expected_minor, _MONEY))
        page.canvas.right(ends[1], at, page.money(row.won.value_minor, _MONEY), "won" if row.won.deals else "faint")
        page.canvas.right(ends[2], at, f"{row.won.deals + row.open.deals:,}", "muted")
        at += 1
    missing = table.no_date.with_those(table.won_no_date)
    if missing.deals:
        page.figure("paid_no_date", x - 1, at, width + 1)
        page.canvas.put(x, at, f"{missing.deals:,} deals have no payment date", "faint", room=width)
        at += 1
    return at
