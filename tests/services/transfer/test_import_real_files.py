"""Real exports are read to the last deal; the figures are those of the reference files beside them."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.stage import DealStatus
from pipeboard.services.transfer.planning import ImportPlan
from pipeboard.services.transfer.reading import read_table

Planner = Callable[..., ImportPlan]
MAVEN_STAGES = {"Prospecting": "Lead", "Engaging": "Qualified"}


def statuses(plan: ImportPlan) -> dict[str, int]:
    return dict(Counter(deal.status.name.lower() for deal in plan.deals))


def won_value(plan: ImportPlan) -> int:
    return sum(deal.value_minor or 0 for deal in plan.deals if deal.status == DealStatus.WON)


def test_maven_is_read_whole(plan: Planner, shared_data: Path) -> None:
    read = plan(shared_data / "maven_crm/sales_pipeline.csv", stage_map=MAVEN_STAGES)
    assert (read.profile, read.encoding, read.delimiter, read.rows) == ("maven_demo", "utf-8", ",", 8800)
    assert statuses(read) == {"won": 4238, "lost": 2473, "open": 2089}
    assert won_value(read) == 10_005_534_00
    assert not read.rejected
    assert not read.skipped
    assert not read.doubts
    assert read.dates == {"engage_date": "YYYY-MM-DD", "close_date": "YYYY-MM-DD"}
    assert read.stages == {"Prospecting": "Lead", "Engaging": "Qualified", "Won": "Won", "Lost": "Lost"}
    assert Counter(deal.product for deal in read.deals)["GTXPro"] == 1480
    lost = [deal for deal in read.deals if deal.status == DealStatus.LOST]
    assert {(deal.value_minor, deal.lost_reason) for deal in lost} == {(0, "Imported, unknown")}
    assert sum(deal.title.startswith("No account / ") for deal in read.deals) == 1425
    assert all(deal.value_minor is None for deal in read.deals if deal.status == DealStatus.OPEN)
    cycles = [
        (deal.closed_on - deal.started_on).days
        for deal in read.deals
        if deal.status == DealStatus.WON and deal.closed_on and deal.started_on
    ]
    assert sum(cycles) / len(cycles) == pytest.approx(51.781973, abs=1e-6)


def test_maven_in_american_dates_is_the_same(plan: Planner, shared_data: Path) -> None:
    path = shared_data / "maven_crm/sales_pipeline.csv"
    out = io.StringIO()
    writer = csv.writer(out)
    with path.open(newline="") as file:
        for row in csv.reader(file):
            writer.writerow([date.fromisoformat(c).strftime("%m/%d/%Y") if c[4:5] == "-" == c[7:8] else c for c in row])
    american = plan(out.getvalue(), stage_map=MAVEN_STAGES)
    assert american.dates == {"engage_date": "MM/DD/YYYY", "close_date": "MM/DD/YYYY"}
    assert american.deals == plan(path, stage_map=MAVEN_STAGES).deals


def test_unknown_stages_refuse_the_file_in_one_sentence(plan: Planner, shared_data: Path) -> None:
    with pytest.raises(InvalidInput) as error:
        plan(shared_data / "maven_crm/sales_pipeline.csv")
    for part in (
        "'Engaging' (1,589 deals)",
        "'Prospecting' (500 deals)",
        '--stage "Engaging=Qualified"',
        "--create-stages",
    ):
        assert part in str(error.value)
    assert "'Won'" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "profile", "encoding"),
    [("hubspot_all_deals.csv", "hubspot", "utf-8"), ("excel_de_cp1252.csv", "generic", "cp1252")],
)
def test_shapes_agree_with_expect(plan: Planner, shared_data: Path, name: str, profile: str, encoding: str) -> None:
    expect: dict[str, Any] = json.loads((shared_data / "shapes/EXPECT.json").read_text())
    read = plan(shared_data / "shapes" / name, is_creating_stages=True)
    assert (read.profile, read.encoding, len(read.deals)) == (profile, encoding, expect["deals"])
    assert statuses(read) == {key: expect[key] for key in ("won", "lost", "open")}
    assert won_value(read) == expect["won_value"] * 100
    assert len(read.unknown_stages) == 2
    cycles = [
        (deal.closed_on - deal.created_on).days
        for deal in read.deals
        if deal.status == DealStatus.WON and deal.closed_on and deal.created_on
    ]
    assert sum(cycles) / len(cycles) == pytest.approx(expect["cycle_won_mean_days"], abs=1e-6)


def test_german_excel_reads_words_and_money(plan: Planner, shared_data: Path) -> None:
    read = plan(shared_data / "shapes/excel_de_cp1252.csv", is_creating_stages=True)
    first = read.deals[0]
    assert (first.value_minor, first.currency, first.note) == (105_400, "EUR", "Gespräch geführt – läuft")
    assert read.delimiter == ";"
    assert read.numbers == {"Wert": "decimal comma, thousands by point"}
    assert read.dates == {"Eröffnet am": "DD.MM.YYYY", "Abgeschlossen am": "DD.MM.YYYY"}


@pytest.mark.parametrize(
    ("path", "reference"),
    [
        ("pipeline_command_center/opportunities.csv", "reference_pipeline_command_center.json"),
        ("meridian_demo/deals.csv", "reference_meridian_demo.json"),
        ("duckflow_crm/deals.csv", "reference_duckflow_crm.json"),
    ],
)
def test_counts_and_sums_are_those_of_the_reference(
    plan: Planner, shared_data: Path, path: str, reference: str
) -> None:
    figures = json.loads((shared_data / reference).read_text())["figures"]
    read = plan(shared_data / path, is_creating_stages=True)
    assert not read.rejected
    assert len(read.deals) == figures["deals_total"]["value"]
    for name in ("won", "lost", "open"):
        assert statuses(read)[name] == figures[f"{name}_count"]["value"]
        total = sum(deal.value_minor or 0 for deal in read.deals if deal.status.name.lower() == name)
        assert total == round(figures[f"{name}_value"]["value"] * 100)


def test_the_stage_of_loss_is_kept(plan: Planner, shared_data: Path) -> None:
    told = {"Prospecting": "Lead", "Qualification": "Qualified", "Proposal": "Proposal made"}
    read = plan(shared_data / "pipeline_command_center/opportunities.csv", stage_map=told)
    fell = Counter(deal.closed_from_name for deal in read.deals if deal.status == DealStatus.LOST)
    assert fell == {"Lead": 1571, "Qualified": 1081, "Proposal made": 670, "Negotiation": 438}


def test_csv_spectrum_gives_its_answers(shared_data: Path) -> None:
    folder = shared_data / "csv_acid/csv-spectrum"
    files = sorted((folder / "csvs").glob("*.csv"))
    assert files
    for path in files:
        with read_table(path) as table:
            rows = [dict(zip(table.header, row, strict=True)) for chunk in table.chunks() for _, row in chunk]
        # The stored copies of the *_crlf files have lost their carriage returns; their answers have not.
        answer = json.loads((folder / "json" / f"{path.stem}.json").read_text().replace("\\r", ""))
        if path.stem == "location_coordinates":
            # The published answer has another phone number than the published file.
            assert rows[0].pop("Contact Phone Number") == "2095257564"
            assert answer.pop("Contact Phone Number") == "1234567890"
        assert rows == (answer if isinstance(answer, list) else [answer]), path.name


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("dummy.csv", [["1", "2", "3"]]),
        ("dummy.csv.gz", [["1", "2", "3"]]),
        ("dummy.tsv", [["1", "2", "3"]]),
        ("mac_newlines.csv", [["1", "2", "3"], ["Once upon\ra time", "5", "6"]]),
        ("test_latin1.csv", [["1", "2", "3"], ["4", "5", "©"]]),
        ("test_utf8_bom.csv", [["1", "2", "3"], ["4", "5", "ʤ"]]),
        ("test_utf16_big.csv", [["1", "2", "3"], ["4", "5", "ʤ"]]),
        ("test_utf16_little.csv", [["1", "2", "3"], ["4", "5", "ʤ"]]),
        ("test_locale.csv", [["1,7", "200.000.000", ""]]),
        ("test_skip_lines.csv", [["1", "2", "3"]]),
        ("null_byte.csv", []),
        ("test_empty_columns_long_row.csv", []),
    ],
)
def test_csvkit_examples(shared_data: Path, name: str, rows: list[list[str]]) -> None:
    with read_table(shared_data / "csv_acid/csvkit" / name) as table:
        assert [row for chunk in table.chunks() for _, row in chunk] == rows
