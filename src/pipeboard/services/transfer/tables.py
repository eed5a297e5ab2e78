"""Deals and what hangs on them as CSV that any spreadsheet reads and that imports again as it was."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO

from pipeboard.domain.imports.formulas import disarm
from pipeboard.domain.imports.own_columns import OWN_COLUMNS
from pipeboard.domain.text import harmless
from pipeboard.services.listing import DealFilter, ListedDeal
from pipeboard.services.transfer.deal_rows import COLUMNS, Cell, custom_names, rows
from pipeboard.services.transfer.record_rows import deals_meant, record_rows
from pipeboard.services.workspace import Workspace


def write_csv(workspace: Workspace, asked: DealFilter, file: BinaryIO) -> int:
    """Write the deals that a filter leaves in UTF-8; how many.

    Cells that a spreadsheet would compute are made harmless; importing undoes that exactly.
    """
    deals = workspace.listing.deals(asked)
    write_deals(workspace, deals, file)
    return len(deals)


def write_deals(workspace: Workspace, deals: list[ListedDeal], file: BinaryIO) -> None:
    """Write these deals."""
    rests = workspace.listing.rests([deal.row.id for deal in deals])
    custom = custom_names(list(rests.values()))
    header = [*(column.name for column in COLUMNS), *map(cell, custom)]
    _write(workspace, header, rows(deals, rests, custom), file)


def write_records(workspace: Workspace, asked: DealFilter, file: BinaryIO, kind: str) -> int:
    """Write the companies, contacts, activities or tasks of the deals that a filter leaves, or all; how many."""
    found = record_rows(workspace, kind, deals_meant(workspace, asked, kind))
    return _write(workspace, OWN_COLUMNS[kind], found, file)


def _write(workspace: Workspace, header: Sequence[str], found: Iterable[Sequence[Cell]], file: BinaryIO) -> int:
    """Write rows under a header that ends with the sign of the workspace; how many."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    count = 0
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*header, workspace.sign()])
        for count, row in enumerate(found, 1):  # noqa: B007
            writer.writerow([*map(cell, row), ""])
    finally:
        text.detach()
    return count


def cell(value: Cell) -> str:
    """A value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return disarm(harmless(value))
    return value.isoformat() if isinstance(value, date) else str(value)
