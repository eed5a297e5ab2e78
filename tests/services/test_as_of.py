"""The board as it stood on a day, against an independent replay of random histories with undo, on both engines."""

import contextlib
import json
import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.board import StageTotals
from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.domain.events import DealCreated
from pipeboard.services.clock import FixedClock
from pipeboard.services.searching import SearchIndex
from pipeboard.services.workspace import Workspace

START = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
FIELDS = ("title", "value_minor", "owner_id", "probability", "is_hot", "expected_close_on")


def replay(workspace: Workspace, day: date) -> dict[int, dict[str, Any]]:
    """What every deal was at the end of a day: its live patches, folded from the very first one on."""
    end = datetime.combine(day + timedelta(1), time(), tzinfo=workspace.zone)
    with workspace._store.hot.snapshot() as sql:
        rows = sql.all(
            "SELECT e.entity_id, e.at, e.patch FROM event e JOIN action a ON a.id = e.action_id WHERE e.entity = 'deal'"
            " AND a.undoes_id IS NULL AND a.undone_by_id IS NULL ORDER BY e.id"
        )
        found: dict[int, dict[str, Any]] = {}
        for deal_id, at, patch in rows:
            moment = sql.codec.instant(at)
            assert moment is not None
            if moment < end:
                state = found.setdefault(deal_id, dict.fromkeys(FIELDS) | {"is_hot": 0, "deleted": 0})
                state.update({field: new for field, (_, new) in json.loads(patch).items()})
    return {deal_id: state for deal_id, state in found.items() if not state["deleted"]}


def live_random(workspace: Workspace, clock: FixedClock, dice: random.Random) -> None:
    """Some weeks of work of one person who makes up her mind again and again."""
    stages = [stage.id for stage in workspace.deals.stages() if stage.is_open]
    owner = workspace.me
    deals: list[int] = []
    for step in range(70):
        clock.set(START + timedelta(hours=19 * step))
        one = c.Seen(dice.choice(deals)) if deals else c.Seen(1)
        today = workspace.board.today
        commands: list[Any] = [
            c.CreateDeal(f"deal {step}", dice.choice(stages), value_minor=dice.choice([None, 5_00])),
            c.MoveDeals((one,), dice.choice(stages)),
            c.EditDeals((one,), (("value_minor", dice.choice([None, 1_00, 2_00])),)),
            c.EditDeals((one,), (("title", f"renamed {step}"), ("owner_id", dice.choice([None, owner])))),
            c.EditDeals((one,), (("probability", dice.choice([None, 10, 90])), ("is_hot", dice.choice([0, 1])))),
            c.WinDeals((one,), today - timedelta(dice.choice([0, 0, 3])), value_minor=dice.choice([None, 7_00])),
            c.LoseDeals((one,), today, "Price"),
            c.ParkDeals((one,), today + timedelta(30), "later"),
            c.ReopenDeals((one,), reason="again"),
            c.DeleteDeals((one,)),
            c.AddTask(one.id, "call", due_on=today + timedelta(dice.choice([-1, 2]))),
            c.Undo(),
            c.Redo(),
        ]
        with contextlib.suppress(PipeboardError):
            outcome = workspace.execute(dice.choices(commands, [5, 4, 4, 2, 2, 1, 1, 1, 2, 1, 2, 3, 1])[0])
            deals += [event.deal_id for event in outcome.events if isinstance(event, DealCreated)]


@pytest.mark.parametrize("seed", range(4))
def test_every_past_day_is_what_the_history_replays_to(workspace: Workspace, clock: FixedClock, seed: int) -> None:
    clock.set(START)
    live_random(workspace, clock, random.Random(seed))
    first, last = START.date() - timedelta(1), workspace.board.today
    kinds = {stage.id: stage for stage in workspace.deals.stages()}
    for offset in range(0, (last - first).days + 1, 5):
        day = first + timedelta(offset)
        board = workspace.as_of.board(day)
        shown = {i for ids in board.orders.values() for i in ids}
        wanted = {
            deal_id: state
            for deal_id, state in replay(workspace, day).items()
            if kinds[state["stage_id"]].is_open or state["status"] == 3 or _closed_this_month(state, day)
        }
        assert shown == set(wanted), day
        for card in workspace.as_of.cards(board, sorted(shown)):
            state = wanted[card.id]
            assert card.stage_id == state["stage_id"], (day, card)
            for field in FIELDS:
                value = getattr(card, field)
                assert (value.isoformat() if isinstance(value, date) else value) == state[field], (day, field)
        for stage_id, totals in board.overview.totals.items():
            here = [state for state in wanted.values() if state["stage_id"] == stage_id]
            assert (totals.count, totals.value_minor) == (len(here), sum(s["value_minor"] or 0 for s in here)), day


def _closed_this_month(state: dict[str, Any], day: date) -> bool:
    on = date.fromisoformat(state["closed_on"]) if state.get("closed_on") else None
    return on is not None and on >= day.replace(day=1)


def test_today_is_the_board_of_today(workspace: Workspace, clock: FixedClock) -> None:
    clock.set(START)
    live_random(workspace, clock, random.Random(9))
    now = workspace.board.view(None, window=100)
    then = workspace.as_of.board(workspace.board.today)
    assert then.overview.totals == now.overview.totals
    for stage_id, cards in now.cards.items():
        past = {card.id: card for card in workspace.as_of.cards(then, [card.id for card in cards])}
        assert set(past) == set(then.orders[stage_id])
        for card in cards:
            assert past[card.id]._replace(version=0, rank=0) == card._replace(version=0, rank=0)


def test_a_day_to_come_is_refused_and_a_day_before_the_first_is_empty(workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="still to come"):
        workspace.as_of.board(workspace.board.today + timedelta(1))
    assert not any(len(ids) for ids in workspace.as_of.board(date(2001, 1, 1)).orders.values())


def test_tasks_and_activity_are_those_of_the_day(workspace: Workspace, clock: FixedClock) -> None:
    clock.set(START)
    stage = workspace.deals.stages()[0].id
    workspace.execute(c.CreateDeal("Acme", stage, next_step="call"))
    acme = workspace.deals.find("Acme")
    clock.set(START + timedelta(5))
    task = workspace.deals.detail(acme).tasks[0]
    workspace.execute(c.EditTask(c.Seen(task.id), (("title", "write"),)))
    clock.set(START + timedelta(9))
    workspace.execute(c.CompleteTask(c.Seen(task.id)))
    reads = workspace.as_of

    def card(days: int) -> Any:
        board = reads.board((START + timedelta(days)).date())
        return reads.cards(board, [acme])[0]

    assert [card(days).task_title for days in (0, 4, 5, 8, 9)] == ["call", "call", "write", "write", ""]
    assert [card(days).idle_on.day for days in (4, 9)] == [1, 10]


FILTERS = (
    *("deal", "renamed -2", "@me", "hot | value>1", "no-value", "rotting", "waiting", "idle>4", "overdue", "no-task"),
    *("close<eom", "close:overdue", "created>-7d", "updated>-3d", "stage:lead", "won", "lost | parked", "prob>=50"),
    *("#web", "source:fair", "task<+3d", "status:open", "days>3", "closed>-9d", "reason:price"),
)


def left_by(index: SearchIndex) -> dict[str, dict[int, tuple[set[int], StageTotals]]]:
    """What every filter leaves of an index, and its totals, by stage."""
    found = {text: index.filter(text, is_guessing=False) for text in FILTERS}
    return {
        text: {stage: (set(ids), one.totals[stage]) for stage, ids in one.ids.items() if ids}
        for text, one in found.items()
    }


def test_a_filter_leaves_of_today_what_it_leaves_on_the_board_of_today(workspace: Workspace, clock: FixedClock) -> None:
    clock.set(START)
    live_random(workspace, clock, random.Random(9))
    board = workspace.as_of.board(workspace.board.today)
    then = left_by(workspace.as_of.search_index(board, me=workspace.me))
    now = left_by(workspace.board.search_index(board.overview.pipeline.id, me=workspace.me))
    assert then == now
    assert sum(map(bool, now.values())) > len(FILTERS) // 2, "most of them leave something"


@pytest.mark.parametrize("seed", range(3))
def test_a_filter_leaves_of_a_past_day_what_it_left_then(workspace: Workspace, clock: FixedClock, seed: int) -> None:
    """Nothing is undone and no closing is dated anew: that is where the past is meant to differ from what was seen."""
    dice = random.Random(seed)
    stages = [stage.id for stage in workspace.deals.stages() if stage.is_open]
    pipeline_id = workspace.deals.stages()[0].pipeline_id
    seen: dict[date, Any] = {}
    deals: list[int] = []
    for step in range(60):
        clock.set(START + timedelta(hours=13 * step))
        today = workspace.board.today
        one = c.Seen(dice.choice(deals)) if deals else c.Seen(1)
        edits: list[tuple[str, Any]] = [
            ("title", f"renamed {step}"),
            ("owner_id", dice.choice([None, workspace.me])),
            ("value_minor", dice.choice([None, 2_00])),
            ("probability", dice.choice([None, 90])),
            ("is_hot", dice.choice([0, 1])),
            ("expected_close_on", today + timedelta(dice.choice([-2, 5, 60]))),
            ("tags", dice.choice(["", "#web"])),
            ("source", dice.choice(["", "fair"])),
        ]
        commands: list[Any] = [
            c.CreateDeal(f"deal {step}", dice.choice(stages), value_minor=dice.choice([None, 5_00])),
            c.EditDeals((one,), tuple(dice.sample(edits, 2))),
            c.MoveDeals((one,), dice.choice(stages)),
            c.AddTask(one.id, "call", due_on=today + timedelta(dice.choice([-1, 2, 9]))),
            c.LogActivity(one.id, "call", "spoke"),
            c.WinDeals((one,), today),
            c.LoseDeals((one,), today, "Price"),
            c.ParkDeals((one,), today + timedelta(30), "later"),
        ]
        command = dice.choices(commands, [5, 8, 4, 4, 2, 1, 1, 1])[0]
        if isinstance(command, c.WinDeals | c.LoseDeals) and (not deals or workspace.deals.detail(one.id).closed_on):
            continue
        with contextlib.suppress(PipeboardError):
            outcome = workspace.execute(command)
            deals += [event.deal_id for event in outcome.events if isinstance(event, DealCreated)]
        # The last one of a day is what the end of that day looked like.
        seen[today] = left_by(workspace.board.search_index(pipeline_id, me=workspace.me))
    for day, wanted in seen.items():
        assert left_by(workspace.as_of.search_index(workspace.as_of.board(day), me=workspace.me)) == wanted, day
