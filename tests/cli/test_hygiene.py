"""The verb `hygiene`."""

import pytest

from .conftest import Cli


def test_gaps_as_text_and_json(cli: Cli) -> None:
    cli.ok("add", "Acme [/ EU] renewal close:2026-11-01")
    text = cli.ok("hygiene")
    assert "Close date passed (1, €0)" in text
    assert "1 nov, 21 days ago" in text
    assert "Anna Nowak: 0% of 1 open deal complete" in text
    assert max(map(len, text.splitlines())) <= 80
    found = cli.json("hygiene", "--json")
    assert found["schema"] == "pipeboard.hygiene/1"
    assert [gap["kind"] for gap in found["gaps"]] == ["close_passed", "no_next_step", "no_value"]
    assert found["quality"] == [{"owner": "Anna Nowak", "deals": 1, "complete": 0, "share": 0.0}]
    rows = cli.ok("hygiene", "--csv").splitlines()
    assert len(rows) == 4
    assert rows[1].startswith("close_passed,1,Acme [/ EU] renewal")


def test_a_flush_shows_first_and_closes_with_yes(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.ok("add", "Acme renewal €900")
    assert cli.ok("hygiene", "--flush") == "Nothing is stale.\n"
    monkeypatch.setenv("PIPEBOARD_NOW", "2027-03-01T09:00:00+00:00")
    assert "1 deal would be closed as lost" in cli.ok("hygiene", "--flush")
    assert cli.json("show", "1", "--json")["deal"]["status"] == "open"
    assert cli.ok("hygiene", "--flush", "--yes") == "Flushed Acme renewal: Stale (flush)\n"
    assert cli.json("show", "1", "--json")["deal"]["status"] == "lost"
    assert cli("hygiene", "--yes").code == 2
    cli.ok("undo")
    assert cli.json("show", "1", "--json")["deal"]["status"] == "open"
