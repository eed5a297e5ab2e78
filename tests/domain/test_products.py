"""The one rule for which product a text means, and what is said of a list price."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.product_names import product_key
from pipeboard.domain.products import Catalogue, Product, against_list

PRO = Product(1, 1, "GTX Pro", "GTX-PRO-01", "GTX", 4_821_00, "USD")
PLUS = Product(2, 1, "GTX Plus Basic", "4711", "GTX", 1_096_00, "USD")
OLD = Product(3, 1, "MG Special", is_archived=True)
SHELF = Catalogue((PRO, PLUS, OLD), [(product_key("GTX Professional"), 1), (product_key("gone"), 99)])


@pytest.mark.parametrize(
    "text", ["GTX Pro", "GTXPro", "gtx-pro", " GTX.PRO ", "ĠTX Pró", "gtx-pro-01", "GTXprofessional"]
)
def test_spellings_of_one_product(text: str) -> None:
    assert SHELF.meant(text) == PRO
    assert SHELF.spelt(text) == "GTX Pro"


@pytest.mark.parametrize("text", ["", "GTX", "GTX Pro+", "GTX Pro 2", "gone", "--", "4.711"])
def test_what_is_none_of_the_catalogue_stays_as_it_is(text: str) -> None:
    assert SHELF.meant(text) is None
    assert SHELF.spelt(text) == text


@pytest.mark.parametrize(
    ("one", "other"), [("2.5", "25"), ("Gold+", "Gold"), ("Plan 10 25", "Plan 1025"), ("A", "B"), ("+", "++")]
)
def test_what_tells_products_apart(one: str, other: str) -> None:
    assert product_key(one) != product_key(other)


@given(st.text(max_size=30))
def test_a_key_is_its_own_key_and_only_an_empty_text_has_none(text: str) -> None:
    key = product_key(text)
    assert product_key(key) == key
    assert bool(key) == bool(text.split()) or not key.strip()
    assert product_key(f" {text.strip()} ") == product_key(text.strip())


def test_a_name_goes_before_another_spelling_and_that_before_a_code() -> None:
    named = Product(1, 1, "Gold", "silver")
    other = Product(2, 1, "Bronze", "gold")
    assert Catalogue((named, other)).meant("GOLD") == named
    assert Catalogue((named, other)).meant("silver") == named
    assert Catalogue((named, other), [("silver", 2)]).meant("Silver") == other


def test_a_code_that_two_share_means_neither() -> None:
    assert Catalogue((Product(1, 1, "A", "7"), Product(2, 1, "B", "7"))).meant("7") is None


def test_what_is_offered_begins_with_the_most_used_and_leaves_archived_ones_out() -> None:
    assert SHELF.offered(("Training", "GTXPlusBasic", "mg special")) == ("GTX Plus Basic", "GTX Pro", "Training")
    assert Catalogue(()).offered(("b", "a")) == ("b", "a")


def test_counts_are_joined_by_product() -> None:
    assert SHELF.joined([("", 1), ("GTXPro", 5), ("Training", 2), ("GTX Pro", 3)]) == [
        ("", 1),
        ("GTX Pro", 8),
        ("Training", 2),
    ]
    assert SHELF.searched("GTXPro") == "GTX Pro GTXPro gtxpro GTX-PRO-01"
    assert (SHELF.searched("Training day"), SHELF.searched("")) == ("Training day trainingday", "")
    assert SHELF.same("gtxpro", ["GTX Pro", "GTXPro", "Training"]) == ("gtxpro", "GTX Pro", "GTXPro")


@pytest.mark.parametrize(
    ("value", "currency", "words"),
    [
        (4_821_00, "USD", "list $4,821, at list price"),
        (4_242_48, "USD", "list $4,821, 12% below"),
        (4_199_09, "USD", "list $4,821, 13% below"),
        (4_434_00, "USD", "list $4,821, 8% below"),
        (4_800_00, "USD", "list $4,821, 0.4% below"),
        (4_820_99, "USD", "list $4,821, less than 0.1% below"),
        (9_642_00, "USD", "list $4,821, 100% above"),
        (None, "USD", "list $4,821"),
        (4_821_00, "EUR", ""),
    ],
)
def test_a_value_against_the_list_price(value: int | None, currency: str, words: str) -> None:
    assert against_list(value, currency, PRO) == words


def test_nothing_is_said_without_a_price_and_a_price_of_0_has_no_share() -> None:
    assert against_list(1_00, "EUR", None) == against_list(1_00, "", OLD) == ""
    free = PRO._replace(price_minor=0)
    assert against_list(1_00, "USD", free) == "list $0"
    assert against_list(0, "USD", free) == "list $0, at list price"
