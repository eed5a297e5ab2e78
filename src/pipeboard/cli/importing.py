"""The verb that brings a file in."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeboard.cli import importing_records, output
from pipeboard.cli.diagnostics import Progress
from pipeboard.cli.import_words import kind_of_text, pairs_line, rejection_rows, some, told_rejection, undo_line
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of
from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.money import decimal_string, format_money

if TYPE_CHECKING:
    from pipeboard.services.transfer.bringing import Brought
    from pipeboard.services.transfer.importing import ImportReport
    from pipeboard.services.transfer.incoming import Incoming
    from pipeboard.services.transfer.plans import ImportOptions, ImportTarget
    from pipeboard.services.transfer.sources import Opened


def _pairs(_context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """`Theirs=ours` as a mapping; the last = counts, as their names may hold one."""
    pairs = {}
    for value in values:
        theirs, sign, ours = value.rpartition("=")
        if not sign or not theirs.strip() or not ours.strip():
            raise click.BadParameter(f'{value[:60]!r} is not "Theirs=ours".', param=parameter)
        pairs[theirs.strip()] = ours.strip()
    return pairs


@click.command("import")
@click.argument("files", metavar="FILE", nargs=-1, required=True)
@click.option("--profile", help="The tool the file comes from; without it, it is recognised.")
@click.option(
    "--map", "mapping", multiple=True, callback=_pairs, metavar='"COLUMN=FIELD"', help="Their column, our field."
)
@click.option(
    "--stage", "stages", multiple=True, callback=_pairs, metavar='"THEIRS=OURS"', help="Their stage, our stage."
)
@click.option("--create-stages", is_flag=True, help="Add the stages that the pipeline lacks.")
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="How 03/04/2025 is meant.")
@click.option("--encoding", help="The encoding of the file; without it, it is found out.")
@click.option("--sheet", help="The sheet of a workbook; without it, the one that looks like deals.")
@click.option("--pipeline", default="", help="The pipeline the deals go into; without it, the first.")
@click.option(
    "--like-theirs", "is_like_theirs", is_flag=True, help="Make pipelines with the names and stages of the file."
)
@click.option("--mode", type=click.Choice(["create", "update", "both"]), default="both", show_default=True)
@click.option("--strict", "is_strict", is_flag=True, help="Refuse the whole file for one row that cannot be used.")
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.import/1.")
@click.option("--history", type=click.Path(path_type=Path), help="A file of stage changes: deal, stage, entered at.")
@click.option("--deal", default="", help="For a calendar: the deal of tasks that name none.")
@click.option(
    "--as",
    "holds",
    type=click.Choice(["deals", "companies", "contacts", "products", "activities", "tasks", "quotas"]),
    help="What the file holds; without it, it is recognised.",
)
@click.option("--rejects", type=click.Path(path_type=Path), help="Write the refused rows into this new file.")
@pass_session
def import_file(
    session: Session,
    files: tuple[str, ...],
    is_json: bool,
    is_dry_run: bool,
    rejects: Path | None,
    history: Path | None,
    **said: Any,
) -> None:
    """Bring deals in from CSV, Excel, OpenDocument or JSON. Also packed as .gz; - reads stdin. Known deals are updated.

    Companies, contacts, products, activities, tasks and quotas come from files of their own, which are recognised:
    --as says it where they are not. Several files may come at once, in any order.

    A calendar (.ics) brings tasks in: each goes to the deal it names, else to that of --deal.

    All of it is one action: `pipeboard undo` takes it back. A backup is made before.

    \b
    Examples:
      pipeboard import deals.csv --stage Prospecting=Lead --dry-run
      pipeboard import organizations.csv people.csv deals.csv activities.csv
    """
    from pipeboard.services.transfer.incoming import CALENDAR, EVERYTHING, incoming

    if len(files) > 1:
        _check_many(files, rejects=rejects, history=history, **said)
    with ExitStack() as opened:
        told = {"sheet": said["sheet"], "holds": said["holds"] or "", "encoding": said["encoding"]}
        sources = [sys.stdin.buffer if file == "-" else Path(file) for file in files]
        try:
            found = [opened.enter_context(incoming(source, **told)) for source in sources]
        except PipeboardError:
            _ = session.workspace  # that there is no database is the first thing to tell
            raise
        first = found[0]
        if len(found) == 1 and first.holds == EVERYTHING:
            _load_whole(session, first.ready, is_dry_run=is_dry_run, is_json=is_json)
            return
        target = _target(found, is_dry_run, rejects, history, said)
        if len(found) == 1 and first.holds == CALENDAR:
            from pipeboard.cli.calendars import import_calendar

            name = "standard input" if files[0] == "-" else click.format_filename(files[0], shorten=True)
            import_calendar(session, name, first.ready, said["deal"], is_dry_run=is_dry_run, is_json=is_json)
            return
        _bring_in(session, found, _options(session, said), target, is_json=is_json)


def _check_many(files: Sequence[str], **said: Any) -> None:
    """Refuse what only one file can be told."""
    alone = ("profile", "mapping", "encoding", "sheet", "holds", "history", "rejects", "deal")
    words = {"mapping": "--map", "holds": "--as"}
    if wrong := [words.get(name, f"--{name}") for name in alone if said[name]]:
        raise click.UsageError(f"{wrong[0]} speaks of one file; bring the {len(files)} in one by one.")
    if files.count("-") > 1:
        raise click.UsageError("Standard input can be read once.")


def _options(session: Session, said: dict[str, Any]) -> "ImportOptions":
    from pipeboard.services.transfer.plans import ImportOptions

    dayfirst = session.settings.dayfirst
    return ImportOptions(
        profile=said["profile"],
        mapping=said["mapping"],
        stage_map=said["stages"],
        is_creating_stages=said["create_stages"],
        date_order=said["dates"] or (None if dayfirst is None else "dmy" if dayfirst else "mdy"),
        encoding=said["encoding"],
        is_strict=said["is_strict"],
    )


def _target(
    found: "Sequence[Incoming]", is_dry_run: bool, rejects: Path | None, history: Path | None, said: dict[str, Any]
) -> "ImportTarget":
    from pipeboard.services.transfer.incoming import DEALS
    from pipeboard.services.transfer.plans import ImportTarget

    of_deals = {"--stage": said["stages"], "--create-stages": said["create_stages"], "--pipeline": said["pipeline"]}
    of_deals |= {"--history": history, "--like-theirs": said["is_like_theirs"]}
    if said["is_like_theirs"] and said["pipeline"]:
        raise click.UsageError("--like-theirs makes pipelines of its own; --pipeline names one that is there.")
    wrong = [name for name, value in of_deals.items() if value]
    if wrong and all(one.holds != DEALS for one in found):
        raise click.UsageError(f"{wrong[0]} goes with deals; this is a file of {found[0].holds}. --as says otherwise.")
    return ImportTarget(said["pipeline"], said["mode"], is_dry_run, rejects, history, said["is_like_theirs"])


def _bring_in(
    session: Session,
    found: "Sequence[Incoming]",
    options: "ImportOptions",
    target: "ImportTarget",
    *,
    is_json: bool,
) -> None:
    """Import rows of whatever kind and say what came of them."""
    from pipeboard.services.transfer.bringing import bring_in_all
    from pipeboard.services.transfer.importing import ImportReport
    from pipeboard.services.transfer.records import RecordsReport

    is_dry_run = target.is_dry_run
    with Progress("Importing") as bar:
        done = bring_in_all(session.workspace, found, options, target, progress=bar)
    if is_json:
        documents = [_document(one, is_dry_run=is_dry_run) for one in done]
        output.document(documents[0] if len(done) == 1 else {"schema": "pipeboard.imports/1", "files": documents})
        return
    refused = 0
    for one in done:
        if isinstance(one.report, ImportReport):
            _print(one.report, one.name, is_dry_run=is_dry_run)
            refused += len(one.report.plan.rejected)
        elif isinstance(one.report, RecordsReport):
            importing_records.tell(one.report, one.name, is_dry_run=is_dry_run)
            refused += len(one.report.rejected)
    undo_line(done[0].report.action_id)
    if refused and target.rejects is not None and not is_dry_run:
        output.line(f"The refused rows are in {target.rejects}: mend them and import that file.")


def _load_whole(session: Session, ready: "Opened", *, is_dry_run: bool, is_json: bool) -> None:
    """Make the database that is named out of an export of everything."""
    from pipeboard.services.transfer.whole import load_whole

    if is_dry_run or is_json:
        raise click.UsageError("An export of everything goes into a new database as a whole: no --dry-run, no --json.")
    database = session.settings.database
    with Progress("Reading") as bar:
        bar.step("Reading everything")
        count = load_whole(database, ready.file)
    output.line(f"{count_of(count, 'deal')} with everything around them are in {database}.")


def _document(one: "Brought", *, is_dry_run: bool) -> dict[str, Any]:
    from pipeboard.services.transfer.importing import ImportReport
    from pipeboard.services.transfer.records import RecordsReport

    if isinstance(one.report, ImportReport):
        return document(one.report, is_dry_run=is_dry_run) | {"file": one.name}
    assert isinstance(one.report, RecordsReport)
    return importing_records.document(one.report, is_dry_run=is_dry_run) | {"file": one.name}


def document(report: "ImportReport", *, is_dry_run: bool) -> dict[str, Any]:
    """The import contract. `rows` = new + changed + unchanged + rejected; skipped lines are no rows."""
    plan = report.plan
    return {
        "schema": "pipeboard.import/1",
        "holds": "deals",
        "dry_run": is_dry_run,
        "profile": plan.profile,
        "pipeline": report.pipeline,
        "encoding": plan.encoding,
        "delimiter": plan.delimiter,
        "dates": plan.dates,
        "numbers": plan.numbers,
        "columns": plan.mapping,
        "rows": plan.rows,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "skipped": [{"line": one.line, "why": one.why} for one in plan.skipped],
        "rejected": rejection_rows(plan.rejected),
        "stages": plan.stages,
        "totals": [
            {
                "stage": total.stage,
                "deals": total.deals,
                "value": {currency: decimal_string(minor, currency) for currency, minor in total.sums},
                "without_value": total.unvalued,
            }
            for total in report.totals
        ],
        "created_stages": list(plan.unknown_stages),
        "warnings": [*plan.doubts, *plan.warnings],
        "action": report.action_id,
        "backup": report.backup or None,
    }


def _print(report: "ImportReport", file: str, *, is_dry_run: bool) -> None:
    plan = report.plan
    output.line(f"{file}: {kind_of_text(plan.encoding, plan.delimiter)}, {plan.profile}")
    pairs_line("columns", plan.mapping)
    pairs_line("dates", plan.dates)
    pairs_line("numbers", plan.numbers)
    pairs_line("stages", plan.stages)
    if plan.unknown_stages:
        output.line(f"  new stages: {', '.join(plan.unknown_stages)}")
    if plan.new_owners:
        output.line(f"  new owners: {', '.join(plan.new_owners)}")
    for sentence in [*plan.doubts, *plan.warnings]:
        output.line(f"  note: {sentence}")
    for total in report.totals:
        worth = [format_money(minor, currency) for currency, minor in total.sums]
        worth += [f"{total.unvalued:,} without a value"] if total.unvalued else []
        output.line(f"  {total.stage}: {count_of(total.deals, 'deal')}{', ' * bool(worth)}{' + '.join(worth)}")
    some([f"  skipped line {one.line}: {one.why}" for one in plan.skipped])
    some([told_rejection(one) for one in plan.rejected])
    verb = "Would import" if is_dry_run else "Imported"
    counts = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
    refused = f", {len(plan.rejected):,} refused" if plan.rejected else ""
    output.line(f"{verb} into {report.pipeline}: {counts}{refused} ({count_of(plan.rows, 'row')})")
