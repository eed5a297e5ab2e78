"""Far down a long stage, and with keys faster than the database answers, nothing is lost either."""

import pytest
from textual.events import Key

from pipeboard.domain.commands import CreatePipeline, ImportDeals
from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.workspace import Workspace
from tests.tui.driver import Player, playing

DEALS = 120


def fill(workspace: Workspace, count: int = DEALS) -> None:
    """Many deals in the first stage, in the order of their numbers."""
    blank = ImportedDeal(
        *(0, *[""] * 9, None, "", None, "Lead", DealStatus.OPEN, *[None] * 6, "", (), "", "", (), "", ())  # type: ignore[arg-type]
    )
    deals = tuple(blank._replace(line=n, title=f"Deal {n:03d}", external_id=str(n)) for n in range(count))
    workspace.execute(ImportDeals(1, "many.csv", "test", deals))


def post(player: Player, *keys: str) -> None:
    """Keys as a fast terminal sends them: all there before the first is looked at."""
    names = {"!": "exclamation_mark", "]": "right_square_bracket"}
    for key in keys:
        player.app.post_message(Key(names.get(key, key), key))


async def test_forty_reorders_far_down_are_forty_actions(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press(*["pagedown"] * 8)
        before = local_workspace.changes.last_action_id()
        title = player.cursor
        assert int(title.split()[1]) > 48
        for _ in range(4):
            post(player, *"JKJKJKJKJK")
            await player.settle()
        labels = [change.label for change in local_workspace.changes.changes_since(before)]
        assert labels == [f"Reordered {title}"] * 40
        assert player.cursor == title


async def test_a_card_goes_on_down_past_what_was_read_first(local_workspace: Workspace) -> None:
    fill(local_workspace, 40)
    async with playing(local_workspace) as player:
        for _ in range(6):
            post(player, *"JJJJJ")
            await player.settle()
        stage = local_workspace.deals.stages()[0]
        order = [card.title for card in local_workspace.board.cards(local_workspace.board.ids(stage))]
        assert order.index("Deal 000") == 30
        assert player.cursor == "Deal 000"


async def test_every_mark_counts_also_after_the_board_was_read_again(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("V", "ctrl+l", "m", "3", "y")
        stage = local_workspace.deals.stages()[2]
        assert len(local_workspace.board.ids(stage)) == DEALS
        await player.press("u")
        assert len(local_workspace.board.ids(stage)) == 0


async def test_hot_and_not_hot_again(local_workspace: Workspace) -> None:
    fill(local_workspace, 3)
    async with playing(local_workspace) as player:
        before = local_workspace.changes.last_action_id()
        post(player, *"!" * 10)
        await player.settle()
        assert len(local_workspace.changes.changes_since(before)) == 10
        assert not local_workspace.deals.detail(1).is_hot


@pytest.mark.parametrize("keys", ["!]", "!!]", "]"])
async def test_another_pipeline_is_shown_whatever_else_is_being_read(local_workspace: Workspace, keys: str) -> None:
    fill(local_workspace, 3)
    local_workspace.execute(CreatePipeline("Consulting", TEMPLATES["consulting"].stages))
    async with playing(local_workspace) as player:
        await player.press("ctrl+l")
        post(player, *keys)
        await player.settle()
        assert player.app.board_screen().overview.pipeline.name == "Consulting"


@pytest.mark.parametrize("keys", ["x11", "m22", "b11", "e11", "Dyy", "xx", "w\r\r"])
async def test_two_keys_that_arrive_together_answer_a_dialog_once(local_workspace: Workspace, keys: str) -> None:
    fill(local_workspace, 3)
    async with playing(local_workspace) as player:
        for key in keys:
            player.app.post_message(Key("enter" if key == "\r" else key, key))
        await player.settle()
        await player.settle()
        assert player.app.is_running
        await player.press("escape", "escape", "escape")
        assert len(player.app.screen_stack) == 1


async def test_enter_on_an_opened_question_changes_nothing(local_workspace: Workspace) -> None:
    from pipeboard.domain.commands import CreateDeal

    stage = local_workspace.deals.stages()[0]
    local_workspace.execute(CreateDeal("Acme", stage.id, value_minor=500_00, company="Globex", tags=("web",)))
    async with playing(local_workspace) as player:
        before = local_workspace.changes.last_action_id()
        await player.press("dollar_sign", "enter", "number_sign", "enter", "d", "enter", "equals_sign", "3", "enter")
        assert local_workspace.changes.last_action_id() == before
        await player.press("dollar_sign", "7", "0", "0", "enter")
        assert local_workspace.deals.detail(1).value_minor == 700_00


async def test_marks_stay_for_the_next_key(local_workspace: Workspace) -> None:
    fill(local_workspace, 3)
    async with playing(local_workspace) as player:
        await player.press("space", "space", "L", "L")
        assert [player.stage_of(f"Deal 00{n}") for n in range(3)] == ["Qualified", "Qualified", "Lead"]
        await player.press("escape")
        assert not player.app.board_screen().board.marked


async def test_a_filter_shows_its_first_hit_wherever_it_stands(local_workspace: Workspace) -> None:
    fill(local_workspace, 3)
    async with playing(local_workspace, (80, 24)) as player:
        await player.press("m", "5", "1", "slash")
        for key in "000":
            await player.press(key)
        assert player.cursor == "Deal 000"
        await player.press("x", "q", "x", "q")
        assert "Nothing found" in player.text


async def test_a_chosen_theme_is_there_at_the_next_start(local_workspace: Workspace) -> None:
    async with playing(local_workspace) as player:
        await player.press("colon")
        await player.type("theme")
        await player.press("enter")
        await player.type("pipeboard-light")
        await player.press("enter")
        assert player.app.theme == "pipeboard-light"
        await player.press("q")
    async with playing(local_workspace) as player:
        assert player.app.theme == "pipeboard-light"
