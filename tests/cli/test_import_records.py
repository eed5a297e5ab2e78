"""`pipeboard import --as` from the shell."""

from tests.cli.conftest import Cli


def test_a_file_of_companies_is_recognised_or_named(cli: Cli) -> None:
    text = b"Company name,Company Domain Name\nAcme,acme.com\n,x\n"
    said = cli.json("import", "-", "--json", stdin=text)
    assert (said["schema"], said["holds"], said["profile"]) == ("pipeboard.import/1", "companies", "hubspot")
    assert (said["rows"], said["new"], said["rejected"][0]["line"]) == (2, 1, 3)
    told = cli.ok("import", "-", "--as", "contacts", "--dry-run", stdin=b"Name,Mail,Phone\nBob,,600\n")
    assert "Would import contacts: 1 new, 0 changed, 0 unchanged (1 row)" in told
    assert "Acme" in cli.ok("company", "list")
    cli.ok("undo")
    assert cli.json("company", "list", "--json")["count"] == 0
