"""The metrics screen inside the application: where its keys lead, and that it follows what others change."""

import pytest
from textual.events import Key

from pipeboard.config.settings import Settings
from pipeboard.domain import commands as c
from pipeboard.domain.errors import StorageFailure
from pipeboard.services.clock import FixedClock
from pipeboard.services.metrics import MetricsReads
from pipeboard.services.workspace import Workspace
from pipeboard.tui.dialogs.deals_behind import DealsBehind
from pipeboard.tui.screens.agenda import AgendaScreen
from pipeboard.tui.screens.board import BoardScreen
from pipeboard.tui.screens.list import ListScreen
from pipeboard.tui.screens.metrics import MetricsScreen
from pipeboard.tui.widgets.figures import Figures

from .driver import Player, playing
from .metrics_harness import fill


@pytest.fixture
def filled(local_workspace: Workspace, clock: FixedClock) -> Workspace:
    fill(local_workspace, clock)
    return local_workspace


def figures(player: Player) -> Figures:
    return player.app.screen.query_one(Figures)


@pytest.mark.parametrize(
    ("letter", "screen"), [("b", BoardScreen), ("l", ListScreen), ("t", AgendaScreen), ("m", MetricsScreen)]
)
async def test_every_screen_is_two_keys_away(filled: Workspace, letter: str, screen: type[object]) -> None:
    async with playing(filled) as player:
        await player.press("g", "m", "g", letter)
        assert type(player.app.screen) is screen
        opened = [type(one) for one in player.app.screen_stack]
        assert len(set(opened)) == len(opened), "none is open twice"


async def test_the_first_figure(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "m", "G")
        assert figures(player).key != "win_rate"
        await player.press("g", "g")
        assert figures(player).key == "win_rate"


async def test_what_a_colleague_closes_is_counted_and_the_cursor_stays(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "m", "l", "l")
        here = figures(player).key
        assert "62.5%" in player.text
        deal_id = filled.deals.find("Open one")
        filled.execute(c.WinDeals((c.Seen(deal_id),), filled.clock.now().date()))
        await player.press("ctrl+l")
        assert "66.7%" in player.text
        assert figures(player).key == here


async def test_keys_typed_ahead_reach_the_list_of_deals(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "m")
        player.app.post_message(Key("enter", "\r"))
        player.app.post_message(Key("j", "j"))
        await player.settle()
        assert isinstance(player.app.screen, DealsBehind)
        await player.press("escape")
        assert figures(player).key == "win_rate", "j moved in the list, not on the screen below"


async def test_an_error_is_told_and_does_not_end_the_program(
    filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with playing(filled) as player:
        await player.press("g", "m")

        def fails(*_: object) -> None:
            raise StorageFailure("The server is away.")

        monkeypatch.setattr(MetricsReads, "view", fails)
        await player.press("ctrl+l")
        assert [note.message for note in player.app._notifications] == ["The server is away."]
        assert "62.5%" in player.text


async def test_the_footer_names_the_keys_of_the_person(filled: Workspace) -> None:
    settings = Settings(keymap={"figures.compare": "z", "app.back": "f9"})
    async with playing(filled, settings=settings) as player:
        await player.press("g", "m")
        foot = player.text.splitlines()[-1]
        assert "z compare" in foot
        assert "F9 back" in foot
        await player.press("f9")
        assert isinstance(player.app.screen, BoardScreen)
