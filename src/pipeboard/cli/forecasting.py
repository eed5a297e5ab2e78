"""`pipeboard forecast` and `pipeboard waterfall`: what is to come, and what has changed."""

import click

from pipeboard.cli import output
from pipeboard.cli.figure_options import wanted, window_options
from pipeboard.cli.session import Session, pass_session
from pipeboard.domain.periods import parse_period


@click.command()
@click.option("--json", "is_json", is_flag=True, help="Print the figures as a JSON document.")
@click.option("--csv", "is_csv", is_flag=True, help="Print the figures as CSV, one a line.")
@window_options
@pass_session
def forecast(session: Session, is_json: bool, is_csv: bool, **options: str | None) -> None:
    """What will be won by month, against the target. Also what is missing to reach it.

    Without a period: this quarter. Overdue and undated deals stand apart. What each figure means stands in
    docs/forecast.md.

    \b
    Example:
      pipeboard forecast --period 2026-Q4 --owner anna
    """
    from pipeboard.domain.forecast.serialize import to_json
    from pipeboard.services.forecast import ForecastQuery

    _one_form(is_json, is_csv)
    reads = session.workspace.forecast
    made = reads.forecast(ForecastQuery(*wanted(session, options, is_past=False)))
    if is_json:
        output.document(to_json(made, reads.trend(made)))
    elif is_csv:
        from pipeboard.services.figure_export import HEADER, rows_of

        output.csv_rows(HEADER, rows_of(to_json(made, reads.trend(made))))
    else:
        from pipeboard.cli.forecast_text import print_forecast

        print_forecast(made)


@click.command()
@click.option("--json", "is_json", is_flag=True, help="Print the steps as a JSON document.")
@click.option("--csv", "is_csv", is_flag=True, help="Print every deal of every step as CSV.")
@click.option("--closing", metavar="PERIOD", help="Only deals expected to close in this period: 2026-Q4.")
@click.option("--weighted", "is_weighted", is_flag=True, help="Values times probabilities.")
@window_options
@pass_session
def waterfall(
    session: Session, is_json: bool, is_csv: bool, closing: str | None, is_weighted: bool, **options: str | None
) -> None:
    """What changed in the pipeline between two dates, and why. Start + what came - what went = end.

    Without a period: this quarter so far. What each step means stands in docs/forecast.md.

    \b
    Example:
      pipeboard waterfall --since 1.11 --until today
      pipeboard waterfall --period 2026-Q4 --closing 2026-Q4
    """
    from pipeboard.services.waterfall import WaterfallQuery
    from pipeboard.services.waterfall_export import HEADER, csv_rows, to_json

    _one_form(is_json, is_csv)
    close = None if closing is None else parse_period(closing)
    asked = wanted(session, options, is_past=True)
    view = session.workspace.waterfall.view(WaterfallQuery(*asked, close, is_weighted))
    if is_json:
        output.document(to_json(view))
    elif is_csv:
        output.csv_rows(HEADER, csv_rows(view, session.workspace.waterfall.names(view)))
    else:
        from pipeboard.cli.waterfall_text import print_waterfall

        print_waterfall(view)


def _one_form(is_json: bool, is_csv: bool) -> None:
    if is_json and is_csv:
        raise click.UsageError("Give one of --json and --csv.")
