"""Reading a table from a file: header found, rows streamed with their true line numbers, in bounded memory.

A `Table` can be walked through more than once; every walk reads the file again and keeps one chunk of rows.
Lines that are no rows (blank, repeated headers, totals, footers) and rows that do not fit the header are
listed in `skipped` and `rejected` of the latest walk.
"""

import csv
import io
import json
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.drafts import Rejection, Skipped
from pipeboard.domain.imports.formulas import disarm_undone
from pipeboard.domain.imports.headers import header_key
from pipeboard.domain.imports.mapping import column_names
from pipeboard.domain.imports.own_columns import own_kind
from pipeboard.domain.imports.profiles import OWN, detect, known_headers
from pipeboard.services.transfer.sniffing import Encoding, decide_delimiter, decide_encoding
from pipeboard.services.transfer.sources import Opened, Source, opened, spread
from pipeboard.services.transfer.web_tables import LARGEST_PAGE, is_web_page, web_rows

if TYPE_CHECKING:
    from typing_extensions import Buffer

CHUNK: Final = 2_000
"""Rows in one chunk."""

MOST_COLUMNS: Final = 2_000
"""The widest table that is read."""

LONGEST_LINE: Final = 2_000_000
"""The most characters of one line of a file."""

_PREAMBLE: Final = 40
_BUFFER: Final = 65_536
_LONGEST_SAMPLE: Final = 256 * 1024
_TOTAL_WORDS: Final = """
total|totals|sum|subtotal|grand total|grand totals|итого|всего|сумма|suma|razem|łącznie
gesamt|summe|gesamtsumme|endsumme
"""
_TOTALS: Final = frozenset(header_key(word) for word in re.split(r"[|\n]", _TOTAL_WORDS) if word)
_SUSPECT: Final = frozenset(
    spelt + end for word in _TOTALS for spelt in (word, word.capitalize(), word.upper()) for end in ("", ":")
) | {"", "\xa0"}
_FOOTER: Final = re.compile(
    r"(copyright\b|©|confidential information|generated (by|on|at)\b|report (generated|run)|exported (by|on)\b"
    r"|filtered by|as of \d|end of report|\d[\d ,]* (rows|records|deals)\b)",
    re.IGNORECASE,
)
_UNIT: Final = r"(?:[^\W\d_]{1,4}\W*){0,2}"
_NUMBER_LIKE: Final = re.compile(rf"\W*{_UNIT}\d[\d.,' \u00a0\u202f]*{_UNIT}\W*")

Row = tuple[int, list[str]]
"""The line where a row begins (1 is the first) and its cells, exactly as many as the header has."""


class Shape(NamedTuple):
    """How a file is written: `header_line` is the line of the header, `data_line` the one after it."""

    encoding: Encoding
    delimiter: str
    header: tuple[str, ...]
    header_line: int


class Table:
    """The rows of one opened source under its header.

    `is_own` tells that we wrote the file: its cells are what they were before they were made harmless. With
    `only` (column, text) the walks leave out all rows but those with this text there.
    """

    def __init__(self, source: Opened, shape: Shape) -> None:
        self.source = source
        self.shape = shape
        self.columns: list[str] = column_names(shape.header)
        self.skipped: list[Skipped] = []
        self.rejected: list[Rejection] = []
        self.short_rows: list[int] = []
        self.needed = 1
        self.is_own = is_own_header(shape.header)
        self.only: tuple[int, str] | None = None

    @property
    def header(self) -> tuple[str, ...]:
        """The header cells as they stand in the file."""
        return self.shape.header

    def position(self) -> int:
        """How many bytes of the source the present walk has read."""
        return min(self.source.file.tell(), self.source.size)

    def chunks(self) -> Iterator[list[Row]]:
        """Walk through all rows. Raises InvalidInput naming the line for a broken quote or a giant cell."""
        self.skipped, self.rejected, self.short_rows = [], [], []
        chunk: list[Row] = []
        width = len(self.header)
        last = width - 1
        unusual = _SUSPECT | {self.header[0]}
        has_nul = self.shape.encoding.has_nul
        is_armed = self.is_own and self.source.kind == "text"
        for line, row in self._records():
            if line <= self.shape.header_line:
                if line < self.shape.header_line:
                    self.skipped.append(Skipped(line, "before the header"))
                continue
            # Most rows leave here: of the right width, filled in front, neither a header again nor a total.
            first = row[0] if len(row) == width else ""
            if has_nul or first in unusual:
                fitted = self._fitted(line, row)
                if fitted is None:
                    continue
                row = fitted
            elif not row[last] and _FOOTER.match(first) and not any(row[1:]):
                self.skipped.append(Skipped(line, "a footer"))
                continue
            if is_armed:
                row = [disarm_undone(cell) for cell in row]
            if self.only is not None and row[self.only[0]] != self.only[1]:
                continue
            chunk.append((line, row))
            if len(chunk) == CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def _records(self) -> Iterator[Row]:
        """Every record of the file with the line it begins in."""
        yield from _records(self.source, self.shape.encoding.name, self.shape.delimiter, is_exact=self.is_own)

    def _fitted(self, line: int, row: list[str]) -> list[str] | None:
        """A row of unusual form with as many cells as the header, or None when it is listed elsewhere."""
        width = len(self.header)
        filled = [cell for cell in row if cell.strip()]
        if not filled:
            self.skipped.append(Skipped(line, "blank"))
        elif why := self._no_row(row, filled):
            self.skipped.append(Skipped(line, why))
        elif any("\0" in cell for cell in row):
            at = next(at for at, cell in enumerate(row) if "\0" in cell)
            name = self.columns[at] if at < width else ""
            shown = row[at].replace("\0", "␀")[:80]
            self._reject(line, row, name, shown, "the cell holds a NUL character")
        elif len(row) > width and any(cell.strip() for cell in row[width:]):
            why = f"the row has {len(row)} cells, the header has {width}"
            self._reject(line, row, "", row[width][:80], why)
        elif len(row) < self.needed:
            why = f"the row ends after {len(row)} cell{'s' * (len(row) > 1)}, the header has {width}"
            self._reject(line, row, self.columns[len(row)], "", why)
        else:
            if len(row) < width:
                self.short_rows.append(line)
            return [*row[:width], *[""] * (width - len(row))]
        return None

    def _reject(self, line: int, row: list[str], column: str, value: str, why: str) -> None:
        """List a row as rejected."""
        self.rejected.append(Rejection(line, column, value, why, tuple(row)))

    def _no_row(self, row: list[str], filled: list[str]) -> str:
        """Why a filled line is no row of the table, or nothing."""
        if [header_key(cell) for cell in row[: len(self.header)]] == [header_key(h) for h in self.header]:
            return "the header again"
        if header_key(filled[0]) in _TOTALS and all(_NUMBER_LIKE.fullmatch(cell) for cell in filled[1:]):
            return "a total"
        if len(filled) == 1 and len(self.header) > 2 and (len(row) == 1 or _FOOTER.match(filled[0].strip())):
            return "a footer" if _FOOTER.match(filled[0].strip()) else "a line of its own, not a row"
        return ""


@contextmanager
def read_table(
    source: Source,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    told: Collection[str] = (),
    name: str = "",
    sheet: str | None = None,
) -> Iterator[Table]:
    """Open a source as a table for the time of a `with`.

    `encoding` and `delimiter` override what would be found out; `told` are header keys that the person's
    mapping names. Raises InvalidInput with a sentence for what is no table.
    """
    with opened(source, name, sheet) as ready:
        ready = as_page(ready, encoding)
        if ready.kind == "text":
            found = decide_encoding(ready, encoding)
            lines = _first_lines(ready, found.name)
            is_own = is_own_header(lines[0].split(",")) if lines else False
            mark = delimiter or ("," if is_own else decide_delimiter([line for line in lines if line.strip()], told))
        else:
            # The cells are told apart already; a NUL in one of them is found where the rows are fitted.
            found, mark = Encoding(ready.encoding, has_nul=True), ready.kind
        header_line, header = _find_header(ready, found.name, mark, told)
        if len(header) > MOST_COLUMNS:
            raise InvalidInput(f"{ready.name} has {len(header):,} columns; the most is {MOST_COLUMNS:,}.")
        if is_own_header(header) and ready.kind == "text":
            header = tuple(map(disarm_undone, header))
        yield Table(ready, Shape(found, mark, header, header_line))


def as_page(ready: Opened, encoding: str | None = None) -> Opened:
    """A web page as a file of the rows of its table, in place of the page; any other file as it is."""
    if ready.kind != "text":
        return ready
    ready.file.seek(0)
    if not is_web_page(ready.file.read(256)):
        return ready
    if ready.size > LARGEST_PAGE:
        raise InvalidInput(f"{ready.name} is a web page of more than {LARGEST_PAGE // 2**20} MB; save it as CSV.")
    found = decide_encoding(ready, encoding)
    ready.file.seek(0)
    text = ready.file.read(ready.size).decode(found.name)
    rows = web_rows(text, ready.name)
    return spread(ready, "web page", rows)._replace(encoding=found.name)


def is_own_header(header: Sequence[str]) -> bool:
    """Whether the file is an export of our own."""
    return detect(header).name == OWN or own_kind(header) is not None


def _lines(source: Opened, encoding: str) -> Iterator[str]:
    """The physical lines of a source, ends kept, from its beginning."""
    source.file.seek(0)
    # Closing this wrapper closes _Bounded only; the file itself stays open for the next walk.
    with io.TextIOWrapper(io.BufferedReader(_Bounded(source), _BUFFER), encoding=encoding, newline="") as text:
        for number, line in enumerate(iter(lambda: text.readline(LONGEST_LINE), ""), 1):
            if len(line) >= LONGEST_LINE:
                raise InvalidInput(
                    f"{source.name}, line {number}: the line goes on for more than {LONGEST_LINE // 1_000_000} million "
                    "characters, which no row of a table does."
                )
            yield line


class _Bounded(io.RawIOBase):
    """The file of a source within the size it had when opened: what grows behind it is not read."""

    def __init__(self, source: Opened) -> None:
        self._file, self._left = source.file, source.size

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: "Buffer") -> int:
        """Fill the buffer with the next bytes; how many there were."""
        view = memoryview(buffer)
        block = self._file.read(min(self._left, len(view)))
        view[: len(block)] = block
        self._left -= len(block)
        return len(block)


def _first_lines(source: Opened, encoding: str) -> list[str]:
    """The first lines of a source, for a look at them."""
    lines: list[str] = []
    size = 0
    for line in _lines(source, encoding):
        lines.append(line)
        size += len(line)
        if size > _LONGEST_SAMPLE or len(lines) >= 200:
            break
    return lines


def _records(source: Opened, encoding: str, delimiter: str, *, is_exact: bool = False) -> Iterator[Row]:
    """Records with the line each begins in."""
    if source.kind != "text":
        yield from _spread_records(source)
        return
    reader = csv.reader(_lines(source, encoding), delimiter=delimiter, skipinitialspace=not is_exact, strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise InvalidInput(_broken(str(error), begins, source.name)) from None


def _spread_records(source: Opened) -> Iterator[Row]:
    """The rows of a workbook or of JSON, as `sources` has written them."""
    source.file.seek(0)
    for line in source.file:
        number, cells = json.loads(line)
        yield number, cells


def _broken(error: str, line: int, name: str) -> str:
    """What the csv module complains of, as a sentence."""
    if "unexpected end" in error:
        return f"{name}, line {line}: a quotation mark is opened here and never closed."
    if "field larger" in error:
        return (
            f"{name}, line {line}: a cell that begins in this row is longer than {csv.field_size_limit():,} "
            "characters (a quotation mark that is never closed?)."
        )
    if "expected after" in error:
        return (
            f"{name}, line {line}: text follows a closing quotation mark in this row; double the marks inside a cell."
        )
    return f"{name}, line {line}: {error}."


def _find_header(source: Opened, encoding: str, delimiter: str, told: Collection[str]) -> tuple[int, tuple[str, ...]]:
    """The line and cells of the header: the row of most known headers near the top, else the first full row."""
    rows: list[Row] = []
    for line, row in _records(source, encoding, delimiter):
        if line == 1 and len(row) <= 2 and row and row[0].lower().startswith("sep="):
            continue
        if any(cell.strip() for cell in row):
            rows.append((line, row))
        if len(rows) == _PREAMBLE or line > _PREAMBLE * 5:
            break
    if not rows:
        raise InvalidInput(f"{source.name} holds nothing but blank lines.")
    line, best = max(rows, key=lambda row: (known_headers(row[1], told), -row[0]))
    if not known_headers(best, told):
        widest = max(len(row) for _, row in rows)
        line, best = next((line, row) for line, row in rows if len(row) == widest)
    return line, tuple(best)
