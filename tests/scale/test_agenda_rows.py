"""What an agenda of thousands of tasks puts into words, in counts that do not depend on the machine."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipeboard.tui.screens.agenda import AgendaScreen
from pipeboard.tui.text import agenda_rows
from tests.bench.data import board_database
from tests.conftest import OpenWorkspace
from tests.tui.driver import playing

DEALS = 3000
"""Two thousand of them have a next step."""

MEASURED = 300
"""Rows of a group that say how wide its columns are."""

HEIGHT = 45


async def test_only_rows_that_are_seen_or_measured_are_put_into_words(
    tmp_path: Path, open_workspace: OpenWorkspace
) -> None:
    workspace = open_workspace(str(board_database(tmp_path / "board.db", DEALS)))
    made: list[int] = []
    plain = agenda_rows.task_row

    def counted(task: Any, group: str, terms: Any) -> Any:
        made.append(task.id)
        return plain(task, group, terms)

    with patch.object(agenda_rows, "task_row", counted):
        async with playing(workspace, size=(160, HEIGHT)) as player:
            await player.press("g", "t")
            screen = player.app.screen
            assert isinstance(screen, AgendaScreen)
            assert len(screen.listing.rows) > DEALS // 2
            assert len(set(made)) <= MEASURED + HEIGHT
            for key in ("ctrl+d", "c", "u", "G"):
                made.clear()
                await player.press(key)
                assert len(set(made)) <= MEASURED + 2 * HEIGHT, key
            assert screen.row() is not None
