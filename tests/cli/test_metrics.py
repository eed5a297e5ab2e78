"""`pipeboard metrics`: the contract of INTERFACE.md key by key, and real data against its reference."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeboard.domain.commands import ImportDeals
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.clock import FixedClock, zone_of
from pipeboard.services.transfer.planning import ImportOptions, plan_import
from pipeboard.services.workspace import Workspace
from pipeboard.storage.setup import create_workspace
from pipeboard.storage.target import target_of
from tests.cli.conftest import Cli

MONEY, RATE, COUNT, DAYS, TEXT, DAY = "money", "rate", "count", "days", "text", "day"
BREAKDOWN = [
    {
        "name": TEXT,
        "open": COUNT,
        "won": COUNT,
        "lost": COUNT,
        "won_value": MONEY,
        "win_rate": RATE,
        "cycle_days_mean": DAYS,
    }
]
CONTRACT: dict[str, Any] = {
    "schema": TEXT,
    "now": TEXT,
    "zone": TEXT,
    "period": {"start": DAY, "end": DAY},
    "currency": TEXT,
    "filters": {"pipeline": TEXT, "owner": TEXT},
    "deals": {"open": COUNT, "won": COUNT, "lost": COUNT, "parked": COUNT, "excluded": COUNT, "created": COUNT},
    "value": {
        "open": MONEY,
        "weighted": MONEY,
        "won": MONEY,
        "lost": MONEY,
        "created": MONEY,
        "without_value": COUNT,
        "unconverted": COUNT,
    },
    "win_rate": {
        "value": RATE,
        "won": COUNT,
        "decided": COUNT,
        "by_value": RATE,
        "cohort": {"created": COUNT, "won": COUNT, "lost": COUNT, "open": COUNT},
    },
    "average_won_value": {"mean": MONEY, "median": MONEY, "n": COUNT},
    "cycle_days": {
        "mean": DAYS,
        "median": DAYS,
        "p75": DAYS,
        "n": COUNT,
        "lost_mean": DAYS,
        "lost_median": DAYS,
    },
    "velocity_per_day": {
        "value": DAYS,
        "open_deals": COUNT,
        "win_rate": RATE,
        "average_won_value": DAYS,
        "cycle_days": DAYS,
        "window": {"start": DAY, "end": DAY},
        "missing": [TEXT],
    },
    "funnel": [{"stage": TEXT, "reached": COUNT, "conversion": RATE, "eventually_won": RATE}],
    "time_in_stage": [{"stage": TEXT, "mean_days": DAYS, "median_days": DAYS, "n": COUNT}],
    "losses": {
        "by_reason": [{"reason": TEXT, "count": COUNT, "value": MONEY}],
        "by_stage": [{"stage": TEXT, "count": COUNT}],
    },
    "by_owner": BREAKDOWN,
    "by_source": BREAKDOWN,
    "by_product": BREAKDOWN,
    "by_company": BREAKDOWN,
}


def check(value: Any, form: Any, where: str) -> None:
    """Whether a value has the form of the contract; what it names more than that is no fault."""
    if isinstance(form, dict):
        assert set(form) <= set(value), f"{where} has {sorted(value)}"
        for key, inner in form.items():
            check(value[key], inner, f"{where}.{key}")
    elif isinstance(form, list):
        assert isinstance(value, list), where
        for place, item in enumerate(value):
            check(item, form[0], f"{where}[{place}]")
    elif form == COUNT:
        assert isinstance(value, int), where
        assert not isinstance(value, bool), where
    elif form == MONEY:
        assert value is None or f"{float(value):.2f}" == value, where
    elif form == RATE:
        assert value is None or 0 <= value <= 1, where
    elif form == DAYS:
        assert value is None or isinstance(value, float | int), where
    elif form == DAY:
        date.fromisoformat(value)
    else:
        assert value is None or isinstance(value, str), where


def sell(cli: Cli) -> None:
    """One deal won, one lost, one open, by the verbs themselves."""
    cli.ok("add", "Acme €300 src:web product:Gold company:Acme stage:qualified")
    cli.ok("add", "Globex €100 src:fair product:Gold")
    cli.ok("add", "Hooli €50")
    cli.ok("won", "Acme")
    cli.ok("lost", "Globex", "--reason", "Price")


def test_the_contract_with_deals(cli: Cli) -> None:
    sell(cli)
    document = cli.json("metrics", "--json")
    check(document, CONTRACT, "metrics")
    assert document["schema"] == "pipeboard.metrics/1"
    assert document["now"] == "2026-11-22T09:00:00+00:00"
    assert document["zone"] == "Europe/Warsaw"
    assert document["period"] == {"start": "2026-08-25", "end": "2026-11-23"}
    assert document["deals"] | {"undated": 0} == {
        "open": 1,
        "won": 1,
        "lost": 1,
        "parked": 0,
        "excluded": 0,
        "created": 3,
        "undated": 0,
    }
    assert document["value"]["won"] == "300.00"
    assert document["value"]["weighted"] == "2.50"
    assert document["win_rate"]["value"] == 0.5
    assert document["win_rate"]["by_value"] == 0.75
    assert document["funnel"][-1] == {"stage": "Won", "reached": 1, "conversion": None, "eventually_won": 1.0}
    assert document["losses"]["by_reason"] == [{"reason": "Price", "count": 1, "value": "100.00"}]
    assert [row["name"] for row in document["by_source"]] == ["web", "(none)", "fair"]
    assert document["previous"]["period"] == {"start": "2026-05-27", "end": "2026-08-25"}


def test_the_contract_of_nothing_is_null_and_never_zero(cli: Cli) -> None:
    document = cli.json("metrics", "--json", "--all")
    check(document, CONTRACT, "metrics")
    assert document["win_rate"]["value"] is None
    assert document["average_won_value"] == {"mean": None, "median": None, "n": 0}
    assert document["cycle_days"]["mean"] is None
    assert document["velocity_per_day"]["value"] is None
    assert document["velocity_per_day"]["missing"] == ["win_rate", "average_won_value", "cycle_days"]
    assert document["previous"] == {}


def test_periods_and_filters(cli: Cli) -> None:
    sell(cli)

    def won(*arguments: str) -> int:
        return int(cli.json("metrics", "--json", *arguments)["deals"]["won"])

    assert won("--period", "2026-Q4") == won("--period", "2026-11") == won("--period", "2026") == 1
    assert won("--period", "2026-Q3") == 0
    assert won("--since", "2026-11-22") == 1
    assert won("--until", "2026-11-22") == 0, "until is exclusive"
    assert won("--since", "2026-11-01", "--until", "2026-11-23") == 1
    assert won("--source", "web") == won("--product", "gold") == won("--owner", "anna") == 1
    assert won("--source", "fair") == 0
    assert won("--pipeline", "b2b") == 1
    document = cli.json("metrics", "--json", "--source", "web", "--owner", "@Anna")
    assert document["filters"] == {"pipeline": "B2B sales", "owner": "Anna Nowak", "source": "web", "product": None}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--all", "--period", "2026"), 2, "--all, --period and --since/--until"),
        (("--period", "last year"), 1, "is no period"),
        (("--since", "yesteryear"), 2, "--since"),
        (("--since", "2026-11-20", "--until", "2026-11-20"), 1, "before it begins"),
        (("--owner", "Zorro"), 3, "Zorro"),
        (("--source", "tv"), 3, "tv"),
        (("--pipeline", "hiring"), 3, "B2B sales"),
    ],
)
def test_what_cannot_be_reported_is_said(cli: Cli, arguments: tuple[str, ...], code: int, words: str) -> None:
    result = cli("metrics", *arguments)
    assert (result.code, result.out) == (code, "")
    assert words in result.err


def test_the_text_fits_eighty_columns(cli: Cli) -> None:
    sell(cli)
    cli.ok("add", "株式会社サクラ 導入 product:とても長い製品の名前がここに入りますので切られます [/ EU]")
    text = cli.ok("metrics")
    rows = text.splitlines()
    assert max(map(len, rows)) <= 80
    assert rows[0] == "B2B sales: 25 Aug to 22 Nov 2026"
    assert any(row.split()[:3] == ["Win", "rate", "1"] and "1 of 2" in row for row in rows)
    assert any(row.startswith("Price") and row.endswith("€100") for row in rows)
    assert "\x1b" not in text


@pytest.fixture(scope="module")
def maven(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> str:
    """8,800 real deals imported as a person would, at the beginning of 2018."""
    database = str(tmp_path_factory.mktemp("maven") / "maven.db")
    clock = FixedClock(datetime(2018, 1, 1, tzinfo=UTC))
    create_workspace(
        target_of(database),
        name="Sales",
        currency="USD",
        zone_name="UTC",
        zone=zone_of("UTC"),
        person="Anna",
        login="anna",
        template=TEMPLATES["b2b"],
        now=clock.now(),
        app_version="test",
    )
    workspace = Workspace.open(database, clock, login="anna")
    overview = workspace.board.overview()
    plan = plan_import(
        shared_data / "maven_crm" / "sales_pipeline.csv",
        ImportOptions(stage_map={"Prospecting": "Lead", "Engaging": "Qualified"}),
        overview.stages,
        overview.owners,
        "USD",
        date(2018, 1, 1),
    )
    workspace.execute(ImportDeals(overview.pipeline.id, "sales_pipeline.csv", plan.profile, tuple(plan.deals)))
    workspace.close()
    return database


def test_real_deals_give_the_reference_figures(
    bare_cli: Cli, maven: str, shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPEBOARD_NOW", "2018-01-01T00:00:00+00:00")
    whole = json.loads((shared_data / "reference_maven_crm.json").read_text(encoding="utf-8"))["figures"]
    expected = {name: figure["value"] for name, figure in whole.items()}
    made = bare_cli.json("--db", maven, "metrics", "--all", "--json")
    check(made, CONTRACT, "metrics")
    deals = made["deals"]
    assert (deals["won"], deals["lost"], deals["open"]) == (4238, 2473, 2089)
    assert made["value"]["won"] == "10005534.00"
    assert made["win_rate"]["value"] == expected["win_rate_closed"] == 0.631501
    assert made["velocity_per_day"]["average_won_value"] == expected["avg_won_value"] == 2360.909391
    assert made["average_won_value"] == {"mean": "2360.91", "median": "1117.00", "n": 4238}
    cycle = made["cycle_days"]
    assert (cycle["mean"], cycle["median"]) == (expected["cycle_won_mean_days"], 57) == (51.781973, 57)
    assert made["funnel"][0]["reached"] == 6711
    for kind in ("owner", "product"):
        assert {row["name"]: own(row) for row in made[f"by_{kind}"] if row["name"] != "Anna"} == {
            name: {key: line[key] for key in ("open", "won", "lost", "won_value", "win_rate", "cycle_won_mean_days")}
            for name, line in expected[f"by_{kind}"].items()
        }


def own(row: dict[str, Any]) -> dict[str, Any]:
    """A row of ours in the words of the reference."""
    return {
        "open": row["open"],
        "won": row["won"],
        "lost": row["lost"],
        "won_value": float(row["won_value"]),
        "win_rate": row["win_rate"],
        "cycle_won_mean_days": row["cycle_days_mean"],
    }


def test_the_page_on_the_figures_names_every_key_of_the_contract() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")
    missing = [key for key in CONTRACT if f"`{key}" not in page]
    assert not missing


def test_every_page_as_text_fits_80_columns(cli: Cli) -> None:
    cli.ok("add", "Acme renewal $12k @anna src:web company:Acme")
    cli.ok("won", "Acme")
    cli.ok("quota", "set", "120k", "--period", "2026-Q4")
    cli.ok("spend", "add", "300", "--source", "web")
    texts = {page: cli.ok("metrics", "--page", page) for page in ("stages", "business", "team", "all")}
    assert all(len(line) <= 80 for text in texts.values() for line in text.splitlines())
    assert "Visits begun" in texts["stages"]
    assert "CAC" in texts["business"]
    assert "€120,000" in texts["team"]
    assert all(text.splitlines()[-1] in texts["all"] for text in texts.values())
    assert "Win rate" in texts["all"]


def test_every_figure_as_a_row_of_csv(cli: Cli) -> None:
    cli.ok("add", "Acme renewal $12k")
    rows = cli.ok("metrics", "--csv").splitlines()
    assert rows[0] == "group,name,figure,value"
    assert "stage_flow,Lead,entered,1" in rows
    assert "win_rate.strict,,decided,0" in rows
    assert "team,Anna Nowak,open,1" in rows


def test_one_deal_is_told_as_one(cli: Cli) -> None:
    cli.ok("add", "No value at all")
    text = cli.ok("metrics")
    assert "1 deal without a value: in no sum" in text
    assert "1 deals" not in text
