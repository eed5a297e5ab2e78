"""`pipeboard import` from the shell to the database and back."""

from pathlib import Path

from tests.cli.conftest import Cli

FILE = (
    "Deal;Account;Stage;Amount;Owner;Close date\n"
    "Globex pilot;Globex;Lead;1.200,50 €;Boris;31.12.2026\n"
    "Hooli trial;Hooli;Lead;900,00 €;Boris;15.12.2026\n"
    "Initech;Initech;Lead;x;Boris;31.02.2026\n"
)


def written(tmp_path: Path, text: str = FILE) -> str:
    path = tmp_path / "deals.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_real_file_comes_in_once_and_goes_with_one_undo(cli: Cli, shared_data: Path) -> None:
    file = str(shared_data / "maven_crm" / "sales_pipeline.csv")
    stages = ("--stage", "Prospecting=Lead", "--stage", "Engaging=Qualified")
    rehearsed = cli.json("import", file, *stages, "--dry-run", "--json")
    assert (rehearsed["rows"], rehearsed["new"], rehearsed["action"]) == (8800, 8800, None)
    assert cli.json("list", "--json")["count"] == 0
    first = cli.json("import", file, *stages, "--json")
    assert (first["rows"], first["new"], first["changed"], first["unchanged"]) == (8800, 8800, 0, 0)
    assert first["stages"] == {"Won": "Won", "Engaging": "Qualified", "Lost": "Lost", "Prospecting": "Lead"}
    assert set(first["dates"].values()) == {"YYYY-MM-DD"}
    assert Path(first["backup"]).stat().st_size > 0
    again = cli.json("import", file, *stages, "--json")
    assert (again["new"], again["changed"], again["unchanged"], again["action"]) == (0, 0, 8800, None)
    assert cli.json("list", "--json", "--status", "won")["count"] == 4238
    cli.ok("undo")
    assert cli.json("list", "--json")["count"] == 0
    assert cli.ok("owner", "list") == "Anna Nowak\n"


def test_it_says_what_it_understood_and_what_it_refused(cli: Cli, tmp_path: Path) -> None:
    said = cli.ok("import", written(tmp_path))
    assert "utf-8, separated by semicolon" in said
    assert "Deal = title" in said
    assert "Close date = DD.MM.YYYY" in said
    assert "new owners: Boris" in said
    assert "refused line 4, " in said
    assert "Imported into B2B sales: 2 new, 0 changed, 0 unchanged, 1 refused (3 rows)" in said
    assert "pipeboard undo" in said
    deals = {deal["title"]: deal for deal in cli.json("list", "--json")["deals"]}
    assert deals["Globex pilot"]["value"] == "1200.50"
    assert deals["Globex pilot"]["expected_close_on"] == "2026-12-31"


def test_a_changed_row_changes_its_deal(cli: Cli, tmp_path: Path) -> None:
    cli.ok("import", written(tmp_path))
    said = cli.json("import", written(tmp_path, FILE.replace("900,00", "950,00")), "--json")
    assert (said["new"], said["changed"], said["unchanged"]) == (0, 1, 1)
    cli.ok("undo")
    assert cli.json("list", "--json", "--filter", "hooli")["total"] == {"EUR": "900.00"}


def test_modes(cli: Cli, tmp_path: Path) -> None:
    assert cli.json("import", written(tmp_path), "--mode", "update", "--json")["new"] == 0
    assert cli.json("list", "--json")["count"] == 0
    cli.ok("import", written(tmp_path))
    changed = written(tmp_path, FILE.replace("900,00", "950,00"))
    assert cli.json("import", changed, "--mode", "create", "--json")["changed"] == 0


def test_strict_takes_all_or_nothing(cli: Cli, tmp_path: Path) -> None:
    result = cli("import", written(tmp_path), "--strict")
    assert result.code == 1
    assert "line 4" in result.err
    assert cli.json("list", "--json")["count"] == 0


def test_refused_rows_are_mended_and_brought_in(cli: Cli, tmp_path: Path) -> None:
    rejects = tmp_path / "again.csv"
    cli.ok("import", written(tmp_path), "--rejects", str(rejects))
    mended = rejects.read_text(encoding="utf-8-sig").replace("31.02.2026", "28.02.2026").replace(",x,", ",5,")
    rejects.write_text(mended, encoding="utf-8")
    assert cli.json("import", str(rejects), "--json", "--dates", "dmy")["new"] == 1
    occupied = cli("import", written(tmp_path), "--rejects", str(rejects))
    assert occupied.code == 4
    assert "exists already" in occupied.err


def test_missing_stages_are_named_or_made_and_undone_together(cli: Cli) -> None:
    text = b"Deal,Stage,Value\nGlobex,Warm,100\nHooli,Hot,200\n"
    refused = cli("import", "-", stdin=text)
    assert refused.code == 1
    assert "Warm" in refused.err
    assert "Hot" in refused.err
    assert cli.json("import", "-", "--create-stages", "--dry-run", "--json", stdin=text)["new"] == 2
    assert "Warm" not in cli.ok("pipeline", "list")
    made = cli.json("import", "-", "--create-stages", "--json", stdin=text)
    assert sorted(made["created_stages"]) == ["Hot", "Warm"]
    assert "Warm" in cli.ok("pipeline", "list")
    cli.ok("undo")
    assert "Warm" not in cli.ok("pipeline", "list")
    assert cli.json("list", "--json")["count"] == 0


def test_doubtful_dates_are_asked_for_and_the_setting_answers(cli: Cli, tmp_path: Path) -> None:
    text = b"Deal,Stage,Close date\nGlobex,Lead,03/04/2027\n"
    asked = cli("import", "-", stdin=text)
    assert asked.code == 1
    assert "--dates dmy" in asked.err
    warned = cli.json("import", "-", "--dry-run", "--json", stdin=text)
    assert any("--dates dmy" in sentence for sentence in warned["warnings"])
    config = tmp_path / "home" / "pipeboard" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("dayfirst = true\n", encoding="utf-8")
    cli.ok("import", "-", stdin=text)
    assert cli.json("list", "--json")["deals"][0]["expected_close_on"] == "2027-04-03"
    assert cli.json("import", "-", "--dates", "mdy", "--json", stdin=text)["changed"] == 1


def test_another_pipeline(cli: Cli) -> None:
    cli.ok("pipeline", "add", "Projects", "--template", "consulting")
    cli.ok("import", "-", "--pipeline", "proj", stdin=b"Deal,Stage\nGlobex,Inquiry\n")
    assert cli.json("list", "--json")["deals"][0]["pipeline"] == "Projects"


def test_bad_files_and_options_are_sentences(cli: Cli, tmp_path: Path) -> None:
    for content in (b"", b"\x89PNG\r\n", b"Deal,Stage\n", b"just words\n"):
        result = cli("import", "-", stdin=content)
        assert (result.code, result.out) == (1, "")
        assert result.err.startswith("pipeboard: ")
    assert cli("import", str(tmp_path)).code == 1
    assert cli("import", str(tmp_path / "none.csv")).code == 1
    assert cli("import", "-", "--stage", "nonsense").code == 2
    assert cli("import", "-", "--map", "=title").code == 2
    assert cli("import", "-", "--pipeline", "nowhere", stdin=FILE.encode()).code == 3


def test_the_stage_a_deal_fell_from_is_known_also_when_it_is_new(cli: Cli) -> None:
    cli.ok("pipeline", "add", "Projects", "--stages", "Warm 10% 7d")
    text = (
        b"Deal ID,Deal,Stage,Is closed,Is won,Close date,Lost at stage\n"
        b"1,Globex,Warm,false,false,2026-12-01,\n2,Hooli,Closed Lost,true,false,2026-10-01,Warm\n"
    )
    made = cli.json("import", "-", "--create-stages", "--json", stdin=text)
    assert (made["new"], made["created_stages"]) == (2, ["Warm"])
    deal = cli.json("show", "hooli", "--json")["deal"]
    assert (deal["pipeline"], deal["closed_from"]) == ("B2B sales", "Warm")
    again = cli.json("import", "-", "--create-stages", "--json", stdin=text)
    assert (again["changed"], again["unchanged"]) == (0, 2)
    cli.ok("reopen", "hooli")
    assert cli.json("show", "hooli", "--json")["deal"]["pipeline"] == "B2B sales"
    assert cli.ok("check") == "Everything adds up.\n"
