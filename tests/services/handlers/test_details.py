"""Custom fields, the contact's details and the rarer fields of a deal, set and taken back."""

import pytest

from pipeboard.domain.commands import CreateDeal, EditDeals, Seen, Undo
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.extras import CustomChange
from pipeboard.domain.money import from_minor
from pipeboard.services.workspace import Workspace


def add(workspace: Workspace, title: str = "Acme [/ EU]", **fields: object) -> int:
    stage = workspace.deals.stages()[0]
    outcome = workspace.execute(CreateDeal(title, stage.id, **fields))  # type: ignore[arg-type]
    return outcome.events[0].deal_id  # type: ignore[union-attr]


def edit(workspace: Workspace, *ids: int, **changes: object) -> None:
    workspace.execute(EditDeals(tuple(Seen(i) for i in ids), tuple(changes.items())))


def of(workspace: Workspace, deal_id: int) -> DealDetail:
    return workspace.deals.detail(deal_id)


def test_one_command_sets_fields_of_the_deal_and_of_its_contact_and_one_undo_takes_them_back(
    workspace: Workspace,
) -> None:
    deal_id = add(workspace, company="Acme", contact="Bob [bold")
    before = of(workspace, deal_id)
    edit(
        workspace,
        deal_id,
        contact_email="bob@acme.example",
        contact_phone="+48 22 1",
        contact_job="CTO",
        cost_minor=40_00,
        value_minor=100_00,
        recurring_months=3,
        attention="help, critical",
        forecast_category="commit",
        link="acme.example/deal",
        custom=(CustomChange("Hobby", "golf"), CustomChange("Client rating", "4")),
    )
    after = of(workspace, deal_id)
    assert (after.contact_email, after.contact_phone, after.contact_job) == ("bob@acme.example", "+48 22 1", "CTO")
    assert from_minor(after.margin_minor or 0, "EUR") == 60
    assert after.annual_minor == 400_00
    assert after.attention == "critical, needs help"
    assert after.extra == "Hobby: golf\nClient rating: 4"
    assert (after.forecast_category, after.link) == ("commit", "acme.example/deal")
    workspace.execute(Undo())
    again = of(workspace, deal_id)
    assert again._replace(version=before.version, timeline=()) == before._replace(timeline=())


def test_custom_fields_are_renamed_and_removed_on_many_deals_at_once(workspace: Workspace) -> None:
    ids = [add(workspace, f"Deal {n}", more=(("custom", (CustomChange("Hobby", f"sport {n}"),)),)) for n in (1, 2)]
    other = add(workspace, "Other")
    edit(workspace, *ids, other, custom=(CustomChange("hobby", None, "Sport"),))
    assert [of(workspace, i).extra for i in (*ids, other)] == ["Sport: sport 1", "Sport: sport 2", ""]
    edit(workspace, *ids, other, custom=(CustomChange("Sport"),))
    assert [of(workspace, i).extra for i in ids] == ["", ""]
    workspace.execute(Undo())
    assert of(workspace, ids[1]).extra == "Sport: sport 2"


def test_details_of_a_contact_need_a_contact(workspace: Workspace) -> None:
    deal_id = add(workspace)
    with pytest.raises(InvalidInput, match="no contact yet"):
        edit(workspace, deal_id, contact_email="a@b.example", title="Changed")
    assert of(workspace, deal_id).title == "Acme [/ EU]"
    edit(workspace, deal_id, contact="Ann", contact_email="a@b.example")
    assert of(workspace, deal_id).contact_email == "a@b.example"


def test_a_new_deal_takes_every_field_in_one_action(workspace: Workspace) -> None:
    deal_id = add(
        workspace,
        company="Acme",
        contact="Ann",
        more=(("contact_phone", "+1"), ("cost_minor", 5), ("payment_on", workspace.deals.today), ("link", "x.example")),
    )
    made = of(workspace, deal_id)
    assert (made.contact_phone, made.cost_minor, made.payment_on, made.link) == (
        "+1",
        5,
        workspace.deals.today,
        "x.example",
    )
    workspace.execute(Undo())
    assert workspace.deals.names() == []


@pytest.mark.parametrize("months", [0, 121, -1])
def test_a_value_comes_again_after_whole_months(workspace: Workspace, months: int) -> None:
    deal_id = add(workspace)
    with pytest.raises(InvalidInput, match="from 1 to 120"):
        edit(workspace, deal_id, recurring_months=months)


def test_a_contact_named_with_the_company_belongs_to_it(workspace: Workspace) -> None:
    deal_id = add(workspace)
    add(workspace, "Elsewhere", company="Globex", contact="Ann")
    edit(workspace, deal_id, company="Acme", contact="Ann", contact_email="ann@acme.example")
    assert of(workspace, deal_id).contact_email == "ann@acme.example"
    elsewhere = of(workspace, workspace.deals.find("Elsewhere"))
    assert elsewhere.contact_email == ""
