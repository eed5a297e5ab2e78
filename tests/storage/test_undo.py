"""Undo and redo of every command, and what stands in their way."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import Conflict, NothingToUndo
from pipeboard.domain.events import ActionRedone, ActionUndone
from pipeboard.domain.imports.drafts import NO_DETAILS, ImportedDeal
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.storage.check import check

from .states import add, count, deal_row, live_state, one, reading, stage_named

TODAY = date(2026, 11, 22)
Make = Callable[[Workspace], c.Command]


def imported(line: int, title: str = "", **fields: object) -> ImportedDeal:
    """A deal of a file."""
    values: dict[str, object] = dict.fromkeys(ImportedDeal._fields, "")
    values |= dict.fromkeys(
        (
            "value_minor",
            "probability",
            "created_on",
            "started_on",
            "expected_close_on",
            "closed_on",
            "payment_on",
            "stage_entered_on",
        )
    )
    values |= {"line": line, "title": title or f"Row {line}", "external_id": f"X{line}", "stage_name": "Lead"}
    values |= {"status": DealStatus.OPEN, "tags": (), "extra": (), "currency": "EUR", "details": NO_DETAILS, **fields}
    return ImportedDeal(**values)  # type: ignore[arg-type]


def won(line: int, **fields: Any) -> ImportedDeal:
    """A won deal of a file that tells where it came from."""
    return imported(
        line,
        stage_name="Won",
        status=DealStatus.WON,
        closed_on=date(2026, 10, 5),
        started_on=date(2026, 9, 1),
        closed_from_name="Qualified",
        **fields,
    )


def file_of(workspace: Workspace, *deals: ImportedDeal, **fields: object) -> c.ImportDeals:
    """An import of these deals."""
    pipeline = workspace.board.overview().pipeline.id
    return c.ImportDeals(pipeline, "deals.csv", "generic", deals, **fields)  # type: ignore[arg-type]


def _filled(workspace: Workspace) -> None:
    """Deal 1 open with a task, 2 open, 3 won, 4 parked, 5 open in the second stage."""
    first = add(workspace, "Acme platform", value_minor=100, company="Acme", next_step="call", due_on=TODAY)
    add(workspace, "Nova rollout", contact="Jan Kowalski")
    third = add(workspace, "Żubr pilot", value_minor=300, probability=80)
    workspace.execute(c.WinDeals(one(third), TODAY))
    fourth = add(workspace, "Delta")
    workspace.execute(c.ParkDeals(one(fourth), TODAY + timedelta(days=30), "no budget"))
    add(workspace, "Echo", stage=1, next_step="mail")
    workspace.execute(file_of(workspace, imported(7)))
    assert first == 1


COMMANDS: dict[str, Make] = {
    "create": lambda w: c.CreateDeal(
        "New", w.deals.stages()[0].id, company="Brand new", contact="New Person", next_step="mail", tags=("a",)
    ),
    "move": lambda w: c.MoveDeals((c.Seen(1), c.Seen(5)), w.deals.stages()[2].id),
    "step": lambda w: c.StepDeals((c.Seen(1), c.Seen(5)), 1),
    "reorder": lambda w: c.ReorderDeal(c.Seen(1), 2, is_after=False),
    "edit": lambda w: c.EditDeals(
        (c.Seen(1), c.Seen(2)), (("title", "Renamed"), ("company", "Newco"), ("value_minor", 7), ("tags", "x y"))
    ),
    "delete": lambda w: c.DeleteDeals((c.Seen(1), c.Seen(3))),
    "win": lambda w: c.WinDeals(one(1), TODAY, value_minor=999, note="signed"),
    "lose": lambda w: c.LoseDeals((c.Seen(1), c.Seen(2)), TODAY, "Price", "too dear"),
    "park": lambda w: c.ParkDeals(one(1), TODAY + timedelta(days=9), "later"),
    "reopen won": lambda w: c.ReopenDeals(one(3), "came back"),
    "reopen parked": lambda w: c.ReopenDeals(one(4)),
    "add task": lambda w: c.AddTask(1, "send offer", due_on=TODAY),
    "complete task": lambda w: c.CompleteTask(c.Seen(1), c.AddTask(1, "next", due_on=TODAY)),
    "edit task": lambda w: c.EditTask(c.Seen(1), (("title", "ring"), ("snoozed_until", TODAY + timedelta(days=2)))),
    "dismiss task": lambda w: c.DismissTask(c.Seen(1)),
    "log": lambda w: c.LogActivity(1, "They like it", "call"),
    "add tasks": lambda w: c.AddTasks((1, 2, 5), "send offer", due_on=TODAY),
    "complete tasks": lambda w: c.CompleteTasks((c.Seen(1), c.Seen(2)), c.AddTask(0, "next", due_on=TODAY)),
    "edit tasks": lambda w: c.EditTasks((c.Seen(1), c.Seen(2)), (("snoozed_until", TODAY + timedelta(days=2)),)),
    "log with several": lambda w: c.LogActivities((1, 2), "They like it", "call"),
    "pipeline": lambda w: c.CreatePipeline("Partners", TEMPLATES["b2b"].stages),
    "stages": lambda w: c.AddStages(w.board.overview().pipeline.id, ("Pilot", "Legal")),
    "owner": lambda w: c.AddOwner("Zofia"),
    "rate": lambda w: c.SetRate("USD", 900_000_000, TODAY),
    "import again": lambda w: file_of(w, imported(7, stage_name="Won", status=DealStatus.WON, closed_on=TODAY)),
    "import": lambda w: file_of(
        w,
        imported(1, company="Imported Ltd", owner="Olga", next_step="call"),
        won(2),
        imported(3),
        new_stages=("Trial",),
    ),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_undo_takes_everything_back_and_redo_brings_it_again(
    workspace: Workspace, clock: FixedClock, name: str
) -> None:
    _filled(workspace)
    clock.set(clock.now() + timedelta(hours=1))
    before = live_state(workspace)
    outcome = workspace.execute(COMMANDS[name](workspace))
    after = live_state(workspace)
    assert after != before
    clock.set(clock.now() + timedelta(hours=1))
    undone = workspace.execute(c.Undo())
    assert isinstance(undone.events[0], ActionUndone)
    assert undone.events[0].action_id == outcome.action_id
    assert undone.label == f"Undid: {outcome.label}"
    assert live_state(workspace) == before
    assert check(workspace.target) == []
    redone = workspace.execute(c.Redo())
    assert isinstance(redone.events[0], ActionRedone)
    assert live_state(workspace) == after
    assert check(workspace.target) == []


def test_everything_is_undone_in_turn_and_redone_after_a_restart(
    database: str, open_workspace: Callable[..., Workspace], clock: FixedClock
) -> None:
    workspace = open_workspace(database)
    states = [live_state(workspace)]
    _filled(workspace)
    for name in ("move", "edit", "add task", "delete"):
        clock.set(clock.now() + timedelta(minutes=5))
        states.append(live_state(workspace))
        workspace.execute(COMMANDS[name](workspace))
    states.append(live_state(workspace))
    again = open_workspace(database)
    for state in reversed(states[1:-1]):
        again.execute(c.Undo())
        assert live_state(again) == state
    for state in states[2:]:
        again.execute(c.Redo())
        assert live_state(again) == state
    with pytest.raises(NothingToUndo, match="nothing to redo"):
        again.execute(c.Redo())


def test_undo_ends_with_a_sentence_when_everything_is_taken_back(workspace: Workspace) -> None:
    add(workspace)
    workspace.execute(c.Undo())
    with pytest.raises(NothingToUndo, match="nothing to undo"):
        workspace.execute(c.Undo())


def test_a_new_action_ends_redo(workspace: Workspace) -> None:
    deal = add(workspace)
    workspace.execute(c.StepDeals(one(deal), 1))
    workspace.execute(c.Undo())
    workspace.execute(c.EditDeals(one(deal), (("is_hot", True),)))
    with pytest.raises(NothingToUndo, match="something new after the undo"):
        workspace.execute(c.Redo())


# -- two people ------------------------------------------------------------------------------------


@pytest.fixture
def boris(database: str, workspace: Workspace, open_workspace: Callable[..., Workspace]) -> Workspace:
    """A colleague at the same database."""
    return open_workspace(database, "boris")


def test_each_takes_back_only_own_actions(workspace: Workspace, boris: Workspace) -> None:
    mine, his = add(workspace, "Mine"), add(boris, "His")
    workspace.execute(c.Undo())
    assert deal_row(workspace, mine)["deleted"] == 1
    assert deal_row(workspace, his)["deleted"] == 0


def test_undo_is_refused_when_a_colleague_changed_the_same_field_since(workspace: Workspace, boris: Workspace) -> None:
    deal = add(workspace)
    workspace.execute(c.StepDeals(one(deal), 1))
    boris.execute(c.StepDeals(one(deal), 1))
    before = live_state(workspace)
    with pytest.raises(Conflict, match=r"cannot be undone: Boris did “Moved Acme platform to Qualified”"):
        workspace.execute(c.Undo())
    assert live_state(workspace) == before
    boris.execute(c.Undo())
    workspace.execute(c.Undo())
    assert deal_row(workspace, deal)["stage_id"] == stage_named(workspace, "Lead")


def test_another_field_of_the_same_deal_is_no_conflict(workspace: Workspace, boris: Workspace) -> None:
    deal = add(workspace, value_minor=100)
    workspace.execute(c.EditDeals(one(deal), (("title", "Better"),)))
    boris.execute(c.EditDeals(one(deal), (("value_minor", 200),)))
    workspace.execute(c.Undo())
    row = deal_row(workspace, deal)
    assert (row["title"], row["value_minor"]) == ("Acme platform", 200)


def test_equal_values_do_not_hide_a_conflict(workspace: Workspace, boris: Workspace, clock: FixedClock) -> None:
    """The ABA case that a comparison of values misses (RELIABILITY.md section 3)."""
    deal = add(workspace)
    stages = [s.id for s in workspace.deals.stages()]
    boris.execute(c.MoveDeals(one(deal), stages[1]))
    workspace.execute(c.MoveDeals(one(deal), stages[0]))
    workspace.execute(c.MoveDeals(one(deal), stages[1]))
    with pytest.raises(Conflict):
        boris.execute(c.Undo())
    assert deal_row(workspace, deal)["stage_id"] == stages[1]


def test_a_redo_never_overwrites_what_was_redone_before_it(workspace: Workspace, boris: Workspace) -> None:
    """Anna 0 to 1, Boris 1 to 2, both undone; when Boris's comes back first it no longer starts where it did."""
    deal = add(workspace)
    workspace.execute(c.StepDeals(one(deal), 1))
    boris.execute(c.StepDeals(one(deal), 1))
    boris.execute(c.Undo())
    workspace.execute(c.Undo())
    with pytest.raises(Conflict, match="what it built on was undone"):
        boris.execute(c.Redo())
    workspace.execute(c.Redo())
    boris.execute(c.Redo())
    assert deal_row(workspace, deal)["stage_id"] == stage_named(workspace, "Qualified")
    assert check(workspace.target) == []


def test_equal_values_do_not_hide_a_conflict_from_a_redo(
    workspace: Workspace, boris: Workspace, open_workspace: Callable[..., Workspace]
) -> None:
    """Boris's change is undone; before it comes back, Celine redoes two that were made after it and end as it began."""
    celine = open_workspace(workspace.target.path or workspace.target.url, "celine")
    deal = add(workspace, "0")

    def name(user: Workspace, title: str) -> None:
        user.execute(c.EditDeals(one(deal), (("title", title),)))

    for user, title in ((workspace, "1"), (boris, "0"), (workspace, "1"), (celine, "2"), (celine, "1")):
        name(user, title)
    for user in (celine, celine, workspace, boris):
        user.execute(c.Undo())
    for _ in range(2):
        celine.execute(c.Redo())
    assert deal_row(workspace, deal)["title"] == "1"
    with pytest.raises(Conflict, match="Celine did"):
        boris.execute(c.Redo())


def test_nothing_is_redone_on_a_deal_that_was_taken_away(workspace: Workspace, boris: Workspace) -> None:
    deal = add(workspace)
    boris.execute(c.AddTask(deal, "call"))
    boris.execute(c.Undo())
    workspace.execute(c.Undo())
    with pytest.raises(Conflict, match=r"is not there any more\. Anna Nowak: Undid: Added .* Bring that back first"):
        boris.execute(c.Redo())


def test_a_creation_stays_while_a_colleague_works_on_it(workspace: Workspace, boris: Workspace) -> None:
    deal = add(workspace)
    boris.execute(c.AddTask(deal, "call"))
    with pytest.raises(Conflict, match="Boris did “Planned “call”"):
        workspace.execute(c.Undo())


def test_an_action_of_somebody_else_can_be_named(workspace: Workspace, boris: Workspace) -> None:
    deal = add(workspace)
    moved = workspace.execute(c.StepDeals(one(deal), 1))
    boris.execute(c.Undo(moved.action_id))
    assert deal_row(workspace, deal)["stage_id"] == stage_named(workspace, "Lead")
    with pytest.raises(Conflict, match="already undone"):
        workspace.execute(c.Undo(moved.action_id))


def test_a_stage_stays_while_deals_stand_in_it(workspace: Workspace, boris: Workspace) -> None:
    pipeline = workspace.board.overview().pipeline.id
    workspace.execute(c.AddStages(pipeline, ("Pilot",)))
    pilot = stage_named(workspace, "Pilot")
    boris.execute(c.CreateDeal("In the pilot", pilot))
    with pytest.raises(Conflict, match="would stand in Pilot"):
        workspace.execute(c.Undo())
    assert [card.title for card in boris.board.view(None, window=9).cards[pilot]] == ["In the pilot"]


def test_a_company_goes_with_its_deal_only_when_nobody_else_uses_it(workspace: Workspace, boris: Workspace) -> None:
    add(workspace, company="Acme")
    add(boris, "Other", company="ACME")
    workspace.execute(c.Undo())
    with reading(workspace.target) as sql:
        assert sql.all("SELECT name, deleted FROM company") == [("Acme", 0)]
    workspace.execute(c.Redo())
    boris.execute(c.Undo())
    workspace.execute(c.Undo())
    with reading(workspace.target) as sql:
        assert sql.all("SELECT name, deleted FROM company") == [("Acme", 1)]


# -- imports ---------------------------------------------------------------------------------------


def test_undoing_an_import_keeps_what_others_edited_since(workspace: Workspace, boris: Workspace) -> None:
    outcome = workspace.execute(
        file_of(workspace, imported(1, company="One"), won(2, company="Two"), imported(3, company="Three"))
    )
    boris.execute(c.EditDeals(one(1), (("title", "Edited"),)))
    boris.execute(c.EditDeals(one(2), (("notes", "Important"),)))
    before = {deal: deal_row(workspace, deal) for deal in (1, 2)}
    undone = workspace.execute(c.Undo())
    assert undone.label == f"Undid: {outcome.label}, but for 2 edited since"
    assert isinstance(undone.events[0], ActionUndone)
    assert undone.events[0].skipped == 2
    for deal, row in before.items():
        now = deal_row(workspace, deal)
        assert {k: v for k, v in now.items() if k != "updated_at"} == {
            k: v for k, v in row.items() if k != "updated_at"
        }
    assert deal_row(workspace, 3)["deleted"] == 1
    assert check(workspace.target) == []
    with reading(workspace.target) as sql:
        assert sql.value("SELECT count(*) FROM action WHERE kind = 'deals.kept'") == 1
        assert sql.value("SELECT count(*) FROM stage_visit WHERE deal_id = 2") == 2
        assert sorted(sql.all("SELECT name FROM company WHERE deleted = 0")) == [("One",), ("Two",)]
    workspace.execute(c.Redo())
    assert deal_row(workspace, 3)["deleted"] == 0
    assert check(workspace.target) == []


def test_an_import_of_which_everything_was_edited_is_not_undone(workspace: Workspace, boris: Workspace) -> None:
    workspace.execute(file_of(workspace, imported(1)))
    boris.execute(c.EditDeals(one(1), (("title", "Edited"),)))
    with pytest.raises(Conflict, match="Boris"):
        workspace.execute(c.Undo())


def test_a_new_stage_of_an_import_stays_when_a_kept_deal_stands_in_it(workspace: Workspace, boris: Workspace) -> None:
    rows = (imported(1, stage_name="Trial"), imported(2, stage_name="Trial"))
    workspace.execute(file_of(workspace, *rows, new_stages=("Trial",)))
    boris.execute(c.EditDeals(one(1), (("title", "Edited"),)))
    workspace.execute(c.Undo())
    trial = stage_named(workspace, "Trial")
    assert [card.title for card in workspace.board.view(None, window=9).cards[trial]] == ["Edited"]
    assert check(workspace.target) == []


def test_history_grows_and_is_never_taken_away(workspace: Workspace) -> None:
    deal = add(workspace)
    workspace.execute(c.StepDeals(one(deal), 1))
    events = count(workspace, "event")
    workspace.execute(c.Undo())
    workspace.execute(c.Redo())
    assert count(workspace, "event") == events + 2
