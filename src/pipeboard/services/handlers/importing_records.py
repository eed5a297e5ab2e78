"""Bringing companies, contacts, products, activities, tasks and targets in: each row known again by its id."""

from collections.abc import Callable, Sequence
from typing import Protocol

from pipeboard.domain.commands import ImportDeals, ImportFiles
from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.domain.events import Event, RecordsImported
from pipeboard.domain.imports.drafts import Rejection
from pipeboard.domain.imports.records import ImportRecords, Record
from pipeboard.services.handlers.importing import import_deals
from pipeboard.services.handlers.importing_products import Products
from pipeboard.services.handlers.importing_quotas import Targets
from pipeboard.services.handlers.importing_things import Things
from pipeboard.services.handlers.importing_work import Activities, Tasks
from pipeboard.services.handlers.meter import Meter
from pipeboard.services.handlers.record_writing import CHANGED, NEW, SAME, Origin, People
from pipeboard.storage.sql import chunks
from pipeboard.storage.transaction import Transaction

_AT_ONCE = 1_000


def import_files(command: ImportFiles, tx: Transaction) -> tuple[Event, ...]:
    """Write several files, one after the other: what a later one refers to is there by then."""
    names = ", ".join(one.file_name for one in command.files)
    facts: tuple[Event, ...] = ()
    told = tx.progress
    with tx.named("files.imported", f"Imported {len(command.files)} files: {names}"):
        for place, one in enumerate(command.files):

            def some(done: int, everything: int, place: int = place) -> None:
                told(place * everything + done, len(command.files) * everything)

            tx.progress = some
            facts += import_deals(one, tx) if isinstance(one, ImportDeals) else import_records(one, tx)
            tx.write_rows()
    tx.progress = told
    return facts


class Writer(Protocol):
    """Writes the rows of one kind."""

    def prepare(self, records: Sequence[Record]) -> None:
        """Look up in one go what the next rows need."""
        ...

    def write(self, record: Record) -> str:
        """Add or bring up to date what a row tells; NEW, CHANGED or SAME. PipeboardError when it cannot be used."""
        ...

    def finish(self) -> None:
        """Write what was only collected so far."""
        ...


def import_records(command: ImportRecords, tx: Transaction) -> tuple[Event, ...]:
    """Write every row that can be used; the others are in the answer with the reason."""
    counts = dict.fromkeys((NEW, CHANGED, SAME), 0)
    rejected: list[Rejection] = []
    label = f"Imported {len(command.records):,} {command.kind} from {command.file_name}"
    people = People(tx)
    meter = Meter(tx, len(command.records))
    with tx.named("records.imported", label):
        writer = _WRITERS[command.kind](Origin(command.source, command.mode, command.origin), tx, people)
        for piece in chunks(command.records, _AT_ONCE):
            writer.prepare(piece)
            for record in piece:
                try:
                    counts[writer.write(record)] += 1
                except PipeboardError as error:
                    rejected.append(Rejection(record.line, "", "", str(error).rstrip(".")))
            writer.finish()
            tx.write_rows()
            tx.write_events()
            meter.add(len(piece))
    if rejected and command.is_strict:
        raise InvalidInput(f"Nothing imported: line {rejected[0].line}: {rejected[0].why}.")
    as_tasks = writer.as_tasks if isinstance(writer, Activities) else 0
    return (
        RecordsImported(counts[NEW], counts[CHANGED], counts[SAME], tuple(rejected), tuple(people.added), as_tasks),
    )


_WRITERS: dict[str, Callable[[Origin, Transaction, People], Writer]] = {
    "companies": lambda origin, tx, _: Things("company", origin, tx),
    "contacts": lambda origin, tx, _: Things("contact", origin, tx),
    "products": lambda origin, tx, _: Products(origin, tx),
    "activities": Activities,
    "tasks": Tasks,
    "quotas": lambda _, tx, people: Targets(tx, people),
}
