"""Each key of the screens beside board, list, deal and agenda is pressed: it does something, or says why not."""

from datetime import date
from pathlib import Path

import pytest
from textual.screen import ModalScreen

from pipeboard.domain.commands import AddTask, Undo
from pipeboard.services.workspace import Workspace
from pipeboard.tui.actions import ACTIONS, UserAction
from tests.tui.driver import Player, playing
from tests.tui.key_table import ELSEWHERE, HOME, fill

WAYS = {
    "hygiene": ("g", "s"),
    "review": ("g", "r"),
    "companies": ("g", "c"),
    "pipelines": ("g", "p", "l"),
    "settings": ("g", "comma"),
    "history": ("g", "h"),
    "forecast": ("g", "f"),
    "waterfall": ("g", "w"),
    "figures": ("g", "m"),
    "tasks": ("tab",),
    "past": ("T", *"today", "enter"),
    "import": ("g", "i", *"deals.csv", "enter"),
}
"""How each screen is opened from the board."""

BEFORE = {
    "cursor.left": "2",
    "stage.1": "2",
    "figures.left": "l",
    "figures.page_up": "pagedown",
    "figures.page_1": "2",
    "pipelines.right": "h",
    "past.open": "2",
    "import.up": "j",
    "import.page_up": "G",
}
"""What is pressed first, so that a key leads somewhere."""

NOWHERE = {
    ("waterfall", "figures.left"): "its figures stand in one column",
    ("waterfall", "figures.right"): "its figures stand in one column",
    ("companies", "company.scroll_down"): "all of these companies is on the screen",
    ("companies", "company.scroll_up"): "all of these companies is on the screen",
}


def keys_of(context: str) -> list[UserAction]:
    """The actions of a screen that have a key and are not pressed by another test.

    The review takes the keys of deals from the same class as hygiene.
    """
    left_out = {*ELSEWHERE, *NOWHERE, *(f"stage.{number}" for number in range(3, 9))}
    return [
        action
        for action in ACTIONS
        if context in action.contexts
        and action.keys
        and not {action.id, (context, action.id)} & left_out
        and not (context == "review" and "hygiene" in action.contexts)
    ]


def seen(player: Player) -> tuple[object, ...]:
    """All by which a person notices that a key did something: what is drawn and in which colours, copied or kept."""
    app = player.app
    return (
        type(app.screen),
        str([list(strip) for strip in app.screen._compositor.render_strips()]),
        app.clipboard,
        app.workspace.changes.last_action_id(),
    )


async def done(player: Player) -> None:
    """Wait until what a key started is over."""
    await player.app.workers.wait_for_complete()
    await player.pilot.pause()


async def arrive(player: Player, context: str) -> None:
    """Go to the screen from the board."""
    app = player.app
    while len(app.screen_stack) > 1:
        app.pop_screen()
    await player.pilot.pause()
    app.board_screen().board.focus()
    app.board_screen().board.select(app.workspace.deals.find(HOME))
    await player.pilot.press(*WAYS[context])
    await done(player)


@pytest.mark.parametrize("context", WAYS)
async def test_no_key_is_dead(
    local_workspace: Workspace, context: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fill(local_workspace)
    for day in (20, 21, 23):
        local_workspace.execute(AddTask(local_workspace.deals.find(HOME), f"Mail {day}", due_on=date(2026, 11, day)))
    monkeypatch.setattr("pipeboard.tui.editor.edited", lambda *_: "Written outside")
    monkeypatch.setattr("pipeboard.tui.editor.open_file", lambda *_: True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deals.csv").write_text("Title,Value,Stage\n" + "".join(f"Deal {n},1x,Lead{n}\n" for n in range(30)))
    dead: list[str] = []
    async with playing(local_workspace, (100, 16)) as player:
        is_there = False
        for action in keys_of(context):
            if not is_there:
                await arrive(player, context)
            await player.pilot.press("home", "j", *BEFORE.get(action.id, "").split())
            await done(player)
            place, before, written = player.app.screen, seen(player), local_workspace.changes.last_action_id()
            await player.pilot.press(action.keys.split(",")[0])
            await done(player)
            if seen(player) == before:
                dead.append(f"{context}: {action.keys} ({action.id})\n{player.text}")
            count = local_workspace.changes.last_action_id() - written
            for _ in range(count):
                local_workspace.execute(Undo())
            app = player.app
            is_asked = not count and isinstance(app.screen, ModalScreen) and app.screen_stack[-2] is place
            is_there = is_asked or (app.screen is place and action.group == "Move about")
            if is_asked:
                app.pop_screen()
                await player.pilot.pause()
    assert not dead, "\n".join(dead)
