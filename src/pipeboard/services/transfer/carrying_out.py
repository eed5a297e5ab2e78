"""What was read of one or more files is written, all in one action, or taken back before anybody sees it."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Generic, NamedTuple, TypeVar

from pipeboard.domain.commands import ImportDeals, ImportFiles
from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.events import DealsImported, Outcome, RecordsImported
from pipeboard.domain.imports.drafts import Rejection
from pipeboard.domain.imports.records import ImportRecords
from pipeboard.services.transfer.plans import ImportOptions, ImportTarget, Progress
from pipeboard.services.transfer.rejects import write_rejects
from pipeboard.services.transfer.remembering import worth_remembering
from pipeboard.services.workspace import Workspace

_MANY = 2_000
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
Fact = DealsImported | RecordsImported
Told = tuple[int | None, str]
"""What undo takes back (None: nothing), and the backup that was made before."""


class Prepared(NamedTuple, Generic[R_co]):
    """A file in our terms: what writes it, and what is done around that.

    `check` raises InvalidInput with what is not decided yet. `report` makes the report of what came of it, and what
    remains to be done once it is on disk.
    """

    command: ImportDeals | ImportRecords
    has_rows: bool
    check: Callable[[], None]
    report: Callable[[Fact, Told], tuple[R_co, Callable[[], None]]]


@contextmanager
def no_collection() -> Iterator[None]:
    """No search for garbage meanwhile: an import makes millions of values that stay, and not one cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def carry_out(
    workspace: Workspace, files: Sequence[Prepared[R]], target: ImportTarget, writing: Progress
) -> tuple[R, ...]:
    """Write what was prepared, in this order and in one action; of a dry run, say what would come of it."""
    commands = tuple(one.command for one in files)
    command = commands[0] if len(commands) == 1 else ImportFiles(commands)
    if target.is_dry_run:
        outcome = workspace.rehearse(command, writing, is_long=sum(map(_size, commands)) > _MANY)
        return tuple(report for report, _ in _reports(files, outcome, (None, "")))
    for one in files:
        one.check()
    backup = workspace.backup_before("import") if any(one.has_rows for one in files) else ""
    outcome = workspace.execute(command, writing)
    reports = _reports(files, outcome, (outcome.action_id, backup))
    for _, keep in reports:
        keep()
    return tuple(report for report, _ in reports)


def keep_besides(
    workspace: Workspace,
    options: ImportOptions,
    target: ImportTarget,
    remembered_as: str,
    header: Sequence[str],
    rejected: Sequence[Rejection],
) -> None:
    """What is kept beside the rows, which are saved by now: no failure here may sound as if they were not."""
    if decided := worth_remembering(options):
        with suppress(PipeboardError):  # a convenience: next time the person is asked again
            workspace.remember(remembered_as, decided)
    if target.rejects is not None and rejected:
        try:
            write_rejects(target.rejects, header, rejected)
        except PipeboardError as failure:
            raise type(failure)(f"The rest is imported, but the rejected rows are not written: {failure}") from None


def _size(command: ImportDeals | ImportRecords) -> int:
    """How many rows a command writes."""
    if isinstance(command, ImportRecords):
        return len(command.records)
    return sum(len(part.deals) for part in (command, *command.more))


def _reports(files: Sequence[Prepared[R]], outcome: Outcome, told: Told) -> tuple[tuple[R, Callable[[], None]], ...]:
    facts = [fact for fact in outcome.events if isinstance(fact, Fact)]
    return tuple(one.report(fact, told) for one, fact in zip(files, facts, strict=True))
