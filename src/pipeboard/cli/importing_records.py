"""What `import` says of a file of companies, contacts, products, activities, tasks or targets."""

from typing import TYPE_CHECKING, Any

from pipeboard.cli import output
from pipeboard.cli.import_words import kind_of_text, pairs_line, rejection_rows, some, told_rejection
from pipeboard.cli.words import count_of

if TYPE_CHECKING:
    from pipeboard.services.transfer.records import RecordsReport


def tell(report: "RecordsReport", file: str, *, is_dry_run: bool) -> None:
    """Say what was understood and what came of it."""
    plan = report.plan
    output.line(f"{file}: {kind_of_text(plan.encoding, plan.delimiter)}, {plan.kind}, {plan.profile}")
    pairs_line("columns", plan.columns)
    pairs_line("dates", plan.dates)
    pairs_line("numbers", plan.numbers)
    for sentence in notes(report):
        output.line(f"  note: {sentence}")
    some([f"  skipped line {one.line}: {one.why}" for one in plan.skipped])
    some([told_rejection(one) for one in report.rejected])
    verb = "Would import" if is_dry_run else "Imported"
    refused = f", {len(report.rejected):,} refused" if report.rejected else ""
    counts = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged{refused}"
    output.line(f"{verb} {plan.kind}: {counts} ({count_of(plan.rows, 'row')})")


def notes(report: "RecordsReport") -> list[str]:
    """What a person should know besides the counts."""
    plan = report.plan
    said = [*plan.doubts]
    if report.as_tasks:
        said.append(f"{count_of(report.as_tasks, 'row')} still to be done: as tasks")
    if report.new_owners:
        said.append(f"people who are new: {', '.join(report.new_owners)}")
    if plan.kept:
        said.append(f"kept in the notes: {', '.join(plan.kept)}")
    if plan.unused:
        said.append(f"not brought in: {', '.join(plan.unused)}")
    return said


def document(report: "RecordsReport", *, is_dry_run: bool) -> dict[str, Any]:
    """The import contract, with what the file holds in `holds`."""
    plan = report.plan
    return {
        "schema": "pipeboard.import/1",
        "holds": plan.kind,
        "dry_run": is_dry_run,
        "profile": plan.profile,
        "pipeline": None,
        "encoding": plan.encoding,
        "delimiter": plan.delimiter,
        "dates": plan.dates,
        "numbers": plan.numbers,
        "columns": plan.columns,
        "rows": plan.rows,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "skipped": [{"line": one.line, "why": one.why} for one in plan.skipped],
        "rejected": rejection_rows(report.rejected),
        "stages": {},
        "totals": [],
        "created_stages": [],
        "warnings": notes(report),
        "action": report.action_id,
        "backup": report.backup or None,
    }
