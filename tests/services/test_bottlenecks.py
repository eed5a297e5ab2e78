"""Bottlenecks of deals that went through real commands, on both engines."""

from datetime import UTC, datetime, timedelta

from pipeboard.domain import commands as c
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace

BEGIN = datetime(2026, 9, 1, 9, tzinfo=UTC)


def add(workspace: Workspace, title: str, stage_id: int) -> c.Seen:
    event = workspace.execute(c.CreateDeal(title, stage_id, value_minor=100_00)).events[0]
    return c.Seen(event.deal_id)  # type: ignore[union-attr]


def test_a_stage_fills_up_and_its_deals_stay(workspace: Workspace, clock: FixedClock) -> None:
    stages = [stage for stage in workspace.deals.stages() if stage.is_open]
    lead, contacted = stages[0], stages[1]
    clock.set(BEGIN)
    passing = [add(workspace, f"Passes {number}", lead.id) for number in range(4)]
    for day, deal in enumerate(passing):
        clock.set(BEGIN + timedelta(days=2 + day))
        workspace.execute(c.MoveDeals((deal,), contacted.id))
        clock.set(BEGIN + timedelta(days=6 + day))
        workspace.execute(c.MoveDeals((deal,), lead.id))
        workspace.execute(c.LoseDeals((deal,), workspace.metrics.today, "Price"))
    pipeline = workspace.board.overview().pipeline.id
    assert workspace.bottlenecks.of(pipeline) == ()
    for number in range(5):
        clock.set(BEGIN + timedelta(days=60, hours=number))
        stuck = add(workspace, f"Stuck {number}", lead.id)
        workspace.execute(c.MoveDeals((stuck,), contacted.id))
    clock.set(BEGIN + timedelta(days=61))
    (crowded,) = workspace.bottlenecks.of(pipeline)
    assert (crowded.name, crowded.reason) == ("Contacted", "5 open deals, usually none")
    clock.set(BEGIN + timedelta(days=80))
    (stuck_stage,) = workspace.bottlenecks.of(pipeline)
    assert stuck_stage.name == "Contacted"
    assert {cause.kind for cause in stuck_stage.causes} == {"crowded", "slow"}
    assert "deals stand here 20 days, usually 4" in stuck_stage.reason
    workspace.execute(c.Undo())
    assert workspace.bottlenecks.of(pipeline) != (stuck_stage,), "a change is seen at once"
    assert workspace.bottlenecks.of(pipeline) is workspace.bottlenecks.of(pipeline), "and no change costs nothing"


def test_a_move_from_a_clock_that_runs_ahead_has_not_happened_yet(workspace: Workspace, clock: FixedClock) -> None:
    lead, contacted = [stage for stage in workspace.deals.stages() if stage.is_open][:2]
    clock.set(BEGIN)
    deal = add(workspace, "Globex", lead.id)
    clock.set(BEGIN + timedelta(days=9))
    workspace.execute(c.MoveDeals((deal,), contacted.id))
    clock.set(BEGIN + timedelta(days=3))
    assert workspace.bottlenecks.of(workspace.board.overview().pipeline.id) == ()
