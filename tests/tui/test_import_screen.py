"""An import from the keyboard: what a person reads, decides and takes back."""

from pathlib import Path

import pytest

from pipeboard.services.workspace import Workspace
from pipeboard.tui.screens.importing import ImportScreen
from tests.tui.driver import Player, playing

FILE = """Deal name,Company,Stage,Amount,Close date
Acme [/ EU]\x1b[31m,Acme,Lead,1200,03/04/2027
Globex,Globex,Dancing,900,04/05/2027
Broken,Globex,Lead,soon,05/06/2027
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the person stands, with a file of deals."""
    (tmp_path / "deals.csv").write_text(FILE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def _open(player: Player, name: str = "deals.csv") -> None:
    await player.press("g", "i")
    await player.type(name)
    await player.press("enter")


async def test_a_file_is_looked_at_decided_on_imported_and_taken_back(local_workspace: Workspace, folder: Path) -> None:
    async with playing(local_workspace, (100, 40)) as player:
        await _open(player)
        assert isinstance(player.app.screen, ImportScreen)
        text = player.text
        assert "deals.csv" in text
        assert "utf-8, with commas, generic, into B2B sales" in text
        assert "“Dancing” is no stage of this pipeline" in text
        assert "3 rows: 2 new, 0 changed, 0 unchanged, 1 refused" in text
        assert "line 4, Amount “soon”" in text
        assert "Dancing    €900" in text  # in one column with the stage of "Lead  €1,200"
        await player.press("enter")
        assert "Decide first what stands on top" in player.text
        assert local_workspace.listing.deals() == []
        await player.press("d", "s", "2")
        assert "To decide first" not in player.text
        await player.press("enter")
        assert "Imported deals.csv" in player.text
        assert {d.row.title: d.row.stage for d in local_workspace.listing.deals()} == {
            "Acme [/ EU][31m": "Lead",
            "Globex": "Contacted",
        }
        await player.press("r")
        assert "Broken,Globex,Lead,soon" in (folder / "deals-refused.csv").read_text(encoding="utf-8-sig")
        await player.press("o")
        await player.type("glob")
        await player.press("enter")
        assert "Globex" in player.text
        await player.press("escape", "u")
        assert local_workspace.listing.deals() == []


async def test_a_column_can_be_told_and_the_next_file_knows(local_workspace: Workspace, folder: Path) -> None:
    (folder / "odd.csv").write_text("Was,Wohin\nAcme,Lead\n", encoding="utf-8")
    async with playing(local_workspace, (80, 24)) as player:
        await _open(player, "odd.csv")
        assert "no column that looks like the title of a deal" in player.text
        await player.press("escape")
    (folder / "half.csv").write_text("Deal,Wohin\nAcme,Lead\n", encoding="utf-8")
    async with playing(local_workspace, (80, 24)) as player:
        await _open(player, "half.csv")
        await player.press("m")
        await player.type("wohin")
        await player.press("enter")
        await player.type("stage")
        await player.press("enter", "enter")
        assert "Imported half.csv" in player.text
        await player.press("escape")
        await _open(player, "half.csv")
        assert "1 row: 0 new, 0 changed, 1 unchanged" in player.text


async def test_a_path_that_is_no_file_is_told_while_it_is_typed(local_workspace: Workspace, folder: Path) -> None:
    async with playing(local_workspace, (80, 24)) as player:
        await player.press("g", "i")
        await player.type("nothing.csv")
        assert "there is no such file" in player.text
        await player.press("enter")
        assert not isinstance(player.app.screen, ImportScreen)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Acme [/ EU]\n\nGlobex, big\n", {"Acme [/ EU]", "Globex, big"}),
        ("Deal name;Stage;Amount\nAcme;Lead;1200\nGlobex;Contacted;900\n", {"Acme", "Globex"}),
    ],
)
async def test_several_lines_pasted_into_quick_add_are_an_import(
    local_workspace: Workspace, text: str, titles: set[str]
) -> None:
    from textual import events

    async with playing(local_workspace, (80, 24)) as player:
        await player.press("n")
        player.app.screen.focused.post_message(events.Paste(text))  # type: ignore[union-attr]
        await player.settle()
        assert "Import " in player.text
        await player.press("y")
        assert "pasted.csv" in player.text
        await player.press("enter")
        assert {deal.row.title for deal in local_workspace.listing.deals()} == titles
        screen = player.app.screen
        assert isinstance(screen, ImportScreen)
        folder = screen._path.parent
        await player.press("escape")
        assert not folder.exists()


async def test_one_pasted_line_is_a_line(local_workspace: Workspace) -> None:
    from textual import events

    async with playing(local_workspace, (80, 24)) as player:
        await player.press("n")
        player.app.screen.focused.post_message(events.Paste("Acme renewal\n"))  # type: ignore[union-attr]
        await player.settle()
        await player.press("enter")
        assert [deal.row.title for deal in local_workspace.listing.deals()] == ["Acme renewal"]
