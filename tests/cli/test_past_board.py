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


def test_a_filter_asks_what_was_true_then(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.ok("owner", "add", "Boris Petrov")
    cli.ok("add", "Acme renewal €12k @anna #web ! next:call due:2026-11-24")
    cli.ok("add", "Globex pilot €3k @boris")
    monkeypatch.setenv("PIPEBOARD_NOW", "2026-11-29T09:00:00+00:00")
    cli.ok("edit", "Acme", "value=1k", "owner=boris", "title=Initech", "hot=no", "tags=fair")
    for words in ("acme", "@anna", "value>10k", "hot", "#web", "overdue -globex", "owner:anna | won"):
        past = cli.json("board", "--as-of", "2026-11-25", "--filter", words, "--json")
        assert [deal["title"] for deal in past["stages"][0]["deals"]] == ["Acme renewal"], words
        assert (past["stages"][0]["count"], past["stages"][0]["value"]) == (1, "12000.00"), words
    for words in ("initech", "#fair", "@boris value<2k", "task>2026-11-26"):
        past = cli.json("board", "--as-of", "2026-11-25", "--filter", words, "--json")
        assert past["stages"][0]["deals"] == [], words
    assert "Globex" not in cli.ok("board", "--as-of", "2026-11-25", "--filter", "hot")
