"""How often a start lays the board out and draws it, in counts that do not depend on the machine."""

from pathlib import Path

from pipeboard.tui.widgets.stage_column import StageColumn
from tests.bench.data import board_database
from tests.conftest import OpenWorkspace
from tests.tui.counting import counting
from tests.tui.driver import playing


async def test_the_first_layout_is_painted_with_its_cards_and_no_line_is_drawn_twice(
    tmp_path: Path, open_workspace: OpenWorkspace
) -> None:
    workspace = open_workspace(str(board_database(tmp_path / "board.db", 200)))
    with counting() as counts:
        async with playing(workspace) as player:
            columns = [column for column in player.app.query(StageColumn) if column.display]
            lines = sum(column.size.height for column in columns)
            assert "Deal 0000" in player.text
    first = [(column, y) for column, y, layout in counts.lines if layout == 1]
    assert len(columns) > 3
    assert len(first) == len(set(first)) == lines
    # The bottleneck and other news that come after the paint may draw a head again.
    assert len(counts.lines) - lines <= lines
