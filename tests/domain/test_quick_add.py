"""The quick-add grammar, on Wednesday 18 November 2026 in a workspace that counts in dollars."""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeboard.domain.quick_add import Part, QuickAdd, parse
from pipeboard.domain.text import clean

NOW = datetime(2026, 11, 18, 10, 0)  # noqa: DTZ001


def _read(line: str) -> QuickAdd:
    """What a line means here."""
    return parse(line, NOW, "USD")


def _set(line: str) -> dict[str, Any]:
    """The fields a line sets, without the parts."""
    read = _read(line)._asdict()
    del read["parts"]
    empty = QuickAdd()._asdict()
    return {field: value for field, value in read.items() if value is not empty[field] and value != ""}


def test_the_line_of_the_specification() -> None:
    line = (
        'Acme renewal $12k @anna #web 40% close:eom next:"call Bob" due:fri product:Gold stage:qualified '
        "p:consulting src:fair company:Acme contact:bob@acme.com !"
    )
    assert _set(line) == {
        "title": "Acme renewal",
        "value_minor": 1_200_000,
        "currency": "USD",
        "owner": "anna",
        "tags": ("web",),
        "probability": 40,
        "is_hot": True,
        "close_on": date(2026, 11, 30),
        "next_step": "call Bob",
        "due_on": date(2026, 11, 20),
        "product": "Gold",
        "stage": "qualified",
        "pipeline": "consulting",
        "source": "fair",
        "company": "Acme",
        "contact": "bob@acme.com",
    }
    assert _read(line).parts[:6] == (
        Part("title", "Acme renewal", ""),
        Part("value", "$12k", "$12,000"),
        Part("owner", "@anna", "anna"),
        Part("tag", "#web", "web"),
        Part("probability", "40%", "40%"),
        Part("close", "close:eom", "Mon 30 Nov 2026, in 12 days"),
    )


@pytest.mark.parametrize(
    ("line", "title", "minor", "currency"),
    [
        ("Acme 12k", "Acme", 1_200_000, "USD"),
        ("Acme 12.5k seats", "Acme seats", 1_250_000, "USD"),
        ("Acme €1.5m", "Acme", 150_000_000, "EUR"),
        ("Орион 1 200 000 ₽", "Орион", 120_000_000, "RUB"),
        ("Żabka 12 000 zł", "Żabka", 1_200_000, "PLN"),
        ("Acme 12000 EUR x", "Acme x", 1_200_000, "EUR"),
        ("Acme 12000 eur x", "Acme x", 1_200_000, "EUR"),
        ("Acme USD 1,000", "Acme", 100_000, "USD"),
        ("Sklep 12 tys", "Sklep", 1_200_000, "USD"),
        ("Sklep 12 tys zł", "Sklep", 1_200_000, "PLN"),
        ("Сад 1,5 mln ₽", "Сад", 150_000_000, "RUB"),
        ("Acme $12k, new", "Acme new", 1_200_000, "USD"),
        ("Phase 5 12 000 zł", "Phase 5", 1_200_000, "PLN"),
        ("Deal ¥5000", "Deal", 5_000, "JPY"),
        ("Deal value:3000 x", "Deal x", 300_000, "USD"),
        ("Deal value: €5 x", "Deal x", 500, "EUR"),
        ("3M renewal $12k", "3M renewal", 1_200_000, "USD"),
        ("first $1 second $2", "first second $2", 100, "USD"),
        ("Deal 3000 seats", "Deal 3000 seats", None, None),
        ("Globex Q4 2026 pilot", "Globex Q4 2026 pilot", None, None),
        ("Call 3 people", "Call 3 people", None, None),
        ("Call 3 ALL hands", "Call 3 ALL hands", None, None),
        ("Call 3 all hands", "Call 3 all hands", None, None),
        ("the 5 top accounts", "the 5 top accounts", None, None),
        ("30mm cable", "30mm cable", None, None),
        ("10 m cable", "10 m cable", None, None),
        ("5 ft desk", "5 ft desk", None, None),
        ("Refund -$5", "Refund -$5", None, None),
        ("$", "$", None, None),
    ],
)
def test_values_and_plain_numbers(line: str, title: str, minor: int | None, currency: str | None) -> None:
    read = _read(line)
    assert (read.title, read.value_minor, read.currency) == (title, minor, currency)


def test_a_shared_sign_means_the_currency_of_the_workspace() -> None:
    assert parse("Acme $5", NOW, "CAD").currency == "CAD"
    assert parse("Acme 5k", NOW, "PLN").currency == "PLN"


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("mail bob@acme.com about \\#1", {"title": "mail bob@acme.com about #1"}),
        ("\\$5 \\12k C\\# \\@me \\close:fri", {"title": "$5 12k C# @me close:fri"}),
        ("C:\\dir \\\\host\\share", {"title": "C:\\dir \\\\host\\share"}),
        ("Re: hello http://x.y/z", {"title": "Re: hello http://x.y/z"}),
        ("call now! x", {"title": "call now! x"}),
        ("call now !", {"title": "call now", "is_hot": True}),
        ("a #web #Web #x, b", {"title": "a b", "tags": ("web", "x")}),
        ('a #"big deal" b', {"title": "a b", "tags": ("big deal",)}),
        ('a @"Anna K" b', {"title": "a b", "owner": "Anna K"}),
        ("a owner:anna, b", {"title": "a b", "owner": "anna"}),
        ('x company:"Acme Ltd" y', {"title": "x y", "company": "Acme Ltd"}),
        ('x company: "Acme Ltd" y', {"title": "x y", "company": "Acme Ltd"}),
        ("x company:“Acme Ltd” y", {"title": "x y", "company": "Acme Ltd"}),
        ("x stage: qualified y", {"title": "x y", "stage": "qualified"}),
        ('x next:"call B', {"title": "x", "next_step": "call B"}),
        ("x close:next friday y", {"title": "x y", "close_on": date(2026, 11, 27)}),
        ("x close: end of month, y", {"title": "x y", "close_on": date(2026, 11, 30)}),
        ('x close:"1 dec" 2027', {"title": "x 2027", "close_on": date(2026, 12, 1)}),
        ("x close:1 dec 2027 @a", {"title": "x", "close_on": date(2027, 12, 1), "owner": "a"}),
        ("x close:25.12", {"title": "x", "close_on": date(2026, 12, 25)}),
        ("x close:fri 15:00", {"title": "x 15:00", "close_on": date(2026, 11, 20)}),
        ("x due:fri 15:00 y", {"title": "x y", "due_on": date(2026, 11, 20), "due_at": time(15)}),
        ("due:через 2 недели Звонок", {"title": "Звонок", "due_on": date(2026, 12, 2)}),
        ("due:za 2 tygodnie telefon", {"title": "telefon", "due_on": date(2026, 12, 2)}),
        ("x CLOSE:fri", {"title": "x", "close_on": date(2026, 11, 20)}),
        ("0% sure", {"title": "sure", "probability": 0}),
        ("12.5% off", {"title": "12.5% off"}),
        ("@ # % @-", {"title": "@ # % @-"}),
        ("  ", {}),
        ("\x1b[31mred\u202e", {"title": "[31mred"}),
    ],
)
def test_pieces_of_a_line(line: str, fields: dict[str, Any]) -> None:
    assert _set(line) == fields


@pytest.mark.parametrize(
    ("line", "problem", "why"),
    [
        ("x close:banana", "close:banana", '"banana" is not a date.'),
        ("x close:31/02/2026", "close:31/02/2026", "February 2026 has no day 31"),
        ('x close:"fri 15:00"', 'close:"fri 15:00"', "a deal closes on a day"),
        ("x due:", "due:", "is not a date"),
        ("x 150%", "150%", "150% is more than 100%"),
        ("x stage:", "stage:", "stage: needs a value"),
        ("x $1.5555", "$1.5555", "USD has 2 decimals"),
        ("x $99999999999999999", "$99999999999999999", "is too large"),
        ("x value:lots", "value:lots", "is not an amount"),
        ("x value:", "value:", "needs an amount"),
        ("x close:fri close:mon", "close:mon", "close was given already"),
        ("x @anna @bob", "@bob", "owner was given already"),
    ],
)
def test_what_is_not_understood_stays_in_the_title_with_a_reason(line: str, problem: str, why: str) -> None:
    read = _read(line)
    assert read.title == f"x {problem}"
    found = [part for part in read.parts if part.kind == "problem"]
    assert [part.text for part in found] == [problem]
    assert why in found[0].meaning


_SCRAPS = """
Acme deal 12 000 zł $5 5k € EUR @anna @ #web \\# ! 40% 400% close: due:fri close:mon next: next:"call Bob"
fri 15:00 1 dec stage:x p: "q" bob@x.io 3M [/] 2026 value: value:7 -$3 $1.5555 тыс mln , \\ \\\\ company:“A B”
"""
_LINES = st.lists(st.sampled_from(_SCRAPS.split()), max_size=9).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(_LINES, st.text(max_size=40)))
def test_no_word_of_a_line_is_lost(line: str) -> None:
    read = _read(line)
    assert " ".join(part.text for part in read.parts) == clean(line)
    words = " ".join(part.text for part in read.parts if part.kind in ("title", "problem"))
    assert read.title.replace("\\", "") == words.replace("\\", "")
    assert (read.value_minor is None) == (read.currency is None)
