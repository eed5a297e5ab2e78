"""Screens with nothing on them say why and what to press."""

from pipeboard.services.workspace import Workspace
from tests.tui.driver import playing


async def test_a_board_and_a_list_without_deals_say_how_to_begin(local_workspace: Workspace) -> None:
    async with playing(local_workspace, (80, 24)) as player:
        for keys in ((), ("g", "l")):
            await player.press(*keys)
            assert "No deals here yet" in player.text
            assert "n    adds one in a line" in player.text
            assert "g i  brings deals in" in player.text
        await player.press("g", "m")
        assert "Nothing was closed in this period" in player.text
        await player.press("g", "b", "n")
        await player.type("Acme 5k")
        await player.press("enter")
        assert "No deals here yet" not in player.text
        await player.press("slash")
        await player.type("zz")
        assert "No deal fits “zz”" in player.text
        assert "F  shows all deals again" in player.text
        await player.press("escape")
        assert "No deal fits" not in player.text
        assert "Acme" in player.text
