"""Marks, ranges, many deals at once, and the last change again: on the board and in the list with the same keys."""

import pytest

from pipeboard.domain.commands import AddTask
from pipeboard.services.workspace import Workspace
from pipeboard.tui.screens.list import ListScreen
from tests.tui.driver import Player, playing
from tests.tui.test_app_depth import fill, post


def marked(player: Player) -> list[str]:
    """The titles of what an action would take, in its order."""
    screen = player.app.screen
    return [target.title for target in screen.targets()] if screen._marked_cards else []  # type: ignore[attr-defined]


@pytest.mark.parametrize("place", ["board", "list"])
async def test_a_range_reaches_from_where_it_began_to_the_cursor(local_workspace: Workspace, place: str) -> None:
    fill(local_workspace, 8)
    async with playing(local_workspace) as player:
        await player.press(*(["g", "l"] if place == "list" else []), "home", "space", "j", "v", "j", "j", "j", "k")
        assert marked(player) == ["Deal 000", "Deal 002", "Deal 003", "Deal 004"]
        assert "→" in next(row for row in player.text.splitlines() if "Deal 002" in row)
        assert "4 marked: move, then v or an action" in player.text
        await player.press("escape")
        assert marked(player) == ["Deal 000"]
        await player.press("v", "j", "v", "j")
        assert marked(player) == ["Deal 000", "Deal 004", "Deal 005"]
        await player.press("L")
        assert [player.stage_of(f"Deal 00{n}") for n in (0, 3, 4, 5)] == ["Contacted", "Lead", "Contacted", "Contacted"]
        assert len(marked(player)) == 3, "marks stay for the next key"
        await player.press("escape", "u")
        assert player.stage_of("Deal 004") == "Lead"


async def test_an_action_takes_the_range_and_ends_it_however_fast_the_keys_come(local_workspace: Workspace) -> None:
    fill(local_workspace, 60)
    async with playing(local_workspace, (80, 24)) as player:
        post(player, "v", "j", "j", "j", "L", "h", "j")
        await player.settle()
        assert [player.stage_of(f"Deal 00{n}") for n in range(5)] == ["Contacted"] * 4 + ["Lead"]
        assert len(marked(player)) == 4
        post(player, "escape", "home", "v", "G", "k", "!")
        await player.settle()
        await player.press("y")
        hot = [
            card.is_hot
            for card in local_workspace.board.cards(local_workspace.board.ids(player.app.board_screen().stages()[0]))
        ]
        assert hot == [True] * 55 + [False]


async def test_the_number_is_asked_first_where_it_is_large(local_workspace: Workspace) -> None:
    fill(local_workspace, 30)
    lead, _, qualified = local_workspace.deals.stages()[:3]
    async with playing(local_workspace) as player:
        await player.press("V", "m", "3")
        assert "Change 30 deals at once?" in player.text
        assert "Move to Qualified. It is one step: u takes all of it back." in player.text
        await player.press("n")
        assert len(local_workspace.board.ids(lead)) == 30
        await player.press("dollar_sign", "5", "k", "enter")
        assert "Set the value to €5,000" in player.text
        await player.press("escape")
        assert "What you typed is kept" in player.text
        await player.press("m", "3", "enter")
        assert len(local_workspace.board.ids(qualified)) == 30
        await player.press("u")
        assert len(local_workspace.board.ids(lead)) == 30


async def test_a_dot_does_the_last_change_again(local_workspace: Workspace) -> None:
    fill(local_workspace, 6)
    async with playing(local_workspace) as player:
        await player.press("full_stop")
        assert "Nothing to repeat yet" in player.text
        await player.press("m", "3", "1", "full_stop")
        assert [player.stage_of(f"Deal 00{n}") for n in range(3)] == ["Qualified", "Qualified", "Lead"]
        await player.press("1", "number_sign", "w", "e", "b", "enter", "j", "full_stop")
        assert [local_workspace.deals.detail(n).tags for n in (3, 4, 5)] == ["web", "web", ""]
        await player.press("x", "2", "1", "full_stop")
        assert player.stage_of("Deal 003") == player.stage_of("Deal 002") == "Lost"
        reasons = {local_workspace.deals.detail(n).lost_reason for n in (3, 4)}
        assert len(reasons) == 1
        await player.press("1", "t")
        await player.type("call Bob")
        await player.press("enter", "g", "l")
        assert isinstance(player.app.screen, ListScreen)
        await player.press("home", "j", "full_stop")
        assert local_workspace.deals.detail(6).tasks[0].title == "call Bob"


async def test_what_cannot_be_repeated_is_refused_in_words(local_workspace: Workspace) -> None:
    fill(local_workspace, 3)
    local_workspace.execute(AddTask(1, "Call"))
    async with playing(local_workspace) as player:
        await player.press("s", "1", "j", "full_stop")
        assert any("no open task" in toast.message for toast in player.app._notifications)
        await player.press("D", "y", "full_stop")
        assert "Delete Deal" in player.text
