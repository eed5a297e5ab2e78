"""Files that would cost far more than they weigh, or are not what their name says: a sentence, and little work."""

import gzip
import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.services.transfer.hostile_books import book, changed, corners, entities, locked

from pipeboard.domain.errors import InvalidInput
from pipeboard.services.transfer import json_rows, reading, sheet_bounds, sources
from pipeboard.services.transfer.plans import ImportPlan
from pipeboard.services.transfer.sheet_bounds import check_bounds
from pipeboard.services.transfer.sniffing import Encoding

Planner = Callable[..., ImportPlan]
_FAR = b'<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>'
HEAD = "Deal name,Stage,Amount,Close date\n"


class Counted(io.BytesIO):
    """A file that counts the bytes that are read of it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        block = super().read(size)
        self.taken += len(block)
        return block


def _refused(plan: Planner, content: bytes | Path) -> str:
    with pytest.raises(InvalidInput) as error:
        plan(content)
    return str(error.value)


def _sheets(*names: str) -> bytes:
    return changed(book(), "workbook.xml", lambda text: text.replace(b"<sheet ", b'<sheet state="hidden" '))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (corners, r"row 1,048,576 and one in column 16,384.*17,179 million cells; the most is 16\. Delete what stands"),
        (
            lambda: entities(book(), "sharedStrings.xml", b"sst", b"First", b"&a11;"),
            "defines entities, as no spreadsheet program does; open it in one and save it anew",
        ),
        (lambda: entities(book(), "sheet1.xml", b"worksheet", b"<v>7</v>", b"<v>&a11;</v>"), "defines entities"),
        (locked, "locked with a password; save it without one"),
        (lambda: book()[:-60], "damaged zip archive: its end may be missing"),
        (lambda: gzip.compress(HEAD.encode() * 999, mtime=0)[:-20], "damaged gzip archive: its end may be missing"),
        (
            lambda: changed(
                book(), "workbook.xml", lambda t: t[: t.index(b"<sheets>")] + t[t.index(b"</sheets>") + 9 :]
            ),
            "has no sheet with anything in it|no workbook that can be read",
        ),
        (
            lambda: b'<?xml version="1.0"?><Workbook/>',
            "is XML, not a table; open it in a spreadsheet program and save it",
        ),
        (lambda: b"<html><p>Session expired</p></html>", "a web page without a table; save the deals as CSV"),
        (lambda: b'[{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "nested too deeply"),
        (lambda: b'[{"a": ' + b'{"b": ' * 100_000 + b"1" + b"}" * 100_000 + b"}]", "nested too deeply"),
        (lambda: bytes(1_000_000), "is not text"),
    ],
)
def test_a_sentence_says_what_and_what_to_do(plan: Planner, make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as error:
        plan(make())
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "make",
    [
        book,
        lambda: book(hidden=True),
        lambda: book(before=True),
        lambda: _sheets("Deals"),
        lambda: changed(book(), "sheet1.xml", lambda t: t.replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"')),
        lambda: changed(
            book(), "sheet1.xml", lambda t: t.replace(b"</row></sheetData>", b"</row>%s</sheetData>" % _FAR)
        ),
    ],
    ids=["plain", "on a hidden sheet", "behind an empty sheet", "all hidden", "claims all cells", "coloured far out"],
)
def test_odd_workbooks_are_read(plan: Planner, make: Callable[[], bytes]) -> None:
    assert [(deal.title, deal.value_minor) for deal in plan(make()).deals] == [("First", 500), ("Second", 700)]


def test_a_workbook_may_be_called_csv_and_a_table_of_a_page_xls(plan: Planner, tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_bytes(book())
    assert len(plan(tmp_path / "deals.csv").deals) == 2
    page = (
        "<html><head><meta charset=windows-1251></head><body><table><tr><td>Меню</table>"
        "<TABLE border=1><tr><th colspan=3>Отчёт&nbsp;за май</th></tr>"
        "<tr><th>Название<br>сделки</th><th>Стадия</th><th>Сумма</th></tr>"
        "<tr><td>Кран &amp; трос<td>Lead<td>1 250,50 руб.</tr><tr><td>Плита</td><td>Won</td><td>7</td></tr></table>"
    ).encode("cp1251")
    (tmp_path / "deals.xls").write_bytes(page)
    read = plan(tmp_path / "deals.xls", mapping={"Название сделки": "title"})
    assert (read.delimiter, read.encoding) == ("web page", "cp1251")
    assert [(deal.line, deal.title, deal.value_minor) for deal in read.deals] == [(3, "Кран & трос", 125_050)]
    assert [one.line for one in read.rejected] == [4], "the row of the table, as a spreadsheet numbers it"


def test_a_number_of_a_million_digits_is_one_refused_row(plan: Planner) -> None:
    for opening, closing in ((b"[", b"]"), (b'{"title": "A", "stage": "Lead", "amount": 1}\n', b"")):
        read = plan(opening + b'{"title": "B", "stage": "Lead", "amount": ' + b"9" * 1_000_000 + b"}" + closing)
        (one,) = read.rejected
        assert (one.line, one.column) == (2, "amount")
        assert len(one.value) <= 80


def test_a_bomb_costs_sixteen_megabytes(plan: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    spooled = tempfile.SpooledTemporaryFile

    class Watched(spooled):  # type: ignore[misc,valid-type]
        def write(self, block: bytes) -> int:
            written.append(len(block))
            return int(super().write(block))

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", Watched)
    assert "too large" in _refused(plan, gzip.compress(bytes(80_000_000), mtime=0))
    assert 0 < sum(written) <= 16 * 2**20


def test_a_bomb_in_a_workbook_is_not_unpacked(plan: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    unpack = zipfile.ZipFile.open

    def watched(self: zipfile.ZipFile, *said: Any, **more: Any) -> Any:
        opened.append(str(said))
        return unpack(self, *said, **more)

    monkeypatch.setattr(zipfile.ZipFile, "open", watched)
    bomb = changed(book(), "sheet1.xml", lambda text: text.replace(b"<sheetData>", b"<sheetData>" + b" " * 40_000_000))
    opened.clear()
    assert "unpacks to 38 MB" in _refused(plan, bomb)
    assert not opened


def test_a_length_that_is_not_the_true_one_is_damage(plan: Planner) -> None:
    content = bytearray(book())
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/sharedStrings.xml"))
    content[at + 24 : at + 28] = (16).to_bytes(4, "little")
    assert "damaged workbook" in _refused(plan, bytes(content))


@pytest.mark.parametrize(
    ("name", "content", "cells"),
    [
        ("xl/worksheets/sheet1.bin", b"\x00\x04\xff\xff\x0f\x00" + b"\x02\x04\xff\x3f\x00\x00", 1_048_576 * 16_384),
        (
            "content.xml",
            b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value="1" '
            b'table:number-columns-repeated="16384"/></table:table-row>',
            1_048_576 * 16_384,
        ),
        (
            "xl/worksheets/sheet1.xml",
            b'<row r="1048576"><c><v>1</v></c></row><row r="1"><c r="XFD1"><v>1</v></c></row>',
            1_048_576 * 16_384,
        ),
    ],
)
def test_cells_far_out_are_found_in_every_format(name: str, content: bytes, cells: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
        with pytest.raises(InvalidInput, match=f"{cells // 1_000_000:,} million"):
            check_bounds(archive, "x.xlsx")


def test_blank_rows_to_the_end_of_an_open_document_are_no_cells() -> None:
    blank = (
        b'<table:table-row table:number-rows-repeated="1048570">'
        b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    with zipfile.ZipFile(io.BytesIO(), "w") as archive:
        archive.writestr("content.xml", blank)
        check_bounds(archive, "x.ods")


def test_a_broken_file_is_read_no_further_than_where_it_breaks(plan: Planner) -> None:
    def work(content: bytes) -> int:
        file = Counted(content)
        table = reading.Table(sources.Opened("x.csv", file, len(content)), _shape())
        with pytest.raises(InvalidInput):
            list(table.chunks())
        return file.taken

    rest = b"C,Lead,3,\n" * 300_000
    assert work(HEAD.encode() + b'A,Lead,1,\n"B,Lead,2,\n' + rest) < 400_000, "a quotation mark that is never closed"
    assert work(HEAD.encode() + b"A" * 30_000_000 + b",Lead,1,\n") < 2_400_000, "a cell of thirty million characters"
    with pytest.raises(InvalidInput, match="line 2: the line goes on for more than 2 million characters"):
        plan(HEAD.encode() + b"A" * 3_000_000)


def _shape() -> reading.Shape:
    return reading.Shape(Encoding("utf-8"), ",", tuple(HEAD.strip().split(",")), 1)


def test_a_workbook_of_endless_blank_rows_gives_a_thousand(plan: Planner) -> None:
    rows: Any = [["Deal name", "Stage"], *[["", ""]] * 5_000, ["Last", "Lead"]]
    from pipeboard.services.transfer.sheets import _filled

    made = list(_filled(rows))
    assert len(made) == 1_002
    assert made[-1] == (5_002, ["Last", "Lead"])


def test_the_limits_are_what_the_sentences_say() -> None:
    assert sheet_bounds.MOST_CELLS == 16_000_000
    assert json_rows.LARGEST_DOCUMENT == 64 * 2**20


def test_a_page_that_is_open_already_is_read_twice() -> None:
    page = b"<table><tr><td>Deal name<td>Stage<tr><td>A<td>Lead</table>"
    with sources.opened(page) as ready:
        for _ in range(2):
            with reading.read_table(ready) as table:
                assert [row for chunk in table.chunks() for row in chunk] == [(2, ["A", "Lead"])]
