"""The first run: guesses, init, and what may never be overwritten."""

from pathlib import Path

import pytest

from pipeboard.config.locations import default_database, from_home
from pipeboard.domain.errors import StorageFailure
from pipeboard.services.setup import guesses, is_missing
from tests.cli.conftest import Cli


def test_init_makes_a_private_database_and_never_a_second_one(bare_cli: Cli) -> None:
    options = ("--template", "consult", "--currency", "pln", "--zone", "Europe/Warsaw", "--name", "Doradztwo")
    said = bare_cli.ok("init", *options)
    path = default_database()
    assert said == f"Set up {path}: PLN, Europe/Warsaw\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert "Inquiry" in bare_cli.ok("pipeline", "list")
    assert bare_cli.ok("owner", "list") == "anna\n"
    before = path.read_bytes()
    again = bare_cli("init")
    assert again.code == 4
    assert "exists already" in again.err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [("--currency", "EURO", "ISO 4217"), ("--zone", "Mars/Olympus", "no time zone"), ("--template", "nil", "b2b")],
)
def test_a_wrong_answer_makes_nothing(bare_cli: Cli, option: str, value: str, why: str) -> None:
    result = bare_cli("init", option, value)
    assert result.code in (1, 3)
    assert why in result.err
    assert not default_database().exists()


def test_the_machine_suggests_zone_and_currency(tmp_path: Path) -> None:
    zone_file = tmp_path / "zoneinfo" / "Europe" / "Kyiv"
    zone_file.parent.mkdir(parents=True)
    zone_file.touch()
    localtime = tmp_path / "localtime"
    localtime.symlink_to(zone_file)
    guessed = guesses({"LANG": "pl_PL.UTF-8"}, localtime)
    assert (guessed.zone, guessed.currency, guessed.template) == ("Europe/Kyiv", "PLN", "b2b")
    assert guesses({"TZ": ":Asia/Tokyo", "LC_ALL": "ja_JP"}, localtime)[1:3] == ("JPY", "Asia/Tokyo")
    assert guesses({"TZ": "CET-1CEST", "LC_ALL": "C"}, tmp_path / "none")[1:3] == ("EUR", "UTC")
    (tmp_path / "timezone").write_text("America/Lima\n", encoding="ascii")
    assert guesses({"LC_MONETARY": "de_CH", "LANG": "en_US"}, tmp_path / "none")[1:3] == ("CHF", "America/Lima")


def test_a_missing_database_with_backups_is_no_first_run(cli: Cli, sqlite_database: str) -> None:
    cli.ok("add", "Globex")
    copy = cli.ok("backup").strip()
    assert not is_missing(sqlite_database)
    for path in Path(sqlite_database).parent.glob("pipeboard.db*"):
        path.unlink()
    with pytest.raises(StorageFailure, match="backups"):
        is_missing(sqlite_database)
    assert f"pipeboard restore {copy}" in cli("list").err
    assert copy in cli.ok("restore")
    refused = cli("restore", copy)
    assert refused.code == 4
    assert "--yes" in refused.err
    cli.ok("restore", copy, "--yes")
    assert cli.json("list", "--json")["count"] == 1
    assert cli.ok("check") == "Everything adds up.\n"


def test_an_empty_file_is_not_taken_for_a_first_run(bare_cli: Cli, tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    assert not is_missing(str(empty))
    result = bare_cli("--db", str(empty), "list")
    assert result.code == 4
    assert "is empty" in result.err
    assert empty.stat().st_size == 0


def test_backup_check_and_doctor(cli: Cli, tmp_path: Path) -> None:
    cli.ok("add", "Globex")
    copy = tmp_path / "friday.db"
    assert cli.ok("backup", str(copy)) == f"{copy}\n"
    assert cli("backup", str(copy)).code == 4
    assert cli.json("--db", str(copy), "list", "--json")["count"] == 1
    assert "anew" in cli.ok("check", "--rebuild")
    assert "database" in cli("doctor").out
    where = cli.ok("where")
    assert "pipeboard.db" in where
    assert "config.toml" in where


def test_a_folder_is_told_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    home = tmp_path.resolve()
    assert [from_home(one) for one in (home, home / "in", home.parent)] == ["~", "~/in", str(home.parent)]
