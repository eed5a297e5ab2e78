"""The language of the board on the figures."""

from pipeboard.domain.commands import CreateDeal
from pipeboard.services.workspace import Workspace
from tests.tui.driver import playing


async def test_the_figures_of_what_a_filter_leaves(local_workspace: Workspace) -> None:
    stage = local_workspace.deals.stages()[0].id
    for title, tag, value in (("Acme [/", "web", 5_000_00), ("Globex", "fair", 70_000_00)):
        local_workspace.execute(CreateDeal(title, stage, tags=(tag,), value_minor=value))
    async with playing(local_workspace) as player:
        await player.press("g", "m")
        assert "75" in player.text
        await player.press("slash")
        await player.type("#web | zzz")
        await player.press("enter")
        assert "#web | zzz" in player.text.splitlines()[0]
        assert player.app.screen._view.report.open.deals == 1  # type: ignore[attr-defined]
        await player.press("F")
        assert "#web" not in player.text.splitlines()[0]
