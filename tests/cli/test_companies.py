"""The verbs for companies and contacts."""

from tests.cli.conftest import Cli


def fill(cli: Cli) -> None:
    cli.ok("add", 'Pilot €2k company:"Acme [/ EU]" contact:Bob')
    cli.ok("add", 'Rollout €3k company:"acme eu Ltd" contact:Ann')


def test_listed_shown_edited_merged_and_taken_back(cli: Cli) -> None:
    fill(cli)
    found = cli.json("company", "list", "--sort", "open", "--json")
    assert found["schema"] == "pipeboard.companies/1"
    assert [(one["name"], one["open"]["value"], one["contacts"]) for one in found["companies"]] == [
        ("acme eu Ltd", "3000.00", 1),
        ("Acme [/ EU]", "2000.00", 1),
    ]
    assert "Acme [/ EU]" in cli.ok("company", "list", "--duplicates")
    assert cli.ok("company", "merge", "acme eu", "--into", "1").startswith("Merged acme eu Ltd into Acme [/ EU]")
    cli.ok("company", "edit", "acme", "website=acme.example")
    shown = cli.json("company", "show", "acme", "--json")["company"]
    assert (shown["website"], shown["open"]["value"], len(shown["deals"])) == ("acme.example", "5000.00", 2)
    assert {person["name"] for person in shown["contacts"]} == {"Bob", "Ann"}
    assert "contact      Ann" in cli.ok("company", "show", "acme")
    cli.ok("undo")
    cli.ok("undo")
    assert cli.json("company", "list", "--json")["count"] == 2


def test_contacts(cli: Cli) -> None:
    fill(cli)
    cli.ok("contact", "edit", "bob", "email=bob@acme.example", "job_title=CTO")
    shown = cli.json("contact", "show", "bob", "--json")["contact"]
    assert (shown["email"], shown["job_title"], shown["company"]) == ("bob@acme.example", "CTO", "Acme [/ EU]")
    assert [one["name"] for one in cli.json("contact", "list", "cto", "--json")["contacts"]] == ["Bob"]
    cli.ok("contact", "merge", "ann", "--into", "bob")
    assert cli.json("contact", "list", "--json")["count"] == 1


def test_what_is_wrong_is_told(cli: Cli) -> None:
    fill(cli)
    assert cli("company", "show", "globex").code == 3
    assert cli("company", "edit", "acme", "deleted=1").code == 2
    result = cli("company", "merge", "1", "--into", "1")
    assert result.code == 1
    assert "cannot be merged with itself" in result.err
