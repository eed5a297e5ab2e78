"""The verbs of the catalogue of products."""

from tests.cli.conftest import Cli
from tests.cli.test_completing import _complete


def fill(cli: Cli) -> None:
    cli.ok("add", "Pilot €2k product:GTXPro")
    cli.ok("add", "Rollout €484 product:Training")
    cli.ok("product", "add", "GTX Pro", "--price", "550", "--code", "4711", "--category", "GTX")
    cli.ok("product", "add", "Gold [/ EU]", "--price", "$1,200.50", "--notes", "a, b")
    cli.ok("product", "add", "Tin")


def test_listed_as_a_table_json_and_csv(cli: Cli) -> None:
    fill(cli)
    result = cli("product", "list")
    assert result.out.splitlines()[0].split() == ["id", "product", "code", "category", "list", "price", "deals", "open"]
    assert "Gold [/ EU]" in result.out
    assert "$1,200.50" in result.out
    assert "1 other text on deals" in result.err
    assert cli.ok("product", "list", "tin").split()[2:] == ["3", "Tin"]
    found = cli.json("product", "list", "gtx", "--json")
    assert found["schema"] == "pipeboard.products/1"
    assert found["products"] == [
        {
            "id": 1,
            "name": "GTX Pro",
            "code": "4711",
            "category": "GTX",
            "price": "550.00",
            "currency": "EUR",
            "notes": "",
            "archived": False,
            "deals": 1,
            "open": 1,
            "won": 0,
            "spellings": ["GTXPro"],
        }
    ]
    everything = cli.json("product", "list", "--json")
    assert everything["unknown"] == [{"text": "Training", "deals": 1, "open": 1, "won": 0}]
    assert cli.ok("product", "list", "--unknown").splitlines()[1].split() == ["Training", "1", "1", "0"]
    assert cli.ok("product", "list", "--csv").splitlines() == [
        "name,code,category,price,currency,notes",
        'Gold [/ EU],,,1200.50,USD,"a, b"',
        "GTX Pro,4711,GTX,550.00,EUR,",
        "Tin,,,,,",
    ]


def test_edited_archived_restored_and_merged(cli: Cli) -> None:
    fill(cli)
    said = cli.ok("product", "edit", "gtxpro", "name=GTX Ultra", "price=600", "code=")
    assert said == "Renamed the product GTX Pro to GTX Ultra on 1 deal\n"
    assert cli.json("show", "1", "--json")["deal"]["product"] == "GTX Ultra"
    assert cli.ok("product", "edit", "#1", "price=600") == "Nothing had to change\n"
    assert cli.ok("product", "edit", "gold", "price=1300") == "Changed price, currency of Gold [/ EU]\n"
    assert cli.json("product", "list", "gold", "--json")["products"][0]["currency"] == "USD"
    assert cli.ok("product", "edit", "tin", "price=") == "Nothing had to change\n"
    assert cli.ok("product", "archive", "tin") == "Archived the product Tin\n"
    assert cli.ok("product", "archive", "tin") == "Archived already\n"
    assert "Tin" not in cli.ok("product", "list")
    assert cli.ok("product", "list", "--all").splitlines()[-1].split() == ["3", "Tin", "archived"]
    assert cli.ok("product", "restore", "tin") == "Restored the product Tin\n"
    assert cli.ok("product", "restore", "tin") == "It is not archived\n"
    merged = cli.ok("product", "merge", "training", "tin", "--into", "gtx")
    assert merged == "Merged Tin and 1 more into the product GTX Ultra on 1 deal\n"
    assert cli.json("show", "2", "--json")["deal"]["product"] == "GTX Ultra"
    cli.ok("undo")
    assert cli.json("show", "2", "--json")["deal"]["product"] == "Training"
    cli.ok("undo")
    cli.ok("undo")


def test_another_spelling_is_put_right(cli: Cli) -> None:
    fill(cli)
    assert cli.ok("product", "merge", "GTXPro", "--into", "GTX Pro").endswith("on 1 deal\n")
    assert cli.json("show", "1", "--json")["deal"]["product"] == "GTX Pro"


def test_a_deal_is_told_beside_its_list_price(cli: Cli) -> None:
    fill(cli)
    cli.ok("edit", "rollout", "product=4711")
    assert "value        €484, list €550, 12% below\n" in cli.ok("show", "rollout")
    deal = cli.json("show", "rollout", "--json")["deal"]
    assert deal["list_price"] == {"product": "GTX Pro", "code": "4711", "amount": "550.00", "currency": "EUR"}
    cli.ok("edit", "rollout", "product=Other")
    assert cli.json("show", "rollout", "--json")["deal"]["list_price"] is None


def test_figures_know_a_product_by_any_spelling(cli: Cli) -> None:
    fill(cli)
    made = cli.json("metrics", "--product", "gtx-pro", "--json")
    assert made["filters"]["product"] == "GTX Pro"
    assert [(row["name"], row["open"]) for row in made["by_product"]] == [("GTX Pro", 1)]
    assert cli.json("forecast", "--product", "GTXPRO", "--json")["filters"]["product"] == "GTX Pro"
    assert cli("metrics", "--product", "zinc").code == 3
    assert cli.json("list", "--filter", "product:gtx-pro", "--json")["count"] == 1


def test_what_is_wrong_is_told(cli: Cli) -> None:
    fill(cli)
    assert "There is a product GTX Pro already" in cli("product", "add", "gtx pro").err
    assert cli("product", "edit", "gold", "deleted=1").code == 2
    assert cli("product", "archive", "zinc").code == 3
    assert "no amount of money" in cli("product", "add", "Zinc", "--price", "dear").err
    result = cli("product", "merge", "tin", "--into", "tin")
    assert (result.code, "cannot be merged with itself" in result.err) == (1, True)


def test_products_are_completed(cli: Cli, sqlite_database: str) -> None:
    fill(cli)
    for words in ("product edit gt", "metrics --product gt", "product merge gt"):
        assert _complete(sqlite_database, f"pipeboard {words}")[:3] == ["plain", "GTX Pro", "€550 4711"], words
    assert "Training" in _complete(sqlite_database, "pipeboard product merge tr")
