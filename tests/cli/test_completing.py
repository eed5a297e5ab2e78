"""What a shell completes, and the pager."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Cli


def _complete(database: str, words: str, shell: str = "zsh") -> list[str]:
    """The answers of the program to a shell, asked as its script asks."""
    environ = {**os.environ, "PIPEBOARD_DB": database, "_PIPEBOARD_COMPLETE": f"{shell}_complete"}
    environ |= {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split(" ")) - 1)}
    command = [sys.executable, "-m", "pipeboard"]
    asked = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)
    return asked.stdout.splitlines()


def test_deals_stages_and_people_are_completed(cli: Cli, sqlite_database: str) -> None:
    cli.ok("add", "Żabka [/ rollout] $5")
    deal = _complete(sqlite_database, "pipeboard move zab")
    assert deal[:3] == ["plain", "Żabka [/ rollout]", "1"]
    assert "Negotiation" in _complete(sqlite_database, "pipeboard move 1 neg")
    assert "Anna Nowak" in _complete(sqlite_database, "pipeboard list --owner an")
    cli.ok("view", "save", "Big ones", "value>10k")
    assert _complete(sqlite_database, "pipeboard list --view bi")[:3] == ["plain", "Big ones", "value>10k"]
    assert r"plain,Żabka\\ \\[/\\ rollout\\]" in _complete(sqlite_database, "pipeboard show zab", "bash")
    assert "plain,hygiene" in _complete(sqlite_database, "pipeboard hy", "bash")


_BASH = """
eval "$(pipeboard completion bash)"
COMP_WORDS=(pipeboard show acm); COMP_CWORD=2
_pipeboard_completion pipeboard acm show
printf '%s' "${COMPREPLY[0]}"
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_types_a_name_so_that_nothing_in_it_runs(cli: Cli, sqlite_database: str, tmp_path: Path) -> None:
    title = """Acme: $(touch pwned) `touch pwned` "q" 'it' \\ & ; #x *"""
    cli.ok("add", "Acme")
    cli.ok("edit", "1", f"title={title}")
    stored = cli.json("show", "1", "--json")["deal"]["title"]
    (tmp_path / "pipeboard").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeboard "$@"\n')
    (tmp_path / "pipeboard").chmod(0o700)
    environ = {**os.environ, "PIPEBOARD_DB": sqlite_database}
    environ["PATH"] = f"{tmp_path}:{environ['PATH']}"
    command = ["bash", "--norc", "-c", _BASH]
    asked = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=True, cwd=tmp_path)
    typed = ["bash", "--norc", "-c", f"printf %s {asked.stdout}"]
    said = subprocess.run(typed, capture_output=True, text=True, timeout=60, check=True, cwd=tmp_path)
    assert (said.stdout, stored) == (title, title)
    assert not (tmp_path / "pwned").exists()


def test_a_database_that_is_not_there_completes_nothing(tmp_path: Path) -> None:
    assert _complete(str(tmp_path / "none.db"), "pipeboard show a") in ([], [""])


def test_a_long_result_goes_through_the_pager_of_a_person_at_a_terminal(cli: Cli, sqlite_database: str) -> None:
    import pty

    cli.ok("add", "Acme")
    environ = {**os.environ, "PIPEBOARD_DB": sqlite_database, "PAGER": "sed s/Acme/paged/"}
    leader, follower = pty.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeboard", "list"], env=environ, stdout=follower, stdin=follower, stderr=follower
        )
        assert process.wait(timeout=60) == 0
        text = os.read(leader, 10_000).decode()
    finally:
        os.close(follower)
        os.close(leader)
    assert "paged" in text
    assert "Acme" not in text


@pytest.mark.parametrize("pager", ["", "cat", "/no/such/pager"])
def test_without_a_pager_or_a_terminal_nothing_stands_between(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, pager: str
) -> None:
    monkeypatch.setenv("PAGER", pager)
    cli.ok("add", "Acme")
    assert "Acme" in cli.ok("list")
