"""What a key on the board draws and paints, in counts that do not depend on the machine."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bench.data import board_database
from tests.conftest import OpenWorkspace
from tests.tui.counting import counting
from tests.tui.driver import Player, playing

HEIGHT = 45


@pytest.fixture
async def player(tmp_path: Path, open_workspace: OpenWorkspace) -> AsyncIterator[Player]:
    """A board with more deals than fit on the screen, whose first stage is the bottleneck."""
    async with playing(open_workspace(str(board_database(tmp_path / "board.db", 200))), size=(160, HEIGHT)) as player:
        await player.press("l", "h")
        assert "Lead is the bottleneck" in player.text.splitlines()[-1]
        yield player


@pytest.mark.parametrize(("there", "back"), [("j", "k"), ("l", "h"), ("ctrl+d", "ctrl+u")])
async def test_the_words_of_the_footer_are_painted_with_the_cursor(player: Player, there: str, back: str) -> None:
    with counting() as counts:
        for key in (there, back, there, back):
            counts.clear()
            await player.press(key)
            assert counts.paints == 1, key
    assert "Lead is the bottleneck" in player.text.splitlines()[-1]


async def test_a_move_draws_the_two_stages_it_changes_and_not_the_others(player: Player) -> None:
    await player.press("l", "L", "H")
    with counting() as counts:
        await player.press("L")
    columns = {column.stage_id for column, _, _ in counts.lines}
    assert len(columns) == 2
    # At once when the key is pressed, and with the new sums of the heads when it is on disk.
    assert len(counts.lines) <= 2 * 2 * HEIGHT


async def test_a_thread_that_computes_lets_the_keys_have_their_turn(player: Player) -> None:
    assert player.app.is_running
    assert sys.getswitchinterval() <= 0.001
