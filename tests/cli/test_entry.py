"""The way in: exit codes, streams that break, and errors nobody expected."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import pytest

from pipeboard.cli import start
from pipeboard.cli.entry import code_of, guarded, quick_start
from pipeboard.config.settings import Settings
from pipeboard.domain.errors import (
    Ambiguous,
    Conflict,
    InvalidInput,
    NotFound,
    NothingToUndo,
    PipeboardError,
    Refused,
    StaleDeal,
    StorageFailure,
)
from pipeboard.services.workspace import Workspace
from tests.cli.conftest import Cli


def pipeboard(
    *arguments: str, env: Mapping[str, str] | None = None, stdout: int | IO[str] = subprocess.PIPE
) -> "subprocess.CompletedProcess[str]":
    """Run the program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pipeboard", *arguments],
        env={**os.environ, "PIPEBOARD_NOW": "2026-11-22T09:00:00+00:00", **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PipeboardError, 1),
        (InvalidInput, 1),
        (Ambiguous, 1),
        (StorageFailure, 1),
        (NotFound, 3),
        (NothingToUndo, 3),
        (Refused, 4),
        (StaleDeal, 4),
        (Conflict, 4),
    ],
)
def test_every_expected_error_has_its_exit_code(error: type[PipeboardError], code: int) -> None:
    assert code_of(error("why")) == code


@pytest.mark.parametrize(
    ("arguments", "is_quick"),
    [
        ([], True),
        (["demo"], True),
        (["--db", "x.db"], True),
        (["--db=x.db"], True),
        (["--db", "x.db", "demo"], True),
        (["--db"], False),
        (["--db", ""], False),
        (["--db", "--help"], False),
        (["--help"], False),
        (["list"], False),
        (["demo", "--deals", "3"], False),
    ],
)
def test_only_the_plain_ways_to_the_board_skip_the_parser(arguments: list[str], is_quick: bool) -> None:
    assert (quick_start(arguments) is not None) is is_quick


def test_completion_is_answered_and_starts_no_board() -> None:
    environment = {"_PIPEBOARD_COMPLETE": "bash_complete", "COMP_WORDS": "pipeboard meta me", "COMP_CWORD": "2"}
    assert pipeboard(env=environment).stdout == ""
    environment |= {"COMP_WORDS": "pipeboard me", "COMP_CWORD": "1"}
    assert pipeboard(env=environment).stdout == "plain,metrics\n"


def test_usage_errors_say_what_is_there(cli: Cli) -> None:
    misspelt = cli("lst")
    assert (misspelt.code, misspelt.out) == (2, "")
    assert "Did you mean" in misspelt.err
    assert "list" in misspelt.err
    assert cli("list", "--nonsense").code == 2
    assert cli("lost", "x").code == 2
    assert cli("list", "--json", "--csv").code == 2
    assert cli("--db", "", "list").code == 2
    assert cli("--version").out.startswith("Pipeboard, version ")


def test_a_hostile_argument_reaches_no_terminal(cli: Cli) -> None:
    for arguments in (
        ("\x1b[31mlist",),
        ("show", "\x1b]0;x\x07"),
        ("edit", "1", "\x1b[2J"),
        ("--db", "\x1b[2J.db", "list"),
    ):
        result = cli(*arguments)
        assert result.code != 0
        assert "\x1b" not in result.out + result.err


def test_without_a_database_it_says_how_to_make_one(bare_cli: Cli) -> None:
    for arguments in ((), ("list",), ("add", "x"), ("import", "x.csv")):
        result = bare_cli(*arguments)
        assert (result.code, result.out) == (3, "")
        assert "pipeboard init" in result.err
    assert not Path(os.environ["XDG_DATA_HOME"]).exists()


def test_the_hint_names_the_database_that_was_asked_for(bare_cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    assert f"`pipeboard --db {path} init`" in bare_cli("--db", str(path), "list").err
    assert bare_cli("--db", str(path), "init").code == 0
    assert bare_cli("--db", str(path), "list").code == 0


def test_what_is_no_database_is_refused_in_words(bare_cli: Cli, tmp_path: Path) -> None:
    csv = tmp_path / "deals.csv"
    csv.write_text("Deal,Stage\nGlobex,Lead\n" * 100, encoding="utf-8")
    result = bare_cli("--db", str(csv), "list")
    assert result.code in (1, 4)
    assert "import" in result.err
    assert "Traceback" not in result.err
    directory = bare_cli("--db", str(tmp_path), "list")
    assert directory.code == 1
    assert "is a directory" in directory.err


def test_an_unexpected_error_is_logged_without_the_customers_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def work() -> int:
        raise ValueError("Acme Secret GmbH")

    assert guarded(work) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "Acme" not in said.err
    assert "Traceback" not in said.err
    log = Path(os.environ["XDG_STATE_HOME"]) / "pipeboard" / "pipeboard.log"
    assert str(log) in said.err
    kept = log.read_text(encoding="utf-8")
    assert "builtins.ValueError" in kept
    assert "in work" in kept
    # The line of source is ours; what it was called with is not told.
    assert kept.count("Acme") == kept.count('raise ValueError("Acme Secret GmbH")')
    assert log.stat().st_mode & 0o077 == 0


def test_an_interruption_ends_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> int:
        raise KeyboardInterrupt

    assert guarded(work) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("arguments", [(), ("list",), ("list", "--json"), ("--help",)])
def test_a_closed_pipe_is_no_error(cli: Cli, sqlite_database: str, arguments: tuple[str, ...]) -> None:
    # More than a buffer of output, so that the pipe breaks while the verb still writes.
    rows = "".join(f"A deal with a rather long title {number},Lead\n" for number in range(400))
    cli.ok("import", "-", stdin=f"Deal,Stage\n{rows}".encode())
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = pipeboard("--db", sqlite_database, *arguments, stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_behind_stdout_is_told(sqlite_database: str) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = pipeboard("--db", sqlite_database, "list", stdout=full)
    assert done.returncode == 1
    assert done.stderr == "pipeboard: no space left on device.\n"


def test_an_encoding_without_the_letters_stops_nothing(sqlite_database: str) -> None:
    environment = {"PYTHONIOENCODING": "ascii", "PIPEBOARD_DB": sqlite_database}
    assert pipeboard("add", "株式会社サクラ", env=environment).returncode == 0
    board = pipeboard(env=environment)
    assert board.returncode == 0
    assert "???" in board.stdout
    listed = pipeboard("list", "--json", env=environment)
    assert "\\u682a" in listed.stdout


class _Stream:
    """A stream that is or is not a terminal."""

    def __init__(self, is_terminal: bool) -> None:
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@pytest.mark.parametrize(
    ("term", "stdin", "stdout", "expected"),
    [
        ("xterm-256color", True, True, True),
        ("xterm-256color", True, False, False),
        ("xterm-256color", False, True, False),
        ("dumb", True, True, False),
        ("", True, True, False),
    ],
)
def test_the_real_board_needs_a_terminal_that_can_draw(
    monkeypatch: pytest.MonkeyPatch, term: str, stdin: bool, stdout: bool, expected: bool
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.stdin", _Stream(stdin))
    monkeypatch.setattr("sys.stdout", _Stream(stdout))
    assert start.has_terminal() is expected


def test_a_wrong_clock_or_zone_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPEBOARD_ZONE", "Europe/Atlantis")
    assert "no time zone" in cli("list").err
    monkeypatch.delenv("PIPEBOARD_ZONE")
    monkeypatch.setenv("PIPEBOARD_NOW", "yesterday")
    result = cli("list")
    assert result.code == 1
    assert "PIPEBOARD_NOW" in result.err


@pytest.mark.parametrize(
    ("arguments", "database", "is_demo"), [((), "", False), (("--db", "{}"), "{}", False), (("demo",), "demo.db", True)]
)
def test_on_a_terminal_the_real_board_is_started(
    cli: Cli,
    sqlite_database: str,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    database: str,
    is_demo: bool,
) -> None:
    seen: list[tuple[str, bool, str]] = []

    def run(workspace: Workspace, _settings: Settings, *, is_demo: bool = False, **_more: object) -> int:
        seen.append((str(workspace.target), is_demo, workspace.info.name))
        workspace.close()
        return 7

    monkeypatch.setattr(start, "has_terminal", lambda: True)
    monkeypatch.setattr("pipeboard.tui.app.run", run)
    result = cli(*(argument.format(sqlite_database) for argument in arguments))
    assert (result.code, result.out) == (7, "")
    ((opened, was_demo, name),) = seen
    assert opened.endswith(database.format(sqlite_database) or sqlite_database)
    assert (was_demo, name) == (is_demo, "Demo" if is_demo else "Sales")
    assert cli("board", "--plain").code == 0
    assert len(seen) == 1
