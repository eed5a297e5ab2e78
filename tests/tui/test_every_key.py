"""Each key of the registry is pressed on each screen with deals, and does what the table says (key_table.py)."""

import pytest
from textual.screen import ModalScreen

from pipeboard.domain.commands import Redo, Undo
from pipeboard.services.workspace import Workspace
from pipeboard.tui.actions import ACTIONS, UserAction
from pipeboard.tui.targets import Target
from tests.tui.driver import Player, playing
from tests.tui.key_table import ANY, ELSEWHERE, EXPECTED, HOME, Expect, fill

WAYS = {"board": (), "list": ("g", "l"), "deal": ("enter",), "agenda": ("g", "t", "j", "j")}
"""How each screen is opened from the board, with the cursor on the deal of the table."""

SIZES = {"board": (160, 45), "list": (120, 40), "deal": (100, 16), "agenda": (120, 40)}


def pressed_on(context: str) -> list[tuple[UserAction, str]]:
    """Every action of a context with its key, on the board with each of its keys."""
    wanted = [a for a in ACTIONS if {context, "anywhere"} & set(a.contexts) and a.id not in ELSEWHERE and a.keys]
    keys = [(action, action.keys.split(",")) for action in wanted]
    return [(action, key) for action, all_keys in keys for key in (all_keys if context == "board" else all_keys[:1])]


class Keyboard:
    """Presses one key after the other from the same place."""

    def __init__(self, player: Player, context: str) -> None:
        self.player, self.context = player, context

    @property
    def cursor(self) -> str:
        """The deal under the cursor of the screen on show, or the one that it is about."""
        screen = self.player.app.screen
        if self.context == "board":
            return self.player.cursor
        targets: tuple[Target, ...] = getattr(screen, "targets", tuple)()
        return targets[0].title if targets else ""

    async def press(self, key: str) -> None:
        """A key, and everything it starts."""
        await self.player.pilot.press(key)
        await self.player.app.workers.wait_for_complete()
        await self.player.pilot.pause()


def problem(keyboard: Keyboard, expected: Expect, before: str) -> str:
    """What is not as the table says; empty when all is."""
    player, screen = keyboard.player, keyboard.player.app.screen
    if expected == Expect() and player.text == before:
        return "nothing happened"
    if expected.words not in player.text:
        return f"{expected.words!r} is not on the screen:\n{player.text}"
    if expected.stage and player.stage_of(HOME) != expected.stage:
        return f"it stands in {player.stage_of(HOME)}"
    if expected.marks is not None and len(getattr(screen, "_marked_cards", ())) != expected.marks:
        return "other marks"
    if expected.holds is not None and not expected.holds(player):
        return f"the table's condition does not hold:\n{player.text}"
    # With marks the deals that are meant are others than the one under the cursor.
    if expected.cursor and (cursor_of(keyboard) != expected.cursor):
        return f"the cursor is on {cursor_of(keyboard)!r}"
    return ""


def cursor_of(keyboard: Keyboard) -> str:
    """The deal under the cursor, whatever is marked."""
    screen = keyboard.player.app.screen
    here = getattr(screen, "card_here", None)
    if here is not None:
        return card.title if (card := here()) else ""
    return keyboard.cursor


@pytest.mark.parametrize("context", WAYS)
async def test_each_key_does_what_it_says(
    local_workspace: Workspace, context: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(local_workspace)
    monkeypatch.setattr("pipeboard.tui.editor.edited", lambda *_: "Written outside")
    wrong: list[str] = []
    async with playing(local_workspace, SIZES[context]) as player:
        keyboard = Keyboard(player, context)
        is_there = False
        for action, key in pressed_on(context):
            if not is_there:
                await to_the_place(keyboard)
            place = player.app.screen
            written, before = local_workspace.changes.last_action_id(), player.text
            if action.id == "change.repeat":
                await keyboard.press("exclamation_mark")
            await keyboard.press(key)
            rows = EXPECTED.get(action.id, {})
            if said := problem(keyboard, rows.get(context, rows.get(ANY, Expect())), before):
                wrong.append(f"{context}: {key} ({action.id}): {said}")
            count = local_workspace.changes.last_action_id() - written
            for _ in range(count):
                local_workspace.execute(Redo() if action.id == "history.undo" else Undo())
            # Where a key merely asked, closing the question is enough.
            is_there = not count and isinstance(player.app.screen, ModalScreen) and player.app.screen_stack[-2] is place
            if is_there:
                player.app.pop_screen()
                await player.pilot.pause()
    assert not wrong, "\n".join(wrong)


async def to_the_place(keyboard: Keyboard) -> None:
    """Close what is open and go where the next key is pressed."""
    player = keyboard.player
    app, workspace = player.app, player.app.workspace
    while len(app.screen_stack) > 1:
        app.pop_screen()
    await player.pilot.pause()
    board = app.board_screen()
    board._folds.clear()
    board.forget_marks()
    board.board.density = 3
    for bar in board.query("#filter"):
        bar.remove()
    for pane in board.query("#pane"):
        pane.display = False
    await board._switch(1)
    board.board.focus()
    board.board.select(workspace.deals.find(HOME))
    for way in WAYS[keyboard.context]:
        await player.pilot.press(way)
    await app.workers.wait_for_complete()
    await player.pilot.pause()
