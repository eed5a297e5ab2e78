"""`pipeboard import --as` from the shell."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def test_a_file_of_companies_is_recognised_or_named(cli: Cli) -> None:
    text = b"Company name,Company Domain Name\nAcme,acme.com\n,x\n"
    said = cli.json("import", "-", "--json", stdin=text)
    assert (said["schema"], said["holds"], said["profile"]) == ("pipeboard.import/1", "companies", "hubspot")
    assert (said["rows"], said["new"], said["rejected"][0]["line"]) == (2, 1, 3)
    told = cli.ok("import", "-", "--as", "contacts", "--dry-run", stdin=b"Name,Mail,Phone\nBob,,600\n")
    assert "Would import contacts: 1 new, 0 changed, 0 unchanged (1 row)" in told
    assert "Acme" in cli.ok("company", "list")
    cli.ok("undo")
    assert cli.json("company", "list", "--json")["count"] == 0


LEAVING = {
    "acts.csv": "Activity - ID,Activity - Done,Activity - Subject,Activity - Due date,Activity - Deal\n"
    "1,Done,Call about price,2026-04-03 15:00,Acme renewal\n2,Done,Lunch,2026-04-03,Nowhere\n",
    "deals.csv": "Deal - ID,Deal - Title,Deal - Stage,Deal - Status,Deal - Organization,Deal - Contact person\n"
    "7,Acme renewal,Lead,Open,Acme,Jan Kowalski\n",
    "orgs.csv": "Organization - ID,Organization - Name,Organization - Website\n3,Acme,acme.com\n",
    "people.csv": "Person - ID,Person - Name,Person - Organization,Person - Email - Work\n"
    "5,Jan Kowalski,Acme,jan@acme.com\n",
}


def leaving(tmp_path: Path) -> list[str]:
    """The files that somebody brings along, in no order."""
    for name, text in LEAVING.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / name) for name in LEAVING]


def test_several_files_come_in_as_one_action_in_the_order_that_they_need(cli: Cli, tmp_path: Path) -> None:
    files = leaving(tmp_path)
    rehearsed = cli.json("import", *files, "--dry-run", "--json")
    assert rehearsed["schema"] == "pipeboard.imports/1"
    told = [(one["file"], one["holds"], one["new"], len(one["rejected"])) for one in rehearsed["files"]]
    assert told == [
        ("orgs.csv", "companies", 1, 0),
        ("people.csv", "contacts", 1, 0),
        ("deals.csv", "deals", 1, 0),
        ("acts.csv", "activities", 1, 1),
    ]
    assert cli.json("list", "--json")["count"] == 0
    said = cli.ok("import", *files)
    assert "acts.csv: utf-8, separated by comma, activities, pipedrive" in said
    assert said.count("`pipeboard undo` takes all of it back.") == 1
    (deal,) = cli.json("list", "--json")["deals"]
    assert (deal["company"], deal["contact"]) == ("Acme", "Jan Kowalski")
    assert "Call about price" in cli.ok("show", "acme")
    assert "jan@acme.com" in cli.ok("contact", "show", "jan")
    again = cli.json("import", *files, "--json")["files"]
    assert all((one["new"], one["changed"]) == (0, 0) for one in again)
    assert "Undid: Imported 4 files: orgs.csv, people.csv, deals.csv, acts.csv" in cli.ok("undo")
    assert cli.json("list", "--json")["count"] == cli.json("company", "list", "--json")["count"] == 0


def test_one_bad_file_of_several_leaves_everything_as_it_was(cli: Cli, tmp_path: Path) -> None:
    files = leaving(tmp_path)
    (tmp_path / "people.csv").write_text('Person - ID,Person - Name\n1,"Jan\n', encoding="utf-8")
    result = cli("import", *files)
    assert (result.code, result.out) == (1, "")
    assert "people.csv, line 2: a quotation mark is opened here" in result.err
    assert cli.json("company", "list", "--json")["count"] == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--as", "tasks"), "--as speaks of one file"),
        (("--map", "A=title"), "--map speaks of one file"),
        (("--rejects", "r.csv"), "--rejects speaks of one file"),
    ],
)
def test_what_only_one_file_can_be_told(cli: Cli, tmp_path: Path, more: tuple[str, ...], words: str) -> None:
    result = cli("import", *leaving(tmp_path), *more)
    assert result.code == 2
    assert words in result.err


def test_a_calendar_comes_alone_and_options_of_deals_are_of_deals(cli: Cli, tmp_path: Path) -> None:
    files = leaving(tmp_path)
    (tmp_path / "todo.ics").write_text("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", encoding="utf-8")
    result = cli("import", *files, str(tmp_path / "todo.ics"))
    assert (result.code, result.err) == (1, "pipeboard: todo.ics is a calendar: it comes in by itself.\n")
    result = cli("import", files[2], "--pipeline", "B2B")
    assert result.code == 2
    assert "--pipeline goes with deals; this is a file of companies" in result.err


def test_pipelines_like_theirs_from_the_shell(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Deal name,Stage,Pipeline\nAcme,Talks,Partners\n", encoding="utf-8")
    said = cli.ok("import", str(path), "--like-theirs")
    assert "Imported into Partners (new): 1 new" in said
    assert "Talks: 1 deal, 1 without a value" in said
    assert "Partners" in cli.ok("pipeline", "list")
    assert cli("import", str(path), "--like-theirs", "--pipeline", "B2B").code == 2
