"""One door for any files: what they hold is found out, and they are brought in accordingly, all in one action."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput, Refused
from pipeboard.services.transfer.calendar_reading import LARGEST, CalendarReport, import_tasks
from pipeboard.services.transfer.carrying_out import Prepared, carry_out, no_collection
from pipeboard.services.transfer.importing import ImportReport, prepare_deals
from pipeboard.services.transfer.incoming import CALENDAR, DEALS, EVERYTHING, Incoming, incoming
from pipeboard.services.transfer.plans import ImportOptions, ImportTarget, Progress, both_phases
from pipeboard.services.transfer.records import RecordsReport, prepare_records
from pipeboard.services.workspace import Workspace

ORDER: Final = ("companies", "contacts", "products", DEALS, "quotas", "activities", "tasks")
"""Several files come in in this order: what others refer to goes first."""


class Brought(NamedTuple):
    """What a file holds ("deals", "contacts", "calendar", ...), what came of it, and what the file is called."""

    holds: str
    report: ImportReport | RecordsReport | CalendarReport
    name: str


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
    options = asked.options
    with incoming(asked.path, sheet=options.sheet, holds=asked.holds, encoding=options.encoding) as found:
        if found.holds == EVERYTHING:
            raise Refused(
                f"{asked.path.name} is an export of everything, which makes a database of its own: "
                "`pipeboard --db NEW.db import FILE` in a shell."
            )
        return bring_in_all(workspace, [found], options, asked.target, deal=asked.deal, progress=progress)[0]


def bring_in_all(
    workspace: Workspace,
    files: Sequence[Incoming],
    options: ImportOptions,
    target: ImportTarget,
    *,
    deal: str = "",
    progress: Progress | None = None,
) -> list[Brought]:
    """Bring opened files in, or say what would happen, in the order in which they build on one another.

    A calendar and an export of everything come alone. Raises a PipeboardError with a sentence; nothing has changed
    then.
    """
    if len(files) > 1 and (alone := next((one for one in files if one.holds not in ORDER), None)):
        raise InvalidInput(f"{alone.ready.name} is {_ALONE[alone.holds]}: it comes in by itself.")
    if files[0].holds == CALENDAR:
        content, name = files[0].ready.file.read(LARGEST + 1), files[0].ready.label
        done = import_tasks(workspace, content, file_name=name, deal=deal, is_dry_run=target.is_dry_run)
        return [Brought(CALENDAR, done, name)]
    ordered = sorted(files, key=lambda one: ORDER.index(one.holds))
    reading, writing = both_phases(progress)
    with no_collection():
        prepared: list[Prepared[ImportReport | RecordsReport]] = []
        for place, one in enumerate(ordered):

            def some(done: int, everything: int, place: int = place) -> None:
                reading(place * everything + done, len(ordered) * everything)

            prepared.append(_prepared(workspace, one, options, target, some))
        reports = carry_out(workspace, prepared, target, writing)
    return [Brought(one.holds, report, one.ready.label) for one, report in zip(ordered, reports, strict=True)]


_ALONE = {CALENDAR: "a calendar", EVERYTHING: "an export of everything"}


def _prepared(
    workspace: Workspace, found: Incoming, options: ImportOptions, target: ImportTarget, reading: Progress
) -> "Prepared[ImportReport | RecordsReport]":
    options = options._replace(sheet=None)
    if found.holds == DEALS:
        return prepare_deals(workspace, found.ready, options, target, reading)
    return prepare_records(workspace, found.ready, found.holds, options, target, reading)
