"""The history: what it lists and leaves out, and what each action changed, on both engines."""

from datetime import date, timedelta

import pytest

from pipeboard.domain.commands import AddOwner, CreateDeal, EditDeals, LoseDeals, MoveDeals, Seen, Undo
from pipeboard.domain.errors import NotFound
from pipeboard.domain.events import DealCreated
from pipeboard.domain.history import KIND_GROUPS, HistoryQuery
from pipeboard.services.workspace import Workspace


def add(workspace: Workspace, title: str) -> int:
    command = CreateDeal(title, workspace.deals.stages()[0].id, value_minor=10_000_00)
    return next(e.deal_id for e in workspace.execute(command).events if isinstance(e, DealCreated))


def labels(workspace: Workspace, query: HistoryQuery) -> list[str]:
    ids = workspace.history.ids(query)
    found = workspace.history.entries(ids)
    return [found[action_id].label for action_id in ids]


@pytest.fixture
def busy(workspace: Workspace) -> Workspace:
    """Anna adds, moves and undoes; Boris does not act but owns."""
    acme, zabka = add(workspace, "Acme 100%"), add(workspace, "ŻABKA _x_")
    workspace.execute(AddOwner("Boris"))
    workspace.execute(MoveDeals((Seen(acme), Seen(zabka)), workspace.deals.stages()[1].id))
    workspace.execute(EditDeals((Seen(acme),), (("value_minor", 12_000_00), ("notes", "[/] hello"))))
    workspace.execute(Undo())
    return workspace


def test_everything_newest_first_and_narrowed(busy: Workspace) -> None:
    everything = labels(busy, HistoryQuery())
    assert everything[0].startswith("Undid: Changed")
    assert everything[-1].startswith("Created")
    assert labels(busy, HistoryQuery(("acme", "100%"))) == [x for x in everything if "Acme 100%" in x]
    assert labels(busy, HistoryQuery(("_x_",))) == ["Added ŻABKA _x_"]
    assert labels(busy, HistoryQuery(("żabka",)))[-1] == "Added ŻABKA _x_"
    assert labels(busy, HistoryQuery(actor_id=busy.me)) == [x for x in everything if not x.startswith("Created")] or (
        labels(busy, HistoryQuery(actor_id=busy.me)) == everything
    )
    assert labels(busy, HistoryQuery(actor_id=10**6)) == []
    assert len(labels(busy, HistoryQuery(kinds=("deal.created",)))) == 2


def test_the_groups_of_kinds_leave_nothing_out(busy: Workspace) -> None:
    grouped = [x for _, kinds in KIND_GROUPS for x in labels(busy, HistoryQuery(kinds=kinds))]
    assert sorted(grouped) == sorted(labels(busy, HistoryQuery()))


def test_each_field_before_and_after(busy: Workspace) -> None:
    changed = busy.history.ids(HistoryQuery(kinds=("deal.edited",)))[0]
    detail = busy.history.detail(changed)
    assert detail.entry.undone_by is not None
    (thing,) = detail.things
    assert thing.heading == "Acme 100%: edited"
    assert {field.name: (field.before, field.after) for field in thing.fields} == {
        "value": ("10,000 EUR", "12,000 EUR"),
        "notes": ("", "[/] hello"),
    }
    moved = busy.history.detail(busy.history.ids(HistoryQuery(kinds=("deal.moved",)))[0])
    assert moved.count == 2
    assert [thing.deal_id for thing in moved.things] == list(moved.entry.deals)
    assert ("stage", "Lead", "Contacted") in moved.things[0].fields


def test_names_stand_for_ids_and_days_are_written(busy: Workspace) -> None:
    acme = busy.deals.find("Acme 100%")
    boris = next(owner.id for owner in busy.board.overview().owners if owner.name == "Boris")
    busy.execute(EditDeals((Seen(acme),), (("owner_id", boris), ("expected_close_on", date(2026, 12, 1)))))
    fields = busy.history.detail(busy.history.ids(HistoryQuery())[0]).things[0].fields
    assert {(f.name, f.before, f.after) for f in fields} >= {
        ("owner", "Anna Nowak", "Boris"),
        ("expected close", "", "1 Dec 2026"),
    }
    busy.execute(LoseDeals((Seen(acme),), date(2026, 11, 22) - timedelta(1), "Price"))
    lost = busy.history.detail(busy.history.ids(HistoryQuery())[0]).things[0].fields
    assert ("lost because", "", "Price") in lost
    assert ("status", "open", "lost") in lost


def test_an_action_that_is_not_there(busy: Workspace) -> None:
    with pytest.raises(NotFound):
        busy.history.detail(10**9)


def test_companies_that_were_merged_are_told_by_their_names(workspace: Workspace) -> None:
    from pipeboard.domain.company_commands import AddCompany, MergeCompanies

    workspace.execute(AddCompany("Acme"))
    workspace.execute(AddCompany("Acme [/ EU]"))
    done = workspace.execute(MergeCompanies(Seen(1), (Seen(2),)))
    things = workspace.history.detail(done.action_id or 0).things
    assert [(thing.heading, [(f.name, f.after) for f in thing.fields]) for thing in things] == [
        ("Acme [/ EU]: company deleted", [("merged into", "Acme")]),
    ]
