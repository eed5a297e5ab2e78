"""The verb `export`: what it writes, where, and that it comes back."""

import csv
import io
import json
import stat
from pathlib import Path

import openpyxl
import pytest

from .conftest import Cli

FORMULA = '=HYPERLINK("http://evil")'


def _fill(cli: Cli) -> None:
    cli.ok("add", "Acme [/ EU] €12,345.67 @anna #web company:Acme contact:Bob close:2026-12-24 next:call due:fri")
    cli.ok("add", "Pilot ¥900000 product:Gold")
    cli.ok("edit", "1", f"title={FORMULA}", "notes=one\ntwo, “three”", "probability=45")


def test_csv_holds_everything_and_nothing_that_a_spreadsheet_would_compute(cli: Cli, tmp_path: Path) -> None:
    _fill(cli)
    path = tmp_path / "deals.csv"
    assert cli("export", "-o", str(path)).err == f"2 deals written to {path}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))}
    first = rows["1"]
    assert first["title"] == f"'{FORMULA}"
    assert (first["value"], first["currency"], first["probability"]) == ("12345.67", "EUR", "45")
    assert (first["expected close date"], first["next step"], first["notes"]) == (
        "2026-12-24",
        "call",
        "one\ntwo, “three”",
    )
    assert rows["2"]["value"] == "900000"
    assert len(cli.ok("export", "--filter", "product:gold").splitlines()) == 2


def test_what_hangs_on_deals_goes_out_by_itself_and_comes_back(cli: Cli, tmp_path: Path) -> None:
    _fill(cli)
    path = tmp_path / "people.csv"
    assert cli("export", "--what", "contacts", "-o", str(path)).err == f"1 contact written to {path}\n"
    assert path.read_text(encoding="utf-8").splitlines()[1].startswith("1,Bob,Acme,")
    said = cli.json("import", str(path), "--json")
    assert (said["holds"], said["profile"], said["unchanged"], said["action"]) == ("contacts", "pipeboard", 1, None)
    assert len(cli.ok("export", "--what", "tasks", "--filter", "product:gold").splitlines()) == 1
    refused = cli("export", "--what", "tasks", "--format", "md")
    assert (refused.code, refused.out) == (1, "")


def test_a_file_is_replaced_only_when_that_is_asked_for(cli: Cli, tmp_path: Path) -> None:
    _fill(cli)
    path = tmp_path / "deals.md"
    path.write_text("mine")
    refused = cli("export", "-o", str(path))
    assert (refused.code, path.read_text()) == (4, "mine")
    assert "--force replaces it" in refused.err
    cli.ok("export", "-o", str(path), "--force")
    text = path.read_text(encoding="utf-8")
    assert text.startswith(
        "# Sales, 22 November 2026\n\n## Lead (2, ¥900,000, €12,345.67)\n\n- **Pilot** · ¥900,000 · "
    )
    assert list(tmp_path.glob(".*")) == []
    assert cli("export", "-o", str(tmp_path / "x.docx")).code == 1
    assert cli("export", "-o", str(tmp_path)).code == 1
    assert cli("export", "-o", str(tmp_path / "no" / "x.csv")).code == 1


def test_the_workbook_has_real_numbers_and_days_and_its_totals(cli: Cli, tmp_path: Path) -> None:
    _fill(cli)
    path = tmp_path / "deals.xlsx"
    cli.ok("export", "-o", str(path))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["Deals", "Totals", "Figures"]
    head, *rows = list(book["Deals"].iter_rows(values_only=True))
    row = dict(zip(head, next(row for row in rows if row[0] == 1), strict=True))
    assert row["title"] == FORMULA
    assert book["Deals"].cell(2, 2).data_type == "s", "a text, not a formula"
    assert row["value"] == 12345.67
    assert row["expected close date"].isoformat() == "2026-12-24T00:00:00"
    totals = list(book["Totals"].iter_rows(values_only=True))
    assert ("B2B sales", "Lead", "EUR", 1, 0, 12345.67, 5555.55) in totals
    assert ("All", None, "JPY", 1, 0, 900000, 45000) in totals
    figures = {(row[0], row[2]): row[3] for row in book["Figures"].iter_rows(min_row=2, values_only=True)}
    assert figures[("deals", "open")] == 2


def test_everything_goes_out_and_makes_the_same_database_again(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(cli)
    cli.ok("won", "2", "--on", "2026-11-20")
    whole, figures = cli.ok("export", "--format", "json"), cli.json("metrics", "--json")
    assert json.loads(whole.splitlines()[0])["schema"] == "pipeboard.whole/1"
    assert cli("export", "--format", "json", "--filter", "x").code == 1
    path = tmp_path / "all.jsonl"
    cli.ok("export", "-o", str(path))
    assert path.read_text(encoding="utf-8") == whole
    assert cli("import", str(path)).code == 4, "not into a database that is there"
    monkeypatch.setenv("PIPEBOARD_DB", str(tmp_path / "again.db"))
    assert cli.ok("import", str(path)).startswith("2 deals with everything around them are in ")
    assert cli.ok("export", "--format", "json") == whole
    assert cli.json("metrics", "--json") == figures
    assert cli.ok("check").startswith("Nothing is wrong") or cli("check").code == 0
    monkeypatch.setenv("PIPEBOARD_DB", str(tmp_path / "third.db"))
    cli.ok("import", "-", stdin=whole.encode())
    assert cli.ok("export", "--format", "json") == whole
