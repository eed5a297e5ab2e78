"""`pipeboard quota` and `pipeboard spend`."""

from tests.cli.conftest import Cli


def test_targets_from_the_command_line(cli: Cli) -> None:
    assert cli.ok("quota", "set", "120k", "--period", "2026-Q4").strip().endswith("€120,000")
    cli.ok("quota", "set", "20", "--count", "--period", "2026-11", "--pipeline", "b2b", "--owner", "@anna")
    text = cli.ok("quota", "list")
    assert "Q4 2026" in text
    assert "20 deals" in text
    assert max(map(len, text.splitlines())) <= 80
    told = cli.json("quota", "list", "--json")
    assert told["schema"] == "pipeboard.quotas/1"
    by_period = {one["period"]: one for one in told["quotas"]}
    assert (by_period["2026-Q4"]["target"], by_period["2026-11"]["target"]) == ("120000.00", 20)
    assert by_period["2026-Q4"]["won"] == "0.00"
    assert by_period["2026-11"]["owner"] == "Anna Nowak"
    cli.ok("quota", "delete", str(by_period["2026-11"]["id"]))
    assert "20 deals" not in cli.ok("quota", "list")


def test_spending_from_the_command_line(cli: Cli) -> None:
    cli.ok("spend", "add", "2500.50", "--source", "fair", "--on", "2026-11-03", "--note", "stand")
    assert "fair" in cli.ok("spend", "list")
    (one,) = cli.json("spend", "list", "--json")["spend"]
    assert (one["on"], one["source"], one["amount"]) == ("2026-11-03", "fair", "2500.50")
    assert cli.ok("spend", "list", "--period", "2026-10") == ""
    cli.ok("spend", "delete", str(one["id"]))
    assert cli.ok("spend", "list") == ""


def test_nonsense_is_told_in_a_sentence(cli: Cli) -> None:
    assert "no number of deals" in cli("quota", "set", "many", "--count", "--period", "2026").err
    assert "no period" in cli("quota", "set", "5k", "--period", "soon").err
    refused = cli("spend", "delete", "7")
    assert (refused.code, "no spending 7" in refused.err) == (3, True)
