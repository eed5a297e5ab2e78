"""The list of companies and contacts, one of them in full, likely duplicates, and going anywhere by a few letters."""

from datetime import timedelta
from typing import Any

import pytest

from pipeboard.domain.commands import (
    AddTask,
    CreateDeal,
    DeleteDeals,
    LogActivity,
    LoseDeals,
    ParkDeals,
    Seen,
    SetRate,
    WinDeals,
)
from pipeboard.domain.companies import Kind, Worth, in_order, matching
from pipeboard.domain.company_commands import AddCompany, AddContact, EditCompany
from pipeboard.domain.errors import Ambiguous, NotFound
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from tests.services.handlers.asking import add

HOSTILE = "Acme [/ EU]"


def fill(workspace: Workspace) -> dict[str, int]:
    """A company with a deal of every state, in three currencies, one of them without a rate."""
    today = workspace.deals.today
    workspace.execute(SetRate("USD", 500_000_000, today - timedelta(days=9)))
    ids: dict[str, Any] = {
        title: add(workspace, title, company=HOSTILE, contact="Bob", value_minor=value, currency=currency)
        for title, value, currency in (
            ("Open", 100_00, "EUR"),
            ("Dollars", 50_00, "USD"),
            ("Zloty", 70_00, "PLN"),
            ("Nothing", None, "EUR"),
            ("Parked", 10_00, "EUR"),
            ("Won", 300_00, "USD"),
            ("Lost", 40_00, "EUR"),
            ("Gone", 999_00, "EUR"),
        )
    }
    workspace.execute(WinDeals((Seen(ids["Won"]),), today))
    workspace.execute(LoseDeals((Seen(ids["Lost"]),), today, "Price"))
    workspace.execute(ParkDeals((Seen(ids["Parked"]),), today + timedelta(days=30), "later"))
    workspace.execute(DeleteDeals((Seen(ids["Gone"]),)))
    return ids


def test_sums_are_in_the_currency_of_the_workspace_and_say_what_they_leave_out(workspace: Workspace) -> None:
    fill(workspace)
    workspace.execute(AddCompany("Empty", "empty.example"))
    rows = {row.name: row for row in workspace.companies.rows(Kind.COMPANY)}
    assert set(rows) == {HOSTILE, "Empty"}
    acme = rows[HOSTILE]
    assert acme.open == Worth(5, 135_00, 1, 1)
    assert acme.won == Worth(1, 150_00)
    assert acme.lost == Worth(1, 40_00)
    assert (acme.people, acme.deals, acme.last_on) == (1, 7, workspace.deals.today)
    assert (rows["Empty"].deals, rows["Empty"].about, rows["Empty"].last_on) == (0, "empty.example", None)
    (bob,) = workspace.companies.rows(Kind.CONTACT)
    assert (bob.name, bob.about, bob.open) == ("Bob", HOSTILE, acme.open)


def test_one_company_with_everything(workspace: Workspace, clock: FixedClock) -> None:
    ids = fill(workspace)
    workspace.execute(AddTask(ids["Open"], "call [bold", due_on=workspace.deals.today))
    workspace.execute(AddTask(ids["Won"], "of a closed deal"))
    clock.set(clock.now() + timedelta(hours=1))
    workspace.execute(LogActivity(ids["Dollars"], "They said [/ yes", "call"))
    company_id = workspace.companies.find(Kind.COMPANY, "acme")
    workspace.execute(EditCompany(Seen(company_id), (("website", "acme.example"), ("notes", "one\ntwo"))))
    partner = workspace.companies.partner(Kind.COMPANY, company_id)
    assert (partner.website, partner.notes, partner.deal_count) == ("acme.example", "one\ntwo", 7)
    assert [deal.title for deal in partner.deals[:5]] == ["Parked", "Nothing", "Zloty", "Dollars", "Open"]
    assert {deal.title for deal in partner.deals[5:]} == {"Won", "Lost"}
    assert [task.title for task in partner.tasks] == ["call [bold"]
    assert [person.name for person in partner.people] == ["Bob"]
    deal, entry = partner.timeline[0]
    assert (deal, entry.text, entry.kind) == ("Dollars", "They said [/ yes", "call")
    assert not any(deal == "Gone" for deal, _ in partner.timeline)
    assert any(deal == "Won" and "Won" in entry.text for deal, entry in partner.timeline)
    bob = workspace.companies.partner(Kind.CONTACT, partner.people[0].id)
    assert (bob.company, bob.website, bob.people) == (HOSTILE, "acme.example", ())
    assert bob.won == partner.won
    with pytest.raises(NotFound):
        workspace.companies.partner(Kind.COMPANY, 999)


def test_order_and_filter(workspace: Workspace) -> None:
    for company, value in (("Żabka", 5_00), ("Acme", 9_00), ("Globex", 7_00)):
        add(workspace, company, company=company, value_minor=value)
    workspace.execute(AddCompany("acme labs"))
    rows = workspace.companies.rows(Kind.COMPANY)
    assert [row.name for row in in_order(rows, "name")] == ["Acme", "acme labs", "Globex", "Żabka"]
    assert [row.name for row in in_order(rows, "open")] == ["Acme", "Globex", "Żabka", "acme labs"]
    assert [row.name for row in in_order(rows, "deals")] == ["Acme", "Globex", "Żabka", "acme labs"]
    assert [row.name for row in matching(in_order(rows, "name"), "ac la")] == ["acme labs"]


def test_likely_duplicates(workspace: Workspace) -> None:
    for name, site in (("Acme", ""), ("ACME Inc.", ""), ("Globex", "globex.example"), ("GBX", "www.globex.example/x")):
        workspace.execute(AddCompany(name, site))
    workspace.execute(AddCompany("Initech"))
    names = {row.id: row.name for row in workspace.companies.rows(Kind.COMPANY)}
    groups = [[names[i] for i in group] for group in workspace.companies.duplicates(Kind.COMPANY)]
    assert groups == [["Acme", "ACME Inc."], ["Globex", "GBX"]]
    acme = workspace.companies.find(Kind.COMPANY, "Acme")
    workspace.execute(AddContact("Bob", acme))
    workspace.execute(AddContact("bob", acme))
    workspace.execute(AddContact("Bob"))
    workspace.execute(AddContact("Robert", email="BOB@x.example"))
    workspace.execute(AddContact("Rob", email="bob@x.example"))
    assert workspace.companies.duplicates(Kind.CONTACT) == [(1, 2), (4, 5)]


def test_named_by_id_or_by_the_beginning_of_the_name(workspace: Workspace) -> None:
    workspace.execute(AddContact("Bob"))
    workspace.execute(AddContact("Bob"))
    workspace.execute(AddContact("Anna"))
    assert workspace.companies.find(Kind.CONTACT, "an") == 3
    assert workspace.companies.find(Kind.CONTACT, "#2") == 2
    with pytest.raises(Ambiguous, match="1, 2"):
        workspace.companies.find(Kind.CONTACT, "Bob")
    with pytest.raises(NotFound):
        workspace.companies.find(Kind.COMPANY, "Acme")


def test_anything_is_found_by_its_words_then_by_its_letters(workspace: Workspace) -> None:
    add(workspace, "Renewal of 100%", company="Żabka", contact="Bob Acme")
    add(workspace, "Acme [/ EU] pilot", company="Globex")
    workspace.execute(AddCompany("Acme"))
    found = [(one.kind, one.name) for one in workspace.finding.find("acme")]
    assert found == [
        ("company", "Acme"),
        ("deal", "Acme [/ EU] pilot"),
        ("contact", "Bob Acme"),
        ("deal", "Renewal of 100%"),
    ]
    assert [one.name for one in workspace.finding.find("ZABKA")] == ["Żabka", "Renewal of 100%"]
    assert [one.name for one in workspace.finding.find("100%")] == ["Renewal of 100%"]
    assert workspace.finding.find("100_") == []
    assert [one.name for one in workspace.finding.find("rnwl")] == ["Renewal of 100%"]
    assert [one.name for one in workspace.finding.find("")] == ["Acme [/ EU] pilot", "Renewal of 100%"]


def test_deleted_deals_are_not_found(workspace: Workspace) -> None:
    stage = workspace.deals.stages()[0]
    workspace.execute(CreateDeal("Acme", stage.id))
    workspace.execute(DeleteDeals((Seen(1),)))
    assert workspace.finding.find("acme") == workspace.finding.find("") == []
