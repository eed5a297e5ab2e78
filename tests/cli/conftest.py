"""A command line that is run within the test: same code, captured streams."""

import io
import json
from typing import Any, NamedTuple

import pytest

from pipeboard.cli.entry import run


class Result(NamedTuple):
    """What one run answered."""

    code: int
    out: str
    err: str


class Cli:
    """Runs verbs against one database; `ok` insists on success, `json` also parses."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Result:
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        self._capsys.readouterr()
        code = run(arguments)
        said = self._capsys.readouterr()
        return Result(code, said.out, said.err)

    def ok(self, *arguments: str, stdin: bytes = b"") -> str:
        result = self(*arguments, stdin=stdin)
        assert result.code == 0, result
        return result.out

    def json(self, *arguments: str, stdin: bytes = b"") -> Any:
        return json.loads(self.ok(*arguments, stdin=stdin))


@pytest.fixture
def bare_cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Anna's command line on 22 November 2026, where no database exists yet."""
    monkeypatch.setenv("PIPEBOARD_NOW", "2026-11-22T09:00:00+00:00")
    monkeypatch.setenv("PIPEBOARD_USER", "anna")
    return Cli(capsys, monkeypatch)


@pytest.fixture
def cli(bare_cli: Cli, sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The same with a fresh workspace in EUR and Europe/Warsaw."""
    monkeypatch.setenv("PIPEBOARD_DB", sqlite_database)
    return bare_cli
