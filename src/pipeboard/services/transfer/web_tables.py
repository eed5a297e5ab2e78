"""Tables of a web page as rows of texts: what several tools save under the name of an Excel file."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.profiles import known_headers

LARGEST_PAGE: Final = 64 * 1024 * 1024
"""The most bytes of one web page."""

_WIDEST: Final = 2_000
_HEADER_ROWS: Final = 40
_BREAKS: Final = frozenset({"br", "p", "div", "li"})

_Rows = list[list[str]]


def is_web_page(start: bytes) -> bool:
    """Whether a text begins as a web page does."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta"))


def web_rows(text: str, title: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the table that looks most like deals, each with its number as a spreadsheet would show it."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    tables = [rows for rows in reader.tables if rows]
    if not tables:
        raise InvalidInput(f"{title} is a web page without a table; save the deals as CSV and import that.")
    best = max(tables, key=lambda rows: (max(known_headers(cells) for cells in rows[:_HEADER_ROWS]), len(rows)))
    width = max(len(cells) for cells in best)
    for number, cells in enumerate(best, 1):
        yield number, [*cells, *[""] * (width - len(cells))]


class _Tables(HTMLParser):
    """Collects the cells of every table; one within a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Rows] = []
        self._open: list[_Rows] = []
        self._cells: list[list[str] | None] = []
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, row or cell begins; a row or cell that was left open ends where the next begins."""
        if tag == "table":
            self._open.append([])
            self._cells.append(None)
            self.tables.append(self._open[-1])
        elif not self._open:
            return
        elif tag == "tr":
            self._end_cell()
            self._open[-1].append([])
        elif tag in ("td", "th"):
            self._end_cell()
            if not self._open[-1]:
                self._open[-1].append([])
            span = dict(attrs).get("colspan") or "1"
            self._span = max(1, min(int(span), _WIDEST)) if span.isascii() and span.isdigit() and len(span) < 5 else 1
            self._cells[-1] = []
        elif tag in _BREAKS and self._cells[-1]:
            self._cells[-1].append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A cell or table ends."""
        if self._open and tag in ("td", "th", "tr", "table"):
            self._end_cell()
            if tag == "table":
                self._open.pop()
                self._cells.pop()

    def handle_data(self, data: str) -> None:
        """Text of the cell that is open."""
        if self._cells and (cell := self._cells[-1]) is not None:
            cell.append(data)

    def _end_cell(self) -> None:
        parts = self._cells[-1]
        if parts is None:
            return
        lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
        row = self._open[-1][-1]
        if len(row) <= _WIDEST:
            row += ["\n".join(line for line in lines if line), *[""] * (self._span - 1)]
        self._cells[-1], self._span = None, 1
