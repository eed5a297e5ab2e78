"""The reads behind the list, the agenda and the history, on both engines."""

from datetime import date, timedelta

import pytest

from pipeboard.domain.commands import (
    AddOwner,
    AddTask,
    CompleteTask,
    CreateDeal,
    CreatePipeline,
    EditTask,
    LoseDeals,
    MoveDeals,
    ParkDeals,
    Seen,
    Undo,
    WinDeals,
)
from pipeboard.domain.errors import Ambiguous, NotFound
from pipeboard.domain.events import DealCreated, TaskAdded
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.clock import FixedClock
from pipeboard.services.listing import DealFilter
from pipeboard.services.workspace import Workspace

TODAY = date(2026, 11, 22)


def add(workspace: Workspace, title: str, stage: int = 0, **fields: object) -> int:
    """A new deal in the n-th stage; its id."""
    command = CreateDeal(title, workspace.deals.stages()[stage].id, **fields)  # type: ignore[arg-type]
    return next(e.deal_id for e in workspace.execute(command).events if isinstance(e, DealCreated))


def plan(workspace: Workspace, deal_id: int, title: str, due_on: date | None) -> int:
    """A new task; its id."""
    outcome = workspace.execute(AddTask(deal_id, title, due_on=due_on))
    return next(e.task_id for e in outcome.events if isinstance(e, TaskAdded))


def test_a_listed_deal_knows_what_follows_from_its_fields(workspace: Workspace, clock: FixedClock) -> None:
    deal_id = add(workspace, "Globex", 2, value_minor=10_01, expected_close_on=TODAY)
    clock.set(clock.now() + timedelta(days=11))
    listed = workspace.listing.deal(deal_id)
    assert listed is not None
    assert (listed.probability, listed.weighted_minor) == (35, 350)
    assert (listed.days_in_stage, listed.idle_days, listed.is_rotting) == (11, 11, True)
    workspace.execute(WinDeals((Seen(deal_id),), workspace.deals.today))
    won = workspace.listing.deal(deal_id)
    assert won is not None
    assert (won.probability, won.weighted_minor, won.days_in_stage, won.idle_days) == (100, 1001, None, None)
    assert not won.is_rotting
    assert workspace.listing.deal(999) is None


def test_the_list_stands_in_board_order(workspace: Workspace) -> None:
    first, second = add(workspace, "First"), add(workspace, "Second")
    third = add(workspace, "Third", 1)
    lost, won = add(workspace, "Lost one"), add(workspace, "Won one")
    workspace.execute(LoseDeals((Seen(lost),), TODAY, "Price"))
    workspace.execute(WinDeals((Seen(won),), TODAY))
    assert [deal.row.id for deal in workspace.listing.deals()] == [second, first, third, won, lost]


def test_filters_add_up(workspace: Workspace) -> None:
    workspace.execute(AddOwner("Boris"))
    boris = workspace.listing.owner_id("bor")
    add(workspace, "Żabka rollout", company="Żabka", owner_id=boris, tags=("eu",))
    add(workspace, "Żabka renewal", 1)

    def ids(**asked: str) -> list[str]:
        return [deal.row.title for deal in workspace.listing.deals(DealFilter(**asked))]

    assert ids(text="zabka") == ["Żabka rollout", "Żabka renewal"]
    assert ids(text="zabka eu") == ["Żabka rollout"]
    assert ids(text="zabka", stage="cont") == ["Żabka renewal"]
    assert ids(owner="@boris", status="open") == ["Żabka rollout"]
    assert ids(owner="boris", stage="contacted") == []
    with pytest.raises(NotFound, match="no owner"):
        ids(owner="chen")
    with pytest.raises(NotFound, match="status"):
        ids(status="sleeping")


def test_a_stage_is_looked_for_at_home_first(workspace: Workspace) -> None:
    workspace.execute(CreatePipeline("Projects", TEMPLATES["consulting"].stages))
    home, away = (p.id for p in workspace.listing.names().pipelines)
    deal_id = add(workspace, "Globex")
    assert workspace.listing.stage_for(deal_id, "prop").pipeline_id == home
    assert workspace.listing.stage_for(deal_id, "prop", "proj").pipeline_id == away
    assert workspace.listing.stage_for(deal_id, "inquiry").pipeline_id == away
    assert workspace.listing.stage("prop", away).pipeline_id == away
    with pytest.raises(NotFound, match="no stage"):
        workspace.listing.stage_for(deal_id, "nowhere")
    workspace.execute(MoveDeals((Seen(deal_id),), workspace.listing.stage_for(deal_id, "scope").id))
    assert workspace.listing.stage_for(deal_id, "prop").pipeline_id == away
    with pytest.raises(Ambiguous):
        workspace.listing.stage_for(deal_id, "l", "b2b")


def test_ids_do_as_well_as_names(workspace: Workspace) -> None:
    stage = workspace.deals.stages()[2]
    assert workspace.listing.stage(f"#{stage.id}") == stage
    assert workspace.listing.stage(str(stage.id)) == stage
    assert workspace.listing.pipeline("1").name == "B2B sales"
    assert workspace.listing.owner_id("1") == 1
    workspace.execute(AddOwner("1"))
    assert workspace.listing.owner_id("1") == 2
    with pytest.raises(NotFound):
        workspace.listing.stage("999")


def test_tasks_stand_in_the_group_of_their_day(workspace: Workspace, clock: FixedClock) -> None:
    clock.set(clock.now() - timedelta(days=4))  # Wednesday 18 November
    wednesday = workspace.deals.today
    deal_id = add(workspace, "Globex")
    days = {"late": -3, "today": 0, "tomorrow": 1, "friday": 2, "sunday": 4, "monday": 5}
    tasks = {name: plan(workspace, deal_id, name, wednesday + timedelta(days=n)) for name, n in days.items()}
    plan(workspace, deal_id, "some day", None)
    groups = {name: [task.title for task in found] for name, found in workspace.agenda.tasks().items()}
    assert groups == {
        "overdue": ["late"],
        "today": ["today"],
        "tomorrow": ["tomorrow"],
        "this_week": ["friday", "sunday"],
        "later": ["monday"],
        "no_date": ["some day"],
    }
    workspace.execute(EditTask(Seen(tasks["late"]), (("snoozed_until", wednesday + timedelta(days=1)),)))
    assert [t.title for t in workspace.agenda.tasks()["tomorrow"]] == ["late", "tomorrow"]
    overview = workspace.board.overview()
    assert (overview.overdue, overview.due_today) == (0, 1)
    clock.set(clock.now() + timedelta(days=1))
    groups = {name: [task.title for task in found] for name, found in workspace.agenda.tasks().items()}
    assert groups["overdue"] == ["late", "today"]
    assert workspace.board.overview().overdue == 2
    workspace.execute(CompleteTask(Seen(tasks["late"])))
    assert [t.title for t in workspace.agenda.tasks()["overdue"]] == ["today"]


def test_closed_deals_ask_for_nothing(workspace: Workspace) -> None:
    deal_id = add(workspace, "Globex")
    plan(workspace, deal_id, "call", TODAY)
    workspace.execute(WinDeals((Seen(deal_id),), TODAY))
    agenda = workspace.agenda.agenda()
    assert not any((agenda.today, agenda.no_next_step, agenda.waking, agenda.suggested))


def test_deals_wake_up_on_their_day(workspace: Workspace, clock: FixedClock) -> None:
    deal_id = add(workspace, "Globex")
    workspace.execute(ParkDeals((Seen(deal_id),), TODAY + timedelta(days=2), "budget"))
    assert workspace.agenda.agenda().waking == ()
    clock.set(clock.now() + timedelta(days=2))
    assert [deal.row.id for deal in workspace.agenda.agenda().waking] == [deal_id]


def test_the_history_is_read_in_pages(workspace: Workspace) -> None:
    ids = [add(workspace, f"Deal {n}") for n in range(3)]
    workspace.execute(Undo())
    newest = workspace.history.actions(2)
    assert [entry.label for entry in newest] == ["Undid: Added Deal 2", "Added Deal 2"]
    assert (newest[0].undoes, newest[1].undone_by) == (newest[1].id, newest[0].id)
    assert newest[1].deals == (ids[2],)
    older = workspace.history.actions(1, before_id=newest[1].id)
    assert [entry.label for entry in older] == ["Added Deal 1"]


def test_a_rehearsal_answers_and_leaves_nothing(workspace: Workspace) -> None:
    before = workspace.history.actions()
    outcome = workspace.rehearse(CreateDeal("Globex", workspace.deals.stages()[0].id))
    assert isinstance(outcome.events[0], DealCreated)
    assert outcome.action_id is None
    assert workspace.listing.deals() == []
    assert workspace.history.actions() == before


def test_a_batch_is_all_or_nothing(workspace: Workspace, clock: FixedClock) -> None:
    stage_id = workspace.deals.stages()[0].id
    past = clock.now() - timedelta(days=9)
    with workspace.batch() as execute:
        execute(CreateDeal("Globex", stage_id), past, None)
        execute(CreateDeal("Hooli", stage_id), past + timedelta(days=1), None)
    assert [deal.days_in_stage for deal in workspace.listing.deals()] == [8, 9]
    with pytest.raises(NotFound), workspace.batch() as execute:  # noqa: PT012
        execute(CreateDeal("Initech", stage_id), past, None)
        execute(CreateDeal("Initech", 999), past, None)
    assert len(workspace.listing.deals()) == 2


def test_a_card_counts_late_days_from_the_day_a_task_was_due(workspace: Workspace) -> None:
    deal_id = add(workspace, "Globex")
    workspace.execute(AddTask(deal_id, "call", due_on=TODAY - timedelta(days=9)))
    for days, asks_on in ((2, 2), (0, -9), (-3, -9)):
        workspace.execute(EditTask(Seen(1), (("snoozed_until", TODAY + timedelta(days=days)),)))
        (card,) = workspace.board.cards([deal_id])
        assert card.task_asks_on(TODAY) == TODAY + timedelta(days=asks_on)
