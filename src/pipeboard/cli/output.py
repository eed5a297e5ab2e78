"""The only writer to stdout: results, as plain text or JSON."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeboard.cli.cells import cut, padded, width_of
from pipeboard.domain.text import harmless, harmless_json, printable

NARROW = 80
"""Cells of a line where there is no terminal to ask."""

_LEAST_COLUMN = 8


def prepare_streams() -> None:
    """Let neither a closed stream nor a character that the terminal's encoding lacks stop the program."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def is_terminal() -> bool:
    """Whether results go to a person's screen."""
    return sys.stdout is not None and sys.stdout.isatty()


_kept_width = 0


def keep_width() -> None:
    """Go on as if results went to the terminal: a pager is about to stand in front of it."""
    global _kept_width
    _kept_width = width()


def width() -> int:
    """How many cells a line may have: those of the terminal, COLUMNS, or 80."""
    if _kept_width:
        return _kept_width
    if not is_terminal():
        return NARROW
    import shutil

    return max(40, shutil.get_terminal_size((NARROW, 24)).columns)


def line(text: str = "") -> None:
    """One line of plain text. Whatever a terminal would act on is taken out."""
    sys.stdout.write(printable(text) + "\n")


def lines(text: str) -> None:
    """Text of several lines."""
    for one in text.split("\n"):
        line(one)


def document(value: Mapping[str, Any]) -> None:
    """A JSON document; indented for people, compact for programs."""
    import json

    text = json.dumps(value, ensure_ascii=not _is_utf8(), indent=2 if is_terminal() else None)
    sys.stdout.write(harmless_json(text) + "\n")


def csv_rows(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as CSV; cells that a spreadsheet would compute are made harmless."""
    import csv

    from pipeboard.domain.imports.formulas import disarm

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([disarm(harmless(cell)) if isinstance(cell, str) else cell for cell in row])


def raw(text: str) -> None:
    """Text of our own making that is written as it is: a shell script, a file."""
    sys.stdout.write(text)


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Iterable[int] = (),
    flexible: Iterable[int] = (0,),
    optional: int | None = None,
) -> None:
    """Aligned columns two cells apart.

    Where the lines do not fit, the `optional` column goes first, then the `flexible` ones give way. Empty
    columns are left out, and without rows there is no line at all.
    """
    if not rows:
        return
    ranged = set(right)
    cells = [[printable(cell) for cell in row] for row in [header, *rows]]
    used = [at for at, _ in enumerate(header) if any(row[at] for row in cells[1:])]
    widths = {at: max(width_of(row[at]) for row in cells) for at in used}
    if optional in widths and _surplus(widths) > 0:
        del widths[optional]
    _fit(widths, [at for at in flexible if at in widths])
    for row in cells:
        parts = [padded(cut(row[at], widths[at]), widths[at], is_right=at in ranged) for at in widths]
        sys.stdout.write(cut("  ".join(parts).rstrip(), width()) + "\n")


def _surplus(widths: dict[int, int]) -> int:
    """How many cells a line has too many."""
    return sum(widths.values()) + 2 * (len(widths) - 1) - width()


def _fit(widths: dict[int, int], flexible: Sequence[int]) -> None:
    """Take the cells that a line has too many from the widest of the flexible columns."""
    surplus = _surplus(widths)
    while surplus > 0 and flexible:
        widest = max(flexible, key=lambda at: widths[at])
        if widths[widest] <= _LEAST_COLUMN:
            return
        widths[widest] -= 1
        surplus -= 1


def _is_utf8() -> bool:
    return (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") == "utf8"
