"""The board of a past day on the screen: marked, read only, a day at a time, and back."""

from datetime import timedelta

from pipeboard.domain.commands import CreateDeal, DeleteDeals, EditDeals, MoveDeals, Seen
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.tui.screens.past import PastScreen
from tests.tui.driver import playing


def fill(workspace: Workspace, clock: FixedClock) -> int:
    now = clock.now()
    stages = workspace.deals.stages()
    clock.set(now - timedelta(10))
    workspace.execute(CreateDeal("Old [/ name", stages[0].id, value_minor=1_000_00))
    deal_id = workspace.deals.find("Old [/ name")
    workspace.execute(CreateDeal("Gone [bold]", stages[1].id))
    clock.set(now - timedelta(2))
    workspace.execute(MoveDeals((Seen(deal_id),), stages[2].id))
    workspace.execute(EditDeals((Seen(deal_id),), (("title", "New name"), ("value_minor", 2_000_00))))
    workspace.execute(DeleteDeals((Seen(workspace.deals.find("Gone [bold]")),)))
    clock.set(now)
    return deal_id


async def test_a_past_day_is_shown_and_nothing_can_be_changed_there(
    local_workspace: Workspace, clock: FixedClock
) -> None:
    deal_id = fill(local_workspace, clock)
    async with playing(local_workspace) as player:
        await player.press("T")
        await player.type("-5d")
        await player.press("enter")
        shown = player.text
        assert "AS OF TUE 17 NOV 2026" in shown
        assert "As of Tue 17 Nov 2026: read only" in shown
        assert "Esc today" in shown
        assert "Old [/ name" in shown
        assert "Gone [bold]" in shown
        before = local_workspace.history.actions(1)[0].id
        await player.press("L", "D", "n", "c", "x", "u", "dollar_sign", "space", "J")
        assert player.app.screen.__class__ is PastScreen
        assert "nothing can be changed in the past" in player.text
        assert local_workspace.history.actions(1)[0].id == before
        await player.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        assert "AS OF FRI 20 NOV 2026" in player.text
        assert "New name" in player.text
        assert "Gone" not in player.text
        await player.press("escape")
        assert len(player.app.screen_stack) == 1
        assert local_workspace.deals.detail(deal_id).title == "New name"


async def test_a_day_to_come_is_refused(local_workspace: Workspace) -> None:
    async with playing(local_workspace, size=(80, 24)) as player:
        await player.press("T")
        await player.type("today")
        await player.press("enter", "right_square_bracket")
        assert "This is today already" in player.text


async def test_the_filter_of_the_board_goes_along_and_asks_about_that_day(
    local_workspace: Workspace, clock: FixedClock
) -> None:
    fill(local_workspace, clock)
    async with playing(local_workspace) as player:
        await player.press("slash")
        await player.type("name")
        await player.press("enter", "T")
        await player.type("-5d")
        await player.press("enter")
        assert isinstance(player.app.screen, PastScreen)
        assert "Old [/ name" in player.text
        assert "Gone [bold]" not in player.text
        assert "1 of 2 deals" in player.text
        await player.press("slash", "ctrl+u")
        await player.type("value>1500")
        assert "Nothing fitted on that day" in player.text
        await player.press("enter", "F")
        assert "Gone [bold]" in player.text
        await player.press("slash")
        await player.type("value<1500")
        await player.press("enter")
        assert "Old [/ name" in player.text
        assert "Gone [bold]" not in player.text
        await player.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        assert "AS OF FRI 20 NOV 2026" in player.text
        assert "New name" not in player.text, "by then it was worth more"
        await player.press("left_square_bracket", "left_square_bracket", "escape")
        assert player.app.screen.__class__ is PastScreen, "the first one shows all again"
        assert "Gone [bold]" in player.text
        await player.press("escape")
        assert len(player.app.screen_stack) == 1
        assert "1 of 1 deal" in player.text, "the board keeps its own"
