"""What `import` says of a file of companies, contacts, activities, tasks or targets."""

import sys
from pathlib import Path
from typing import Any

from pipeboard.cli import output
from pipeboard.cli.session import Session
from pipeboard.cli.words import count_of
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.transfer.records import RecordsReport, import_records

_SHOWN = 10


def bring_in(
    session: Session,
    file: str,
    kind: str,
    options: ImportOptions,
    *,
    is_dry_run: bool,
    is_json: bool,
    rejects: Path | None,
) -> None:
    """Bring the file in and say what came of it."""
    from pipeboard.services.transfer.rejects import write_rejects

    source = sys.stdin.buffer if file == "-" else Path(file)
    report = import_records(session.workspace, source, kind, options, is_dry_run=is_dry_run)
    if rejects is not None and report.rejected and not is_dry_run:
        write_rejects(rejects, report.header, report.rejected)
    if is_json:
        output.document(document(report, is_dry_run=is_dry_run))
        return
    output.line(f"{file}: {report.kind}, {report.source}")
    output.line(f"  columns: {', '.join(f'{theirs} = {ours}' for theirs, ours in report.columns.items())}")
    for one in report.rejected[:_SHOWN]:
        where = f", {one.column}" if one.column else ""
        shown = f" {one.value[:40]!r}" if one.value else ""
        output.line(f"  refused line {one.line}{where}{shown}: {one.why}")
    if len(report.rejected) > _SHOWN:
        output.line(f"  and {len(report.rejected) - _SHOWN:,} more; --json has them all")
    verb = "Would import" if is_dry_run else "Imported"
    refused = f", {len(report.rejected):,} refused" if report.rejected else ""
    counts = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged{refused}"
    output.line(f"{verb} {report.kind}: {counts} ({count_of(report.rows, 'row')})")
    if report.action_id is not None:
        output.line("`pipeboard undo` takes all of it back.")


def document(report: RecordsReport, *, is_dry_run: bool) -> dict[str, Any]:
    """The import contract, with what the file holds in `holds`."""
    return {
        "schema": "pipeboard.import/1",
        "holds": report.kind,
        "dry_run": is_dry_run,
        "profile": report.source,
        "pipeline": None,
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "dates": report.dates,
        "numbers": report.numbers,
        "columns": report.columns,
        "rows": report.rows,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "skipped": [{"line": one.line, "why": one.why} for one in report.skipped],
        "rejected": [
            {"line": one.line, "column": one.column or None, "value": one.value, "why": one.why}
            for one in report.rejected
        ],
        "stages": {},
        "created_stages": [],
        "warnings": [],
        "action": report.action_id,
        "backup": None,
    }
