"""Ctrl+Q leaves from anywhere: from every dialog, and after what was typed before it."""

from threading import Event

import pytest
from textual.events import Key

from pipeboard.config.settings import Settings
from pipeboard.domain.commands import CreateDeal
from pipeboard.domain.stage import DealStatus
from pipeboard.services.workspace import Workspace
from tests.tui.driver import Player, playing


def add(workspace: Workspace, title: str = "Acme") -> None:
    """A deal in the second stage."""
    workspace.execute(CreateDeal(title, workspace.deals.stages()[1].id, value_minor=100_00))


def has_left(player: Player) -> bool:
    """Whether the program ends."""
    return player.app._exit


@pytest.mark.parametrize(
    "keys",
    [(), ("n",), ("dollar_sign",), ("p",), ("w",), ("D",), ("question_mark",), ("colon",), ("g", "m", "enter"), ("g",)],
    ids=" ".join,
)
async def test_ctrl_q_leaves_from_anywhere(local_workspace: Workspace, keys: tuple[str, ...]) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", *keys)
        assert not has_left(player)
        await player.pilot.press("ctrl+q")
        assert has_left(player)
        assert player.app.return_code == 0


async def test_what_was_typed_before_it_is_done_first(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2")
        for key in ("w", "enter"):
            player.app.post_message(Key(key, None))
        player.app.post_message(Key("ctrl+q", None))
        await player.pilot.pause()
        await player.settle()
        assert has_left(player)
    assert local_workspace.deals.detail(local_workspace.deals.find("Acme")).status == DealStatus.WON


async def test_it_does_not_wait_for_a_database_that_does_not_answer(
    local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, end = Event(), Event()
    async with playing(local_workspace) as player:
        app = player.app

        async def question() -> None:
            await app.read("question", answers.wait)
            end.set()

        monkeypatch.setattr(app, "set_timer", lambda _, leave: app.call_later(leave))
        app.run_question(question())
        await player.pilot.press("n", "ctrl+q")
        await player.pilot.pause()
        was_waiting = not end.is_set()
        answers.set()
        assert has_left(player)
        assert was_waiting


async def test_another_key_that_types_something_types_in_a_dialog(local_workspace: Workspace) -> None:
    settings = Settings(keymap={"app.quit": "Q,ctrl+q"})
    async with playing(local_workspace, settings=settings) as player:
        await player.press("n", "Q")
        assert "Q" in player.text
        assert not has_left(player)
        await player.press("escape")
        await player.pilot.press("Q")
        assert has_left(player)
