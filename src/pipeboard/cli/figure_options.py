"""The options that the verbs about figures share: the window, and what to look at."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

import click

from pipeboard.cli.filters import filter_of
from pipeboard.cli.session import Session
from pipeboard.cli.words import typed_day
from pipeboard.domain.names import match_name
from pipeboard.domain.periods import Period, parse_period, quarter_of

F = TypeVar("F", bound=Callable[..., Any])


class Wanted(NamedTuple):
    """What to look at; None filters nothing."""

    pipeline_id: int | None
    period: Period
    owner_id: int | None
    source: str | None
    product: str | None
    filter: str


def window_options(function: F) -> F:
    """Add --since, --until, --period, --pipeline, --owner, --source, --product, --filter and --view."""
    for option in reversed(
        (
            click.option("--since", metavar="DAY", help="From this day on."),
            click.option("--until", metavar="DAY", help="Up to the day before this one."),
            click.option("--period", metavar="PERIOD", help="A year, quarter or month: 2026, 2026-Q4, 2026-11."),
            click.option("--pipeline", metavar="NAME", help="The pipeline; without it the first one."),
            click.option("--owner", metavar="NAME", help="Only deals of this owner."),
            click.option("--source", metavar="NAME", help="Only deals from this source."),
            click.option("--product", metavar="NAME", help="Only deals on this product."),
            click.option("--filter", "-f", metavar="FILTER", default="", help="Only deals that the filter leaves."),
            click.option("--view", metavar="NAME", default="", help="A filter kept under a name."),
        )
    ):
        function = option(function)
    return function


def wanted(session: Session, options: dict[str, str | None], *, is_past: bool) -> Wanted:
    """The options as ids; a usage error for windows that exclude each other, NotFound for unknown names.

    Without a window: the present quarter. `is_past` says that a day without a year lies behind, not ahead.
    """
    reads = session.workspace.metrics
    pipelines = reads.choices().pipelines
    pipeline_id = None
    if (name := options["pipeline"]) is not None:
        pipeline_id = pipelines[match_name(name, [one.name for one in pipelines], "pipeline")].id
    choices = reads.choices(pipeline_id)
    owner_id = None
    if (name := options["owner"]) is not None:
        names = list(choices.owners.values())
        owner_id = list(choices.owners)[match_name(name.removeprefix("@"), names, "owner")]
    return Wanted(
        pipeline_id,
        _period(session, options, is_past=is_past),
        owner_id,
        _named(choices.sources, options["source"], "source"),
        choices.product(options["product"]),
        filter_of(session, options["filter"] or "", options["view"] or ""),
    )


def _named(names: tuple[str, ...], typed: str | None, kind: str) -> str | None:
    return None if typed is None else names[match_name(typed, list(names), kind)]


def _period(session: Session, options: dict[str, str | None], *, is_past: bool) -> Period:
    today = session.workspace.metrics.today
    since, until, period = options["since"], options["until"], options["period"]
    if period is not None:
        if since is not None or until is not None:
            raise click.UsageError("Give one of --period and --since/--until.")
        return parse_period(period)
    if since is None and until is None:
        return quarter_of(today)

    def day(text: str | None, option: str, otherwise: date) -> date:
        return otherwise if text is None else typed_day(text, session.now, option, is_past=is_past)

    first = day(since, "--since", quarter_of(today).start)
    return Period(first, day(until, "--until", max(today, first) + timedelta(days=1)))
