"""From a file of companies, contacts, products, activities, tasks or targets to rows in our terms.

Nothing here touches the database. Two walks through the file: the first gathers what the columns hold that are
decided as a whole, the second makes the rows.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.domain.imports.date_columns import NO_DATE, DateColumn, decide_dates, why_no_date
from pipeboard.domain.imports.details import exact_numbers
from pipeboard.domain.imports.drafts import Rejection, Skipped
from pipeboard.domain.imports.formulas import disarm_undone
from pipeboard.domain.imports.headers import header_currency, header_key
from pipeboard.domain.imports.instants import instant_of, local_time, plain_instant, time_of
from pipeboard.domain.imports.number_columns import NO_NUMBER, NumberColumn, decide_numbers, why_no_number
from pipeboard.domain.imports.origin import told_sign
from pipeboard.domain.imports.profiles import GENERIC
from pipeboard.domain.imports.record_kinds import AMOUNTS, DAYS, INSTANTS, LONG, NEEDED, NOTED
from pipeboard.domain.imports.records import Columns, Record, Value, columns_of, recognised
from pipeboard.domain.recurrence import rule_text
from pipeboard.domain.recurrence_words import parse_rule
from pipeboard.domain.text import clean
from pipeboard.services.transfer.plans import ImportOptions, UnclearColumns
from pipeboard.services.transfer.reading import Table
from pipeboard.services.transfer.rejects import WHY_COLUMN

_TIMED = (*DAYS, *INSTANTS)


class RecordsPlan(NamedTuple):
    """What a file holds in our terms and how it was understood; `rows` is records + rejected.

    `columns` is header -> field, `kept` the headers whose texts go into the notes of what is new, `unused` those that
    nothing is made of. While `doubts` is not empty the days are provisional: see `require_decided`.
    """

    kind: str
    profile: str
    encoding: str
    delimiter: str
    columns: dict[str, str]
    kept: tuple[str, ...]
    unused: tuple[str, ...]
    dates: dict[str, str]
    numbers: dict[str, str]
    records: tuple[Record, ...]
    rejected: tuple[Rejection, ...]
    skipped: tuple[Skipped, ...]
    doubts: tuple[str, ...]
    header: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return len(self.records) + len(self.rejected)


class _Decided(NamedTuple):
    """How the columns are written."""

    dates: dict[str, DateColumn]
    numbers: dict[str, NumberColumn]
    currencies: dict[str, str | None]


def plan_records(
    table: Table,
    kind: str,
    options: ImportOptions,
    currency: str,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> RecordsPlan:
    """The rows of a table of one kind, seen from the local time `now`; `progress` is told the bytes read.

    Raises InvalidInput for columns that make no such thing, and for options that do not fit.
    """
    zone = now.tzinfo or UTC
    columns = columns_of(kind, table.header, options.mapping)
    if not columns.fields.keys() & set(NEEDED[kind]):
        needed = " or ".join(field.replace("_", " ") for field in NEEDED[kind])
        raise UnclearColumns(
            f"{table.source.name} has no columns of {kind} that are known (a {needed} at least): "
            f"{', '.join(table.columns[:12])}.",
            tuple(table.columns),
        )
    table.needed = 1
    values, filled = _survey(table, columns, progress)
    decided = _Decided(
        {field: decide_dates(values[field], options.date_order, zone) for field in _TIMED if field in values},
        {field: _numbers(table, sorted(values[field]), currency) for field in AMOUNTS if field in values},
        {f: header_currency(table.header[columns.fields[f]], currency) for f in AMOUNTS if f in columns.fields},
    )
    reader = _Reader(table, columns._replace(rest=filled), decided, now, has_notes=kind in NOTED)
    records, rejected = reader.read(progress)
    found = recognised(table.header)
    names = {table.columns[at]: field for field, at in columns.fields.items()}
    kept = tuple(table.columns[at] for at in filled)
    return RecordsPlan(
        kind,
        options.profile or (found[1] if found and found[0] == kind else GENERIC),
        table.shape.encoding.name,
        table.shape.delimiter,
        names,
        kept if kind in NOTED else (),
        () if kind in NOTED else kept,
        {table.columns[columns.fields[field]]: one.rule for field, one in decided.dates.items()},
        {table.columns[columns.fields[field]]: one.rule for field, one in decided.numbers.items()},
        tuple(records),
        tuple(sorted([*rejected, *table.rejected], key=lambda one: one.line)),
        tuple(table.skipped),
        _doubts(table, columns, decided),
        table.header,
    )


def _numbers(table: Table, texts: Sequence[str], currency: str) -> NumberColumn:
    """How a column writes its amounts; in our own export a point is the decimal mark."""
    return (exact_numbers(texts) if table.is_own else None) or decide_numbers(texts, currency)


def _survey(
    table: Table, columns: Columns, progress: Callable[[int], None]
) -> tuple[dict[str, set[str]], tuple[int, ...]]:
    """The different texts of the columns that are decided as a whole, and which of the unknown columns say anything."""
    wanted = {field: at for field, at in columns.fields.items() if field in (*_TIMED, *AMOUNTS)}
    found: dict[str, set[str]] = {field: set() for field in wanted}
    empty = set(columns.rest)
    for chunk in table.chunks():
        for _, row in chunk:
            for field, at in wanted.items():
                found[field].add(plain_instant(row[at]) if field in _TIMED else row[at])
            if empty:
                empty -= {at for at in empty if row[at].strip()}
        progress(table.position())
    return found, tuple(at for at in columns.rest if at not in empty)


class _BadCell(Exception):
    """A cell that cannot be used: its field and the reason."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field, self.why = field, why


class _Reader:
    """Turns rows into records."""

    def __init__(self, table: Table, columns: Columns, decided: _Decided, now: datetime, *, has_notes: bool) -> None:
        self._table, self._columns, self._decided, self._now = table, columns, decided, now
        self._zone = now.tzinfo or UTC
        self._rest = columns.rest if has_notes else ()
        is_of_rejects = any(header_key(header) == header_key(WHY_COLUMN) for header in table.header)
        is_harmless = is_of_rejects or bool(told_sign(table.header))
        self._is_armed = table.source.kind == "text" and is_harmless and not table.is_own  # those it has undone

    def read(self, progress: Callable[[int], None]) -> tuple[list[Record], list[Rejection]]:
        """Every row as a record, or as a rejection of its first bad cell."""
        records: list[Record] = []
        rejected: list[Rejection] = []
        for chunk in self._table.chunks():
            for line, row in chunk:
                try:
                    records.append(self._record(line, row))
                except _BadCell as bad:
                    at = self._columns.fields[bad.field]
                    rejected.append(Rejection(line, self._table.columns[at], row[at][:80], bad.why, tuple(row)))
            progress(self._table.source.size + self._table.position())
        return records, rejected

    def _record(self, line: int, row: Sequence[str]) -> Record:
        values: dict[str, Value] = {"period": self._columns.period} if self._columns.period else {}
        for field, at in self._columns.fields.items():
            text = disarm_undone(row[at]) if self._is_armed else row[at]
            if field in self._decided.dates:
                self._day(field, plain_instant(text), values)
            elif field in self._decided.numbers:
                self._amount(field, text, values)
            elif field == "due_time":
                self._time(field, text, values)
            elif field == "every":
                self._rule(field, text, values)
            elif told := clean(text, is_multiline=field in LONG):
                values[field] = told
        key = values.pop("external_id", "")
        return Record(line, str(key), values, self._notes(row))

    def _day(self, field: str, text: str, values: dict[str, Value]) -> None:
        column = self._decided.dates[field]
        if text.strip() in NO_DATE:
            return
        day = column.days.get(text)
        if day is None:
            raise _BadCell(field, why_no_date(text, column.rule))
        if field in INSTANTS:
            values[field] = instant_of(text, day, self._zone)
            return
        values[field] = day
        if field == "due_on" and (at := local_time(text, day, self._zone)) is not None:
            values.setdefault("due_time", at)

    def _time(self, field: str, text: str, values: dict[str, Value]) -> None:
        if text.strip() in NO_DATE:
            return
        at = time_of(text)
        if at is None:
            raise _BadCell(field, "not a time of day")
        values[field] = at.replace(tzinfo=None, second=0)

    def _rule(self, field: str, text: str, values: dict[str, Value]) -> None:
        if text.strip() in NO_DATE:
            return
        try:
            values[field] = rule_text(parse_rule(clean(text), self._now))
        except PipeboardError:
            raise _BadCell(field, "no rule that a task can come again by") from None

    def _amount(self, field: str, text: str, values: dict[str, Value]) -> None:
        column = self._decided.numbers[field]
        if text.strip() in NO_NUMBER:
            return
        number = column.numbers.get(text)
        if number is None:
            raise _BadCell(field, why_no_number(text, column.rule))
        values[field] = number.amount
        if currency := number.currency or self._decided.currencies[field]:
            values.setdefault("currency", currency)

    def _notes(self, row: Sequence[str]) -> str:
        """What the columns say that have no field, a line each."""
        names = self._table.columns
        told = [(names[at], clean(row[at], is_multiline=True)) for at in self._rest]
        return "\n".join(f"{name}: {text}" for name, text in told if text)


def _doubts(table: Table, columns: Columns, decided: _Decided) -> tuple[str, ...]:
    """One sentence for every column of dates that could be read in two ways."""
    return tuple(
        f"Column {table.columns[columns.fields[field]]!r}: {column.doubt}; say --dates dmy or --dates mdy."
        for field, column in decided.dates.items()
        if column.doubt
    )


def require_decided(plan: RecordsPlan) -> None:
    """Raise InvalidInput with every open doubt; call it before anything is stored."""
    if plan.doubts:
        raise InvalidInput(" ".join(plan.doubts))
