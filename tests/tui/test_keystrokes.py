"""How many keys a day's work takes, and that they are carried out in order however fast they come (issue 3)."""

import random
from datetime import date
from pathlib import Path

import pytest
from textual.events import Key

from pipeboard.domain.commands import AddTask, CreateDeal
from pipeboard.services.workspace import Workspace
from pipeboard.tui.screens.agenda import AgendaScreen
from tests.bench.data import board_database
from tests.conftest import OpenWorkspace
from tests.tui.driver import Player, playing


class Counted:
    """Presses keys and counts them; text that is typed is free."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Keys that count."""
        self.keys += len(keys)
        await self.player.press(*keys)

    async def type(self, text: str) -> None:
        """Text that does not."""
        await self.player.type(text)


@pytest.fixture
def filled(local_workspace: Workspace) -> Workspace:
    """Eight deals in the first stage."""
    lead = local_workspace.deals.stages()[0]
    for number in range(8, 0, -1):
        local_workspace.execute(CreateDeal(f"Deal {number}", lead.id, value_minor=1_000_00))
    return local_workspace


async def test_the_tasks_of_a_day_take_few_keys(filled: Workspace) -> None:
    detail = filled.deals.detail
    async with playing(filled) as player:
        hand = Counted(player)

        async def took() -> int:
            count, hand.keys = hand.keys, 0
            return count

        await hand.press("n")
        await hand.type("Hooli trial $5k @anna #web close:+1w")
        await hand.press("enter")
        assert await took() == 2, "a new card with value, owner, tag and date: 1 and Enter"
        hooli = detail(filled.deals.find("Hooli"))
        assert (hooli.value_minor, hooli.tags, hooli.expected_close_on) == (5_000_00, "web", date(2026, 11, 29))
        assert player.cursor == "Hooli trial"

        await hand.press("L")
        assert player.stage_of("Hooli") == "Contacted"
        assert await took() == 1, "one stage: 1"

        await hand.press("m", "4")
        assert player.stage_of("Hooli") == "Proposal made"
        assert await took() == 2, "a named stage: 2"

        await hand.press("u")
        assert player.stage_of("Hooli") == "Contacted"
        assert await took() == 1, "undo: 1"

        await hand.press("slash")
        await hand.type("deal 7")
        assert player.cursor == "Deal 7"
        assert await took() == 1, "finding a card: 1 and its text"
        await player.press("escape")

        await hand.press("d")
        await hand.type("+1w")
        await hand.press("enter")
        assert detail(filled.deals.find(player.cursor)).expected_close_on == date(2026, 11, 29)
        assert await took() == 2, "the close date in a week: 1, +1w and Enter"

        title = player.cursor
        await hand.press("w", "enter")
        assert player.stage_of(title) == "Won"
        assert await took() == 2, "won: 1 and Enter"

        await player.press("1", "home")
        title = player.cursor
        await hand.press("x", "1")
        assert (player.stage_of(title), detail(filled.deals.find(title)).lost_reason) == ("Lost", "Price")
        assert await took() == 2, "lost with a reason: 2"

        await player.press("1", "home")
        stage = filled.deals.stages()[0]
        five = [card.title for card in filled.board.cards(filled.board.ids(stage)[:5])]
        # Five in a row: v, four steps... and the last key moves them.
        await hand.press("space", "space", "space", "space", "space", "L")
        assert {player.stage_of(title) for title in five} == {"Contacted"}
        assert await took() == 6, "mark five and move them: 6"
        await player.press("u")
        assert {player.stage_of(title) for title in five} == {"Lead"}


async def test_the_work_of_the_agenda_takes_few_keys(filled: Workspace) -> None:
    deal = filled.deals.find("Deal 7")
    for title in ("call Bob", "mail Eve"):
        filled.execute(AddTask(deal, title, "call", date(2026, 11, 20)))
    async with playing(filled) as player:
        hand = Counted(player)
        await hand.press("g", "t")
        screen = player.app.screen
        assert isinstance(screen, AgendaScreen)
        assert [row.title for row in screen.listing.rows[:2]] == ["call Bob", "mail Eve"]
        assert hand.keys == 2, "what is overdue, from anywhere: 2"
        hand.keys = 0
        await hand.press("c")
        await hand.type("send the offer tomorrow")
        await hand.press("enter")
        tasks = {task.title: task for task in filled.deals.detail(deal).tasks}
        assert tasks["call Bob"].done_at is not None
        assert tasks["send the offer"].due_on == date(2026, 11, 23)
        assert hand.keys == 2, "done, and the next step: 1, its text and Enter"
        hand.keys = 0
        await hand.press("s", "2")
        (task,) = (task for task in filled.deals.detail(deal).tasks if task.title == "mail Eve")
        assert (task.snoozed_until, task.due_on) == (date(2026, 11, 23), date(2026, 11, 20))
        assert hand.keys == 2, "put off to Monday: 2"


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A board of 10,000 deals."""
    return board_database(tmp_path_factory.mktemp("burst") / "board.db", 10_000)


_PIECES = (
    "j,k,l home,h home,L,H,exclamation_mark,J,K,space escape,ctrl+d,ctrl+u,m 2,m 3,u,dollar_sign 7 enter,x 1 u,"
    "v j L escape,G"
)
"""What is pressed together; the questions are answered at once."""


def burst(seed: int, count: int) -> list[str]:
    """Mixed keys as a person in a hurry types them, questions and their answers included."""
    chance = random.Random(seed)
    pieces = [piece.split() for piece in _PIECES.split(",")]
    keys: list[str] = []
    while len(keys) < count:
        keys += chance.choice(pieces)
    return keys


def post(player: Player, *keys: str) -> None:
    """Keys as a fast terminal sends them: all there before the first is looked at."""
    signs = {"!": "exclamation_mark", "$": "dollar_sign", " ": "space"}
    for key in keys:
        character = next((sign for sign, name in signs.items() if name == key), key if len(key) == 1 else None)
        player.app.post_message(Key(signs.get(key, key), character))


async def test_two_hundred_keys_at_once_do_what_they_do_one_by_one(
    big: Path, tmp_path: Path, open_workspace: OpenWorkspace
) -> None:
    import shutil

    keys = [*burst(7, 197), "g", "l"]
    ends = []
    for way in ("slowly", "at once"):
        path = tmp_path / f"{way}.db"
        shutil.copyfile(big, path)
        workspace = open_workspace(str(path))
        before = workspace.changes.last_action_id()
        async with playing(workspace, (200, 40)) as player:
            if way == "slowly":
                for key in keys:
                    post(player, key)
                    await player.pilot.pause()
                    await player.app.workers.wait_for_complete()
                    await player.pilot.pause()
            else:
                post(player, *keys)
                for _ in range(12):
                    await player.settle()
            # The list goes to the deal it was opened from when it is read: home before that would be overtaken.
            await player.press("home")
            await player.press("home")
            screen = type(player.app.screen).__name__
            labels = [change.label for change in workspace.changes.changes_since(before)]
            # The last line tells what happened last: on whichever screen was open when it was done.
            ends.append((screen, labels, player.text.splitlines()[:-1]))
            print(player.text)
        workspace.close()
    assert ends[0][0] == ends[1][0] == "ListScreen"
    assert ends[1][1] == ends[0][1], "the same actions in the same order"
    assert len(ends[0][1]) > 40
    assert ends[1][2] == ends[0][2], "and the same screen at the end"
