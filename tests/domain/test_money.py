"""Amounts: reading, exact conversion, writing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.currencies import CODES
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.money import (
    LARGEST_MINOR,
    convert,
    decimal_string,
    divide_half_even,
    exponent,
    format_money,
    from_minor,
    is_currency,
    number,
    parse_money,
    short_money,
    short_number,
    symbol,
    to_minor,
    weighted,
)

AMOUNTS = """
12 = 12
$12k = 12000 USD
12k = 12000
1.5m = 1500000
€1.5m = 1500000 EUR
1.234m = 1234000
1,234 = 1234
1.234 = 1234
€1.234 = 1234 EUR
1.5 = 1.5
12,50 = 12.50
0.125 = 0.125
0,500 = 0.500
.50 = 0.50
1,234.56 = 1234.56
1.234,56 = 1234.56
1'234.50 = 1234.50
1’234.50 = 1234.50
1.234.567 = 1234567
1,00,000 = 100000
12,34,567.50 = 1234567.50
1 200 000 ₽ = 1200000 RUB
1\u00a0200\u00a0000\u00a0₽ = 1200000 RUB
1\u202f200\u2009000 = 1200000
12 000 zł = 12000 PLN
12 000 zl = 12000 PLN
1 234,56 zł = 1234.56 PLN
USD 1,000 = 1000 USD
usd 1,000 = 1000 USD
1000 EUR = 1000 EUR
1000EUR = 1000 EUR
CHF 12'000 = 12000 CHF
12 tys = 12000
12 tys. zł = 12000 PLN
1,5 mln ₽ = 1500000 RUB
1,125 mln = 1125000
12 тыс. руб. = 12000 RUB
2 млрд ₽ = 2000000000 RUB
1.2bn = 1200000000
5 kr = 5 SEK
R$ 5 = 5 BRL
CA$5 = 5 CAD
¥500 = 500 JPY
KWD 1.234 = 1.234 KWD
KWD 1,234 = 1234 KWD
(1,234) = -1234
($5) = -5 USD
-5 = -5
−5 = -5
-$5 = -5 USD
$-5 = -5 USD
+5 = 5
0 = 0
-0 = 0
"""

NO_AMOUNTS = (
    *("", " ", "$", ".", "-", "()", "banana", "EUR", "k", "NaN", "inf", "-inf", "1e6", "1_000", "0x10"),
    *("١٢", "１２", "1 2", "1,2,3", "5.", "--5", "(-5)", "-(5)", "5 abc", "$5 EUR", "m 5", "5%"),
    *("1,23,4", "1.234.56", "1 234 5", "1,,000", "1..5", "$$5", "5 kk", "5 seats", "9" * 65, "1,234,56"),
)


def _rows(table: str) -> list[tuple[str, Decimal, str | None]]:
    """Text, amount and currency of each line of a table."""
    rows = []
    for row in table.splitlines():
        text, _, meaning = row.partition(" = ")
        amount, _, currency = meaning.partition(" ")
        if row:
            rows.append((text, Decimal(amount), currency or None))
    return rows


@pytest.mark.parametrize(("text", "amount", "currency"), _rows(AMOUNTS))
def test_an_amount_is_read(text: str, amount: Decimal, currency: str | None) -> None:
    assert parse_money(text) == (amount, currency)


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_no_amount_is_read(text: str) -> None:
    assert parse_money(text) is None


def test_a_shared_sign_means_the_currency_of_the_workspace() -> None:
    assert parse_money("$5", home="CAD") == (Decimal(5), "CAD")
    assert parse_money("5 kr", home="NOK") == (Decimal(5), "NOK")
    assert parse_money("$5", home="EUR") == (Decimal(5), "USD")


@pytest.mark.parametrize(
    ("code", "decimals"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("IQD", 3), ("MGA", 2), ("CLF", 4), ("ISK", 0)]
)
def test_decimals_follow_iso_4217(code: str, decimals: int) -> None:
    assert exponent(code) == decimals
    assert is_currency(code)


def test_codes_and_signs() -> None:
    assert len(CODES) >= 150
    assert not is_currency("usd")
    assert not is_currency("XYZ")
    assert [symbol(code) for code in ("EUR", "PLN", "CHF")] == ["€", "zł", "CHF"]


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.5", "USD", 1250),
        ("12.500", "USD", 1250),
        ("-0.01", "EUR", -1),
        ("12000", "JPY", 12000),
        ("1.234", "KWD", 1234),
        ("0E+500", "USD", 0),
        ("1E+3", "USD", 100_000),
        ("90071992547409.91", "USD", LARGEST_MINOR),
    ],
)
def test_minor_units_are_exact(amount: str, currency: str, minor: int) -> None:
    assert to_minor(Decimal(amount), currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("NaN", "USD", "NaN is not an amount of money."),
        ("-Infinity", "USD", "-Infinity is not an amount of money."),
        ("12.345", "USD", "USD has 2 decimals, 12.345 has more."),
        ("0.5", "JPY", "JPY has no decimals, 0.5 has more."),
        ("1E-500", "USD", "USD has 2 decimals; the amount has more."),
        ("1E+400", "USD", "An amount of 401 digits is too large."),
        ("90071992547409.92", "USD", "90071992547409.92 USD is too large; the most is 90,071,992,547,409.91."),
        ("1.00000000000000000000000000000000001", "USD", "has more."),
    ],
)
def test_an_amount_that_cannot_be_kept_is_refused(amount: str, currency: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        to_minor(Decimal(amount), currency)
    assert str(refusal.value).endswith(said)


@pytest.mark.parametrize(
    ("minor", "currency", "plain", "full", "bare"),
    [
        (1_200_000, "EUR", "12000.00", "€12,000", "12,000"),
        (1_200_050, "EUR", "12000.50", "€12,000.50", "12,000.50"),
        (-5, "USD", "-0.05", "-$0.05", "-0.05"),
        (12_000, "JPY", "12000", "¥12,000", "12,000"),
        (1_234, "KWD", "1.234", "KWD 1.234", "1.234"),
        (1_200_000, "PLN", "12000.00", "12,000 zł", "12,000"),
        (-1_200_000, "CHF", "-12000.00", "-CHF 12,000", "-12,000"),
        (0, "USD", "0.00", "$0", "0"),
    ],
)
def test_money_is_written(minor: int, currency: str, plain: str, full: str, bare: str) -> None:
    assert decimal_string(minor, currency) == plain
    assert format_money(minor, currency) == full
    assert number(minor, currency) == bare


@pytest.mark.parametrize(
    ("euros", "short"),
    [
        ("0", "€0"),
        ("0.05", "€0.05"),
        ("12.50", "€12.50"),
        ("99.99", "€99.99"),
        ("100.40", "€100"),
        ("950", "€950"),
        ("999.49", "€999"),
        ("999.60", "€1k"),
        ("1900", "€1.9k"),
        ("8500", "€8.5k"),
        ("38400", "€38.4k"),
        ("99940", "€99.9k"),
        ("99960", "€100k"),
        ("171000", "€171k"),
        ("999499", "€999k"),
        ("999600", "€1M"),
        ("1200000", "€1.2M"),
        ("10005534", "€10M"),
        ("1500000000", "€1.5B"),
        ("90071992547409.91", "€90.1T"),
        ("-38400", "-€38.4k"),
    ],
)
def test_money_is_written_short(euros: str, short: str) -> None:
    assert short_money(to_minor(Decimal(euros), "EUR"), "EUR") == short


def test_short_money_puts_each_sign_where_it_belongs() -> None:
    assert short_money(1_200_000, "PLN") == "12k zł"
    assert short_money(1_200_000, "CHF") == "CHF 12k"
    assert short_number(1_200_000, "CHF") == "12k"


@pytest.mark.parametrize(
    ("numerator", "denominator", "quotient"),
    [(5, 2, 2), (7, 2, 4), (-5, 2, -2), (-7, 2, -4), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (0, 9, 0)],
)
def test_halves_go_to_the_even_number(numerator: int, denominator: int, quotient: int) -> None:
    assert divide_half_even(numerator, denominator) == quotient


def test_a_weighted_total_is_rounded_once() -> None:
    thirds = 3 * (10_001 * 33)
    assert weighted(thirds) == 9_901
    assert 3 * weighted(10_001 * 33) == 9_900
    assert weighted(250) == 2
    assert weighted(350) == 4


@pytest.mark.parametrize(
    ("minor", "source", "target", "rate", "converted"),
    [
        (10_000, "EUR", "USD", "1.20", 12_000),
        (12_000, "JPY", "EUR", "0.0061", 7_320),
        (100, "USD", "JPY", "155.5", 156),
        (100, "USD", "JPY", "154.5", 154),
        (1_000, "KWD", "USD", "3.25", 325),
        (-5, "EUR", "USD", "0.5", -2),
    ],
)
def test_conversion_is_exact_and_rounded_once(minor: int, source: str, target: str, rate: str, converted: int) -> None:
    assert convert(minor, source, target, Decimal(rate)) == converted


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity"])
def test_a_rate_is_above_zero(rate: str) -> None:
    with pytest.raises(InvalidInput, match="is not an exchange rate"):
        convert(1, "EUR", "USD", Decimal(rate))


_MINORS = st.integers(-LARGEST_MINOR, LARGEST_MINOR)
_CODES = st.sampled_from(sorted(CODES))


@given(_MINORS, _CODES)
def test_minor_units_survive_writing_and_reading(minor: int, currency: str) -> None:
    assert to_minor(Decimal(decimal_string(minor, currency)), currency) == minor
    assert to_minor(from_minor(minor, currency), currency) == minor


@given(st.integers(0, LARGEST_MINOR), _CODES)
def test_money_in_full_is_read_back_exactly(minor: int, currency: str) -> None:
    read = parse_money(format_money(minor, currency))
    assert read is not None
    if "." not in number(minor, currency) or exponent(currency) == 2:
        assert to_minor(read.amount, read.currency or "") == minor


@given(_MINORS)
def test_short_money_is_short_and_close(minor: int) -> None:
    text = short_number(abs(minor), "USD")
    assert len(text) <= 6
    read = parse_money(text.replace("T", "B"))
    assert read is not None
    scale = 1000 if text.endswith("T") else 1
    assert abs(read.amount * scale * 100 - abs(minor)) <= Decimal("0.05") * abs(minor)


@given(st.one_of(st.text(max_size=70), st.from_regex(r"[-+($€]?[0-9., ']{1,20}(k|m|tys|mln)? ?(EUR|zł|₽)?\)?")))
def test_any_text_is_an_amount_or_none(text: str) -> None:
    read = parse_money(text)
    assert read is None or (read.amount.is_finite() and "E" not in str(read.amount))
