"""What a screen shows goes into a file: the filter holds, nothing is written over."""

from pathlib import Path

import pytest

from pipeboard.services.workspace import Workspace
from tests.services.handlers.asking import add
from tests.tui.driver import playing


@pytest.mark.parametrize("way", [(), ("g", "l")])
async def test_the_deals_of_the_filter(
    local_workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    add(local_workspace, "Acme [/ EU]", value_minor=100)
    add(local_workspace, "Globex")
    async with playing(local_workspace, (120, 30)) as player:
        await player.press(*way, "slash")
        await player.type("acme")
        await player.press("enter", "O")
        assert "Write filtered deals to" in player.text
        assert "b2b-sales-" in player.text
        assert "deals, one row each, into" in player.text
        await player.type("out.pdf")
        assert "Files that end in .pdf are no format of ours" in player.text
        await player.press("backspace", "backspace", "backspace")
        await player.type("csv")
        await player.press("enter")
        assert "1 deal written to" in player.text
        text = (tmp_path / "out.csv").read_text("utf-8")
        assert "Acme [/ EU]" in text
        assert "Globex" not in text
        await player.press("O")
        await player.type("out.csv")
        assert "there is such a file already" in player.text
        await player.press("enter")
        assert (tmp_path / "out.csv").read_text("utf-8") == text
        await player.press("escape", "escape", "F", "O")
        await player.type("all.json")
        assert "everything goes out by" in player.text


async def test_the_name_that_is_offered_is_taken_by_enter(
    local_workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    add(local_workspace, "Acme")
    async with playing(local_workspace, (80, 24)) as player:
        await player.press("O", "enter")
        assert "1 deal written to" in player.text
    (path,) = tmp_path.glob("b2b-sales-*.csv")
    assert path.stat().st_mode & 0o777 == 0o600
