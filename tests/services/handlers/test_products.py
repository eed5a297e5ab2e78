"""The catalogue of products: kept in order, told on deals in its spelling, and taken back by one undo."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeboard.domain.commands import CreateDeal, DeleteDeals, EditDeals, Redo, Seen, Undo
from pipeboard.domain.errors import Conflict, InvalidInput, NotFound, StaleDeal
from pipeboard.domain.events import RecordsImported, SetupChanged
from pipeboard.domain.imports.records import ImportRecords, Record
from pipeboard.domain.metrics.report import Report
from pipeboard.domain.product_commands import AddProduct, ArchiveProduct, EditProduct, MergeProducts, RestoreProduct
from pipeboard.domain.products import Product
from pipeboard.services import safety
from pipeboard.services.metrics import MetricsQuery
from pipeboard.services.workspace import Workspace
from tests.conftest import OpenWorkspace
from tests.services.handlers.asking import add, detail, seen
from tests.storage.states import live_state
from tests.storage.test_undo import file_of, imported

HOSTILE = "Gold [/ EU] 株式会社"


def product(workspace: Workspace, name: str, **fields: Any) -> int:
    """A new product's id."""
    (fact,) = workspace.execute(AddProduct(name, **fields)).events
    assert isinstance(fact, SetupChanged)
    return fact.entity_id


def products(workspace: Workspace) -> dict[str, Product]:
    """The catalogue by name."""
    return {sheet.name: sheet.product for sheet in workspace.catalogues.products().sheets}


def of_deals(workspace: Workspace, *deals: int) -> list[str]:
    """What deals say of their product."""
    return [detail(workspace, deal).product for deal in deals]


def figures(workspace: Workspace, **fields: Any) -> Report:
    """The figures of all time."""
    return workspace.metrics.report(MetricsQuery(is_all=True, **fields))


def test_a_product_is_kept_as_it_was_said(workspace: Workspace) -> None:
    product(workspace, f" {HOSTILE} ", code=" G-1 ", category="Plans", price_minor=550_00, notes="a\nb")
    product(workspace, "Silver", price_minor=0, currency="usd")
    product(workspace, "Tin")
    found = products(workspace)
    assert list(found) == [HOSTILE, "Silver", "Tin"]
    assert found[HOSTILE][2:] == (HOSTILE, "G-1", "Plans", 550_00, "EUR", "a\nb", False)
    assert found["Silver"].price == "$0"
    assert (found["Tin"].price_minor, found["Tin"].price) == (None, "")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (AddProduct("  "), "needs a name"),
        (AddProduct("gold-pro"), "There is a product Gold Pro already .merge"),
        (AddProduct("old"), "restore it instead"),
        (AddProduct("G 1"), "G 1 is code of the product Gold Pro"),
        (AddProduct("Platinum"), "another spelling of the product Gold Pro"),
        (AddProduct("Tin", code="g1"), "is the product Gold Pro already: choose another code"),
        (AddProduct("Tin", code="OLD"), "is the product Old already"),
        (AddProduct("Tin", price_minor=-1), "0 or more"),
        (AddProduct("Tin", price_minor=2**53), "0 or more"),
        (AddProduct("Tin", price_minor=1, currency="XXZ"), "no ISO 4217"),
    ],
)
def test_what_cannot_be_added(workspace: Workspace, command: AddProduct, words: str) -> None:
    gold = product(workspace, "Gold Pro", code="G-1")
    old = product(workspace, "Old")
    workspace.execute(ArchiveProduct(Seen(old)))
    workspace.execute(MergeProducts(Seen(gold), spellings=("Platinum",)))
    before = live_state(workspace)
    with pytest.raises(InvalidInput, match=words):
        workspace.execute(command)
    assert live_state(workspace) == before


def test_a_deal_says_its_product_as_the_catalogue_does(workspace: Workspace) -> None:
    product(workspace, "GTX Pro", code="4711")
    deal = add(workspace, "One", product="gtx-pro")
    other = add(workspace, "Two", product="Training day")
    assert of_deals(workspace, deal, other) == ["GTX Pro", "Training day"]
    assert [sheet.name for sheet in workspace.catalogues.products().sheets] == ["GTX Pro"], "none is added silently"
    workspace.execute(EditDeals(seen(other), (("product", "GTXPRO"),)))
    assert of_deals(workspace, other) == ["GTX Pro"]
    workspace.execute(EditDeals(seen(other), (("product", "4711"),)))
    assert workspace.execute(Undo()).label == "Undid: Changed product of Two"
    assert of_deals(workspace, other) == ["Training day"]


def test_an_import_of_deals_says_it_so_too(workspace: Workspace) -> None:
    product(workspace, "GTX Pro")

    def bring(text: str) -> Any:
        (fact,) = workspace.execute(file_of(workspace, imported(1, product=text))).events
        return fact[1:4]

    assert bring("GTXPro") == (1, 0, 0)
    assert of_deals(workspace, 1) == ["GTX Pro"]
    assert workspace.deals.detail(1).listed is not None
    assert bring("GTXPro") == (0, 0, 1), "nor does it change anything the next time"
    assert bring("Training") == (0, 1, 0)
    assert of_deals(workspace, 1) == ["Training"]


def test_another_name_goes_to_the_deals_and_one_undo_brings_it_back(workspace: Workspace) -> None:
    gold = product(workspace, "Gold", code="G1")
    one, other = add(workspace, "One", product="Gold"), add(workspace, "Two", product="Silver")
    gone = add(workspace, "Gone", product="Gold")
    workspace.execute(DeleteDeals(seen(gone)))
    before = live_state(workspace)
    outcome = workspace.execute(EditProduct(Seen(gold), (("name", HOSTILE), ("price_minor", 9_00))))
    assert outcome.label == f"Renamed the product Gold to {HOSTILE} on 1 deal"
    assert of_deals(workspace, one, other) == [HOSTILE, "Silver"]
    assert products(workspace)[HOSTILE].price == "€9"
    pipeline = workspace.board.view(None, window=1).overview.pipeline
    assert workspace.filters.deal_ids("eu]", pipeline.id) == {one}, "found by the new name"
    assert workspace.filters.deal_ids("gold]", pipeline.id) == set()
    after = live_state(workspace)
    workspace.execute(Undo())
    assert live_state(workspace) == before
    workspace.execute(Redo())
    assert live_state(workspace) == after
    assert safety.check(str(workspace.target.path or workspace.target.url)) == []


def test_a_rename_that_a_deal_went_on_from_is_not_taken_back(workspace: Workspace) -> None:
    gold = product(workspace, "Gold")
    deal = add(workspace, "One", product="Gold")
    renamed = workspace.execute(EditProduct(Seen(gold), (("name", "Platinum"),)))
    workspace.execute(EditDeals(seen(deal), (("product", "Tin"),)))
    with pytest.raises(Conflict, match="Changed product of One"):
        workspace.execute(Undo(renamed.action_id))


def test_fields_are_set_and_nothing_happens_twice(workspace: Workspace) -> None:
    gold = product(workspace, "Gold", price_minor=5_00)
    set_all = EditProduct(Seen(gold), (("code", "g"), ("category", "Plans"), ("currency", "USD"), ("notes", "n")))
    assert workspace.execute(set_all).label == "Changed code, category, currency, notes of Gold"
    assert products(workspace)["Gold"][3:] == ("g", "Plans", 5_00, "USD", "n", False)
    assert workspace.execute(set_all).action_id is None
    workspace.execute(EditProduct(Seen(gold), (("price_minor", None), ("code", ""), ("name", "Gold"))))
    assert products(workspace)["Gold"][3:] == ("", "Plans", None, "", "n", False)
    with pytest.raises(InvalidInput, match="'colour' is no field of a product"):
        workspace.execute(EditProduct(Seen(gold), (("colour", "red"),)))
    other = product(workspace, "Silver")
    with pytest.raises(InvalidInput, match="merge the two"):
        workspace.execute(EditProduct(Seen(other), (("name", "GOLD"),)))


def test_somebody_else_is_not_overwritten(workspace: Workspace, open_workspace: OpenWorkspace) -> None:
    gold = product(workspace, "Gold")
    colleague = open_workspace(str(workspace.target.path or workspace.target.url), login="boris")
    version = products(colleague)["Gold"].version
    workspace.execute(EditProduct(Seen(gold, version), (("code", "G1"),)))
    colleague.execute(EditProduct(Seen(gold, version), (("category", "Plans"),)))
    with pytest.raises(StaleDeal, match=r"Anna Nowak changed “Gold” \(code\)"):
        colleague.execute(EditProduct(Seen(gold, version), (("code", "G2"),)))


def test_an_archived_product_is_offered_no_more_and_still_joins(workspace: Workspace) -> None:
    gold = product(workspace, "Gold")
    deal = add(workspace, "One", product="gold")
    workspace.execute(ArchiveProduct(Seen(gold)))
    assert workspace.execute(ArchiveProduct(Seen(gold))).action_id is None
    assert workspace.deals.known().products == ()
    workspace.execute(EditDeals(seen(deal), (("product", "GOLD"),)))
    assert of_deals(workspace, deal) == ["Gold"]
    workspace.execute(RestoreProduct(Seen(gold)))
    assert workspace.deals.known().products == ("Gold",)
    assert not products(workspace)["Gold"].is_archived


def test_a_merge_gives_the_deals_to_the_kept_one_and_one_undo_brings_all_back(workspace: Workspace) -> None:
    kept = product(workspace, "GTX Pro")
    other = product(workspace, "GTX Professional", code="GP", price_minor=5_00, notes="old")
    deals = [add(workspace, text, product=text) for text in ("GTXPro", "gtx professional", "Pro (GTX)", "Silver")]
    assert of_deals(workspace, *deals) == ["GTX Pro", "GTX Professional", "Pro (GTX)", "Silver"]
    before = live_state(workspace)
    outcome = workspace.execute(MergeProducts(Seen(kept), (Seen(other),), ("Pro (GTX)",)))
    assert outcome.label == "Merged GTX Professional and 1 more into the product GTX Pro on 2 deals"
    assert of_deals(workspace, *deals) == ["GTX Pro", "GTX Pro", "GTX Pro", "Silver"]
    assert products(workspace)["GTX Pro"][3:] == ("GP", "", 5_00, "EUR", "old", False)
    assert list(products(workspace)) == ["GTX Pro"]
    assert of_deals(workspace, add(workspace, "Next", product="pro gtx")) == ["GTX Pro"], "it is another spelling now"
    workspace.execute(Undo())
    after = live_state(workspace)
    workspace.execute(Undo())
    assert live_state(workspace) == before
    workspace.execute(Redo())
    assert live_state(workspace) == after
    with pytest.raises(NotFound, match="was merged into another one"):
        workspace.execute(EditProduct(Seen(other), (("code", "x"),)))


def test_what_was_merged_goes_on_with_the_product_it_became(workspace: Workspace) -> None:
    first, second, third = (product(workspace, name) for name in ("One", "Two", "Three"))
    workspace.execute(MergeProducts(Seen(second), (Seen(first),)))
    workspace.execute(MergeProducts(Seen(third), (Seen(second),)))
    assert of_deals(workspace, add(workspace, "A", product="one"), add(workspace, "B", product="two")) == ["Three"] * 2
    with pytest.raises(InvalidInput, match="Three cannot be merged with itself"):
        workspace.execute(MergeProducts(Seen(third), (Seen(third),), ("Three",)))
    fourth = product(workspace, "Four")
    with pytest.raises(InvalidInput, match="two means the product Three"):
        workspace.execute(MergeProducts(Seen(fourth), spellings=("two",)))


def test_another_spelling_of_a_product_is_put_right_by_merging_it(workspace: Workspace) -> None:
    deal = add(workspace, "One", product="GTXPro")
    kept = product(workspace, "GTX Pro")
    (sheet,) = workspace.catalogues.products().sheets
    assert (sheet.spellings, sheet.deal_count, sheet.open_count, sheet.won_count) == (("GTXPro",), 1, 1, 0)
    workspace.execute(MergeProducts(Seen(kept), spellings=("GTXPro",)))
    assert of_deals(workspace, deal) == ["GTX Pro"]
    assert workspace.catalogues.products().sheets[0].spellings == ()


def test_figures_and_filters_join_the_spellings_of_a_product(workspace: Workspace) -> None:
    deals = [add(workspace, text, product=text, value_minor=1_00) for text in ("GTXPro", "GTX Pro", "Training")]
    product(workspace, "GTX Pro")
    assert of_deals(workspace, *deals) == ["GTXPro", "GTX Pro", "Training"], "what deals say is theirs"
    assert [(row.name, row.open) for row in figures(workspace).by_product] == [("GTX Pro", 2), ("Training", 1)]
    assert workspace.metrics.choices().products == ("GTX Pro", "Training")
    assert workspace.metrics.choices().product("gtxpro") == "GTX Pro"
    assert figures(workspace, product="GTX Pro").open.deals == 2
    pipeline = workspace.board.view(None, window=1).overview.pipeline.id
    for text in ('product:"GTX Pro"', "product:gtxpro", "product:pro"):
        assert workspace.filters.deal_ids(text, pipeline) == set(deals[:2]), text
    assert workspace.filters.values("product") == [("GTX Pro", 2), ("Training", 1)]
    others = workspace.catalogues.products().others
    assert [(one.text, one.deal_count) for one in others] == [("Training", 1)]


def test_a_deal_knows_the_list_price_of_its_product(workspace: Workspace) -> None:
    product(workspace, "Gold", code="G1", price_minor=550_00)
    deal = add(workspace, "One", product="g-1", value_minor=484_00)
    assert detail(workspace, deal).against_list == "list €550, 12% below"
    assert detail(workspace, add(workspace, "Two", product="Tin", value_minor=1)).against_list == ""


# -- a file of products ----------------------------------------------------------------------------------


def bring(workspace: Workspace, *rows: dict[str, Any], source: str = "pipedrive") -> tuple[int, int, int, int]:
    """Import rows; how many are new, changed, unchanged, rejected."""
    records = [Record(n, str(row.pop("external_id", "")), row) for n, row in enumerate(rows, 2)]
    (fact,) = workspace.execute(ImportRecords("products", "products.csv", source, tuple(records))).events
    assert isinstance(fact, RecordsImported)
    return fact.new, fact.changed, fact.unchanged, len(fact.rejected)


def test_products_come_in_once_and_are_known_again(workspace: Workspace) -> None:
    def rows() -> list[dict[str, Any]]:
        return [
            {"external_id": "1", "name": "GTX Pro", "code": "G1", "category": "GTX", "price": Decimal("4821")},
            {"external_id": "2", "name": "Gold", "price": Decimal("5.5"), "currency": "usd", "notes": "n"},
            {"name": "gtx-pro", "price": Decimal(1)},
            {"name": "  "},
            {"name": "Tin", "price": Decimal("1.005")},
            {"name": "Tin", "price": None, "currency": "XXZ"},
            {"name": "Zinc", "price": Decimal(1), "currency": "XXZ"},
            {"name": "Lead", "price": Decimal(-1)},
        ]

    before = live_state(workspace)
    assert bring(workspace, *rows()) == (3, 0, 1, 4)
    found = products(workspace)
    assert found["GTX Pro"][2:7] == ("GTX Pro", "G1", "GTX", 4_821_00, "EUR")
    assert (found["Gold"].price, found["Gold"].notes, found["Tin"].price_minor) == ("$5.50", "n", None)
    again = bring(workspace, *rows())
    assert again[:2] == (0, 0)
    workspace.execute(Undo())
    assert live_state(workspace) == before


def test_a_file_of_products_changes_what_it_knows_better(workspace: Workspace) -> None:
    mine = product(workspace, "gtx pro", code="G1", price_minor=1_00, notes="mine")
    assert bring(workspace, {"external_id": "7", "name": "GTX Pro", "price": Decimal(2)}) == (0, 1, 0, 0)
    (only,) = products(workspace).values()
    assert (only.id, only.name, only.code, only.price, only.notes) == (mine, "gtx pro", "G1", "€2", "mine")
    deal = add(workspace, "One", product="GTX PRO")
    assert bring(workspace, {"external_id": "7", "name": "GTX Ultra"}) == (0, 1, 0, 0)
    assert of_deals(workspace, deal) == ["GTX Ultra"], "renamed there, renamed here"
    assert bring(workspace, {"external_id": "7", "name": "GTX Pro"}, source="hubspot") == (1, 0, 0, 0)
    assert bring(workspace, {"external_id": "7", "name": "GTX Pro"}) == (0, 0, 1, 0), "that name is taken"


def test_a_merged_product_does_not_come_back_with_its_file(workspace: Workspace) -> None:
    bring(workspace, {"external_id": "1", "name": "Gold"}, {"external_id": "2", "name": "Gold plan"})
    found = products(workspace)
    workspace.execute(MergeProducts(Seen(found["Gold"].id), (Seen(found["Gold plan"].id),)))
    again = {"external_id": "2", "name": "Gold plan", "price": Decimal(1)}
    assert bring(workspace, again, {"name": "GOLD PLAN", "code": "x"}) == (0, 0, 2, 0)
    assert list(products(workspace)) == ["Gold"]


def test_nothing_is_written_that_was_not_asked_for(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="Product 9 is not there any more"):
        workspace.execute(ArchiveProduct(Seen(9)))
    stage = workspace.deals.stages()[0].id
    assert workspace.execute(CreateDeal("Plain", stage)).action_id
    assert products(workspace) == {}


def test_the_deals_of_maven_join_its_products(workspace: Workspace, shared_data: Path) -> None:
    """1,480 deals say "GTXPro", which products.csv calls "GTX Pro"."""
    folder = shared_data / "maven_crm"
    with (folder / "products.csv").open(encoding="utf-8") as file:
        rows = [
            {"name": row["product"], "category": row["series"], "price": Decimal(row["sales_price"])}
            for row in csv.DictReader(file)
        ]
    with (folder / "sales_pipeline.csv").open(encoding="utf-8") as file:
        counts = Counter(row["product"] for row in csv.DictReader(file))
    imported_deals = [
        imported(n, title=f"Deal {n}", product=text) for n, text in enumerate(sorted(counts.elements()), 1)
    ]
    bring(workspace, *rows[:1])
    workspace.execute(file_of(workspace, *imported_deals))
    assert bring(workspace, *rows) == (6, 0, 1, 0)
    found = {sheet.name: sheet.deal_count for sheet in workspace.catalogues.products().sheets}
    assert found["GTX Pro"] == counts["GTXPro"] == 1480
    assert sum(found.values()) == 8800
    assert workspace.catalogues.products().others == ()
    assert {row.name: row.open for row in figures(workspace).by_product} == found


def test_undo_of_a_file_leaves_what_was_edited_since(workspace: Workspace) -> None:
    names = ("Gold", "Silver", "Tin", "Zinc")
    command = ImportRecords(
        "products", "p.csv", "pipedrive", tuple(Record(n, "", {"name": t}) for n, t in enumerate(names))
    )
    action = workspace.execute(command).action_id
    found = products(workspace)
    workspace.execute(EditProduct(Seen(found["Gold"].id), (("price_minor", 5_00),)))
    workspace.execute(MergeProducts(Seen(found["Silver"].id), (Seen(found["Tin"].id),)))
    deal = add(workspace, "One", product="zinc")
    workspace.execute(Undo(action))
    assert list(products(workspace)) == ["Gold", "Tin"], "what Tin was merged into is gone: it stands for itself again"
    assert of_deals(workspace, deal) == ["Zinc"]
    assert safety.check(str(workspace.target.path or workspace.target.url)) == []
    workspace.execute(Redo())
    assert list(products(workspace)) == ["Gold", "Silver", "Zinc"]
