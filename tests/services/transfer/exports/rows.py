"""An export of a tool and the deals that it must come in as."""

import csv
import io
from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any, NamedTuple

import xlsxwriter

from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.stage import DealStatus


class Row(NamedTuple):
    """What a deal of an export must be; money in minor units, days as ISO texts, "" or None for what is not told."""

    title: str
    stage: str
    status: str = "open"
    value: int | None = None
    currency: str = "USD"
    company: str = ""
    contact: str = ""
    owner: str = ""
    probability: int | None = None
    created: str = ""
    expected: str = ""
    closed: str = ""
    lost_reason: str = ""
    external_id: str = ""


class Export(NamedTuple):
    """A file as a tool writes it.

    `skipped` are the lines that are no rows with the reason, `options` what a person has to say (never a column).
    """

    name: str
    profile: str
    make: Callable[[], bytes]
    rows: tuple[Row, ...]
    skipped: tuple[tuple[int, str], ...] = ()
    options: dict[str, Any] = {}


def row_of(deal: ImportedDeal) -> Row:
    """An imported deal in the terms of these expectations."""
    return Row(
        deal.title,
        deal.stage_name,
        DealStatus(deal.status).name.lower(),
        deal.value_minor,
        deal.currency,
        deal.company,
        deal.contact,
        deal.owner,
        deal.probability,
        _text(deal.created_on),
        _text(deal.expected_close_on),
        _text(deal.closed_on),
        deal.lost_reason,
        deal.external_id,
    )


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def text(content: str, encoding: str = "utf-8", newline: str = "\n") -> Callable[[], bytes]:
    """A file of this text."""
    return lambda: content.replace("\n", newline).encode(encoding)


def page(content: str, mark: str) -> Callable[[], bytes]:
    """The table of this text as a web page: what several tools save as .xls."""
    rows = csv.reader(io.StringIO(content), delimiter=mark)
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    return text(f'<html><meta charset="utf-8"><body><table border="1">{table}</table></body></html>')


def workbook(rows: list[list[Any]], formats: dict[int, str] | None = None, sheet: str = "Sheet1") -> bytes:
    """A workbook of one sheet; `formats` are the number formats of columns."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "default_date_format": "dd.mm.yyyy"}) as book:
        page = book.add_worksheet(sheet)
        made = {column: book.add_format({"num_format": shape}) for column, shape in (formats or {}).items()}
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                page.write(number, column, cell, *((made[column],) if column in made and number else ()))
    return file.getvalue()
