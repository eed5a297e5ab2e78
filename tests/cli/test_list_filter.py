"""`pipeboard list --filter` speaks the language of the board's `/`."""

from .conftest import Cli


def test_terms_and_words_narrow_the_list_and_its_sum(cli: Cli) -> None:
    cli.ok("add", "Acme renewal €12k #web close:eom")
    cli.ok("add", "Acme pilot €3k #cold")
    cli.ok("add", "Żabka rollout €40k")
    found = cli.json("list", "--filter", "acme value>5k close<eom -#cold", "--json")
    assert [deal["title"] for deal in found["deals"]] == ["Acme renewal"]
    assert found["total"] == {"EUR": "12000.00"}
    assert cli.json("list", "-f", "@me -acme", "--json")["deals"][0]["title"] == "Żabka rollout"


def test_what_is_not_understood_goes_to_stderr_and_is_looked_for_as_a_word(cli: Cli) -> None:
    cli.ok("add", "Acme renewal")
    result = cli("list", "--filter", "close<banana")
    assert result.code == 0
    assert "close<banana: no day" in result.err
    assert "0 deals" in result.out


def test_letters_in_order_are_no_match_for_scripts(cli: Cli) -> None:
    cli.ok("add", "Acme renewal")
    assert cli.json("list", "--filter", "acrn", "--json")["count"] == 0
