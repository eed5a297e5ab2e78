"""The forecast as plain text of 80 columns."""

from pipeboard.cli import output
from pipeboard.domain.forecast.explained import CATEGORY_NAMES, UNKNOWN, amount_words, explained, profit_words
from pipeboard.domain.forecast.facts import Sums
from pipeboard.domain.forecast.report import Forecast
from pipeboard.domain.money import format_money, short_money
from pipeboard.domain.periods import label

_BAR = 18


def print_forecast(made: Forecast) -> None:
    """Print every figure with how many deals it is made of."""
    given = made.given
    filters = [text for text in (given.owner, given.source, given.product, given.filter) if text]
    where = f" ({', '.join(filters)})" if filters else ""
    output.line(f"{given.pipeline}{where}: {label(given.period)}, seen on {given.today:%d.%m.%Y}")
    output.line()
    _months(made)
    _target(made)
    _windows(made)
    _categories(made)
    _owners(made)
    _fill(made)
    _reverse(made)
    _payments(made)


def _money(made: Forecast, minor: float | None) -> str:
    return UNKNOWN if minor is None else format_money(round(minor), made.given.currency)


def _months(made: Forecast) -> None:
    most = max([1, *(row.best_minor for row in made.months.rows)])
    rows = []
    for row in made.months.rows:
        bar = _bar((row.won.value_minor, row.expected_minor, row.best_minor), most)
        deals = f"{row.won.deals + row.open.deals:,}"
        won, expected, best = (_money(made, part) for part in (row.won.value_minor, row.expected_minor, row.best_minor))
        rows.append((label(row.month), bar, won, expected, best, deals))
    for name, found in (
        ("Overdue", made.months.overdue),
        ("No date", made.months.no_date),
        ("Later", made.months.later),
    ):
        if found.deals:
            share, value = _money(made, found.weighted_minor), _money(made, found.value_minor)
            rows.append((name, "", "", share, value, f"{found.deals:,}"))
    header = ("Month", "won # weighted = best -", "won", "expected", "best case", "deals")
    output.table(header, rows, right=(2, 3, 4, 5), flexible=(1,), optional=1)
    told = [_gaps(made.open), profit_words(made, made.open.with_those(made.won))]
    for words in filter(None, told):
        output.line(f"{words[0].upper()}{words[1:]}.")


def _gaps(found: Sums) -> str:
    gaps = [(found.without_value, "without a value"), (found.unconverted, "without a rate")]
    words = [f"{count:,} deal{'' if count == 1 else 's'} {text}" for count, text in gaps if count]
    return f"{', '.join(words)}: in no sum" if words else ""


def _bar(levels: tuple[int, int, int], most: int) -> str:
    """Won, then what is weighted, then the rest of the best case."""
    ends = [round(max(0, level) / most * _BAR) for level in levels]
    won, expected, best = ends[0], max(ends[0], ends[1]), max(ends)
    return "#" * won + "=" * (expected - won) + "-" * (best - expected)


def _target(made: Forecast) -> None:
    output.line()
    rows = [(one.title, one.formula) for one in (explained(made, key) for key in _TARGET_KEYS)]
    output.table((label(made.given.period), ""), rows, flexible=(1,))
    found = made.overdue_in_period
    if found.deals:
        output.line(
            f"{found.deals:,} overdue with {_money(made, found.value_minor)} in none of these: give them a new date."
        )


_TARGET_KEYS = ("projection", "attainment", "pace", "coverage")


def _windows(made: Forecast) -> None:
    output.line()
    rows = []
    for row in made.horizons:
        name = f"{row.days} days" if row.days else "all dated"
        value, share = _money(made, row.sums.value_minor), _money(made, row.sums.weighted_minor)
        rows.append((name, value, share, f"{row.sums.deals:,}", profit_words(made, row.sums)))
    output.table(("From today", "value", "weighted", "deals", "profit"), rows, right=(1, 2, 3), flexible=(4,))


def _categories(made: Forecast) -> None:
    output.line()
    rows = [
        (CATEGORY_NAMES[row.category], _money(made, row.own.value_minor), f"{row.own.deals:,}",
         _money(made, row.rolled_minor))
        for row in made.categories
    ]  # fmt: skip
    output.table(("Category", "own", "deals", "rolled up"), rows, right=(1, 2, 3))


def _owners(made: Forecast) -> None:
    if len(made.owners) < 2:
        return
    output.line()
    rows = []
    for row in made.owners:
        covered = row.coverage
        target = UNKNOWN if covered.target is None else amount_words(made, covered, covered.target.amount)
        share = UNKNOWN if covered.projected_share is None else f"{covered.projected_share:.0%}"
        total = row.won.value_minor + row.ahead.weighted_minor
        won, commit = _money(made, row.won.value_minor), _money(made, row.commit_minor)
        rows.append((row.name, target, won, commit, _money(made, total), share))
    output.table(("Owner", "target", "won", "commit", "projected", "of it"), rows, right=(1, 2, 3, 4, 5))


def _fill(made: Forecast) -> None:
    if not made.fill.rows:
        return
    output.line()
    rows = [(row.name, f"{row.now:,}", *(f"{count:.1f}" for count in row.later), row.why) for row in made.fill.rows]
    won = (f"{point.won:.1f}" for point in made.fill.points)
    worth = [short_money(round(point.won_minor), made.given.currency) for point in made.fill.points]
    rows.append(("Won of these", "", *won, f"about {', '.join(worth)}"))
    output.table(("Stage of today's deals", "now", "30 d", "60 d", "90 d", ""), rows, right=(1, 2, 3, 4), flexible=(5,))


def _reverse(made: Forecast) -> None:
    found = made.reverse
    output.line()
    if found.wins is None:
        output.line(f"What is needed cannot be said without {' and '.join(found.missing)}.")
        return
    output.line(reverse_words(made))
    if found.wins:
        output.line(f"What is open should bring {found.expected:.1f} wins.")
    rows = [
        (row.name, UNKNOWN if row.needed is None else f"{row.needed:,}", f"{row.have:,}", f"{row.missing:,}",
         f"{row.share:.0%}{'' if row.is_measured else ' (stage)'}")
        for row in found.rows
    ]  # fmt: skip
    output.table(("In stage or further", "needed", "there", "missing", "won of it"), rows, right=(1, 2, 3, 4))


def reverse_words(made: Forecast) -> str:
    """The reverse funnel in a sentence, and where to push."""
    found, covered = made.reverse, made.coverage
    if found.wins is None:
        return f"What is needed cannot be said without {' and '.join(found.missing)}."
    if not found.wins:
        return "The target is met: nothing more is needed."
    target = amount_words(made, covered, covered.target.amount if covered.target else None)
    leads = f", {found.leads:,} leads" if found.leads is not None else ""
    words = f"To reach {target}: {found.wins:,} more win{'' if found.wins == 1 else 's'}{leads}"
    for row in found.rows:
        if row.stage_id == found.push_id:
            return f"{words}. Push {row.name}: {row.missing:,} of {row.needed:,} are missing."
    return f"{words}. Enough is in every stage."


def _payments(made: Forecast) -> None:
    table = made.payments
    rows = [
        (label(row.month), _money(made, row.won.value_minor), _money(made, row.expected_minor),
         f"{row.won.deals + row.open.deals:,}")
        for row in table.rows
        if row.won.deals or row.open.deals
    ]  # fmt: skip
    if not rows:
        return
    output.line()
    output.table(("Money arrives", "of won deals", "expected", "deals"), rows, right=(1, 2, 3))
    missing = table.no_date.with_those(table.won_no_date)
    if missing.deals:
        output.line(f"{missing.deals:,} deals have no payment date.")
