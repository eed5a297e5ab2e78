"""The timeline on the deal's screen: logged, narrowed, mended, taken away."""

from pathlib import Path

import pytest

from pipeboard.config.settings import Settings
from pipeboard.domain import commands as c
from pipeboard.services.workspace import Workspace
from tests.services.handlers.asking import add
from tests.tui.driver import playing


def _log(workspace: Workspace, deal: int, body: str, kind: str) -> None:
    workspace.execute(c.LogActivity(deal, body, kind))


async def test_an_entry_is_logged_with_everything_in_one_line(local_workspace: Workspace) -> None:
    deal = add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("a")
        await player.type("call out no answer: left voicemail yesterday 15:00")
        assert "call  outgoing  no answer  Sat 21 Nov 2026 15:00, yesterday  left voicemail" in player.text
        await player.press("enter")
        entry = next(e for e in local_workspace.deals.detail(deal).timeline if not e.is_change)
        assert (entry.kind, entry.direction, entry.outcome, f"{entry.at:%d %H:%M}") == (
            *("call", "out", "no answer", "21 14:00"),
        )
        await player.press("enter")
        assert "1 contact attempt" in player.text
        assert "Call outgoing, no answer: left voicemail" in player.text


async def test_the_timeline_is_narrowed_and_own_entries_are_mended(local_workspace: Workspace) -> None:
    deal = add(local_workspace)
    _log(local_workspace, deal, "wrong words", "call")
    _log(local_workspace, deal, "a thought", "note")
    async with playing(local_workspace) as player:
        await player.press("enter", "f", "c")
        assert "Timeline: calls, 1 of 3" in player.text
        assert "a thought" not in player.text
        await player.press("A")
        await player.type("wrong")
        await player.press("enter")
        assert "call 2026-11-22 10:00: wrong words" in player.text
        await player.type(" no more")
        await player.press("enter")
        assert "wrong words no more" in player.text
        await player.press("f", "a")
        assert "a thought" in player.text
        await player.press("X")
        await player.type("thought")
        await player.press("enter")
        assert "a thought" not in player.text
        await player.press("u")
        assert "a thought" in player.text


async def test_a_template_goes_into_the_line_and_a_long_one_into_the_editor(
    local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = add(local_workspace)
    written: list[str] = []

    def write(_app: object, _draft: Path, text: str) -> str:
        written.append(text)
        return f"{text}done"

    monkeypatch.setattr("pipeboard.tui.editor.edited", write)
    settings = Settings(templates={"First call": "call out answered:", "Long": "meeting held:\nNext: "})
    async with playing(local_workspace, settings=settings) as player:
        await player.press("a", "ctrl+t")
        await player.type("first")
        await player.press("enter")
        await player.type(" budget is there")
        await player.press("enter")
        entry = local_workspace.deals.detail(deal).timeline[0]
        assert (entry.kind, entry.outcome, entry.text) == ("call", "answered", "budget is there")
        await player.press("a", "ctrl+t")
        await player.type("long")
        await player.press("enter")
        assert written == ["meeting held:\nNext: "]
        assert local_workspace.deals.detail(deal).timeline[0].text == "Next: done"
        await player.press("a")
        await player.type("typed so far")
        await player.press("ctrl+o")
        assert written[-1] == "typed so far"


async def test_giving_up_early_is_warned_of(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("x")
        assert "No contact attempt logged" in player.text
        await player.press("escape", "b")
        assert "No contact attempt logged" in player.text
