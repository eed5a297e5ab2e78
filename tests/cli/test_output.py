"""What is written: cells, tables, and nothing that a terminal would act on."""

import json
import sys

import pytest

from pipeboard.cli import output
from pipeboard.cli.cells import cut, padded, width_of
from pipeboard.cli.diagnostics import Progress


@pytest.mark.parametrize(
    ("text", "cells"), [("", 0), ("abc", 3), ("株式", 4), ("Łódź", 4), ("e\u0301", 1), ("a\u200bb", 2), ("Орион", 5)]
)
def test_cells(text: str, cells: int) -> None:
    assert width_of(text) == cells


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("株式会社", 6, "株式…"),
        ("株式会社", 5, "株式…"),
        ("ab cd", 4, "ab…"),
        ("abc", 0, ""),
    ],
)
def test_cut(text: str, room: int, shown: str) -> None:
    assert cut(text, room) == shown
    assert width_of(shown) <= max(room, 0)


def test_padded() -> None:
    assert padded("株", 4) + "|" == "株  |"
    assert padded("1", 3, is_right=True) == "  1"


def test_a_table_fits_and_leaves_out_what_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("1", "x" * 70, "y" * 60, ""), ("22", "株式" * 30, "z", "")]
    output.table(("id", "deal", "company", "empty"), rows, right=(0,), flexible=(1, 2))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["id", "deal", "company"]
    assert lines[1].startswith(" 1  xxx")
    assert max(width_of(line) for line in lines) <= output.NARROW
    output.table(("id", "deal", "company", "empty"), rows, flexible=(1,), optional=2)
    assert capsys.readouterr().out.splitlines()[0].split() == ["id", "deal"]
    output.table(("id",), [])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("hostile", ["\x1b[31mred", "\x9b2J", "a\rb", "\u202eevil", "bell\x07"])
def test_no_control_character_is_written(capsys: pytest.CaptureFixture[str], hostile: str) -> None:
    output.line(hostile)
    output.table(("a",), [(hostile,)])
    output.document({"text": hostile})
    said = capsys.readouterr().out
    assert all(character.isprintable() for character in said.replace("\n", ""))
    assert json.loads(said.splitlines()[-1]) == {"text": hostile}


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("Reading") as bar:
        bar(1, 2)
        bar.step("Saving")
    assert capsys.readouterr() == ("", "")


def test_progress_draws_over_itself_and_leaves_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Progress("Reading") as bar:
        bar(1, 2)
        bar(2, 2)
    said = capsys.readouterr()
    assert said.out == ""
    assert "\n" not in said.err
    assert " 50%" in said.err
    assert "100%" in said.err
    assert said.err.endswith("\r\x1b[K")


def test_progress_draws_nothing_on_a_terminal_that_cannot(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    with Progress("Reading") as bar:
        bar(1, 2)
    assert capsys.readouterr() == ("", "")
