"""The history on the screen: newest first, narrowed, opened, and undone from there."""

from pipeboard.domain.commands import AddOwner, CreateDeal, DeleteDeals, EditDeals, Seen
from pipeboard.domain.events import DealCreated
from pipeboard.services.workspace import Workspace
from tests.tui.driver import playing


def fill(workspace: Workspace) -> int:
    events = workspace.execute(CreateDeal("Acme [/ [bold] \x1b[31m", workspace.deals.stages()[0].id)).events
    deal_id = next(e.deal_id for e in events if isinstance(e, DealCreated))
    workspace.execute(EditDeals((Seen(deal_id),), (("value_minor", 5_000_00), ("notes", "[/] \x1b]0;x\x07"))))
    workspace.execute(EditDeals((Seen(deal_id),), (("is_hot", 1),)))
    workspace.execute(AddOwner("Boris [/"))
    return deal_id


async def test_an_older_action_is_opened_and_undone_from_its_row(local_workspace: Workspace) -> None:
    deal_id = fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("g", "h")
        assert "Added the owner Boris [/" in player.text
        await player.press("j", "j", "enter")
        assert "nothing → 5,000 EUR" in player.text
        await player.press("escape", "u")
        assert local_workspace.listing.deal(deal_id).row.value_minor is None  # type: ignore[union-attr]
        assert local_workspace.listing.deal(deal_id).row.is_hot  # type: ignore[union-attr]
        assert "undone" in player.text
        assert "Undid: Changed" in player.text
        await player.press("U")
        assert local_workspace.listing.deal(deal_id).row.value_minor == 5_000_00  # type: ignore[union-attr]


async def test_what_later_work_contradicts_is_refused_in_words(local_workspace: Workspace) -> None:
    deal_id = fill(local_workspace)
    local_workspace.execute(DeleteDeals((Seen(deal_id),)))
    async with playing(local_workspace, size=(80, 24)) as player:
        await player.press("g", "h", "j", "j", "u")
        assert any("cannot be undone" in told.message for told in player.app._notifications)
        await player.press("k", "k", "u", "u")
        assert local_workspace.listing.deal(deal_id) is not None


async def test_words_people_and_kinds_narrow_it(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("g", "h", "slash")
        await player.type("boris")
        await player.press("enter")
        assert "1 action" in player.text
        await player.press("escape", "f")
        await player.type("deals added")
        await player.press("enter")
        assert "1 action · deals added" in player.text
        await player.press("escape", "G")
        assert "Created" in player.text
        await player.press("q")
        assert player.app.screen is player.app.board_screen()
