"""What a file is, before it is read in our terms: everything of a workspace, a calendar, deals, or other rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from pipeboard.domain.imports.profiles import GENERIC
from pipeboard.domain.imports.record_kinds import KINDS, known_keys
from pipeboard.domain.imports.records import recognised
from pipeboard.services.transfer.calendar_reading import is_calendar
from pipeboard.services.transfer.reading import as_page, read_table
from pipeboard.services.transfer.sources import Opened, as_rows, unpacked
from pipeboard.services.transfer.whole import is_whole

EVERYTHING: Final = "everything"
"""An export of everything, which makes a database of its own."""

CALENDAR: Final = "calendar"
"""To-dos of a calendar file."""

DEALS: Final = "deals"
"""Rows of deals."""

HOLDS: Final = (DEALS, *KINDS)
"""What the rows of a file may be said to be."""


class Incoming(NamedTuple):
    """An opened file, what it holds, and the tool that its columns tell of."""

    ready: Opened
    holds: str
    tool: str = GENERIC


@contextmanager
def incoming(
    source: Path | bytes | BinaryIO,
    *,
    name: str = "",
    sheet: str | None = None,
    holds: str = "",
    encoding: str | None = None,
) -> Iterator[Incoming]:
    """Open a source for the time of a `with` and tell what it holds; `holds` says it where the person knows better.

    Raises InvalidInput with a sentence for what cannot be read.
    """
    with unpacked(source, name) as ready:
        start = ready.file.read(256)
        ready.file.seek(0)
        if is_whole(start):
            yield Incoming(ready, EVERYTHING)
        elif is_calendar(start):
            yield Incoming(ready, CALENDAR)
        else:
            rows = as_page(as_rows(ready, sheet), encoding)
            with rows.file:
                kind, tool = _kind(rows, encoding)
                yield Incoming(rows, holds or kind, tool if holds in ("", kind) else GENERIC)


def _kind(rows: Opened, encoding: str | None) -> tuple[str, str]:
    """What the header tells; deals when it may be these."""
    with read_table(rows, encoding=encoding, told=_every_key()) as table:
        return recognised(table.header) or (DEALS, GENERIC)


@cache
def _every_key() -> frozenset[str]:
    return frozenset[str]().union(*map(known_keys, KINDS))
