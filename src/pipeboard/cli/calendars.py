"""What `import` says of a calendar file."""

from pipeboard.cli import diagnostics, output
from pipeboard.cli.session import Session
from pipeboard.cli.words import count_of
from pipeboard.services.transfer.calendar_reading import LARGEST, CalendarReport, import_tasks
from pipeboard.services.transfer.sources import Opened

_SHOWN = 10


def import_calendar(session: Session, name: str, file: Opened, deal: str, *, is_dry_run: bool, is_json: bool) -> None:
    """Bring the tasks of a calendar in and say what came of it."""
    content = file.file.read(LARGEST + 1)
    report = import_tasks(session.workspace, content, file_name=name, deal=deal, is_dry_run=is_dry_run)
    if is_json:
        output.document(_document(report, is_dry_run=is_dry_run))
        return
    would = "Would import" if is_dry_run else "Imported"
    output.line(
        f"{would} {count_of(report.new + report.changed + report.unchanged, 'task')} from {name}: "
        f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
    )
    for one in report.rejected[:_SHOWN]:
        diagnostics.say(f"Left out: {one.title}: {one.why}")
    if len(report.rejected) > _SHOWN:
        diagnostics.say(f"... and {count_of(len(report.rejected) - _SHOWN, 'task')} more left out")
    for warning in report.warnings[:_SHOWN]:
        diagnostics.say(warning)


def _document(report: CalendarReport, *, is_dry_run: bool) -> dict[str, object]:
    return {
        "schema": "pipeboard.import_tasks/1",
        "dry_run": is_dry_run,
        "tasks": report.tasks,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "rejected": [{"title": one.title, "why": one.why} for one in report.rejected],
        "warnings": list(report.warnings),
    }
