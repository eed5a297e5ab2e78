"""Companies and contacts on the screen, and Ctrl+F to any of them."""

from datetime import timedelta

import pytest

from pipeboard.domain.commands import AddTask, CreateDeal
from pipeboard.domain.companies import Kind
from pipeboard.domain.company_commands import AddCompany
from pipeboard.services.workspace import Workspace
from pipeboard.tui.screens.companies import CompaniesScreen
from tests.tui.driver import Player, playing

HOSTILE = "Acme [/ EU]"


def fill(workspace: Workspace) -> None:
    """Three companies, two of them the same."""
    stage = workspace.deals.stages()[0]
    ways = (("contact_email", "bob@acme.example"),)
    for title, company, value in (("Pilot", HOSTILE, 200_00), ("Rollout", HOSTILE, 300_00), ("Audit", "Globex", 50_00)):
        workspace.execute(
            CreateDeal(title, stage.id, company=company, contact=f"Bob of {company}", value_minor=value, more=ways)
        )
    workspace.execute(AddCompany("acme eu Inc."))


def here(player: Player) -> str:
    """The name under the cursor."""
    screen = player.app.screen
    assert isinstance(screen, CompaniesScreen)
    row = screen.row()
    return row.name if row else ""


@pytest.mark.parametrize("size", [(160, 45), (80, 24), (60, 20)])
async def test_the_list_and_the_company_beside_it(local_workspace: Workspace, size: tuple[int, int]) -> None:
    fill(local_workspace)
    async with playing(local_workspace, size) as player:
        await player.press("g", "c")
        assert "Companies  3" in player.text
        assert here(player) == HOSTILE
        if size[0] < 110:
            await player.press("i")
        for words in ("€500  2 deals", "Bob of Acme", "Rollout"):
            assert words in player.text
        if size[0] < 110:
            await player.press("escape")
        await player.press("slash")
        await player.type("glo")
        await player.press("enter")
        assert here(player) == "Globex"
        assert "1 of 3" in player.text
        await player.press("enter")
        assert "Audit" in player.text
        assert player.app.screen.CONTEXT == "deal"  # type: ignore[attr-defined]


async def test_duplicates_are_merged_and_one_key_brings_all_back(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("g", "c", "d")
        assert "1 likely duplicates" in player.text
        await player.press("enter")
        assert "Which of the 2 stays?" in player.text
        await player.press("enter")
        assert "Merged acme eu Inc. into Acme [/ EU]" in player.text
        assert "Companies  2" in player.text
        await player.press("u")
        assert "Companies  3" in player.text
        await player.press("G", "m")
        await player.type("acme eu inc")
        await player.press("enter", "1")
        assert {row.name for row in local_workspace.companies.rows(Kind.COMPANY)} == {HOSTILE, "Globex"}


async def test_edit_add_and_delete(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("g", "c", "e", "tab")
        await player.type("acme.example")
        await player.press("enter")
        assert local_workspace.companies.partner(Kind.COMPANY, 1).website == "acme.example"
        await player.press("A")
        assert "New contact of Acme [/ EU]" in player.text
        await player.type("Ann [bold")
        await player.press("enter")
        assert "Ann [bold" in player.text
        await player.press("tab")
        assert "Contacts  3" in player.text
        assert here(player) == "Ann [bold"
        await player.press("D", "y")
        assert "Contacts  2" in player.text
        await player.press("D", "y")
        assert any("is the contact of" in toast.message for toast in player.app._notifications)
        await player.press("escape", "g", "c", "D", "y")
        assert {row.name for row in local_workspace.companies.rows(Kind.COMPANY)} >= {HOSTILE, "Globex"}


async def test_ctrl_f_goes_to_a_deal_a_company_and_a_contact_from_anywhere(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("ctrl+f")
        await player.type("rollout")
        await player.press("enter")
        assert player.cursor == "Rollout"
        await player.press("g", "m", "ctrl+f")
        await player.type("globex")
        await player.press("enter")
        assert here(player) == "Globex"
        await player.press("ctrl+f")
        await player.type("bob glo")
        await player.press("enter")
        assert here(player) == "Bob of Globex"
        assert "bob@acme.example" in player.text
        await player.press("ctrl+f")
        await player.type("nothing like it")
        assert "nothing fits" in player.text


async def test_a_new_deal_of_the_company_begins_with_its_name(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("g", "c", "n")
        await player.type("Second")
        await player.press("enter")
        assert local_workspace.deals.detail(local_workspace.deals.find("Second")).company == HOSTILE
        assert "€500  3 deals, 1 without a value" in player.text


async def test_its_tasks_have_the_signs_of_those_of_a_deal(local_workspace: Workspace) -> None:
    fill(local_workspace)
    deal_id, today = local_workspace.deals.find("Pilot"), local_workspace.board.today
    for title, days in (("far", 9), ("near", 3), ("past", -2)):
        local_workspace.execute(AddTask(deal_id, title, due_on=today + timedelta(days)))
    async with playing(local_workspace, (160, 45)) as player:
        await player.press("g", "c")
        for words in ("· far  Pilot", "● near  Pilot", "▲ past  Pilot", "late 2d"):
            assert words in player.text
