"""Bringing a file of companies, contacts, products, activities, tasks or targets in, as a file of deals comes in."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import RecordsImported
from pipeboard.domain.imports.drafts import Rejection
from pipeboard.domain.imports.origin import told_sign
from pipeboard.domain.imports.record_kinds import known_keys
from pipeboard.domain.imports.records import ImportRecords
from pipeboard.services.transfer.carrying_out import Fact, Prepared, Told, carry_out, keep_besides, no_collection
from pipeboard.services.transfer.plans import (
    ImportOptions,
    ImportTarget,
    Progress,
    both_phases,
    check_target,
    refuse_if_strict,
)
from pipeboard.services.transfer.reading import Table, read_table
from pipeboard.services.transfer.record_plans import RecordsPlan, plan_records, require_decided
from pipeboard.services.transfer.remembering import header_hash, with_remembered
from pipeboard.services.transfer.sources import Opened, Source, opened
from pipeboard.services.workspace import Workspace


class RecordsReport(NamedTuple):
    """What was understood and what became of it; of a dry run, what would have.

    `rows` of the plan is new + changed + unchanged + rejected: here stand those, too, that only writing showed to be
    unusable. `as_tasks` of the activities were still to be done and are tasks now. `action_id` is what undo takes
    back, None when nothing changed; `backup` is the copy made before.
    """

    plan: RecordsPlan
    new: int
    changed: int
    unchanged: int
    rejected: tuple[Rejection, ...]
    new_owners: tuple[str, ...] = ()
    as_tasks: int = 0
    action_id: int | None = None
    backup: str = ""


def import_records(
    workspace: Workspace,
    source: Source,
    kind: str,
    options: ImportOptions,
    target: ImportTarget | None = None,
    *,
    progress: Progress | None = None,
    name: str = "",
) -> RecordsReport:
    """Bring the rows of a file in, all in one action, or refuse it as a whole with a sentence.

    A dry run executes the same and takes it back, so its counts are those of the real run.
    """
    target = target or ImportTarget()
    reading, writing = both_phases(progress)
    with opened(source, name, options.sheet) as ready, no_collection():
        prepared = prepare_records(workspace, ready, kind, options, target, reading)
        return carry_out(workspace, [prepared], target, writing)[0]


def prepare_records(
    workspace: Workspace, ready: Opened, kind: str, options: ImportOptions, target: ImportTarget, reading: Progress
) -> Prepared[RecordsReport]:
    """Read the rows of an opened file, which has to stay open until they are written."""
    check_target(target)
    if target.history is not None:
        raise InvalidInput("Only deals have a history of stages: --history goes with a file of deals.")
    now = workspace.clock.now().astimezone(options.zone or workspace.zone)
    with _table(ready, kind, options) as table:
        said = with_remembered(options, workspace.recalled(_hash(kind, table.header)), table.header, ())
        size = max(1, 2 * ready.size)
        plan = plan_records(table, kind, said, workspace.info.currency, now, lambda done: reading(done, size))
    refuse_if_strict(plan.rejected, options)

    def report(fact: Fact, told: Told) -> tuple[RecordsReport, Callable[[], None]]:
        assert isinstance(fact, RecordsImported)
        refused = _with_cells(fact.rejected, ready, kind, options)
        rejected = tuple(sorted([*plan.rejected, *refused], key=lambda one: one.line))
        counts = (fact.new, fact.changed, fact.unchanged)
        return RecordsReport(plan, *counts, rejected, fact.new_owners, fact.as_tasks, *told), lambda: keep(rejected)

    def keep(rejected: Sequence[Rejection]) -> None:
        keep_besides(workspace, options, target, _hash(kind, plan.header), plan.header, rejected)

    command = ImportRecords(
        kind, ready.label, plan.profile, plan.records, options.is_strict, target.mode, told_sign(plan.header)
    )
    return Prepared(command, bool(plan.records), lambda: require_decided(plan), report)


def _table(ready: Opened, kind: str, options: ImportOptions) -> AbstractContextManager[Table]:
    return read_table(ready, encoding=options.encoding, delimiter=options.delimiter, told=known_keys(kind))


def _with_cells(rejected: Sequence[Rejection], ready: Opened, kind: str, options: ImportOptions) -> list[Rejection]:
    """Rows that only writing showed to be unusable, with their cells: the file is read once more for them."""
    lines = {one.line for one in rejected}
    if not lines:
        return []
    with _table(ready, kind, options) as table:
        cells = {line: tuple(row) for chunk in table.chunks() for line, row in chunk if line in lines}
    return [one._replace(cells=cells.get(one.line, ())) for one in rejected]


def _hash(kind: str, header: tuple[str, ...]) -> str:
    """What decisions about such a file are remembered under: not those about deals with the same columns."""
    return header_hash((*header, f"as {kind}"))
