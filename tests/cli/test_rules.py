"""`pipeboard rules`, and rules that verbs set off."""

from typing import Any

import pytest

from pipeboard.config.locations import config_file
from tests.cli.conftest import Cli


def _configure(text: str) -> None:
    path = config_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _deal(cli: Cli, deal: str = "1") -> dict[str, Any]:
    found: dict[str, Any] = cli.json("show", deal, "--json")["deal"]
    return found


RULES = """
[[rule]]
name = "Chase"
when = "enters Proposal made"
then = [{task = "follow up +3d"}]

[[rule]]
when = "idle 14d"
then = [{tag = "asleep"}]
"""


def test_a_verb_sets_rules_off_and_says_so(cli: Cli) -> None:
    _configure(RULES)
    cli.ok("add", "Acme platform")
    result = cli("move", "acme", "proposal")
    assert (result.code, result.err) == (0, "Rule “Chase”: Acme platform\n")
    assert _deal(cli)["next_task"]["title"] == "follow up"
    assert [a["kind"] for a in cli.json("history", "--json")["actions"][:2]] == ["rule", "deal.moved"]
    assert cli("undo").err == ""
    assert _deal(cli)["next_task"] is None
    assert cli("undo").code == 0
    assert _deal(cli)["stage"] == "Lead"


def test_rules_are_listed_checked_and_rehearsed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.ok("add", "Acme platform")
    _configure(RULES)
    assert cli.ok("rules", "list").splitlines()[0] == ("Chase: when enters Proposal made: plan “follow up +3d”")
    assert cli.ok("rules", "check") == "2 rules in order.\n"
    monkeypatch.setenv("PIPEBOARD_NOW", "2026-12-06T09:00:00+00:00")
    assert cli.ok("rules", "run", "--dry-run") == (
        "Would carry out “idle 14d” for Acme platform: add #asleep\n1 firing; nothing was changed.\n"
    )
    assert _deal(cli)["tags"] == []
    assert cli.ok("rules", "run") == "Rule “idle 14d”: Acme platform\n1 firing.\n"
    assert cli.ok("rules", "run") == "0 firings.\n"
    assert _deal(cli)["tags"] == ["asleep"]


def test_what_happened_before_is_caught_up_with(cli: Cli) -> None:
    cli.ok("add", "Acme platform")
    _configure('[[rule]]\nwhen = "created"\nthen = {tag = "new"}\n')
    assert cli.ok("rules", "run") == "0 firings.\n"
    assert "Acme platform" in cli.ok("rules", "run", "--since", "today")
    assert _deal(cli)["tags"] == ["new"]


def test_bad_rules_are_told_and_the_good_ones_hold(cli: Cli) -> None:
    _configure(RULES + '[[rule]]\nwhen = "full moon"\nthen = {tag = "x"}\n')
    result = cli("config", "check")
    assert (result.code, "rule 3: 'full moon' starts nothing" in result.out) == (1, True)
    assert cli("rules", "check").code == 1
    _configure('[[rule]]\nwhen = "enters Nirvana"\nthen = {tag = "x"}\n')
    result = cli("rules", "check")
    assert (result.code, result.out) == (1, "Rule “enters Nirvana”: there is no stage “Nirvana”.\n")


def test_without_rules_nothing_is_done(cli: Cli) -> None:
    assert "no rules" in cli("rules", "list").err
    assert cli.ok("rules", "check") == "0 rules in order.\n"
    assert cli.ok("rules", "run") == "0 firings.\n"
