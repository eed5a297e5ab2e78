"""Folded stages: slim, always right about what is in them, passed through without losing the row."""

from datetime import date

from pipeboard.domain.commands import CreateDeal, ParkDeals, Seen
from pipeboard.services.workspace import Workspace
from tests.conftest import OpenWorkspace
from tests.tui.driver import playing


def fill(workspace: Workspace) -> None:
    """Four deals in Lead, two in Contacted, three in Qualified, one in the fridge."""
    stages = workspace.deals.stages()
    for number, place in enumerate((0, 0, 0, 0, 0, 1, 1, 2, 2, 2)):
        workspace.execute(CreateDeal(f"Deal {number}", stages[place].id, value_minor=1_000_00))
    workspace.execute(ParkDeals((Seen(workspace.deals.find("Deal 0")),), date(2026, 12, 24), "next year"))


def column_rows(text: str, head: str, width: int) -> list[str]:
    """What stands under (and in) the head of a stage."""
    rows = text.splitlines()
    x = next(row.index(head) for row in rows if head in row)
    return [row[x : x + width].rstrip() for row in rows[1:-2]]


async def test_the_fridge_is_folded_from_the_start_and_opens(
    sqlite_database: str, open_workspace: OpenWorkspace
) -> None:
    workspace = open_workspace(sqlite_database)
    fill(workspace)
    async with playing(workspace) as player:
        assert [row for row in column_rows(player.text, "Fridge", 7) if row] == ["Fridge", "1", "€1k"]
        assert "Deal 0" not in player.text
        await player.press("8", "w")
        assert "Fridge is folded: Z shows its cards" in player.text
        await player.press("Z")
        assert player.cursor == "Deal 0"
        assert "wakes 24 dec" in player.text
        await player.press("q")
    async with playing(open_workspace(sqlite_database)) as player:
        assert player.cursor == "Deal 0", "it stays open after a restart"


async def test_the_cursor_passes_through_and_comes_out_on_its_row(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "Z", "1", "j", "j")
        assert player.cursor == "Deal 2"
        await player.press("l")
        assert player.cursor == ""
        await player.press("j", "G", "l")
        assert player.cursor == "Deal 7", "the third row, as before"
        await player.press("h", "h")
        assert player.cursor == "Deal 2"


async def test_a_card_moves_into_a_folded_stage_and_on_and_the_cursor_stays_on_it(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "Z", "1", "L")
        assert player.stage_of("Deal 4") == "Contacted"
        assert column_rows(player.text, "Contact", 7)[1:6] == ["Contact", "ed", "3", "€3k", ""]
        await player.press("L")
        assert player.stage_of("Deal 4") == "Qualified"
        assert player.cursor == "Deal 4"


async def test_the_figures_of_a_folded_stage_follow_the_filter(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "Z", "slash", *"Deal", "space", "5", "enter")
        assert "1 of 2" in player.text
        assert "Found in Contacted, which is folded: Z shows its cards" in player.text
        await player.press("Z")
        assert player.cursor == "Deal 5"
        await player.press("F", "ctrl+f")
        await player.type("Deal 0")
        await player.press("enter")
        assert player.cursor == "Deal 0", "a deal that is gone to is shown, wherever it stands"
