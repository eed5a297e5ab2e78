"""How often a start lays the board out and draws it, in counts that do not depend on the machine."""

from pathlib import Path
from unittest.mock import patch

import pytest
from textual.screen import Screen

from pipeboard.services.workspace import Workspace
from pipeboard.tui.widgets.stage_column import StageColumn
from tests.bench.data import board_database
from tests.conftest import OpenWorkspace
from tests.tui.driver import playing


@pytest.fixture
def workspace(tmp_path: Path, open_workspace: OpenWorkspace) -> Workspace:
    """A board with more deals than fit on the screen."""
    return open_workspace(str(board_database(tmp_path / "board.db", 200)))


async def test_the_first_layout_is_painted_with_its_cards_and_no_line_is_drawn_twice(workspace: Workspace) -> None:
    layouts = 0
    drawn: list[tuple[StageColumn, int, int]] = []
    plain_layout, plain_line = Screen._refresh_layout, StageColumn.render_line

    def laying_out(self: Screen[object], *args: object, **options: object) -> None:
        nonlocal layouts
        layouts += 1
        plain_layout(self, *args, **options)  # type: ignore[arg-type]

    def drawing(self: StageColumn, y: int) -> object:
        drawn.append((self, y, layouts))
        return plain_line(self, y)

    with patch.object(Screen, "_refresh_layout", laying_out), patch.object(StageColumn, "render_line", drawing):
        async with playing(workspace) as player:
            columns = [column for column in player.app.query(StageColumn) if column.display]
            lines = sum(column.size.height for column in columns)
            assert "Deal 0000" in player.text
    first = [(column, y) for column, y, layout in drawn if layout == 1]
    assert len(columns) > 3
    assert len(first) == len(set(first)) == lines
    # The bottleneck and other news that come after the paint may draw a head again.
    assert len(drawn) - lines <= lines
