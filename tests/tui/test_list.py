"""The list: the deals of the board as a table, with the same filter and the same keys."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeboard.domain.commands import AddOwner, AddTask, CreateDeal, CreatePipeline, Seen, WinDeals
from pipeboard.domain.events import DealCreated
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.workspace import Workspace
from pipeboard.tui.actions import ACTIONS, LIST
from pipeboard.tui.app import PipeboardApp
from pipeboard.tui.screens.list import ListScreen
from pipeboard.tui.widgets.deal_table import DealTable
from tests.tui.driver import Player, playing

SCREENS = Path(__file__).parent / "screens"


@pytest.fixture
def filled(local_workspace: Workspace) -> Workspace:
    """Deals for every kind of row."""
    workspace = local_workspace
    stages = workspace.deals.stages()
    workspace.execute(AddOwner("Boris Petrov"))
    boris = next(owner.id for owner in workspace.board.overview().owners if owner.name.startswith("Boris"))
    rows: tuple[tuple[str, str, int, int | None, dict[str, Any]], ...] = (
        ("Żabka rollout", "Żabka Północ", 0, 18_000_00, {"next_step": "Call", "due_on": date(2026, 11, 20)}),
        ("Acme [/ EU] framework", "Acme", 0, 9_400_00, {"owner_id": boris, "is_hot": True}),
        ("株式会社サクラ 導入", "サクラ", 1, None, {"expected_close_on": date(2026, 11, 15)}),
        ("Acme platform", "Acme", 2, 48_000_00, {"expected_close_on": date(2026, 12, 18), "tags": "web"}),
        ("Wayne audit", "Wayne", 3, 15_000_00, {}),
    )
    for title, company, place, value, more in rows:
        command = CreateDeal(title, stages[place].id, value_minor=value, company=company, **more)
        outcome = workspace.execute(command)
    won = next(e.deal_id for e in outcome.events if isinstance(e, DealCreated))
    workspace.execute(WinDeals((Seen(won),), date(2026, 11, 22)))
    return workspace


def table(player: Player) -> DealTable:
    found = player.app.screen
    assert isinstance(found, ListScreen)
    return found.table


def titles(player: Player) -> list[str]:
    return [card.title for card in player.app.workspace.board.cards(table(player).ids)]


def cursor(player: Player) -> str:
    card = table(player).selected
    return card.title if card else ""


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_what_a_person_reads(filled: Workspace, size: tuple[int, int]) -> None:
    async with playing(filled, size) as player:
        await player.press("g", "l", "space")
        expected = (SCREENS / f"list-{size[0]}x{size[1]}.txt").read_text(encoding="utf-8")
        assert player.text.rstrip("\n") == expected.rstrip("\n")
        strips = player.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {size[0]}


async def test_the_cursor_walks_and_comes_back_to_the_board_on_its_deal(filled: Workspace) -> None:
    async with playing(filled, (80, 24)) as player:
        await player.press("g", "l")
        assert cursor(player) == "Acme [/ EU] framework"
        await player.press("j", "j")
        assert cursor(player) == "株式会社サクラ 導入"
        await player.press("G")
        assert cursor(player) == "Wayne audit"
        await player.press("home", "ctrl+d", "ctrl+u", "pagedown", "k")
        assert cursor(player) == "Acme platform"
        await player.press("q")
        assert player.cursor == "Acme platform"


async def test_the_filter_is_one_with_the_board(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("slash")
        await player.type("acme")
        await player.press("enter", "g", "l")
        assert titles(player) == ["Acme [/ EU] framework", "Acme platform"]
        assert "2 of 5 deals" in player.text
        assert "€57.4k" in player.text
        await player.press("slash")
        await player.type(" -#web")
        assert titles(player) == ["Acme [/ EU] framework"]
        assert "not tag web" in player.text
        await player.press("enter", "q")
        assert "Acme platform" not in player.text
        assert "acme -#web" in player.text
        await player.press("escape")
        assert "Acme platform" in player.text


async def test_the_line_says_what_it_did_not_understand_and_what_is_only_alike(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("slash")
        await player.type("close<x")
        assert "close<x: no day" in player.text
        await player.press("escape", "slash")
        await player.type("acpf")
        assert "no deal has these words; similar titles" in player.text
        assert "Acme platform" in player.text
        assert "1 of 4 deals" in player.text


async def test_keys_act_on_the_row_and_on_marked_ones(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "l", "L")
        assert player.stage_of("Acme [/ EU] framework") == "Contacted"
        assert cursor(player) == "Acme [/ EU] framework"
        await player.press("u")
        assert player.stage_of("Acme [/ EU] framework") == "Lead"
        await player.press("home", "space", "space", "L")
        assert player.stage_of("Acme [/ EU] framework") == player.stage_of("Żabka rollout") == "Contacted"
        assert len(table(player).marked) == 2, "marks stay for the next key, as on the board"
        await player.press("L", "escape")
        assert player.stage_of("Acme [/ EU] framework") == player.stage_of("Żabka rollout") == "Qualified"
        await player.press("V", "exclamation_mark")
        assert all(card.is_hot for card in filled.board.cards(table(player).ids))


async def test_it_sorts_by_a_column_and_turns_round(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "l", "S", "2")
        assert [title.split()[0] for title in titles(player)] == ["Acme", "Żabka", "Wayne", "Acme", "株式会社サクラ"]
        assert "by value, descending" in player.text
        assert cursor(player) == "Acme [/ EU] framework"
        await player.press("S", "2")
        assert [title.split()[0] for title in titles(player)] == ["Acme", "Wayne", "Żabka", "Acme", "株式会社サクラ"]


async def test_a_new_deal_gets_the_cursor_and_a_deal_opens_with_its_neighbours(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "l", "n")
        await player.type("Globex pilot $5k")
        await player.press("enter")
        assert cursor(player) == "Globex pilot"
        await player.press("home", "enter", "right_square_bracket", "q")
        assert table(player).place_of(table(player).deal_id or 0) == 1


async def test_the_pane_follows_and_the_cursor_stays_on_its_deal_after_a_change_by_others(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "l", "i", "j", "j", "j")
        deal_id = table(player).deal_id
        assert deal_id is not None
        pane = player.app.screen.query_one("#pane")
        assert pane.deal_id == deal_id  # type: ignore[attr-defined]
        filled.execute(AddTask(deal_id, "Send terms", due_on=date(2026, 11, 25)))
        await player.press("ctrl+l", "i")
        assert not pane.display
        assert table(player).deal_id == deal_id
        assert "Send terms wed" in player.text


def test_every_action_of_the_list_is_there() -> None:
    for action in ACTIONS:
        if LIST in action.contexts:
            name = f"action_{action.action.split('(')[0]}"
            assert hasattr(ListScreen, name) or hasattr(PipeboardApp, name), action.id


async def test_another_pipeline_is_listed_and_the_board_goes_on_with_it(filled: Workspace) -> None:
    filled.execute(CreatePipeline("Consulting", TEMPLATES["consulting"].stages))
    home = filled.deals.stages(filled.board.overview().pipelines[1].id)[0]
    filled.execute(CreateDeal("Strategy day", home.id))
    async with playing(filled) as player:
        await player.press("g", "l", "right_square_bracket")
        assert titles(player) == ["Strategy day"]
        assert "Consulting" in player.text.splitlines()[0]
        await player.press("left_square_bracket", "p", "2", "exclamation_mark", "escape")
        assert player.app.board_screen().overview.pipeline.name == "Consulting"
        assert player.cursor == "Strategy day"
        assert filled.deals.detail(filled.deals.find("Strategy day")).is_hot


async def test_a_click_on_a_head_sorts_and_a_second_turns_round(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "l")
        head = next(y for y, row in enumerate(player.text.splitlines()) if "Next step" in row)
        x = player.text.splitlines()[head].index("Value")
        await player.pilot.click(offset=(x, head))
        await player.settle()
        assert "by value, descending" in player.text
        assert [title.split()[0] for title in titles(player)][:2] == ["Acme", "Żabka"]
        await player.pilot.click(offset=(x, head))
        await player.settle()
        assert [title.split()[0] for title in titles(player)][:2] == ["Acme", "Wayne"]
