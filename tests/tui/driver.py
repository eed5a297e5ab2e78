"""Plays the person at the keyboard: presses keys and reads the screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import events
from textual.pilot import Pilot

from pipeboard.config.settings import Settings
from pipeboard.services.workspace import Workspace
from pipeboard.tui.actions import BY_ID
from pipeboard.tui.app import PipeboardApp


class Player:
    """An open board with a person in front of it."""

    def __init__(self, app: PipeboardApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> "Player":
        """Press keys one after the other and wait until everything they started is done."""
        await self.pilot.press(*keys)
        return await self.settle()

    async def type(self, text: str) -> "Player":
        """Type a text as fast as a terminal delivers it: the keys are there at once, and are carried out in order."""
        for character in text:
            self.app.post_message(events.Key(_NAMES.get(character, character), character))
        return await self.settle()

    async def do(self, action_id: str) -> "Player":
        """Press the first key of an action."""
        return await self.press(BY_ID[action_id].keys.split(",")[0])

    async def settle(self) -> "Player":
        """Wait until nothing is under way."""
        for _ in range(4):
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()
        return self

    @property
    def text(self) -> str:
        """What a person reads on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def stage_of(self, title: str) -> str:
        """The name of the stage in which a deal stands, by the database."""
        workspace = self.app.workspace
        return workspace.deals.detail(workspace.deals.find(title)).stage

    @property
    def cursor(self) -> str:
        """The title of the card under the cursor."""
        card = self.app.board_screen().board.selected
        return card.title if card else ""


_NAMES = {" ": "space", "$": "dollar_sign", "@": "at", "#": "number_sign", "%": "percent_sign", ":": "colon"}


@asynccontextmanager
async def playing(
    workspace: Workspace, size: tuple[int, int] = (160, 45), settings: Settings | None = None
) -> AsyncIterator[Player]:
    """The running application on a screen of a size."""
    app = PipeboardApp(workspace, settings or Settings())
    async with app.run_test(size=size) as pilot:
        player = Player(app, pilot)
        await player.settle()
        yield player
