"""Sorting the board: the order by hand is off, says so, is kept, and comes back."""

from pipeboard.domain.commands import CreateDeal
from pipeboard.services.workspace import Workspace
from tests.conftest import OpenWorkspace
from tests.tui.driver import Player, playing


def fill(workspace: Workspace) -> None:
    """Three deals, by hand: Acme, Globex, Initech."""
    lead = workspace.deals.stages()[0]
    for title, value in (("Initech", 300_00), ("Globex", 900_00), ("Acme", 100_00)):
        workspace.execute(CreateDeal(title, lead.id, value_minor=value))


def column(player: Player) -> list[str]:
    """The titles of the first stage from top to bottom, as they are read."""
    names = ("Acme", "Globex", "Initech", "Hooli")
    rows = [row[:24] for row in player.text.splitlines()[1:-1]]
    return [name for row in rows for name in names if name in row]


async def test_cards_are_sorted_and_the_order_by_hand_comes_back(
    sqlite_database: str, open_workspace: OpenWorkspace
) -> None:
    workspace = open_workspace(sqlite_database)
    fill(workspace)
    async with playing(workspace) as player:
        await player.press("S", "2")
        assert column(player) == ["Globex", "Initech", "Acme"]
        assert "sorted by value: manual order off" in player.text.splitlines()[0]
        assert player.cursor == "Acme", "the cursor stays on its deal"
        await player.press("K")
        assert "Sorted by value: manual order off. S 1 brings it back" in player.text
        await player.press("S", "2")
        assert column(player) == ["Acme", "Initech", "Globex"]
        assert "sorted by value, turned round: manual order off" in player.text
        await player.press("L", "u")
        assert column(player) == ["Acme", "Initech", "Globex"], "a card that comes back stands where it is sorted"
        await player.press("slash", "i", "enter")
        assert column(player) == ["Initech"]
        await player.press("F", "q")
    async with playing(open_workspace(sqlite_database)) as player:
        assert column(player) == ["Acme", "Initech", "Globex"], "the order is remembered"
        await player.press("S", "1")
        assert column(player) == ["Acme", "Globex", "Initech"]
        assert "manual order off" not in player.text
        await player.press("home", "J")
        assert column(player) == ["Globex", "Acme", "Initech"]
        await player.press("S", "4", "q")
    async with playing(open_workspace(sqlite_database), (80, 24)) as player:
        assert "sorted by close date" in player.text
