"""The screen of settings: what it shows, lost reasons, owners and rates changed by its keys, the file checked."""

from pathlib import Path

import pytest

from pipeboard.config.locations import config_file
from pipeboard.config.settings import Settings
from pipeboard.domain import commands as c
from pipeboard.services.workspace import Workspace
from pipeboard.tui import editor
from pipeboard.tui.actions import ACTIONS, SETTINGS
from pipeboard.tui.app import PipeboardApp
from pipeboard.tui.screens.settings import _ELSEWHERE, SettingsScreen
from pipeboard.tui.text.settings_rows import _HELP
from pipeboard.tui.widgets.sheet_list import SheetList
from tests.tui.driver import Player, playing


def rows(player: Player) -> SheetList:
    return player.app.screen.query_one(SheetList)


async def test_everything_that_can_be_set_stands_in_one_list(local_workspace: Workspace) -> None:
    async with playing(local_workspace, (100, 60)) as player:
        await player.press("g", "comma")
        for words in ("currency          EUR", "time zone         Europe/Warsaw", "No decision/silence", "Anna Nowak"):
            assert words in player.text
        assert "Duplicate" in player.text
        assert "not in the win rate" in player.text
        assert "none: deals in other currencies than EUR are not converted" in player.text
        assert "Targets" in player.text
        await player.press("enter")
        assert "stays as it is" in player.text
        await player.press("right_square_bracket", "enter", "escape", "q")
        assert player.app.screen is player.app.board_screen()


async def test_lost_reasons_are_added_ordered_excluded_and_archived(local_workspace: Workspace) -> None:
    async with playing(local_workspace, (100, 60)) as player:
        await player.press("g", "comma")
        rows(player).select(("reasons", 1))
        await player.press("n")
        await player.type("Built it")
        await player.press("enter")
        mine = local_workspace.catalogues.lost_reasons()[-1]
        assert rows(player).key == ("reasons", mine.id)
        await player.press("exclamation_mark", "K", "r")
        await player.type("Chose to build")
        await player.press("enter")
        now = local_workspace.catalogues.lost_reasons()[-2]
        assert (now.name, now.is_excluded) == ("Chose to build", True)
        assert "Chose to build" in player.app.lost_reasons
        await player.press("D", "y")
        assert "Chose to build" not in player.app.lost_reasons
        await player.press("u", "u")
        assert local_workspace.catalogues.lost_reasons()[-2].name == "Built it"


async def test_an_owner_hands_over_and_a_rate_is_set(local_workspace: Workspace) -> None:
    local_workspace.execute(c.AddOwner("Boris [/]"))
    boris = next(owner.id for owner in local_workspace.catalogues.owners() if owner.name.startswith("Boris"))
    lead = local_workspace.deals.stages()[0].id
    local_workspace.execute(c.CreateDeal("Acme", lead, owner_id=boris))
    async with playing(local_workspace, (100, 60)) as player:
        await player.press("g", "comma")
        rows(player).select(("owners", boris))
        await player.press("D")
        assert "Archive Boris [/]: who takes over 1 open deal?" in player.text
        await player.press("1")
        assert local_workspace.deals.detail(1).owner == "Anna Nowak"
        await player.press("D")
        assert "That is you" in player.text
        rows(player).select(("rates", 0))
        await player.press("n")
        await player.type("usd 0.92 1 nov")
        assert "1 USD = 0.92 EUR from" in player.text
        await player.press("enter")
        assert [(r.currency, r.rate_nano, r.on_day.isoformat()) for r in local_workspace.catalogues.rates()] == [
            ("USD", 920_000_000, "2026-11-01")
        ]
        await player.press("enter")
        await player.type("0,95")
        await player.press("enter", "u")
        assert len(local_workspace.catalogues.rates()) == 1


async def test_the_file_is_opened_and_what_is_wrong_in_it_is_told(
    local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = ['density = 9\n[keymap]\n"deal.win" = "alt+w"\n', "density = 2\n"]

    def write(_app: object, path: Path) -> bool:
        path.write_text(written.pop(0), encoding="utf-8")
        return True

    monkeypatch.setattr(editor, "_run", write)
    async with playing(local_workspace, (100, 60)) as player:
        await player.press("g", "comma")
        assert "not there yet" in player.text
        await player.press("E")
        assert config_file().exists()
        assert "density is 9" in player.text
        assert "deal.win cannot use alt+w" in player.text
        await player.press("E")
        assert "The configuration is in order" in player.text
        assert "density           2" in player.text


def test_every_setting_that_is_listed_is_explained() -> None:
    assert set(_HELP) == set(Settings._fields) - set(_ELSEWHERE)


async def test_rules_and_scores_of_the_file_are_told_in_words(local_workspace: Workspace) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(
        '[[rule]]\nname = "Thank [them]"\nwhen = "won"\nthen = {task = "send the welcome letter +1bd"}\n'
        '[[score]]\nif = "hot"\npoints = -10\n',
        encoding="utf-8",
    )
    async with playing(local_workspace, (100, 60)) as player:
        await player.press("g", "comma")
        rows = [" ".join(line.split()) for line in player.text.splitlines()]
        assert "Thank [them] when won: plan “send the welcome letter +1bd”" in rows
        assert "hot -10 where hot" in rows


def test_every_action_of_the_screen_is_there() -> None:
    for action in ACTIONS:
        if SETTINGS in action.contexts:
            name = f"action_{action.action.split('(')[0]}"
            assert hasattr(SettingsScreen, name) or hasattr(PipeboardApp, name), action.id
