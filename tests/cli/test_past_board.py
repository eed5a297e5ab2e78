"""`pipeboard board --as-of` and `--json`."""

import pytest

from .conftest import Cli


def test_the_board_as_it_stood(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.ok("add", "Acme renewal €12k")
    monkeypatch.setenv("PIPEBOARD_NOW", "2026-11-29T09:00:00+00:00")
    cli.ok("move", "Acme", "Qualified")
    cli.ok("edit", "Acme", "value=15k")
    past = cli.json("board", "--as-of", "2026-11-25", "--json")
    assert (past["schema"], past["as_of"]) == ("pipeboard.board/1", "2026-11-25")
    lead = past["stages"][0]
    assert (lead["stage"], lead["count"], lead["value"]) == ("Lead", 1, "12000.00")
    assert lead["deals"][0]["value"] == "12000.00"
    now = cli.json("board", "--json", "--filter", "acme")
    assert now["as_of"] is None
    assert [stage["count"] for stage in now["stages"][:3]] == [0, 0, 1]
    text = cli.ok("board", "--as-of", "-4d")
    assert "As of Wed 25 Nov 2026" in text
    assert "Lead · 1 deal" in text


def test_days_that_cannot_be_shown(cli: Cli) -> None:
    cli.ok("add", "Acme")
    assert "still to come" in cli("board", "--as-of", "2027-01-01").err
    assert cli("board", "--as-of", "banana").code == 2
    assert cli("board", "--as-of", "-1d", "--filter", "hot").code == 2
