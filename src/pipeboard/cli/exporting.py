"""The verb that takes everything out."""

import io
import sys
from pathlib import Path

import click

from pipeboard.cli import diagnostics, output
from pipeboard.cli.filters import filter_of
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of
from pipeboard.domain.imports.own_columns import NOUNS, OWN_COLUMNS
from pipeboard.services.listing import DealFilter
from pipeboard.services.transfer import formats


@click.command("export")
@click.option(
    "--format", "name", type=click.Choice([one.name for one in formats.FORMATS]), help="Without it, as -o ends, or csv."
)
@click.option(
    "--what",
    type=click.Choice(["deals", *OWN_COLUMNS]),
    default="deals",
    help="What goes into csv or xlsx; without it the deals.",
)
@click.option("--output", "-o", "path", metavar="FILE", default="-", help="The file; without it, or as -, stdout.")
@click.option("--force", "is_replacing", is_flag=True, help="Replace the file that is there.")
@click.option("--filter", "-f", "text", metavar="FILTER", default="", help="Only these deals, as on the board.")
@click.option("--view", metavar="NAME", default="", help="Only the deals of a view kept under this name.")
@click.option("--pipeline", default="", help="Only deals of this pipeline.")
@pass_session
def export(
    session: Session,
    name: str | None,
    what: str,
    path: str,
    is_replacing: bool,
    text: str,
    view: str,
    pipeline: str,
) -> None:
    """Write deals, or everything, into a file. As csv, xlsx (with totals and figures), md (the board);
    json is everything there is.

    ics is a calendar of tasks and close dates.

    --what companies, contacts, activities, tasks or quotas writes these instead: those of the deals that the
    filter leaves, or all. A workbook of deals has them on sheets of their own.

    csv imports again as it was. json is JSON lines of every row with its history: `pipeboard --db new.db import
    all.json` makes the same database out of it, on SQLite or PostgreSQL.

    \b
    Examples:
      pipeboard export -o deals.xlsx --filter "@anna value>10k"
      pipeboard export --what contacts -o people.csv
      pipeboard export -o all.json
      pipeboard export --format md | less
    """
    workspace = session.workspace
    one = formats.format_named(name or "", path)
    asked = DealFilter(filter_of(session, text, view), pipeline=pipeline)
    if path == "-":
        if one.is_binary and output.is_terminal():
            raise click.UsageError(f"{one.name} is no text: name a file with -o.")
        held = io.BytesIO() if one.is_binary else None
        sink = sys.stdout.buffer if held is None else held
        sys.stdout.flush()
        formats.write(one, workspace, asked, sink, what)
        if held is not None:
            sys.stdout.buffer.write(held.getvalue())
        sys.stdout.buffer.flush()
        return
    with formats.new_file(Path(path), is_replacing=is_replacing) as file:
        count = formats.write(one, workspace, asked, file, what)
    told = count_of(count, one.noun) if what == "deals" else count_of(count, NOUNS[what], what)
    diagnostics.say(f"{told} written to {path}")
