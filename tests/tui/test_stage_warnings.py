"""The bottleneck is found behind the first paint, marked in its head, and explained where the cursor stands."""

from datetime import timedelta

from pipeboard.domain.commands import CreateDeal, MoveDeals, Seen
from pipeboard.domain.events import DealCreated
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from tests.conftest import NOW
from tests.tui.driver import playing


def fill(workspace: Workspace, clock: FixedClock) -> None:
    """Deals that went through Contacted in two days, and three that have stood there for a month."""
    lead, contacted, qualified = workspace.deals.stages()[:3]
    for number in range(6):
        clock.set(NOW - timedelta(days=40))
        outcome = workspace.execute(CreateDeal(f"Deal {number}", lead.id, value_minor=1_000_00))
        seen = tuple(Seen(e.deal_id) for e in outcome.events if isinstance(e, DealCreated))
        clock.set(NOW - timedelta(days=30))
        workspace.execute(MoveDeals(seen, contacted.id))
        if number < 3:
            clock.set(NOW - timedelta(days=28))
            workspace.execute(MoveDeals(seen, qualified.id))
            clock.set(NOW - timedelta(days=27))
            workspace.execute(MoveDeals(seen, lead.id))
    clock.set(NOW)


async def test_the_bottleneck_is_marked_and_said_in_words(local_workspace: Workspace, clock: FixedClock) -> None:
    fill(local_workspace, clock)
    async with playing(local_workspace) as player:
        head = next(row for row in player.text.splitlines() if "Contacted" in row)
        assert "Contacted ◆ " in head
        assert "Lead ◆" not in head
        await player.press("2")
        assert "Contacted is the bottleneck: deals stand here 30 days, usually 2" in player.text.splitlines()[-1]
        await player.press("h")
        assert "bottleneck" not in player.text, "it is said only where the cursor stands"
        await player.press("2", "exclamation_mark")
        assert "Marked " in player.text.splitlines()[-1], "what has just happened goes before"
