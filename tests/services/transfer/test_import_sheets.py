"""Workbooks and JSON are imported like text: the same columns, rules and sentences."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from pipeboard.domain.errors import InvalidInput
from pipeboard.services.transfer import sheets
from pipeboard.services.transfer.sheets import text_of

Planner = Callable[..., Any]
HEADER = ["Deal name", "Company", "Stage", "Amount", "Close date", "Probability"]


def at(*parts: int) -> datetime:
    """A moment as a spreadsheet holds it: without a zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc,arg-type]


def workbook(*tables: tuple[str, list[list[Any]]], begins: int = 0) -> bytes:
    """A workbook of sheets with these rows, beginning in a row."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}) as book:
        for name, rows in tables:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows, begins):
                for column, value in enumerate(row):
                    sheet.write(number, column, value)
    return file.getvalue()


def test_cells_keep_their_meaning(plan: Planner) -> None:
    rows: list[list[Any]] = [
        HEADER,
        ["Acme [/ EU]", "Acme", "Lead", 12345.67, at(2026, 12, 3), 0.45],
        ["=1+1", "Globex", "Lead", 1234.567, at(2026, 11, 4), 0.5],
        ["株式会社", "", "Lead", 46000, 45631, 0.1],
    ]
    made = plan(workbook(("Notes", [["nothing", "here"]]), ("Pipeline", rows)))
    assert (made.delimiter, made.encoding) == ("workbook", "utf-8")
    first, third = made.deals
    assert (first.title, first.value_minor, first.expected_close_on) == ("Acme [/ EU]", 1_234_567, date(2026, 12, 3))
    assert first.probability == 45
    assert (third.title, third.value_minor, third.expected_close_on) == ("株式会社", 4_600_000, date(2024, 12, 5))
    (rejected,) = made.rejected
    assert (rejected.line, rejected.column, rejected.value) == (3, "Amount", "1234.5670")


def test_the_line_is_the_row_of_the_sheet(plan: Planner) -> None:
    rows: list[list[Any]] = [
        ["Our deals", "", ""],
        ["Deal name", "Stage", "Amount"],
        [],
        ["Acme", "Lead", "soon"],
        ["Total", "", 5],
    ]
    made = plan(workbook(("Deals", rows), begins=2))
    assert [(one.line, one.column) for one in made.rejected] == [(6, "Amount")]
    assert [one.why for one in made.skipped if one.line == 7] == ["a total"]


def test_a_sheet_can_be_named(plan: Planner) -> None:
    content = workbook(
        ("A", [["Deal name", "Stage"], ["First", "Lead"]]), ("B", [["Deal", "Stage"], ["Second", "Lead"]])
    )
    assert [deal.title for deal in plan(content).deals] == ["First"]
    assert [deal.title for deal in plan(content, sheet="b").deals] == ["Second"]
    with pytest.raises(InvalidInput, match=r"no sheet 'C'\. It has: A, B"):
        plan(content, sheet="C")
    with pytest.raises(InvalidInput, match="is no workbook"):
        plan("Deal name,Stage\nA,Lead\n", sheet="C")


def test_a_packed_workbook_is_a_workbook(plan: Planner, tmp_path: Path) -> None:
    path = tmp_path / "deals.xlsx.gz"
    path.write_bytes(gzip.compress(workbook(("A", [["Deal name", "Stage"], ["First", "Lead"]]))))
    assert [deal.title for deal in plan(path).deals] == ["First"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"),
        (0.1 + 0.2, "0.3"),
        (1.125, "1.1250"),
        (-2.5, "-2.5"),
        (True, "yes"),
        (None, ""),
        (date(2026, 1, 2), "2026-01-02"),
        (at(2026, 1, 2, 15, 30), "2026-01-02 15:30:00"),
        (1e20, "1e+20"),
    ],
)
def test_a_cell_as_text(value: object, text: str) -> None:
    assert text_of(value) == text


def _zip(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def test_what_is_no_workbook_or_unpacks_without_end_is_refused(plan: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidInput, match="zip archive, not a workbook"):
        plan(_zip(readme=b"hello"))
    with pytest.raises(InvalidInput, match="damaged zip archive"):
        plan(workbook(("A", [HEADER]))[:200])
    with pytest.raises(InvalidInput, match="no workbook that can be read"):
        plan(_zip(**{"xl__workbook.xml": b"<broken"}))
    with pytest.raises(InvalidInput, match="no workbook that can be read"):
        plan(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(InvalidInput, match="unpacks to 20 MB"):
        plan(_zip(**{"xl__workbook.xml": bytes(20 * 2**20)}))
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 1000)
    with pytest.raises(InvalidInput, match="Save the sheet as CSV"):
        plan(workbook(("A", [HEADER])))


def test_entities_that_multiply_are_not_followed(plan: Planner) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    book = zipfile.ZipFile(io.BytesIO(workbook(("A", [["Deal name", "Stage"], ["First", "Lead"]]))))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part in book.infolist():
            content = book.read(part).decode()
            if part.filename == "xl/sharedStrings.xml":
                content = content.replace("<sst", f"<!DOCTYPE sst [{entities}]><sst", 1).replace("First", "&a9;")
            archive.writestr(part.filename, content)
    try:
        titles = [deal.title for deal in plan(file.getvalue()).deals]
    except InvalidInput:
        titles = []
    assert all(len(title) < 1000 for title in titles)


# -- JSON -------------------------------------------------------------------------------------------------

DEALS = [
    {"dealname": "Acme", "amount": 1200.5, "dealstage": "Lead", "properties": {"closedate": "2026-12-03"}},
    {"dealname": "Globex", "amount": "900", "dealstage": "Lead", "owner": {"name": "Anna"}, "tags": ["a", "b"]},
]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(DEALS),
        json.dumps({"success": True, "data": DEALS}, indent=2),
        json.dumps({"data": {"total": 2, "items": DEALS}}),
        "\n".join(json.dumps(deal) for deal in DEALS),
        "\ufeff" + "\n\n".join(json.dumps(deal) for deal in DEALS) + "\n",
    ],
)
def test_json_is_a_table(plan: Planner, content: str) -> None:
    made = plan(content)
    assert made.delimiter == "json"
    first, second = made.deals
    assert (first.title, first.value_minor, first.expected_close_on) == ("Acme", 120_050, date(2026, 12, 3))
    assert (second.title, second.value_minor) == ("Globex", 90_000)
    assert made.mapping["amount"] == "value"


def test_our_own_list_comes_back(plan: Planner) -> None:
    listed = {
        "schema": "pipeboard.list/1",
        "count": 1,
        "total": {"EUR": "12.00"},
        "deals": [{"id": 7, "title": "Acme", "stage": "Lead", "value": "12.00", "currency": "EUR", "hot": True}],
    }
    (deal,) = plan(json.dumps(listed)).deals
    assert (deal.title, deal.value_minor, deal.currency, deal.external_id) == ("Acme", 1200, "EUR", "7")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"a": 1}\n{"b": [}', "line 2: this is no JSON"),
        (b'{"a": 1}\n[1]', "line 2: this is no JSON object"),
        (b'[{"a": NaN}]', "nan is no number"),
        (b"[]", "but holds no list of objects"),
        (b'{"deals": []}', "JSON|list of objects"),
        (b'{"a": ' + b'{"b": ' * 100_000, "this is no JSON|nested too deeply"),
        (b'[{"title": "\xff"}]', "is not UTF-8"),
        (b'[{"title": "A"}, 5]', "but holds no list of objects"),
    ],
)
def test_json_that_is_no_table_is_refused(plan: Planner, content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        plan(content)


def test_half_a_character_in_json_is_a_sentence(plan: Planner) -> None:
    made = plan(b'[{"title": "A\\ud800", "stage": "Lead"}, {"title": "B\\u0000", "stage": "Lead"}]')
    titles = [deal.title for deal in made.deals]
    assert all(title.isprintable() for title in titles)
    "".join(titles).encode("utf-8")


def test_numbers_of_json_have_a_decimal_point(plan: Planner) -> None:
    made = plan('[{"title": "A", "stage": "Lead", "amount": 1.125}, {"title": "B", "stage": "Lead", "amount": 1.5}]')
    assert [deal.value_minor for deal in made.deals] == [150]
    (one,) = made.rejected
    assert "USD has 2 decimals" in one.why


@pytest.mark.parametrize("total", ["EUR 1,500.00", "1 500,00 zł", "$1.5k", "450 тыс. руб.", "(1,500)", "€ 1.500,00"])
def test_totals_in_any_currency_are_no_deals(plan: Planner, total: str) -> None:
    made = plan(f'Deal name,Stage,Amount\nA,Lead,5\nTotal,,"{total}"\n')
    assert [(one.line, one.why) for one in made.skipped] == [(3, "a total")]
