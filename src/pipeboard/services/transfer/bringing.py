"""One door for any file: what it holds is found out, and it is brought in accordingly."""

from pathlib import Path
from typing import NamedTuple

from pipeboard.domain.errors import Refused
from pipeboard.services.transfer.calendar_reading import LARGEST, CalendarReport, import_tasks
from pipeboard.services.transfer.importing import ImportReport, import_file
from pipeboard.services.transfer.incoming import CALENDAR, DEALS, EVERYTHING, incoming
from pipeboard.services.transfer.plans import ImportOptions, ImportTarget, Progress
from pipeboard.services.transfer.records import RecordsReport, import_records
from pipeboard.services.workspace import Workspace


class Brought(NamedTuple):
    """What a file holds ("deals", "contacts", "calendar", ...) and what came of it."""

    holds: str
    report: ImportReport | RecordsReport | CalendarReport


class ImportRequest(NamedTuple):
    """Which file is to be brought in and how; `holds` says what it holds where the person knows better.

    `deal` is the one that tasks of a calendar go to which name none.
    """

    path: Path
    options: ImportOptions = ImportOptions()
    target: ImportTarget = ImportTarget()
    holds: str = ""
    deal: str = ""


def bring_in(workspace: Workspace, asked: ImportRequest, progress: Progress | None = None) -> Brought:
    """Bring a file in, or say what would happen. Raises a PipeboardError with a sentence; nothing has changed then."""
    options, target = asked.options, asked.target
    with incoming(asked.path, sheet=options.sheet, holds=asked.holds, encoding=options.encoding) as found:
        if found.holds == EVERYTHING:
            raise Refused(
                f"{asked.path.name} is an export of everything, which makes a database of its own: "
                "`pipeboard --db NEW.db import FILE` in a shell."
            )
        if found.holds == CALENDAR:
            content, dry = found.ready.file.read(LARGEST + 1), target.is_dry_run
            name = found.ready.label
            return Brought(CALENDAR, import_tasks(workspace, content, file_name=name, deal=asked.deal, is_dry_run=dry))
        opened = options._replace(sheet=None)
        if found.holds == DEALS:
            return Brought(DEALS, import_file(workspace, found.ready, opened, target, progress=progress))
        report = import_records(workspace, found.ready, found.holds, opened, target, progress=progress)
        return Brought(found.holds, report)
