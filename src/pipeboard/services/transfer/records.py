"""Files of companies, contacts, activities, tasks and targets: read, written in one action, and told."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import RecordsImported
from pipeboard.domain.imports.date_columns import NO_DATE, DateColumn, decide_dates, why_no_date
from pipeboard.domain.imports.drafts import Rejection, Skipped
from pipeboard.domain.imports.number_columns import NO_NUMBER, NumberColumn, decide_numbers, why_no_number
from pipeboard.domain.imports.profiles import GENERIC
from pipeboard.domain.imports.records import (
    NEEDED,
    Columns,
    ImportRecords,
    Record,
    columns_of,
    known_keys,
    recognised,
)
from pipeboard.domain.text import clean
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.transfer.reading import Table, read_table
from pipeboard.services.transfer.sources import Source
from pipeboard.services.workspace import Workspace

_LONG: Final = ("notes", "body")
_DATES: Final = ("at", "due_on")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z", re.ASCII)


class RecordsReport(NamedTuple):
    """What came of a file: `rows` is new + changed + unchanged + rejected."""

    kind: str
    source: str
    encoding: str
    delimiter: str
    columns: dict[str, str]
    dates: dict[str, str]
    numbers: dict[str, str]
    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: tuple[Rejection, ...]
    skipped: tuple[Skipped, ...]
    header: tuple[str, ...]
    action_id: int | None


def kind_of_file(beginning: bytes) -> str:
    """What a text file holds, judged by its first line; "" for deals and whatever is not clear."""
    text = beginning.decode("utf-8-sig", errors="ignore").lstrip()
    if text[:1] in ("[", "{"):
        try:
            header, _ = json.JSONDecoder().raw_decode(text.lstrip("[\r\n \t"))
        except (ValueError, RecursionError):
            return ""
        found = recognised(list(header)) if isinstance(header, dict) else None
        return found[0] if found else ""
    line = text.partition("\n")[0].rstrip("\r")
    for mark in ",;\t|":
        if mark in line and (found := recognised(next(csv.reader([line], delimiter=mark), []))):
            return found[0]
    return ""


def import_records(
    workspace: Workspace,
    source: Source,
    kind: str,
    options: ImportOptions,
    *,
    name: str = "",
    is_dry_run: bool = False,
) -> RecordsReport:
    """Bring a file in, all in one action; a dry run does the same and takes it back."""
    with read_table(
        source,
        encoding=options.encoding,
        delimiter=options.delimiter,
        told=known_keys(kind),
        name=name,
        sheet=options.sheet,
    ) as table:
        columns = columns_of(kind, table.header)
        if not columns.fields.keys() & set(NEEDED[kind]):
            raise InvalidInput(
                f"{table.source.name} has no columns of {kind} that are known: {', '.join(table.columns[:12])}."
            )
        zone = options.zone or workspace.zone
        found = recognised(table.header)
        tool = options.profile or (found[1] if found and found[0] == kind else GENERIC)
        values = _values(table, columns)
        dates = {
            field: decide_dates(map(_plain, values[field]), options.date_order, zone)
            for field in values
            if field in _DATES
        }
        if (doubt := next((one.doubt for one in dates.values() if one.doubt), "")) and not is_dry_run:
            raise InvalidInput(f"{doubt}; say --dates dmy or --dates mdy.")
        numbers = decide_numbers(sorted(values.get("amount", ())), workspace.info.currency)
        records, rejected = _read(table, columns, dates, numbers, zone)
        skipped = tuple(table.skipped)
        shape, header, rejected = table.shape, table.header, [*rejected, *table.rejected]
        names = {table.columns[at]: field for field, at in columns.fields.items()}
        told = {table.columns[columns.fields[field]]: one.rule for field, one in dates.items()}
    if options.is_strict and rejected:
        raise InvalidInput(f"Nothing imported: line {rejected[0].line}: {rejected[0].why}.")
    file_name = name or (source.name if isinstance(source, Path) else "stdin")
    command = ImportRecords(kind, file_name, tool, tuple(records), options.is_strict)
    outcome = workspace.rehearse(command) if is_dry_run else workspace.execute(command)
    fact = next(one for one in outcome.events if isinstance(one, RecordsImported))
    refused = tuple(sorted([*rejected, *fact.rejected], key=lambda one: one.line))
    rules = {name: numbers.rule for name, field in names.items() if field == "amount"}
    return RecordsReport(
        kind,
        tool,
        shape.encoding.name,
        shape.delimiter,
        names,
        told,
        rules,
        len(records) + len(rejected),
        fact.new,
        fact.changed,
        fact.unchanged,
        refused,
        skipped,
        header,
        None if is_dry_run else outcome.action_id,
    )


def _values(table: Table, columns: Columns) -> dict[str, set[str]]:
    """The different texts of the columns that are decided as a whole."""
    wanted = {field: at for field, at in columns.fields.items() if field in (*_DATES, "amount")}
    found: dict[str, set[str]] = {field: set() for field in wanted}
    for chunk in table.chunks():
        for _, row in chunk:
            for field, at in wanted.items():
                found[field].add(row[at])
    return found


def _plain(text: str) -> str:
    """An instant of taskwarrior as everybody else writes it."""
    return _COMPACT.sub(r"\1-\2-\3T\4:\5:\6Z", text.strip())


def _read(
    table: Table, columns: Columns, dates: dict[str, DateColumn], numbers: NumberColumn, zone: tzinfo
) -> tuple[list[Record], list[Rejection]]:
    """The rows in our terms, and those with a cell that cannot be used."""
    records: list[Record] = []
    rejected: list[Rejection] = []
    for line, row in _rows(table):
        values: dict[str, str | date | datetime | Decimal | None] = {"period": columns.period}
        for field, at in columns.fields.items():
            text, why = row[at], ""
            if field in _DATES:
                if text.strip() not in NO_DATE:
                    day = dates[field].days.get(_plain(text))
                    why = "" if day else why_no_date(text, dates[field].rule)
                    values[field] = _instant(_plain(text), day, zone) if day and field == "at" else day
            elif field == "amount":
                if text.strip() not in NO_NUMBER:
                    number = numbers.numbers.get(text)
                    why = "" if number else why_no_number(text, numbers.rule)
                    values[field] = number.amount if number else None
            else:
                values[field] = clean(text, is_multiline=field in _LONG)
            if why:
                rejected.append(Rejection(line, table.columns[at], text[:80], why, tuple(row)))
                break
        else:
            key = values.pop("external_id", "")
            records.append(Record(line, str(key or ""), values, tuple(row)))
    return records, rejected


def _rows(table: Table) -> Iterator[tuple[int, Sequence[str]]]:
    for chunk in table.chunks():
        yield from chunk


def _instant(text: str, day: date, zone: tzinfo) -> datetime:
    """When something was: the time that the cell has, else the beginning of the day."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = datetime.combine(day, time())
    return (at.replace(tzinfo=zone) if at.tzinfo is None else at).astimezone(UTC)
