"""The verb `review`."""

from .conftest import Cli


def test_the_agenda_of_the_meeting(cli: Cli) -> None:
    assert cli.ok("review") == "No deal needs a word.\n"
    cli.ok("add", "Acme [/ EU] €900 close:2026-11-01")
    text = cli.ok("review")
    assert text.startswith("Slipped dates (1)\n")
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
