"""Rejected rows as a file of their own: mended in any editor and imported again with the same options."""

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pipeboard.domain.errors import InvalidInput, Refused
from pipeboard.domain.imports.drafts import Rejection
from pipeboard.domain.imports.formulas import disarm
from pipeboard.domain.imports.profiles import OWN, detect

WHY_COLUMN: Final = "Pipeboard: why"
"""The last column of a file of rejected rows. Importing ignores it and knows the file by it."""


def write_rejects(path: Path, header: Sequence[str], rejected: Sequence[Rejection]) -> int:
    """Write the rejected rows under their header with the reasons, readable by the owner only; returns how many.

    Cells that spreadsheets would compute are made harmless; importing undoes that exactly. Raises Refused
    when something is at `path` already, InvalidInput when it cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileExistsError:
        raise Refused(f"{path} exists already; name another file for the rejected rows.") from None
    except OSError as error:
        raise _unwritable(path, error) from None
    names = [name for name in header if name != WHY_COLUMN]
    dropped = list(header).index(WHY_COLUMN) if WHY_COLUMN in header else None
    # Of a file of rejects the cells are as they stand there; those of our own exports were disarmed on reading.
    is_raw = dropped is None or detect(header).name == OWN
    # Whoever mends the rows may have a spreadsheet program that takes UTF-8 without a mark for cp1252.
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*(disarm(name) for name in names), WHY_COLUMN])
            for one in rejected:
                writer.writerow(_row(one, len(names), dropped, is_raw=is_raw))
    except OSError as error:
        path.unlink(missing_ok=True)  # half of the rows would look like all of them
        raise _unwritable(path, error) from None
    return len(rejected)


def _unwritable(path: Path, error: OSError) -> InvalidInput:
    return InvalidInput(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.")


def _row(one: Rejection, width: int, dropped: int | None, *, is_raw: bool) -> list[str]:
    """The cells of a rejected row under its header, the surplus ones behind the reason."""
    cells = [disarm(cell.replace("\0", "")) if is_raw else cell for at, cell in enumerate(one.cells) if at != dropped]
    padded = [*cells[:width], *[""] * (width - len(cells))]
    where = f"{one.column}: " if one.column else ""
    return [*padded, disarm(f"line {one.line}: {where}{one.why}"), *cells[width:]]
