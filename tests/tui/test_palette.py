"""The palette and the help: anything by a few letters, recently used first, keys by pressing them."""

from pipeboard.config.settings import Settings
from pipeboard.domain.commands import CreateDeal
from pipeboard.domain.saved_views import SaveView
from pipeboard.services.workspace import Workspace
from pipeboard.tui.actions import ACTIONS, BY_ID
from pipeboard.tui.palette import choices_of
from tests.tui.driver import playing


def fill(workspace: Workspace) -> None:
    stages = workspace.deals.stages()
    workspace.execute(CreateDeal("Acme [/ renewal", stages[0].id))
    workspace.execute(CreateDeal("Globex pilot", stages[1].id, tags=("web",)))
    workspace.execute(SaveView("Only web [bold]", "#web"))


async def test_a_view_and_a_deal_are_reached_by_letters(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("colon")
        await player.type("only web")
        await player.press("enter")
        assert player.app.board_screen().filter_text == "#web"
        await player.press("F", "colon")
        await player.type("globex")
        await player.press("enter")
        assert player.cursor == "Globex pilot"


async def test_what_was_used_last_comes_first_and_is_remembered(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("colon")
        await player.type("card size")
        await player.press("enter")
        assert player.app.recent == "view.density"
        await player.press("colon", "enter")
        assert player.app.recent == "view.density"
        player.app.keep_place()
    async with playing(local_workspace) as player:
        assert player.app.recent == "view.density"


def test_recent_actions_stand_before_the_others() -> None:
    listed = [choice.value for choice in choices_of(ACTIONS, ["app.quit", "deal.win"], (), ())]
    assert listed[:2] == ["app.quit", "deal.win"]
    assert len(listed) == len(set(listed)) == len(ACTIONS) - 1
    walks = [BY_ID[str(action_id)].is_walk for action_id in listed]
    assert walks == sorted(walks), "what only moves the cursor stands at the end"


async def test_a_pressed_key_is_explained_also_one_of_ones_own(local_workspace: Workspace) -> None:
    settings = Settings(keymap={"deal.win": "ctrl+w"})
    async with playing(local_workspace, settings=settings) as player:
        await player.press("question_mark", "ctrl+w")
        shown = player.text
        assert "key:Ctrl+W" in shown
        assert "Close the deal as won" in shown
        assert "Close the deal as lost" not in shown
        await player.press("escape", "question_mark", "f5")
        assert "Read everything again" in player.text


async def test_the_help_begins_with_what_can_be_done(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace, (80, 24)) as player:
        await player.press("enter", "question_mark")
        rows = player.text.splitlines()
        assert "Move deals" in rows[4]
        await player.press("G")
        assert "Last line" in player.text, "what moves about is at the end"
