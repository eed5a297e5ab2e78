"""`pipeboard forecast` and `pipeboard waterfall`: their documents, their text, and what they refuse."""

import csv
import io

import pytest

from tests.cli.conftest import Cli

WIDE = 80
MONTHS = ("month", "won", "weighted", "best", "deals")
KINDS = ["new", "pulled_in", "increased", "reopened", "moved_in", "decreased", "pushed_out", "won", "lost", "parked",
         "moved_out", "fx"]  # fmt: skip


@pytest.fixture
def filled(cli: Cli) -> Cli:
    cli.ok("add", "Acme [/ EU] \\#1 €12k close:2026-12-10 stage:qualified @anna #web product:Gold")
    cli.ok("add", "株式会社サクラ導入プロジェクト第二期のとても長い名前 €5k close:2026-11-01 stage:lead")
    cli.ok("add", "Undated deal with no value at all")
    cli.ok("add", "Won one €3k")
    cli.ok("won", "Won one", "--value", "4k")
    cli.ok("quota", "set", "20k", "--period", "2026-Q4")
    return cli


def test_the_forecast_as_a_document(filled: Cli) -> None:
    made = filled.json("forecast", "--json")
    assert made["schema"] == "pipeboard.forecast/1"
    months = {row["month"]: tuple(row[key] for key in MONTHS) for row in made["months"]}
    assert months["2026-11"] == ("2026-11", "4000.00", "0.00", "0.00", 1)
    assert months["2026-12"] == ("2026-12", "0.00", "4200.00", "12000.00", 1)
    for key, expected in (("overdue", ("5000.00", "250.00", 1)), ("no_date", ("0.00", "0.00", 1))):
        assert tuple(made[key][name] for name in ("value", "weighted", "deals")) == expected
    assert {days: row["deals"] for days, row in made["horizons"].items()} == {"30": 1, "60": 1, "90": 1, "all": 1}
    covered = made["coverage"]
    assert (covered["target"], covered["won"], covered["open"]) == ("20000.00", "4000.00", "12000.00")
    assert (covered["ratio"], covered["needed"]) == (0.75, 1.0)
    assert made["reverse_funnel"]["wins"] == 4
    assert made["filters"] == {"pipeline": "B2B sales", "owner": None, "source": None, "product": None}


def test_the_waterfall_as_a_document(filled: Cli) -> None:
    made = filled.json("waterfall", "--json")
    assert made["schema"] == "pipeboard.waterfall/1"
    assert (made["since"], made["until"], made["as_of"]) == ("2026-10-01", "2027-01-01", "2026-11-22")
    assert [step["kind"] for step in made["steps"]] == KINDS
    steps = {step["kind"]: (step["value"], len(step["deals"])) for step in made["steps"] if step["deals"]}
    assert steps == {"new": ("21000.00", 4), "won": ("4000.00", 1)}
    assert (made["start"], made["end"]) == ("0.00", "17000.00")
    closing = filled.json("waterfall", "--json", "--closing", "2026-12", "--weighted")
    assert closing["end"] == "4200.00"


def test_text_fits_a_narrow_terminal(filled: Cli) -> None:
    for verb in (("forecast",), ("waterfall",), ("forecast", "--owner", "anna"), ("waterfall", "--period", "2026-11")):
        text = filled.ok(*verb)
        assert max(len(line) for line in text.splitlines()) <= WIDE
    text = filled.ok("forecast")
    assert "To reach €20,000: 4 more wins, 4 leads." in text
    assert "1 overdue with €5,000 in none of these" in text
    assert "€12,000 / (€20,000 - €4,000) = 0.8 times; needed 1.0 times" in text
    assert "Won" in filled.ok("waterfall")


def test_csv_has_a_line_for_every_figure_and_every_deal(filled: Cli) -> None:
    figures = list(csv.reader(io.StringIO(filled.ok("forecast", "--csv"))))
    assert ["months", "2026-12", "weighted", "4200.00"] in figures
    rows = list(csv.DictReader(io.StringIO(filled.ok("waterfall", "--csv"))))
    assert sum(float(row["change"] or 0) for row in rows if row["step"] != "End") == 17000
    assert {row["title"] for row in rows if row["step"] == "Won"} == {"Won one"}


def test_windows_by_day(filled: Cli) -> None:
    made = filled.json("waterfall", "--json", "--since", "1.11", "--until", "22.11.2026")
    assert (made["since"], made["until"], made["as_of"]) == ("2026-11-01", "2026-11-22", None)
    assert made["end"] == "0.00"
    ahead = filled.json("forecast", "--json", "--since", "2026-12-01", "--until", "2026-12-11")
    assert ahead["expected"]["value"] == "12000.00"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("forecast", "--json", "--csv"), 2, "one of --json and --csv"),
        (("forecast", "--period", "2026-Q4", "--since", "1.11"), 2, "one of --period and --since"),
        (("waterfall", "--period", "2026-Q9"), 1, "is no period"),
        (("waterfall", "--period", "2027"), 1, "still to come"),
        (("forecast", "--since", "2026-12-01", "--until", "2026-11-01"), 1, "before it begins"),
        (("forecast", "--owner", "nobody"), 3, "nobody"),
        (("waterfall", "--pipeline", "zzz"), 3, "zzz"),
    ],
)
def test_what_is_refused(filled: Cli, arguments: tuple[str, ...], code: int, words: str) -> None:
    result = filled(*arguments)
    assert (result.code, words in result.err) == (code, True), result


def test_an_empty_workspace_has_both(cli: Cli) -> None:
    assert cli.json("forecast", "--json")["coverage"]["target"] is None
    assert cli.json("waterfall", "--json")["end"] == "0.00"
    assert "cannot be said without a target" in cli.ok("forecast")
    assert "Start" in cli.ok("waterfall")


def test_a_filter_narrows_both_and_a_part_is_held_against_no_target(filled: Cli) -> None:
    made = filled.json("forecast", "--json", "--filter", "#web")
    assert (made["expected"]["value"], made["filters"]["filter"]) == ("12000.00", "#web")
    assert (made["coverage"]["target"], made["coverage"]["won"]) == (None, "0.00")
    assert made["overdue"]["deals"] == made["no_date"]["deals"] == 0
    parts = [filled.json("waterfall", "--json", "--filter", text) for text in ("value>=5k", "-value>=5k")]
    whole = filled.json("waterfall", "--json")
    for kind in range(len(KINDS)):
        deals = [deal for part in parts for deal in part["steps"][kind]["deals"]]
        assert sorted(deals) == sorted(whole["steps"][kind]["deals"]), KINDS[kind]
    assert sum(float(part["end"]) for part in parts) == float(whole["end"])
    assert "#web" in filled.ok("forecast", "--filter", "#web").splitlines()[0]
