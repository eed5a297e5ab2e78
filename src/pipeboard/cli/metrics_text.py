"""The metrics report as plain text of 80 columns."""

from collections.abc import Sequence

from pipeboard.cli import output
from pipeboard.cli.words import count_of
from pipeboard.domain.metrics.breakdown import BreakdownRow
from pipeboard.domain.metrics.definitions import UNKNOWN
from pipeboard.domain.metrics.facts import Tally
from pipeboard.domain.metrics.report import Report
from pipeboard.domain.metrics.win_rate import rate_text
from pipeboard.domain.money import exponent, format_money
from pipeboard.domain.periods import label

MOST_ROWS = 10
"""Rows of a breakdown; the JSON document has them all."""


def print_report(made: Report) -> None:
    """Print every figure with how many deals it was made of."""
    given = made.given
    filters = [text for text in (given.owner, given.source, given.product) if text]
    where = f" ({', '.join(filters)})" if filters else ""
    span = "everything, " if given.is_all else ""
    output.line(f"{given.pipeline}{where}: {span}{label(given.period)}")
    output.line()
    _headline(made)
    _funnel(made)
    _losses(made)
    names = (("owner", made.by_owner), ("source", made.by_source), ("product", made.by_product))
    for kind, rows in (*names, ("company", made.by_company)):
        _breakdown(kind, rows, made)


def _money(made: Report, minor: float | None) -> str:
    return UNKNOWN if minor is None else format_money(round(minor), made.given.currency)


def _whole(made: Report, minor: float | None) -> str:
    """An estimate: cents would pretend a precision it has not."""
    unit = 10 ** exponent(made.given.currency)
    return UNKNOWN if minor is None else format_money(round(minor / unit) * unit, made.given.currency)


def _days(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.1f} d"


def _percent(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.1%}"


def _headline(made: Report) -> None:
    rate, average, cycle, speed = made.win_rate, made.average_won, made.cycle, made.velocity
    before = made.previous
    monthly = f"{_whole(made, speed.monthly_minor)} a month; {speed.open_deals} open deals"
    if speed.missing:
        monthly = f"unknown: {', '.join(name.replace('_', ' ') for name in speed.missing)}"
    rows = [
        (
            "Win rate",
            rate_text(rate.won, rate.decided),
            f"{rate.won:,} of {rate.decided:,} decided",
            rate_text(before.win_rate.won, before.win_rate.decided) if before else "",
        ),
        ("Velocity per day", _whole(made, speed.value_minor), monthly, ""),
        (
            "Average won",
            _money(made, average.mean_minor),
            f"median {_money(made, average.median_minor)}, {average.n:,} deals",
            _money(made, before.average_won.mean_minor) if before else "",
        ),
        (
            "Cycle",
            _days(cycle.median_days),
            f"median; mean {_days(cycle.mean_days)}, p75 {_days(cycle.p75_days)}, {cycle.n:,} deals",
            _days(before.cycle.median_days) if before else "",
        ),
        _total(made, "Won", made.won, before.won if before else None),
        _total(made, "Lost", made.lost, before.lost if before else None),
        _total(made, "New pipeline", made.created, before.created if before else None),
        _total(made, "Open now", made.open, None),
        ("  weighted", _money(made, made.weighted_minor), "value x probability", ""),
    ]
    output.table(("", "", "", "before"), rows, right=(1, 3), flexible=(2,))
    gaps = [
        (made.without_value, "without a value"),
        (made.unconverted, "without a rate"),
        (made.undated.deals, "undated"),
    ]
    told = [f"{count_of(count, 'deal')} {words}" for count, words in gaps if count]
    if told:
        output.line(f"{', '.join(told)}: in no sum they would belong to.")


def _total(made: Report, name: str, total: Tally, before: Tally | None) -> tuple[str, str, str, str]:
    value = _money(made, before.value_minor) if before else ""
    return name, _money(made, total.value_minor), count_of(total.deals, "deal"), value


def _funnel(made: Report) -> None:
    times = {row.stage_id: row for row in made.time_in_stage}
    rows = []
    for row in made.funnel.rows:
        time = times.get(row.stage_id) if row.stage_id is not None else None
        rows.append(
            (
                row.name,
                f"{row.reached:,}",
                _percent(row.conversion) if row.stage_id is not None else "",
                _percent(row.eventually_won),
                _days(time.median_days) if time else "",
                f"{time.n:,}" if time else "",
            )
        )
    output.line()
    header = ("Funnel of the decided", "reached", "went on", "won in the end", "median stay", "stays")
    output.table(header, rows, right=(1, 2, 3, 4, 5))


def _losses(made: Report) -> None:
    rows = [(row.reason, f"{row.deals:,}", _money(made, row.value_minor)) for row in made.losses.by_reason[:MOST_ROWS]]
    if rows:
        output.line()
    output.table(("Lost for", "deals", "value"), rows, right=(1, 2))


def _breakdown(kind: str, rows: Sequence[BreakdownRow], made: Report) -> None:
    if not rows or (len(rows) == 1 and kind != "owner"):
        return
    output.line()
    cells = [
        (
            row.name,
            f"{row.open:,}",
            f"{row.won:,}",
            f"{row.lost:,}",
            rate_text(row.won, row.won + row.lost),
            _money(made, row.won_value_minor),
            _days(row.cycle_days_mean),
        )
        for row in rows[:MOST_ROWS]
    ]
    header = (f"By {kind}", "open", "won", "lost", "win rate", "won value", "cycle")
    output.table(header, cells, right=(1, 2, 3, 4, 5, 6))
    if len(rows) > MOST_ROWS:
        output.line(f"and {len(rows) - MOST_ROWS:,} more: --json has all")
