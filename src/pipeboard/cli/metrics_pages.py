"""The pages of figures beside the overview as plain text of 80 columns."""

from collections.abc import Sequence

from pipeboard.cli import output
from pipeboard.cli.words import count_of
from pipeboard.domain.metrics.flow import OUTCOMES
from pipeboard.domain.metrics.pages import BusinessPage, StagePage, TeamPage
from pipeboard.domain.metrics.report import Report
from pipeboard.domain.metrics.response import in_words
from pipeboard.domain.metrics.win_rate import rate_text
from pipeboard.domain.money import format_money, short_money
from pipeboard.domain.periods import label
from pipeboard.domain.quota import COUNT, Attainment
from pipeboard.services.metrics import MetricsQuery, MetricsReads

UNKNOWN = "-"
_MOST = 10


def print_pages(
    reads: MetricsReads, query: MetricsQuery, made: Report, names: Sequence[str], *, has_head: bool
) -> None:
    """Print the pages, below a line that says what they are about."""
    if has_head:
        given = made.given
        filters = [text for text in (given.owner, given.source, given.product) if text]
        where = f" ({', '.join(filters)})" if filters else ""
        output.line(f"{given.pipeline}{where}: {label(given.period)}")
    for name in names:
        page = reads.page(query, made, name)
        if isinstance(page, StagePage):
            _stages(page)
        elif isinstance(page, BusinessPage):
            _business(page, made)
        else:
            _team(page, made)


def _percent(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.1%}"


def _stages(page: StagePage) -> None:
    output.line()
    rows = [(row.name, f"{row.entered:,}", *(f"{count:,}" for count in row.outcomes)) for row in page.flow]
    heads = ("on", "won", "lost", "back", "away", "parked", "dupl", "here")
    output.table(("Visits begun", "in", *heads), rows, right=range(1, 2 + len(OUTCOMES)))
    output.line()
    cells = []
    for row in page.calibration:
        likely = f"{row.interval.low:.0%} to {row.interval.high:.0%}" if row.interval else ""
        own = UNKNOWN if row.percent is None else f"{row.percent}%"
        cells.append((row.name, f"{row.probability}%", own, f"{row.n:,}", likely, "off" if row.is_off else ""))
    output.table(("Probability", "stage", "own", "deals", "likely", ""), cells, right=(1, 2, 3, 4))
    output.line()
    for one in page.bottlenecks:
        output.line(f"Bottleneck {one.name}:")
        for cause in one.causes:
            output.line(f"  {cause.words}")
    if page.turning is not None:
        warning = ": qualifying does not pay" if page.turning.is_warning else ""
        before, after = _percent(page.turning.before), _percent(page.turning.after)
        output.line(f"Turning point {page.turning.name}: {before} a step before, {after} after{warning}")


def _business(page: BusinessPage, made: Report) -> None:
    currency = made.given.currency
    rate, cohort, strict = made.win_rate, made.win_rate.cohort, page.strict
    won, lost = made.won.deals, made.lost.deals
    value, cost, told = page.customers, page.acquisition, page.response

    def money(minor: float | None) -> str:
        return UNKNOWN if minor is None else format_money(round(minor), currency)

    rows = [
        ("Win rate", rate_text(won, won + lost), f"{won:,} won, {lost:,} lost"),
        ("  by value", _percent(rate.by_value), ""),
        ("  cohort", rate_text(cohort.won, cohort.won + cohort.lost), f"{cohort.open:,} still open"),
        ("  won of created", rate_text(cohort.won, cohort.created), f"{cohort.created:,} created"),
        ("  strict", rate_text(strict.won, strict.decided), f"{len(strict.stale):,} stale taken for lost"),
        ("Loss rate", rate_text(lost, won + lost), f"won : lost {won:,}:{lost:,}"),
        (f"{value.label} a customer", money(value.mean_minor), f"{value.accounts:,} customers"),
        ("CAC", money(cost.cost_minor), f"{cost.accounts:,} new customers, {money(cost.spent_minor)} spent"),
        (
            "Lead response",
            UNKNOWN if told.median_minutes is None else in_words(told.median_minutes),
            f"median of {told.n:,}; {len(told.unanswered):,} unanswered",
        ),
        (
            "Parked",
            UNKNOWN if page.parked_days is None else f"{page.parked_days:.1f} d",
            f"{len(page.parked):,} won deals that were in the fridge",
        ),
    ]
    if page.reopened:
        rows.append(("Restated", f"{len(page.reopened):,}", "deals reopened since they were closed"))
    output.line()
    output.table(("", "", ""), rows, right=(1,), flexible=(2,))
    if cost.sources:
        output.line()
    cells = [
        (
            row.source,
            money(row.spent_minor) if row.spent_minor else "",
            f"{row.accounts:,}",
            money(row.cost_minor) if row.cost_minor is not None else "",
            money(row.won_minor),
            "" if row.roi is None else f"{row.roi:+.0%}",
        )
        for row in cost.sources[:_MOST]
    ]
    output.table(("Source", "spent", "new", "CAC", "won", "return"), cells, right=(1, 2, 3, 4, 5))
    for kind, rows_of in page.tops.items():
        if rows_of:
            output.line()
        tops = [
            (
                row.name,
                f"{row.deals:,}",
                money(row.value_minor),
                _percent(row.share_of_deals if kind == "reason" else row.share),
                "" if row.before_minor is None else money(row.before_minor) if row.before_deals else "new",
            )
            for row in rows_of[:_MOST]
        ]
        output.table((f"Top {kind}", "deals", "value", "share", "before"), tops, right=(1, 2, 3, 4))


def _team(page: TeamPage, made: Report) -> None:
    currency = made.given.currency

    def short(minor: float | None) -> str:
        return UNKNOWN if minor is None else short_money(round(minor), currency)

    output.line()
    rows = [
        (
            row.name,
            f"{row.open.deals:,}",
            short(row.open.value_minor),
            f"{row.created.deals:,}",
            f"{row.won.deals:,}",
            f"{row.lost.deals:,}",
            rate_text(row.won.deals, row.won.deals + row.lost.deals),
            short(row.won.value_minor),
            UNKNOWN if row.cycle_days is None else f"{row.cycle_days:.0f} d",
            short(row.velocity_minor),
        )
        for row in page.reps
    ]
    header = ("People", "open", "value", "new", "won", "lost", "rate", "won", "cycle", "a day")
    output.table(header, rows, right=range(1, 10))
    output.line()
    load = [
        (
            row.name,
            f"{row.tasks:,}",
            f"{row.late_tasks:,}",
            *(
                (f"{row.activities.calls:,}", f"{row.activities.emails:,}", f"{row.activities.meetings:,}")
                if row.activities
                else ("0", "0", "0")
            ),
            f"{row.needs_help:,}",
        )
        for row in page.reps
    ]
    output.table(("Load", "tasks", "late", "calls", "mails", "meetings", "help"), load, right=range(1, 7))
    if page.targets:
        output.line()
    output.table(
        ("Target", "won", "of", "done", "time", "expected"),
        [_target(one, made) for one in page.targets],
        right=range(1, 6),
    )
    if page.help:
        output.line()
        output.line(f"{count_of(len(page.help), 'early deal')} in need of help:")
        for one in page.help[:_MOST]:
            output.line(f"  deal {one.deal_id}: {one.why}")


def _target(one: Attainment, made: Report) -> tuple[str, ...]:
    def size(number: int | None) -> str:
        if number is None:
            return ""
        return f"{number:,}" if one.target.measure == COUNT else format_money(number, made.given.currency)

    owner = one.target.owner_id
    return (
        "team" if owner is None else made.given.owners.get(owner, ""),
        size(one.done),
        size(one.target.amount),
        UNKNOWN if one.share is None else f"{one.share:.0%}",
        f"{one.pace:.0%}",
        size(one.projected),
    )
