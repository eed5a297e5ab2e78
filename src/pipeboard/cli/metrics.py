"""`pipeboard metrics`: the figures of a pipeline, as text or as the JSON contract."""

from datetime import timedelta
from typing import Any, NamedTuple

import click

from pipeboard.cli import output
from pipeboard.cli.filters import filter_of
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import typed_day
from pipeboard.domain.names import match_name
from pipeboard.domain.periods import Period, parse_period
from pipeboard.services.metrics import DEFAULT_DAYS, MetricsChoices, MetricsQuery

PAGES = ("overview", "stages", "business", "team")


class Asked(NamedTuple):
    """The options of the verb as they were typed."""

    since: str | None
    until: str | None
    period: str | None
    is_all: bool
    pipeline: str | None
    owner: str | None
    source: str | None
    product: str | None
    filter: str


@click.command()
@click.option("--json", "is_json", is_flag=True, help="Print the figures as a JSON document.")
@click.option("--csv", "is_csv", is_flag=True, help="Print every figure as a row of CSV.")
@click.option(
    "--page", type=click.Choice([*PAGES, "all"]), default="overview", show_default=True, help="Which figures as text."
)
@click.option("--since", metavar="DAY", help="From this day on.")
@click.option("--until", metavar="DAY", help="Up to the day before this one.")
@click.option("--period", metavar="PERIOD", help="A year, quarter or month: 2026, 2026-Q4, 2026-11.")
@click.option("--all", "is_all", is_flag=True, help="From the first event to now.")
@click.option("--pipeline", metavar="NAME", help="The pipeline; without it the first one.")
@click.option("--owner", metavar="NAME", help="Only deals of this owner.")
@click.option("--source", metavar="NAME", help="Only deals from this source.")
@click.option("--product", metavar="NAME", help="Only deals on this product.")
@click.option("--filter", "-f", metavar="FILTER", default="", help="Only deals that the filter leaves.")
@click.option("--view", metavar="NAME", default="", help="A filter kept under a name.")
@pass_session
def metrics(session: Session, is_json: bool, is_csv: bool, page: str, view: str, **options: str | bool | None) -> None:
    """Win rate, velocity, cycle, funnel and the rest for a period.

    Without a period: the last 90 days. What each figure means stands in docs/metrics.md.

    \b
    Examples:
      pipeboard metrics --period 2026-Q4 --owner anna
      pipeboard metrics --page team --period 2026-11
    """
    asked = Asked(**options)  # type: ignore[arg-type]
    asked = asked._replace(filter=filter_of(session, asked.filter, view))
    reads = session.workspace.metrics
    query = _query(session, asked)
    made = reads.report(query)
    if is_json:
        output.document(_with_filter(reads.document(query, made), asked.filter))
        return
    if is_csv:
        from pipeboard.services.metrics_export import HEADER, rows_of

        output.csv_rows(HEADER, rows_of(reads.document(query, made)))
        return
    if page in ("overview", "all"):
        from pipeboard.cli.metrics_text import print_report

        print_report(made)
    if page != "overview":
        from pipeboard.cli.metrics_pages import print_pages

        print_pages(reads, query, made, PAGES[1:] if page == "all" else (page,), has_head=page != "all")


def _with_filter(document: dict[str, Any], text: str) -> dict[str, Any]:
    """The document naming the filter, if there is one."""
    return {**document, "filters": {**document["filters"], "filter": text}} if text else document


def _query(session: Session, asked: Asked) -> MetricsQuery:
    """What was asked for; a usage error for options that exclude each other, NotFound for unknown names."""
    ways = (asked.is_all, asked.period is not None, asked.since is not None or asked.until is not None)
    if sum(ways) > 1:
        raise click.UsageError("Give one of --all, --period and --since/--until.")
    reads = session.workspace.metrics
    pipelines = reads.choices().pipelines
    pipeline_id = None
    if asked.pipeline is not None:
        pipeline_id = pipelines[match_name(asked.pipeline, [one.name for one in pipelines], "pipeline")].id
    choices = reads.choices(pipeline_id)
    return MetricsQuery(
        pipeline_id=pipeline_id,
        period=_period(session, asked),
        is_all=asked.is_all,
        owner_id=_owner_id(choices, asked.owner),
        source=_named(choices.sources, asked.source, "source"),
        product=choices.product(asked.product),
        filter=asked.filter,
    )


def _period(session: Session, asked: Asked) -> Period | None:
    """The period of the options; None without any."""
    if asked.period is not None:
        return parse_period(asked.period)
    if asked.since is None and asked.until is None:
        return None
    tomorrow = session.workspace.metrics.today + timedelta(days=1)
    until = tomorrow
    if asked.until is not None:
        until = typed_day(asked.until, session.now, "--until", is_past=True)
    since = until - timedelta(days=DEFAULT_DAYS)
    if asked.since is not None:
        since = typed_day(asked.since, session.now, "--since", is_past=True)
    return Period(since, until)


def _owner_id(choices: MetricsChoices, typed: str | None) -> int | None:
    if typed is None:
        return None
    ids = list(choices.owners)
    return ids[match_name(typed.removeprefix("@"), list(choices.owners.values()), "owner")]


def _named(names: tuple[str, ...], typed: str | None, kind: str) -> str | None:
    return None if typed is None else names[match_name(typed, list(names), kind)]
