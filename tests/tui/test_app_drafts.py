"""What was typed is still there when it could not be saved, and what cannot be saved is told before Enter."""

import os
import stat
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from pipeboard.config.locations import state_dir
from pipeboard.domain.commands import Command, CreateDeal, CreatePipeline
from pipeboard.domain.errors import NotFound, PipeboardError, StaleDeal, StorageFailure
from pipeboard.domain.events import Outcome
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.workspace import Workspace
from pipeboard.tui.app import PipeboardApp
from pipeboard.tui.dialogs.ask_line import AskLine
from tests.tui.driver import Player, playing

FULL = "The disk is full."
Fail = Callable[[PipeboardError | None], None]


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Fail:
    """Lets every command from now on fail with an error; None: lets them work again."""
    works = Workspace.execute

    def set_failing(error: PipeboardError | None) -> None:
        def execute(workspace: Workspace, command: Command) -> Outcome:
            if error is not None:
                raise error
            return works(workspace, command)

        monkeypatch.setattr(Workspace, "execute", execute)

    return set_failing


def add(workspace: Workspace) -> None:
    """A deal with a task in the second stage."""
    stage = workspace.deals.stages()[1]
    workspace.execute(CreateDeal("Acme", stage.id, value_minor=100_00, next_step="call Bob"))


def add_pipeline(workspace: Workspace) -> None:
    """A second pipeline, with stages of other names."""
    workspace.execute(CreatePipeline("Consulting", TEMPLATES["consulting"].stages))


def detail(player: Player, title: str = "Acme") -> Any:
    """The deal as it is on disk."""
    reads = player.app.workspace.deals
    return reads.detail(reads.find(title))


def pipeline_of(player: Player, title: str) -> str:
    """The name of the pipeline in which a deal stands."""
    workspace = player.app.workspace
    stage_name = player.stage_of(title)
    names = workspace.listing.names()
    found = [s for s in names.stages if s.name == stage_name]
    return next(p.name for p in names.pipelines if p.id == found[0].pipeline_id)


def line_of(player: Player) -> str:
    """What stands in the line that is being asked for; "" while none is."""
    screen = player.app.screen
    return screen._input.value if isinstance(screen, AskLine) else ""


@pytest.mark.parametrize("opening", [(), ("g", "l")], ids=["board", "list"])
async def test_quick_add_puts_a_deal_into_the_pipeline_it_names(
    local_workspace: Workspace, opening: tuple[str, ...]
) -> None:
    add_pipeline(local_workspace)
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press(*opening, "n")
        await player.type("Audit for Globex p:consulting")
        await player.press("enter")
        assert pipeline_of(player, "Audit for Globex") == "Consulting"
        assert f"to Consulting, {player.stage_of('Audit for Globex')}" in player.text


async def test_quick_add_finds_a_stage_of_another_pipeline(local_workspace: Workspace) -> None:
    add_pipeline(local_workspace)
    name = next(s.name for s in local_workspace.deals.stages(2)[1:] if s.is_open)
    async with playing(local_workspace) as player:
        await player.press("n")
        await player.type(f"Audit p:cons stage:{name.split()[0]}")
        await player.press("enter")
        assert player.stage_of("Audit") == name
        assert pipeline_of(player, "Audit") == "Consulting"


@pytest.mark.parametrize("wrong", ["@zoe", "stage:xyz", "p:xyz", "stage:won"])
async def test_a_name_that_fits_nothing_is_told_while_typing_and_keeps_the_dialog_open(
    local_workspace: Workspace, wrong: str
) -> None:
    async with playing(local_workspace) as player:
        await player.press("n")
        await player.type(f"Acme renewal {wrong}")
        told = "A new deal starts in an open stage" if wrong == "stage:won" else "There is no "
        assert told in player.text
        await player.press("enter")
        assert line_of(player) == f"Acme renewal {wrong}"
        assert told in player.text
        assert not player.app._notifications
        with pytest.raises(NotFound):
            player.stage_of("Acme renewal")


@pytest.mark.parametrize("opening", [(), ("g", "l")], ids=["board", "list"])
async def test_a_new_deal_that_could_not_be_saved_is_not_typed_again(
    local_workspace: Workspace, fail: Fail, opening: tuple[str, ...]
) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press(*opening, "n")
        await player.type("Acme renewal $12k")
        fail(StorageFailure(FULL))
        await player.press("enter")
        assert any(FULL in toast.message for toast in player.app._notifications)
        assert "n goes on with it" in player.text
        fail(None)
        await player.press("n")
        assert line_of(player) == "Acme renewal $12k"
        await player.press("enter")
        assert detail(player, "Acme renewal").value_minor == 12_000_00
        await player.press("n")
        assert line_of(player) == ""


@pytest.mark.parametrize(
    ("key", "line"),
    [("dollar_sign", "2.5k"), ("number_sign", "web"), ("d", "+1w"), ("t", "send offer fri"), ("a", "call: no")],
)
async def test_a_line_that_could_not_be_saved_comes_back_with_its_question(
    local_workspace: Workspace, fail: Fail, key: str, line: str
) -> None:
    add(local_workspace)
    keys = ("i", key) if key == "a" else (key,)
    async with playing(local_workspace) as player:
        await player.press("2", *keys)
        await player.press("ctrl+u")
        await player.type(line)
        fail(StaleDeal("Somebody changed it."))
        await player.press("enter")
        assert "ask again" in player.text
        fail(None)
        await player.press("escape", *keys[-1:]) if key != "a" else await player.press("a")
        assert line_of(player) == line
        before = local_workspace.changes.last_action_id()
        await player.press("enter")
        assert local_workspace.changes.last_action_id() != before
        await player.press(*keys[-1:])
        # The tags as they now stand are what a fresh question shows; every other question starts without the line.
        assert (line_of(player) == line) is (key == "number_sign")


async def test_a_line_left_with_escape_is_gone(local_workspace: Workspace, fail: Fail) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "t")
        await player.type("send offer")
        fail(StorageFailure(FULL))
        await player.press("enter", "t", "escape", "t")
        assert line_of(player) == ""


async def test_a_task_for_nobody_is_told_while_typing(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "t")
        await player.type("send offer @zoe fri")
        assert 'There is no owner "zoe"' in player.text
        await player.press("enter")
        assert line_of(player) == "send offer @zoe fri"
        assert len(detail(player).tasks) == 1


async def test_a_next_step_for_nobody_is_told_while_typing(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "c")
        await player.type("send offer @zoe")
        assert 'There is no owner "zoe"' in player.text
        await player.press("enter")
        assert 'There is no owner "zoe"' in player.text
        assert detail(player).tasks[0].done_at is None


async def test_a_task_tells_for_whom_it_is(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "t")
        await player.type("send offer @ann fri")
        assert "for Anna Nowak" in player.text


class Editor:
    """A program in place of the person's editor: writes what it is told, keeps what it found."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._script = folder / "editor.sh"
        self._seen = folder / "seen"
        monkeypatch.setenv("EDITOR", f"sh '{self._script}'")
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setattr(PipeboardApp, "suspend", lambda _app: nullcontext())

    def will(self, *lines: str) -> None:
        """What the program does with the file "$1" the next time."""
        self._script.write_text("\n".join((f"cat \"$1\" > '{self._seen}'", *lines)), encoding="utf-8")

    @property
    def found(self) -> str:
        """What stood in the file when the program began."""
        return self._seen.read_text(encoding="utf-8")


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """The person's editor."""
    return Editor(tmp_path, monkeypatch)


def drafts() -> list[Path]:
    """The notes that are not saved."""
    return list((state_dir() / "drafts").glob("*"))


async def test_notes_that_could_not_be_saved_are_in_the_editor_again(
    local_workspace: Workspace, fail: Fail, editor: Editor
) -> None:
    add(local_workspace)
    editor.will('printf "They compare us" > "$1"')
    fail(StorageFailure(FULL))
    async with playing(local_workspace) as player:
        await player.press("2", "E")
        assert "E goes on with them" in player.text
        (draft,) = drafts()
        assert draft.read_text(encoding="utf-8") == "They compare us"
        assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    fail(None)
    async with playing(local_workspace) as player:
        editor.will("exit 0")
        await player.press("2", "E")
        assert editor.found == "They compare us"
        assert detail(player).notes == ""
        editor.will('touch "$1"')
        await player.press("E")
        assert detail(player).notes == "They compare us"
        assert drafts() == []


async def test_notes_that_were_left_as_they_were_leave_no_file(local_workspace: Workspace, editor: Editor) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        editor.will("exit 0")
        before = local_workspace.changes.last_action_id()
        await player.press("2", "E")
        assert editor.found == ""
        assert drafts() == []
        assert local_workspace.changes.last_action_id() == before


async def test_notes_written_before_the_editor_failed_are_kept(local_workspace: Workspace, editor: Editor) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        editor.will('printf "half a sen" > "$1"', "exit 3")
        await player.press("2", "E")
        assert detail(player).notes == ""
        editor.will("exit 0")
        await player.press("E")
        assert editor.found == "half a sen"


async def test_a_file_in_which_nobody_wrote_before_a_crash_is_not_offered(
    local_workspace: Workspace, editor: Editor
) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        editor.will('printf "half a sen" > "$1"', "exit 3")
        await player.press("2", "E")
        (draft,) = drafts()
        draft.write_text("what the notes were then", encoding="utf-8")
        os.utime(draft, (0, 0))
        editor.will("exit 0")
        await player.press("E")
        assert editor.found == ""
        assert drafts() == []
