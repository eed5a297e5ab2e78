"""The verb `review`."""

from .conftest import Cli


def test_the_agenda_of_the_meeting(cli: Cli) -> None:
    assert cli.ok("review") == (
        "Q4 2026: €0 won in 0 deals\nStill to come: €0 weighted in 0 deals, together €0\nNo deal needs a word.\n"
    )
    cli.ok("add", "Acme [/ EU] €900 close:2026-11-01")
    text = cli.ok("review")
    assert text.splitlines()[2] == "Slipped dates (1)"
    assert text.endswith("1 deal to speak of. Last review: never.\n")
    assert max(map(len, text.splitlines())) <= 80
    found = cli.json("review", "--json")
    assert found["schema"] == "pipeboard.review/1"
    assert found["parts"][0]["deals"][0]["why"].startswith("should have closed 21 days ago")
    assert [entry["text"] for entry in found["parts"][0]["deals"][0]["story"]] == ["created"]


def test_a_held_review_is_where_the_next_one_begins(cli: Cli) -> None:
    cli.ok("add", "Acme €900 close:2026-11-01")
    assert cli.ok("review", "--last") == "No review was held yet.\n"
    markdown = cli.ok("review", "--md", "--hold")
    assert markdown.startswith("# Pipeline review, 22 November 2026\n")
    assert "- **Acme**" in markdown
    assert cli.ok("review", "--last") == markdown
    assert cli.ok("review").endswith("Last review: 22 Nov 2026.\n")
    assert cli("review", "--md", "--json").code == 2


def test_the_quarter_and_a_filter(cli: Cli) -> None:
    cli.ok("add", "Acme €900 close:2026-11-01 #web")
    cli.ok("add", "Globex €20k close:2026-11-01")
    cli.ok("add", "Won one €3k")
    cli.ok("won", "Won one")
    cli.ok("quota", "set", "12k", "--period", "2026-Q4")
    text = cli.ok("review")
    assert text.startswith("Q4 2026: €3,000 won in 1 deal, 25% of €12,000; ")
    made = cli.json("review", "--json")["so_far"]
    assert (made["won"], made["expected"], made["target"]["attainment"]) == ("3000.00", "3000.00", 0.25)
    for options in (("--filter", "#web"), ("-f", "value<1k")):
        found = cli.json("review", "--json", *options)
        assert [deal["title"] for part in found["parts"] for deal in part["deals"]] == ["Acme"]
        assert (found["so_far"]["won_deals"], found["so_far"]["target"]) == (0, None)
        gaps = cli.json("hygiene", "--json", *options)
        assert (gaps["open"], gaps["gaps"][0]["value"]) == (1, "900.00")
    assert "25% of €12,000" in cli.ok("review", "--md")
