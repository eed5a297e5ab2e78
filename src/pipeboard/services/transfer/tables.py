"""Deals as CSV that any spreadsheet reads and that imports again as it was."""

import csv
import io
from datetime import date
from typing import BinaryIO

from pipeboard.domain.imports.formulas import disarm
from pipeboard.domain.text import harmless
from pipeboard.services.listing import DealFilter, ListedDeal
from pipeboard.services.transfer.deal_rows import COLUMNS, Cell, custom_names, rows
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
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*(column.name for column in COLUMNS), *map(cell, custom), workspace.sign()])
        writer.writerows([*map(cell, row), ""] for row in rows(deals, rests, custom))
    finally:
        text.detach()


def cell(value: Cell) -> str:
    """A value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return disarm(harmless(value))
    return value.isoformat() if isinstance(value, date) else str(value)
