"""The tour: five steps that notice when they are done, with the person's own keys, left at any time."""

import pytest

from pipeboard.config.settings import Settings
from pipeboard.domain.commands import CreateDeal
from pipeboard.services.workspace import Workspace
from pipeboard.tui.tour_steps import STEPS
from tests.tui.driver import Player, playing


@pytest.fixture
def filled(local_workspace: Workspace) -> Workspace:
    stages = local_workspace.deals.stages()
    local_workspace.execute(CreateDeal("Acme [/", stages[0].id, next_step="Call", value_minor=20_000_00))
    return local_workspace


def first_line(player: Player) -> str:
    return next((line.strip() for line in player.text.splitlines() if "leaves the tour" in line), "")


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_each_step_notices_that_it_was_done(filled: Workspace, size: tuple[int, int]) -> None:
    async with playing(filled, size=size) as player:
        await player.press("colon")
        await player.type("tour")
        await player.press("enter")
        assert first_line(player).startswith("Tour 1 of 5  Move a card")
        await player.press("L", "u")
        assert first_line(player).startswith("Tour 2 of 5  Add a deal")
        await player.press("h", "n")
        await player.type("Globex")
        await player.press("enter")
        assert first_line(player).startswith("Tour 3 of 5")
        await player.press("j", "c", "escape")
        if first_line(player).startswith("Tour 3 of 5"):
            await player.press("k", "c", "enter")
        assert first_line(player).startswith("Tour 4 of 5  Filter")
        await player.press("slash")
        await player.type("value>10k")
        await player.press("enter", "g", "m", "q")
        assert "That was the tour" in player.text
        await player.press("escape")
        assert first_line(player) == ""


async def test_it_is_left_at_any_time_and_names_other_keys(filled: Workspace) -> None:
    settings = Settings(keymap={"deal.advance": "f9"})
    async with playing(filled, settings=settings) as player:
        await player.app.run_action("tour", player.app.screen)
        await player.settle()
        assert "F9 moves the card" in player.text
        await player.press("x", "escape")
        assert first_line(player).startswith("Tour 1 of 5")
        await player.press("escape")
        assert first_line(player) == ""
        assert filled.deals.names()


def test_every_step_names_actions_that_there_are() -> None:
    from pipeboard.tui.actions import BY_ID

    assert len(STEPS) == 5
    for step in STEPS:
        assert step.words.count("{}") == len(step.actions)
        assert set(step.actions) <= set(BY_ID)
