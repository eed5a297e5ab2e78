"""Spreadsheets as rows of texts: .xlsx, .xlsm, .xlsb, .xls and .ods, with numbers and days as their cells hold them."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, Final

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.profiles import known_headers
from pipeboard.services.transfer.sheet_bounds import check_bounds

LARGEST_UNPACKED: Final = 256 * 1024 * 1024
"""The most bytes that the parts of a workbook may unpack to; the sheet is held in memory once."""

_LONGEST_RATIO: Final = 200
_SMALL: Final = 16 * 1024 * 1024
_HEADER_ROWS: Final = 40
_MOST_BLANK: Final = 1_000
_BLOCK: Final = 1024 * 1024
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_LOCKED: Final = "{} is locked with a password; save it without one and import that."


def is_workbook(start: bytes) -> bool:
    """Whether a file begins as a workbook does: a zip archive, or the old format."""
    return start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets of a workbook; none of any other file, and of what cannot be read."""
    import python_calamine as calamine

    try:
        with path.open("rb") as file:
            if not is_workbook(file.read(8)):
                return []
            _guard(file, path.name)
            file.seek(0)
            with calamine.CalamineWorkbook.from_filelike(file) as book:
                return list(book.sheet_names)
    except (calamine.CalamineError, InvalidInput, OSError, ValueError):
        return []


def sheet_rows(file: IO[bytes], title: str, wanted: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """The rows of one sheet with their numbers, every one as wide as the sheet.

    The sheet is the one that is named, else the one that looks like deals; of those, one that is shown.

    Raises InvalidInput with a sentence for what is no workbook, is locked, or unpacks without end.
    """
    import python_calamine as calamine

    _guard(file, title)
    file.seek(0)
    try:
        with calamine.CalamineWorkbook.from_filelike(file) as book:
            name = _chosen(book, title, wanted)
            yield from _filled(book.get_sheet_by_name(name).iter_rows())
    except calamine.PasswordError:
        raise InvalidInput(_LOCKED.format(title)) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput(
            f"{title} is no workbook that can be read: {_short(error)}. Open it in a spreadsheet program and save it "
            "anew, or save the sheet as CSV."
        ) from None


def _filled(rows: Iterable[list[Any]]) -> Iterator[tuple[int, list[str]]]:
    """The rows from the very first one on, so that the numbers are those a person sees; endless blank ones end."""
    blank = 0
    for number, row in enumerate(rows, 1):
        blank = 0 if any(row) or any(cell != "" for cell in row) else blank + 1
        if blank <= _MOST_BLANK:
            yield number, [*map(text_of, row)]


def _guard(file: IO[bytes], title: str) -> None:
    """Refuse a zip archive that is no workbook, or that unpacks to far more than a table of deals needs."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        _refuse_locked(file, title)
        return
    size = file.seek(0, 2)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise InvalidInput(f"{title} is a damaged zip archive: its end may be missing.") from None
    names = {part.filename for part in parts}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise InvalidInput(f"{title} is a zip archive, not a workbook; unpack it and import the file in it.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or (unpacked > _SMALL and unpacked > size * _LONGEST_RATIO):
        raise InvalidInput(
            f"{title} unpacks to {unpacked // 2**20:,} MB; the most is {LARGEST_UNPACKED // 2**20}. "
            "Save the sheet as CSV and import that."
        )
    try:
        with zipfile.ZipFile(file) as archive:
            check_bounds(archive, title)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError):
        raise InvalidInput(f"{title} is a damaged workbook; open it in its program and save it anew.") from None


def _refuse_locked(file: IO[bytes], title: str) -> None:
    """Refuse a workbook with a password: a container that has its encrypted text as a part of this name."""
    rest = b""
    while block := file.read(_BLOCK):
        if _ENCRYPTED in rest + block:
            raise InvalidInput(_LOCKED.format(title))
        rest = block[-len(_ENCRYPTED) :]


def _chosen(book: Any, title: str, wanted: str | None) -> str:
    """The name of the sheet that is meant."""
    names: list[str] = list(book.sheet_names)
    if wanted is not None:
        found = [name for name in names if name.casefold() == wanted.strip().casefold()]
        if not found:
            raise InvalidInput(f"{title} has no sheet {wanted[:40]!r}. It has: {', '.join(names[:12])}.")
        return found[0]
    if len(names) == 1:
        return names[0]
    is_shown = {one.name: str(one.visible).endswith(".Visible") for one in book.sheets_metadata}
    best, most = "", -1
    for name in sorted(names, key=lambda name: not is_shown.get(name, True)):
        if most > 1 and not is_shown.get(name, True):
            break
        known = -1
        for number, row in enumerate(book.get_sheet_by_name(name).iter_rows()):
            if number == _HEADER_ROWS:
                break
            cells = [text_of(cell) for cell in row]
            if any(cell.strip() for cell in cells):
                known = max(known, known_headers(cells))
        if known > most:
            best, most = name, known
    if not best:
        raise InvalidInput(f"{title} has no sheet with anything in it.")
    return best


def text_of(value: Any) -> str:
    """A cell as text that means one thing: days as ISO dates, numbers with a decimal point that cannot be doubted."""
    kind = value.__class__
    if kind is str:
        return str(value)
    if kind is float:
        return _number(value)
    if kind is bool:
        return "yes" if value else "no"
    if kind is datetime:
        return str(value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds"))
    if kind is date:
        return str(value.isoformat())
    if kind is timedelta or kind is time:
        return str(value)
    return "" if value is None else str(value)


def _number(value: float) -> str:
    """What a spreadsheet knows of a number: 15 digits; never three behind the point, which look like thousands."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    whole, _, behind = text.partition(".")
    return f"{whole}.{behind}0" if len(behind) == 3 and "e" not in behind else text


def _short(error: BaseException) -> str:
    return str(error).splitlines()[0][:120].rstrip(".") if str(error) else "it is damaged"
