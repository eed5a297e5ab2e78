"""The verb that brings a file in."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeboard.cli import output
from pipeboard.cli.diagnostics import Progress
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of

if TYPE_CHECKING:
    from pipeboard.services.transfer.importing import ImportReport

_SHOWN = 10
_DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
_KINDS = ("workbook", "json")


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
@click.argument("file", metavar="FILE")
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
@click.option("--mode", type=click.Choice(["create", "update", "both"]), default="both", show_default=True)
@click.option("--strict", "is_strict", is_flag=True, help="Refuse the whole file for one row that cannot be used.")
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.import/1.")
@click.option("--history", type=click.Path(path_type=Path), help="A file of stage changes: deal, stage, entered at.")
@click.option("--deal", default="", help="For a calendar: the deal of tasks that name none.")
@click.option(
    "--as",
    "holds",
    type=click.Choice(["deals", "companies", "contacts", "activities", "tasks", "quotas"]),
    help="What the file holds; without it, it is recognised.",
)
@click.option("--rejects", type=click.Path(path_type=Path), help="Write the refused rows into this new file.")
@pass_session
def import_file(
    session: Session,
    file: str,
    is_json: bool,
    is_dry_run: bool,
    rejects: Path | None,
    history: Path | None,
    **said: Any,
) -> None:
    """Bring deals in from CSV, Excel, OpenDocument or JSON. Also packed as .gz; - reads stdin. Known deals are updated.

    Companies, contacts, activities, tasks and quotas come from files of their own: --as says which.

    A calendar (.ics) brings tasks in: each goes to the deal it names, else to that of --deal.

    All of it is one action: `pipeboard undo` takes it back. A backup is made before.

    \b
    Example:
      pipeboard import deals.csv --stage Prospecting=Lead --dry-run
    """
    from pipeboard.services.transfer import importing
    from pipeboard.services.transfer.plans import ImportOptions

    if _is_whole(file):
        _load_whole(session, file, is_dry_run=is_dry_run, is_json=is_json)
        return
    if (content := _calendar(file)) is not None:
        from pipeboard.cli.calendars import import_calendar

        import_calendar(session, file, content, said["deal"], is_dry_run=is_dry_run, is_json=is_json)
        return
    workspace = session.workspace
    dayfirst = session.settings.dayfirst
    options = ImportOptions(
        profile=said["profile"],
        mapping=said["mapping"],
        stage_map=said["stages"],
        is_creating_stages=said["create_stages"],
        date_order=said["dates"] or (None if dayfirst is None else "dmy" if dayfirst else "mdy"),
        encoding=said["encoding"],
        sheet=said["sheet"],
        is_strict=said["is_strict"],
    )
    holds = said["holds"] or _holds(file)
    if holds not in ("", "deals"):
        from pipeboard.cli.importing_records import bring_in

        bring_in(session, file, holds, options, is_dry_run=is_dry_run, is_json=is_json, rejects=rejects)
        return
    target = importing.ImportTarget(said["pipeline"], said["mode"], is_dry_run, rejects, history)
    source = sys.stdin.buffer if file == "-" else Path(file)
    with Progress("Reading") as bar:

        def progress(done: int, everything: int) -> None:
            bar(done, everything)
            if done >= everything:
                bar.step("Saving")

        report = importing.import_file(workspace, source, options, target, progress=progress)
    if is_json:
        output.document(document(report, is_dry_run=is_dry_run))
    else:
        _print(report, file, is_dry_run=is_dry_run, rejects=rejects)


def _holds(file: str) -> str:
    """What a file holds besides deals; "" when that is not clear."""
    from pipeboard.services.transfer.records import kind_of_file

    return kind_of_file(_beginning(file, 16_384))


def _beginning(file: str, size: int = 64) -> bytes:
    """The beginning of a file; nothing is taken away from it."""
    if file == "-":
        stream = sys.stdin.buffer
        if hasattr(stream, "peek"):
            return bytes(stream.peek(size))
        start = stream.read(size)
        stream.seek(0)
        return start
    path = Path(file)
    if not path.is_file():
        return b""
    with path.open("rb") as opened:
        return opened.read(size)


def _is_whole(file: str) -> bool:
    """Whether the file is an export of everything."""
    from pipeboard.services.transfer.whole import is_whole

    return is_whole(_beginning(file))


def _calendar(file: str) -> bytes | None:
    """The content of a calendar; None when the file is something else."""
    if b"VCALENDAR" not in _beginning(file).upper():
        return None
    from pipeboard.services.transfer.calendar_reading import LARGEST, is_calendar

    if not is_calendar(_beginning(file)):
        return None
    with click.open_file(file, "rb") as opened:
        return bytes(opened.read(LARGEST + 1))


def _load_whole(session: Session, file: str, *, is_dry_run: bool, is_json: bool) -> None:
    """Make the database that is named out of an export of everything."""
    from pipeboard.services.transfer.whole import load_whole

    if is_dry_run or is_json:
        raise click.UsageError("An export of everything goes into a new database as a whole: no --dry-run, no --json.")
    database = session.settings.database
    with Progress("Reading") as bar:
        bar.step("Reading everything")
        if file == "-":
            count = load_whole(database, sys.stdin.buffer)
        else:
            with Path(file).open("rb") as lines:
                count = load_whole(database, lines)
    output.line(f"{count_of(count, 'deal')} with everything around them are in {database}.")


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
        "rejected": [
            {"line": one.line, "column": one.column or None, "value": one.value, "why": one.why}
            for one in plan.rejected
        ],
        "stages": plan.stages,
        "created_stages": list(plan.unknown_stages),
        "warnings": [*plan.doubts, *plan.warnings],
        "action": report.action_id,
        "backup": report.backup or None,
    }


def _print(report: "ImportReport", file: str, *, is_dry_run: bool, rejects: Path | None) -> None:
    plan = report.plan
    how = f"{plan.encoding}, separated by {_DELIMITERS.get(plan.delimiter, plan.delimiter)}"
    output.line(f"{file}: {plan.delimiter if plan.delimiter in _KINDS else how}, {plan.profile}")
    _pairs_line("columns", plan.mapping)
    _pairs_line("dates", plan.dates)
    _pairs_line("numbers", plan.numbers)
    _pairs_line("stages", plan.stages)
    if plan.unknown_stages:
        output.line(f"  new stages: {', '.join(plan.unknown_stages)}")
    if plan.new_owners:
        output.line(f"  new owners: {', '.join(plan.new_owners)}")
    for sentence in [*plan.doubts, *plan.warnings]:
        output.line(f"  note: {sentence}")
    _some([f"  skipped line {one.line}: {one.why}" for one in plan.skipped])
    _some([_rejected(one.line, one.column, one.value, one.why) for one in plan.rejected])
    verb = "Would import" if is_dry_run else "Imported"
    counts = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
    refused = f", {len(plan.rejected):,} refused" if plan.rejected else ""
    output.line(f"{verb} into {report.pipeline}: {counts}{refused} ({count_of(plan.rows, 'row')})")
    if plan.rejected and rejects is not None and not is_dry_run:
        output.line(f"The refused rows are in {rejects}: mend them and import that file.")
    if report.action_id is not None:
        output.line("`pipeboard undo` takes all of it back.")


def _pairs_line(what: str, pairs: dict[str, str]) -> None:
    told = [f"{theirs} = {ours}" for theirs, ours in pairs.items()]
    if told:
        output.line(f"  {what}: {', '.join(told)}")


def _rejected(line: int, column: str, value: str, why: str) -> str:
    where = f", {column}" if column else ""
    shown = f" {value[:40]!r}" if value else ""
    return f"  refused line {line}{where}{shown}: {why}"


def _some(sentences: Sequence[str]) -> None:
    for sentence in sentences[:_SHOWN]:
        output.line(sentence)
    if len(sentences) > _SHOWN:
        output.line(f"  and {len(sentences) - _SHOWN:,} more; --json has them all")
