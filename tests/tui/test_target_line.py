"""The target in the header of the board."""

from datetime import date

from pipeboard.domain import commands as c
from pipeboard.domain.periods import parse_period
from pipeboard.domain.quota import Target, attainment
from pipeboard.services.workspace import Workspace
from pipeboard.tui.target_line import target_line

from .driver import playing


def test_in_words() -> None:
    target = Target(None, None, parse_period("2026-11"), "count", 20, False, ())
    line = target_line(attainment(target, (), date(2026, 11, 10)), "EUR")
    assert line is not None
    assert (line.words, line.short_words) == ("Nov 0% of 20 deals", "Nov 0%")
    assert target_line(None, "EUR") is None


async def test_the_header_follows_what_is_won(local_workspace: Workspace) -> None:
    stage = local_workspace.deals.stages()[0]
    local_workspace.execute(c.CreateDeal("Acme", stage.id, value_minor=30_000_00))
    async with playing(local_workspace) as player:
        await player.settle()
        assert "Q4" not in player.text.splitlines()[0]
        local_workspace.execute(c.SetQuota("2026-Q4", 120_000_00))
        await player.press("ctrl+l")
        assert "Q4 0% of €120k" in player.text.splitlines()[0]
        await player.press("w", "enter")
        assert "Q4 25% of €120k" in player.text.splitlines()[0]
