"""Criteria, BANT, leaving a stage with something open, and copies for after the sale, by keys."""

import re

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.workspace import Workspace
from pipeboard.tui.dialogs.choose import Choose
from pipeboard.tui.dialogs.confirm import Confirm
from tests.tui.driver import Player, playing


@pytest.fixture
def strict(local_workspace: Workspace) -> Workspace:
    """Two deals in Lead, which requires two things and advises one."""
    workspace = local_workspace
    lead = workspace.deals.stages()[0].id
    workspace.execute(c.EditStage(lead, (("exit_criteria", "! Fits us\n! Contact known\nLikes us [/]"),)))
    for title in ("Globex pilot", "Acme platform"):
        workspace.execute(c.CreateDeal(title, lead, value_minor=1000_00))
    return workspace


def last(player: Player) -> str:
    return player.app.workspace.history.actions(1)[0].label


async def test_a_deal_leaves_with_open_criteria_by_one_more_key(strict: Workspace) -> None:
    async with playing(strict) as player:
        await player.press("L")
        assert isinstance(player.app.screen, Confirm)
        assert "Leave Lead with 2 open criteria?" in player.text
        assert "Acme platform: Fits us; Contact known" in player.text
        await player.press("escape")
        assert player.stage_of("Acme platform") == "Lead"
        await player.press("L", "enter")
        assert player.stage_of("Acme platform") == "Contacted"
        assert last(player) == "Moved Acme platform to Contacted with 2 open criteria"
        await player.press("H")
        assert player.stage_of("Acme platform") == "Lead", "going back asks nothing"


async def test_keys_typed_meanwhile_belong_to_the_question(strict: Workspace) -> None:
    async with playing(strict) as player:
        await player.press("space", "space", "L", "y", "u")
        assert player.stage_of("Acme platform") == player.stage_of("Globex pilot") == "Lead"
        assert last(player) == "Undid: Moved 2 deals to Contacted with 4 open criteria"
        await player.press("m", "4")
        assert "2 deals would leave 4 open criteria" in player.text
        await player.press("n")
        assert player.stage_of("Acme platform") == "Lead"


async def test_ticks_are_set_in_a_list_and_shown_beside_the_board(strict: Workspace) -> None:
    async with playing(strict) as player:
        await player.press("i", "C", "1", "j", "space")
        assert "2 of 3" in player.text
        await player.press("enter")
        assert last(player) == "Changed 2 ticks of Acme platform"
        assert "✓ Fits us" in player.text
        assert "○ Likes us [/]" in player.text
        await player.press("L")
        assert player.stage_of("Acme platform") == "Contacted"


async def test_the_four_questions_are_answered_in_lines(strict: Workspace) -> None:
    async with playing(strict) as player:
        await player.press("B", "y", "space", "4", "0", "k", "tab", "n", "tab", "tab")
        await player.type("in spring")
        assert "Can they pay for it?" in player.text
        await player.press("enter", "i")
        assert last(player) == "BANT of Acme platform: budget yes, authority no, timeline unknown (1/4)"
        assert "BANT" in player.text
        assert "1/4" in player.text
        assert "in spring" in player.text
        await player.press("i")
        assert re.search(r"Acme platform +1/4", player.text), "on the card"
        await player.press("g", "l")
        assert "Lead 1/4" in player.text, "in the list"
        await player.press("q")
        await player.press("u", "B", "escape")
        assert not strict.deals.detail(2).qualification.is_any


async def test_a_won_deal_is_offered_a_copy_for_the_work_after_the_sale(strict: Workspace) -> None:
    template = TEMPLATES["post-sale"]
    strict.execute(c.CreatePipeline(template.name, template.stages, is_post_sale=True))
    async with playing(strict) as player:
        await player.press("w", "enter", "y")
        assert isinstance(player.app.screen, Choose)
        assert "Won. Copy Acme platform for the work after the sale?" in player.text
        await player.press("1")
        assert last(player) == "Copied Acme platform to Customers"
        assert strict.deals.detail(3).stage == "Handover"
        await player.press("1", "m")
        await player.type("pipeline cus")
        await player.press("enter", "y")
        assert strict.deals.detail(1).pipeline == "Customers"
