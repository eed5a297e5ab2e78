"""What a sorted board costs with thousands of deals in a stage, in counts that do not depend on the machine."""

from pathlib import Path

from pipeboard.domain.list_order import ListOrder
from pipeboard.tui.text.cards import DEFAULT_DENSITY
from tests.bench.data import board_database
from tests.conftest import OpenWorkspace
from tests.tui.counting import counting
from tests.tui.driver import playing

DEALS = 25_000
"""Five thousand in each of the open stages."""


async def test_a_sorted_board_reads_by_window_and_a_step_draws_two_cards(
    tmp_path: Path, open_workspace: OpenWorkspace
) -> None:
    workspace = open_workspace(str(board_database(tmp_path / "board.db", DEALS)))
    statements: list[str] = []
    raw = workspace._store.hot._first.raw
    raw.set_trace_callback(statements.append)
    view = workspace.board.view(None, window=24, order=ListOrder("value", True))
    raw.set_trace_callback(None)
    assert len([s for s in statements if s.startswith("SELECT")]) <= 16
    assert sum(map(len, view.cards.values())) <= 24 * len(view.overview.stages)
    assert len(view.orders[view.overview.stages[0].id]) == DEALS // 5
    async with playing(workspace) as player:
        await player.press("S", "2", "G")
        assert player.cursor
        with counting() as counts:
            await player.pilot.press("k")
            await player.pilot.pause()
        assert 0 < len(counts.lines) <= 2 * DEFAULT_DENSITY
