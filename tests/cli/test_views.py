"""`pipeboard view`, and --view and --filter on every verb that has them."""

from .conftest import Cli


def filled(cli: Cli) -> None:
    cli.ok("add", 'Acme renewal €12k #web close:eom next:"call Bob" due:today')
    cli.ok("add", 'Acme pilot €3k #cold next:"mail" due:today')
    cli.ok("add", "Żabka rollout €40k")


def test_a_view_is_saved_listed_used_and_deleted(cli: Cli) -> None:
    filled(cli)
    assert "Saved the view Big" in cli.ok("view", "save", "Big", "value>10k", "--sort", "value desc")
    listed = cli.json("view", "list", "--json")["views"]
    assert [(v["name"], v["filter"], v["sort"], v["shared"]) for v in listed] == [
        ("Big", "value>10k", "value desc", False)
    ]
    found = cli.json("list", "--view", "big", "--filter", "acme", "--json")
    assert [deal["title"] for deal in found["deals"]] == ["Acme renewal"]
    cli.ok("view", "share", "big")
    assert "everybody's" in cli.ok("view", "list")
    cli.ok("view", "rename", "big", "Large")
    cli.ok("view", "delete", "large")
    result = cli("list", "--view", "large")
    assert result.code == 3
    assert 'There is no view "large"' in result.err
    cli.ok("undo")
    assert cli.json("list", "--view", "large", "--json")["count"] == 2


def test_one_language_on_board_agenda_and_metrics(cli: Cli) -> None:
    filled(cli)
    board = cli.ok("board", "--plain", "--filter", "acme value>5k | żabka")
    assert "Acme renewal" in board
    assert "Żabka rollout" in board
    assert "Acme pilot" not in board
    assert "2 open deals" in board
    agenda = cli.json("agenda", "--filter", "#web", "--json")
    assert [task["title"] for task in agenda["today"]] == ["Call Bob"] or [
        task["title"] for task in agenda["today"]
    ] == ["call Bob"]
    assert agenda["no_next_step"] == []
    figures = cli.json("metrics", "--filter", "acme", "--json")
    assert figures["deals"]["open"] == 2
    assert figures["value"]["open"] == "15000.00"
    assert figures["filters"]["filter"] == "acme"
    assert cli.json("metrics", "--json")["deals"]["open"] == 3


def test_misspelt_names_are_told_on_stderr(cli: Cli) -> None:
    filled(cli)
    result = cli("list", "--filter", "stage:leed")
    assert result.code == 0
    assert "no stage begins with “leed”: did you mean Lead?" in result.err
    assert cli("view", "save", "X", "").code != 0
    assert cli("view", "save", "X", "hot", "--sort", "nonsense").code == 2
