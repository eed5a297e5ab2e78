"""The deal screen inside the application: its keys come from the registry like those of every other screen."""

import pytest

from pipeboard.config.settings import Settings
from pipeboard.domain.commands import CreateDeal, EditDeals, Seen
from pipeboard.services.workspace import Workspace
from pipeboard.tui.actions import ACTIONS, ANYWHERE, DEAL
from pipeboard.tui.app import PipeboardApp
from pipeboard.tui.deal_desk import DealDesk
from pipeboard.tui.keymap import clashes, remapped
from pipeboard.tui.runner import Superseded

from .deal_details import ACME, WON
from .deal_harness import DealApp
from .driver import playing


@pytest.fixture
def two_deals(local_workspace: Workspace) -> Workspace:
    for title in ("Globex", "Acme"):
        local_workspace.execute(CreateDeal(title, local_workspace.deals.stages()[0].id))
    return local_workspace


def test_no_two_actions_want_one_key() -> None:
    assert clashes() == ()
    _, problems = remapped({"task.add": "j"})
    assert any("deal.scroll_down" in problem and "on the deal" in problem for problem in problems)


def test_every_key_of_the_deal_does_something() -> None:
    for action in ACTIONS:
        if DEAL in action.contexts:
            method = f"action_{action.action.partition('(')[0]}"
            assert hasattr(DealDesk, method) or hasattr(PipeboardApp, method), action.id


def test_the_screen_has_no_key_outside_the_registry() -> None:
    known = {key for a in ACTIONS if DEAL in a.contexts or ANYWHERE in a.contexts for key in a.keys.split(",")}
    assert {"right_square_bracket", "left_square_bracket", "j", "k", "pageup", "ctrl+d", "home", "G", "q"} <= known
    assert "BINDINGS" not in vars(DealDesk)
    assert all("BINDINGS" not in vars(kind) for kind in DealDesk.__mro__ if kind.__module__.startswith("pipeboard."))


async def test_other_keys_for_the_next_deal_and_back(two_deals: Workspace) -> None:
    settings = Settings(keymap={"deal.next": "N", "app.back": "Q", "history.undo": "f8", "task.complete": "f7"})
    async with playing(two_deals, settings=settings) as player:
        await player.press("1", "home", "enter")
        first, second = player.app.screen, "Acme" if "Globex" in player.text.splitlines()[2] else "Globex"
        assert isinstance(first, DealDesk)
        foot = player.text.splitlines()[-1]
        assert "[ N other deal" in foot
        assert "F7 done" in foot
        assert "Q back" in foot
        await player.press("right_square_bracket")
        assert second not in player.text.splitlines()[2], "the key was given to another one"
        await player.press("N")
        assert second in player.text.splitlines()[2]
        await player.press("exclamation_mark")
        assert "F8 undo" in player.text.splitlines()[-1]
        await player.press("q")
        assert isinstance(player.app.screen, DealDesk)
        await player.press("Q")
        assert player.cursor == second, "the cursor is where one ended"


async def test_the_help_lists_how_one_moves_about(two_deals: Workspace) -> None:
    async with playing(two_deals) as player:
        await player.press("enter", "question_mark")
        await player.type("next deal")
        assert "Show the next deal" in player.text


async def test_a_read_that_was_overtaken_changes_nothing() -> None:
    app = DealApp({1042: ACME, 7: WON._replace(id=7)}, (1042, 7))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()

        async def overtaken(_: int) -> None:
            raise Superseded("detail")

        app.deal_screen._load = overtaken  # type: ignore[assignment]
        app.deal_screen.reload()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.is_running
        assert app.deal_screen.detail == ACME


async def test_two_deals_one_above_the_other_are_both_read_again(two_deals: Workspace) -> None:
    async with playing(two_deals) as player:
        app = player.app
        for title in ("Globex", "Acme"):
            app.open_deal(two_deals.deals.find(title), lambda *_: None, lambda _: None)
            await player.settle()
        desks = [screen for screen in app.screen_stack if isinstance(screen, DealDesk)]
        assert len(desks) == 2
        two_deals.execute(EditDeals((Seen(two_deals.deals.find("Globex")),), (("is_hot", True),)))
        app.action_redraw()
        await player.settle()
        assert [desk.detail.is_hot for desk in desks if desk.detail] == [True, False]
