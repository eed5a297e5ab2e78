"""How far the cells of a workbook reach: looked up before it is read, because the reader makes every cell between.

Two cells in opposite corners of a sheet, or one repeated a million times, are a few bytes in the file and hundreds
of gigabytes in memory, and a program that asks for those is ended by the system without a word.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final, NamedTuple

from pipeboard.domain.errors import InvalidInput

MOST_CELLS: Final = 16_000_000
"""The most cells of one sheet, empty ones between them included; a million rows of sixteen columns."""

_BLOCK: Final = 1024 * 1024
_HEAD: Final = 64 * 1024
# Both begin with letters that the search can leap to; a sheet is up to 256 MB of them.
_ROW: Final = re.compile(rb"row\b[^>]*?\br=[\"']([0-9]{1,7})[\"']")
_WIDE: Final = re.compile(rb"r=[\"'](?:[A-Z]{3}|[B-Z][A-Z])[0-9]")
_NARROW: Final = 52
_SHEETS: Final = "xl/worksheets/"
_WIDEST: Final = 16_384
_ELEMENT: Final = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")
_PLACE: Final = re.compile(rb"\br=[\"']([A-Z]*)([0-9]{1,7})[\"']")
_REPEATED_ROW: Final = re.compile(
    rb"<table:table-row\b[^>]*?number-rows-repeated=\"([0-9]{3,9})\"[^>]*>(.*?)</table:table-row>", re.DOTALL
)
_REPEATED_CELL: Final = re.compile(rb"<table:table-cell\b([^>]*?)number-columns-repeated=\"([0-9]{3,9})\"([^>]*)>")


class _Reach(NamedTuple):
    """The last row and column of a sheet that hold something."""

    rows: int
    columns: int

    @property
    def cells(self) -> int:
        return self.rows * self.columns


def check_bounds(archive: zipfile.ZipFile, title: str) -> None:
    """Refuse a workbook whose sheets reach too far, or that defines entities. Raises InvalidInput."""
    for part in archive.infolist():
        name = part.filename
        if name.endswith(".xml"):
            with archive.open(part) as file:
                _refuse_entities(file, title)
                # To its end, where a length that is not the true one shows; sheets are read to theirs below.
                while not name.startswith(_SHEETS) and file.read(_BLOCK):
                    pass
        if name.startswith(_SHEETS) and name.endswith(".xml"):
            with archive.open(part) as file:
                reach = _most_reach(file)
            if reach.cells > MOST_CELLS:
                with archive.open(part) as file:
                    _refuse_far(_exact_reach(file), title)
        elif name.startswith(_SHEETS) and name.endswith(".bin"):
            with archive.open(part) as file:
                _refuse_far(_binary_reach(file.read()), title)
        elif name == "content.xml":
            with archive.open(part) as file:
                _refuse_far(_repeated_reach(file), title)


def _refuse_entities(file: IO[bytes], title: str) -> None:
    """No spreadsheet program writes a document type; the entities in one multiply, and are read as nothing."""
    if b"<!DOCTYPE" in file.read(_HEAD):
        raise InvalidInput(
            f"{title} defines entities, as no spreadsheet program does; open it in one and save it anew."
        )


def _refuse_far(reach: _Reach, title: str) -> None:
    if reach.cells > MOST_CELLS:
        raise InvalidInput(
            f"{title} has a cell in row {reach.rows:,} and one in column {reach.columns:,}: with all between them that "
            f"is {reach.cells // 1_000_000:,} million cells; the most is {MOST_CELLS // 1_000_000}. "
            "Delete what stands far out, or save the sheet as CSV and import that."
        )


def _blocks(file: IO[bytes], ends: bytes) -> Iterator[bytes]:
    """The text of a part in pieces that end where an element does."""
    rest = b""
    while block := file.read(_BLOCK):
        rest += block
        at = rest.rfind(ends)
        if at >= 0:
            yield rest[: at + len(ends)]
            rest = rest[at + len(ends) :]
    yield rest


def _most_reach(file: IO[bytes]) -> _Reach:
    """The reach of a sheet in XML at the most: a quick look, which is enough for nearly every one."""
    rows, columns = 0, _NARROW
    for text in _blocks(file, b">"):
        rows = max(rows + text.count(b"<row>"), max(map(int, _ROW.findall(text)), default=0))
        columns = _WIDEST if columns == _WIDEST or _WIDE.search(text) else columns
    return _Reach(rows, columns)


def _exact_reach(file: IO[bytes]) -> _Reach:
    """The reach of a sheet in XML, cell by cell; those that only have a colour do not count."""
    rows = columns = row = column = 0
    for text in _blocks(file, b">"):
        for kind, attributes in _ELEMENT.findall(text):
            place = _PLACE.search(attributes)
            if kind == b"row":
                row, column = int(place[2]) if place else row + 1, 0
                continue
            column = _column(place[1]) if place else column + 1
            if not attributes.endswith(b"/"):
                rows, columns = max(rows, int(place[2]) if place else row), max(columns, column)
    return _Reach(rows, columns)


def _column(letters: bytes) -> int:
    """The number of a column named by letters, A being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _repeated_reach(file: IO[bytes]) -> _Reach:
    """The reach of repeated cells that hold something, in an OpenDocument sheet."""
    rows = columns = 1
    for text in _blocks(file, b"</table:table-row>"):
        for times, row in _REPEATED_ROW.findall(text):
            if b"office:value" in row or b"office:string-value" in row:
                rows = max(rows, int(times))
        for before, times, behind in _REPEATED_CELL.findall(text):
            if b"office:value" in before + behind:
                columns = max(columns, int(times))
    return _Reach(rows, columns)


def _binary_reach(data: bytes) -> _Reach:
    """The reach of a sheet in Excel's binary format: records of a type, a length and their content."""
    at = rows = columns = 0
    while at < len(data):
        kind, at = _varying(data, at, 2)
        size, at = _varying(data, at, 4)
        if kind == 0:
            rows = max(rows, int.from_bytes(data[at : at + 4], "little") + 1)
        elif 1 < kind <= 11:
            columns = max(columns, int.from_bytes(data[at : at + 4], "little") + 1)
        at += size
    return _Reach(rows, columns)


def _varying(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first; and where it ends."""
    number = 0
    for place in range(most):
        byte = data[at] if at < len(data) else 0
        number |= (byte & 0x7F) << (7 * place)
        at += 1
        if byte < 0x80:
            break
    return number, at
