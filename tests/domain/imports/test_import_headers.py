"""Headers are recognised however a tool decorates them."""

import pytest

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.headers import header_currency, header_key
from pipeboard.domain.imports.mapping import column_names, map_headers
from pipeboard.domain.imports.profiles import FIELDS, IGNORED, PROFILES, detect, named


@pytest.mark.parametrize(
    ("headers", "profile"),
    [
        (["Deal - Title", "Deal - Value", "Organization - Name*"], "pipedrive"),
        (["Record ID", "Deal Name", "Deal Stage", "Amount"], "hubspot"),
        (["\ufeffRecord Id", "Deal Name", "Closing Date", "Stage"], "zoho"),
        (["Opportunity Owner", "Opportunity Name", "Stage", "Close Date"], "salesforce_report"),
        (["Id", "Name", "StageName", "Amount", "CloseDate"], "salesforce_api"),
        (["opportunity_id", "deal_stage", "close_value"], "maven_demo"),
        (["Opportunity", "Account", "Start date", "Close date", "Stage"], "salesflare"),
        (["Сделка", "Сумма", "Этап"], "generic"),
        (["Name", "Price"], "generic"),
    ],
)
def test_fingerprints(headers: list[str], profile: str) -> None:
    assert detect(headers).name == profile


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Название сделки", "title"), ("Клиент", "company"), ("СУММА", "value"), ("Этап сделки", "stage"),
        ("Ответственный", "owner"), ("Дата создания", "created_on"), ("Причина отказа", "lost_reason"),
        ("Nazwa", "title"), ("Firma", "company"), ("Wartość", "value"), ("Etap", "stage"), ("Opiekun", "owner"),
        ("Geschäftschance", "title"), ("Kunde", "company"), ("Währung", "currency"), ("Zuständig", "owner"),
        ("Deal Value ($)", "value"), ("Amount (USD)", "value"), ("Wert in EUR", "value"), ("deal_value", "value"),
        ("  Close   Date ", "close_date"), ("Company*", "company"), ("Organisation", "company"),
    ],
)  # fmt: skip
def test_generic_names(header: str, field: str) -> None:
    assert map_headers([header], detect([header]), {}).fields == {field: 0}


def test_every_alias_names_a_field() -> None:
    for profile in PROFILES:
        assert set(profile.aliases.values()) <= FIELDS | {IGNORED}
        assert all(header_key(key) == key for key in profile.aliases)


def test_the_best_of_two_columns_wins_and_the_other_is_kept() -> None:
    mapped = map_headers(["Person - Email (Home)", "Person - Email (Work)", "Deal - Title"], named("pipedrive"), {})
    assert mapped.fields == {"contact_email": 1, "title": 2}
    assert mapped.extra == ((0, "Person - Email (Home)"),)


def test_told_columns_win() -> None:
    mapped = map_headers(["Name", "Title", "Size"], detect([]), {"name": "company", "SIZE": "amount", "Title": "-"})
    assert mapped.fields == {"company": 0, "value": 2}
    assert mapped.ignored == ("Title",)


def test_computed_columns_are_dropped() -> None:
    mapped = map_headers(["Deal - Title", "Deal - Weighted value"], named("piped"), {})
    assert mapped.ignored == ("Deal - Weighted value",)
    assert not mapped.extra


def test_names_are_shown_once_each() -> None:
    assert column_names(["a", " a ", "", "a (2)", "x\ny"]) == ["a", "a (2)", "column 3", "a (2) (2)", "x y"]


def test_a_unit_in_the_header() -> None:
    assert header_currency("Deal value ($)", "EUR") == "USD"
    assert header_currency("Deal value ($)", "CAD") == "CAD"
    assert header_currency("Wert in EUR", "USD") == "EUR"
    assert header_currency("Amount", "USD") is None
    assert header_currency("Probability (%)", "USD") is None


def test_an_ambiguous_profile_lists_all() -> None:
    with pytest.raises(InvalidInput, match="salesforce_report"):
        named("sales")
