"""The writing of numbers is decided by the whole column; nothing is guessed that the column can tell."""

from decimal import Decimal

import pytest

from pipeboard.domain.imports.number_columns import decide_numbers, decide_percents, why_no_number


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1234", "1234", None),
        ("-12.5", "-12.5", None),
        ("1,234.50", "1234.50", None),
        ("1.234,50", "1234.50", None),
        ("1 234,50", "1234.50", None),
        ("1\u00a0234\u00a0567", "1234567", None),
        ("1\u202f234,5", "1234.5", None),
        ("1'234.50", "1234.50", None),
        ("1’234", "1234", None),
        ("(1,234)", "-1234", None),
        ("$1,234,567", "1234567", "USD"),
        ("USD 1,234.00", "1234.00", "USD"),
        ("1.054,00 €", "1054.00", "EUR"),
        ("12 000 zł", "12000", "PLN"),
        ("1 200 000 ₽", "1200000", "RUB"),
        ("12k", "12000", None),
        ("€1.5m", "1500000", "EUR"),
        ("200.000.000", "200000000", None),
    ],
)
def test_amounts(text: str, amount: str, currency: str | None) -> None:
    number = decide_numbers([text]).numbers[text]
    assert (number.amount, number.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "text",
    ["nan", "NaN", "inf", "1e400", "1e5", "1_000", "1,23,4", "1.2.3", "0x10", "٣", "twelve", "12 13 14", "1,2345.6",
     "--5", "$", "5 apples", "=1+1", "1.234,567.8"],
)  # fmt: skip
def test_no_amounts(text: str) -> None:
    assert not decide_numbers([text]).numbers


def test_one_mark_before_three_digits_is_thousands_unless_the_column_says_otherwise() -> None:
    alone = decide_numbers(["1.234", "12.500"])
    assert alone.numbers["1.234"].amount == 1234
    assert alone.has_guess
    backed = decide_numbers(["1.234", "12,50"])
    assert backed.numbers["1.234"].amount == 1234
    assert not backed.has_guess
    against = decide_numbers(["1.234", "12.50"])
    assert "1.234" not in against.numbers
    assert why_no_number("1.234", against.rule).startswith("may be 1234 or 1.234")
    assert decide_numbers(["1,234", "12.50"]).numbers["1,234"].amount == 1234


def test_rules_in_words() -> None:
    assert decide_numbers(["1.054,00 €", "12"]).rule == "decimal comma, thousands by point"
    assert decide_numbers(["1,054.00"]).rule == "decimal point, thousands by comma"
    assert decide_numbers(["12"]).rule == "whole numbers"


def test_shared_signs_mean_the_currency_at_home() -> None:
    assert decide_numbers(["$5"], "CAD").numbers["$5"].currency == "CAD"


@pytest.mark.parametrize(
    ("values", "read"),
    [
        (["75%", "10 %", "0"], [75, 10, 0]),
        (["0.75", "1", "0"], [75, 100, 0]),
        (["0", "1"], [0, 1]),
        (["0.5", "50"], [0.5, 50]),
        (["0.5%", "1%"], [0.5, 1]),
        (["101", "-1", "x", "12,5"], [12.5]),
    ],
)
def test_percents(values: list[str], read: list[float]) -> None:
    assert [float(number.amount) for number in decide_percents(values).numbers.values()] == read


def test_a_cell_of_a_hundred_percent_is_a_one() -> None:
    assert [float(n.amount) for n in decide_percents(["0", "1"], is_sheet=True).numbers.values()] == [0, 100]
    assert [float(n.amount) for n in decide_percents(["0", "1", "30"], is_sheet=True).numbers.values()] == [0, 1, 30]
