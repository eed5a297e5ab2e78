"""Companies and contacts: edited, merged, taken away, and all of it taken back by one undo."""

from typing import Any

import pytest

from pipeboard.domain.commands import CreateDeal, DeleteDeals, EditDeals, Redo, Seen, Undo
from pipeboard.domain.company_commands import (
    AddCompany,
    AddContact,
    DeleteCompany,
    DeleteContact,
    EditCompany,
    EditContact,
    MergeCompanies,
    MergeContacts,
)
from pipeboard.domain.errors import InvalidInput, NotFound, StaleDeal
from pipeboard.services.workspace import Workspace
from tests.conftest import OpenWorkspace
from tests.services.handlers.asking import add, detail

HOSTILE = "Acme [/ EU]"


def ids(workspace: Workspace, table: str = "company") -> dict[str, int]:
    """The live ones by name."""
    with workspace._store.hot.snapshot() as sql:
        return {name: i for i, name in sql.all(f"SELECT id, name FROM {table} WHERE deleted = 0 ORDER BY id DESC")}


def row(workspace: Workspace, table: str, thing_id: int, *fields: str) -> tuple[Any, ...]:
    """Fields of one."""
    with workspace._store.hot.snapshot() as sql:
        return tuple(sql.one(f"SELECT {', '.join(fields)} FROM {table} WHERE id = ?", (thing_id,)))


def found(workspace: Workspace, text: str) -> list[str]:
    """The titles that the filter finds."""
    pipeline = workspace.board.view(None, window=1).overview.pipeline
    content = workspace.board.search_index(pipeline.id).filter(text)
    return [workspace.deals.detail(i).title for stage in content.ids.values() for i in stage]


def state(workspace: Workspace) -> list[Any]:
    """Everything a merge touches, without versions."""
    with workspace._store.hot.snapshot() as sql:
        return [
            sql.all("SELECT id, company_id, contact_id, search_norm FROM deal ORDER BY id"),
            sql.all("SELECT id, deleted, name, website, notes, merged_into_id FROM company ORDER BY id"),
            sql.all(
                "SELECT id, deleted, name, company_id, job_title, email, phone, notes, merged_into_id"
                " FROM contact ORDER BY id"
            ),
        ]


def test_a_merge_moves_deals_and_contacts_and_one_undo_brings_all_back(workspace: Workspace) -> None:
    first = add(workspace, "One", company="Acme", contact="Bob")
    second = add(workspace, "Two", company=HOSTILE, contact="Bob", more=(("contact_email", "bob@acme.example"),))
    third = add(workspace, "Three", company=HOSTILE, contact="Ann")
    workspace.execute(EditCompany(Seen(ids(workspace)[HOSTILE]), (("website", "acme.example"), ("notes", "old\nones"))))
    before, companies = state(workspace), ids(workspace)
    workspace.execute(MergeCompanies(Seen(companies["Acme"]), (Seen(companies[HOSTILE]),)))
    assert set(ids(workspace)) == {"Acme"}
    assert [detail(workspace, i).company for i in (first, second, third)] == ["Acme"] * 3
    assert row(workspace, "company", companies["Acme"], "website", "notes") == ("acme.example", "old\nones")
    people = ids(workspace, "contact")
    assert set(people) == {"Bob", "Ann"}
    assert detail(workspace, first).contact_email == "bob@acme.example", "both were the same Bob"
    assert detail(workspace, first).contact_id == detail(workspace, second).contact_id
    assert found(workspace, "eu") == [], "the old name is not searched any more"
    after = state(workspace)
    workspace.execute(Undo())
    assert state(workspace) == before
    workspace.execute(Redo())
    assert state(workspace) == after


def test_two_people_of_one_name_with_other_addresses_stay_two(workspace: Workspace) -> None:
    for company in ("Acme", "Acme Inc"):
        mail = f"bob@{len(company)}.example"
        add(workspace, company, company=company, contact="Bob", more=(("contact_email", mail),))
    companies = ids(workspace)
    workspace.execute(MergeCompanies(Seen(companies["Acme"]), (Seen(companies["Acme Inc"]),)))
    mails = {detail(workspace, workspace.deals.find(f"#{n}")).contact_email for n in (1, 2)}
    assert mails == {"bob@4.example", "bob@8.example"}


def test_the_name_of_a_merged_company_means_the_one_it_became(workspace: Workspace) -> None:
    for company in ("Acme", "Acme Inc", "Acme Ltd"):
        add(workspace, company, company=company, contact="Bob")
    companies = ids(workspace)
    workspace.execute(MergeCompanies(Seen(companies["Acme Inc"]), (Seen(companies["Acme Ltd"]),)))
    workspace.execute(MergeCompanies(Seen(companies["Acme"]), (Seen(companies["Acme Inc"]),)))
    late = add(workspace, "Late", company="ACME ltd", contact="bob")
    assert detail(workspace, late).company_id == companies["Acme"]
    assert list(ids(workspace)) == ["Acme"]
    assert list(ids(workspace, "contact")) == ["Bob"]


def test_a_merge_leaves_deleted_deals_alone_so_that_undo_still_works(workspace: Workspace) -> None:
    gone = add(workspace, "Gone", company="Acme Inc")
    add(workspace, "Here", company="Acme Inc")
    add(workspace, "There", company="Acme")
    workspace.execute(DeleteDeals((Seen(gone),)))
    companies = ids(workspace)
    workspace.execute(MergeCompanies(Seen(companies["Acme"]), (Seen(companies["Acme Inc"]),)))
    workspace.execute(Undo())
    assert set(ids(workspace)) == {"Acme", "Acme Inc"}
    workspace.execute(Undo())
    assert detail(workspace, gone).company == "Acme Inc"


def test_a_new_name_is_found_at_once_and_so_is_the_old_one_after_undo(workspace: Workspace) -> None:
    add(workspace, "Deal", company="Acme", contact="Bob")
    workspace.execute(EditCompany(Seen(ids(workspace)["Acme"]), (("name", " Żółw [bold\n"),)))
    assert list(ids(workspace)) == ["Żółw [bold"]
    assert found(workspace, "zolw") == ["Deal"]
    workspace.execute(EditContact(Seen(ids(workspace, "contact")["Bob"]), (("name", "Robert"), ("phone", "+1"))))
    assert found(workspace, "robert") == ["Deal"]
    workspace.execute(Undo())
    assert (found(workspace, "robert"), found(workspace, "bob")) == ([], ["Deal"])
    workspace.execute(Undo())
    assert (found(workspace, "zolw"), found(workspace, "acme")) == ([], ["Deal"])
    workspace.execute(Redo())
    assert found(workspace, "zolw") == ["Deal"]


def test_nothing_is_taken_away_that_something_hangs_on(workspace: Workspace) -> None:
    deal_id = add(workspace, "Deal", company="Acme", contact="Bob")
    company, contact = Seen(ids(workspace)["Acme"]), Seen(ids(workspace, "contact")["Bob"])
    with pytest.raises(InvalidInput, match="1 deal and 1 contact"):
        workspace.execute(DeleteCompany(company))
    with pytest.raises(InvalidInput, match="contact of 1 deal"):
        workspace.execute(DeleteContact(contact))
    workspace.execute(EditDeals((Seen(deal_id),), (("company", ""), ("contact", ""))))
    workspace.execute(DeleteContact(contact))
    workspace.execute(DeleteCompany(company))
    assert (ids(workspace), ids(workspace, "contact")) == ({}, {})
    workspace.execute(Undo())
    assert list(ids(workspace)) == ["Acme"]


def test_added_by_hand(workspace: Workspace) -> None:
    workspace.execute(AddCompany(HOSTILE, "acme.example"))
    company_id = ids(workspace)[HOSTILE]
    workspace.execute(AddContact("Bob", company_id, "CTO", "bob@acme.example", "+1", "line\nline"))
    contact_id = ids(workspace, "contact")["Bob"]
    known = row(workspace, "contact", contact_id, "company_id", "job_title", "notes")
    assert known == (company_id, "CTO", "line\nline")
    with pytest.raises(InvalidInput, match="already"):
        workspace.execute(AddCompany(HOSTILE.upper()))
    with pytest.raises(InvalidInput, match="needs a name"):
        workspace.execute(AddCompany("  "))
    with pytest.raises(InvalidInput, match="no field of a company"):
        workspace.execute(EditCompany(Seen(company_id), (("deleted", 1),)))
    with pytest.raises(NotFound):
        workspace.execute(AddContact("Ann", 999))


def test_a_company_does_not_take_the_name_of_another(workspace: Workspace) -> None:
    workspace.execute(AddCompany("Acme"))
    workspace.execute(AddCompany("Globex"))
    with pytest.raises(InvalidInput, match="merge the two"):
        workspace.execute(EditCompany(Seen(ids(workspace)["Globex"]), (("name", "ACME"),)))
    with pytest.raises(InvalidInput, match="itself"):
        workspace.execute(MergeCompanies(Seen(ids(workspace)["Globex"]), (Seen(ids(workspace)["Globex"]),)))


def test_contacts_are_merged_and_take_what_they_had_not(workspace: Workspace) -> None:
    add(workspace, "One", contact="Bob")
    add(workspace, "Two", contact="Robert", more=(("contact_email", "bob@x.example"), ("contact_job", "CTO")))
    before, people = state(workspace), ids(workspace, "contact")
    workspace.execute(MergeContacts(Seen(people["Bob"]), (Seen(people["Robert"]),)))
    assert row(workspace, "contact", people["Bob"], "email", "job_title") == ("bob@x.example", "CTO")
    assert {workspace.deals.detail(i).contact for i, _, _ in workspace.deals.names()} == {"Bob"}
    workspace.execute(Undo())
    assert state(workspace) == before


def test_a_colleagues_change_of_the_same_field_is_told(
    workspace: Workspace, database: str, open_workspace: OpenWorkspace
) -> None:
    workspace.execute(AddCompany("Acme"))
    company_id = ids(workspace)["Acme"]
    other = open_workspace(database, "boris")
    other.execute(EditCompany(Seen(company_id, 1), (("website", "theirs.example"),)))
    workspace.execute(EditCompany(Seen(company_id, 1), (("notes", "mine"),)))
    with pytest.raises(StaleDeal, match="Boris changed"):
        workspace.execute(EditCompany(Seen(company_id, 1), (("website", "mine.example"),)))


def test_creating_a_deal_still_takes_its_new_company_along(workspace: Workspace) -> None:
    stage = workspace.deals.stages()[0]
    workspace.execute(CreateDeal("Deal", stage.id, company="Acme", contact="Bob"))
    workspace.execute(Undo())
    assert (ids(workspace), ids(workspace, "contact")) == ({}, {})
