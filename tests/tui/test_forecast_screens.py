"""The forecast and the waterfall as a person reads, walks and works them."""

import csv
import threading
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeboard.config.settings import Settings
from pipeboard.domain import commands as c
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.tui.dialogs.parts_behind import PartsBehind
from pipeboard.tui.screens.deal import DealScreen
from pipeboard.tui.screens.forecast import ForecastScreen
from pipeboard.tui.screens.waterfall import WaterfallScreen
from pipeboard.tui.widgets.walked_page import WalkedPage
from tests.services.test_waterfall import add, noon

from .driver import Player, playing

SIZES = [(160, 45), (80, 24), (60, 20), (40, 10)]


@pytest.fixture
def filled(local_workspace: Workspace, clock: FixedClock) -> Workspace:
    """A quarter with wins, slipped dates and a title that is no markup."""
    now = clock.now()
    workspace = local_workspace
    clock.set(noon(date(2026, 10, 5)))
    won = add(workspace, "Wayne audit", 15_000_00, close=date(2026, 11, 1))
    late = add(workspace, "Acme [/ EU] framework", 12_000_00, close=date(2026, 11, 10))
    add(workspace, "株式会社サクラ 導入", 8_000_00, close=date(2026, 12, 10))
    add(workspace, "Undated", None)
    clock.set(noon(date(2026, 11, 12)))
    workspace.execute(c.WinDeals((c.Seen(won),), date(2026, 11, 12), 16_000_00))
    workspace.execute(c.EditDeals((c.Seen(late),), (("value_minor", 9_000_00),)))
    workspace.execute(c.SetQuota("2026-Q4", 40_000_00, "EUR"))
    clock.set(now)
    return workspace


def page(player: Player) -> WalkedPage:
    return player.app.screen.query_one(WalkedPage)


async def stand(player: Player, key: str) -> None:
    """Put the cursor on a figure."""
    walked = page(player)
    walked._stand(next(figure for figure in walked._figures if figure.key == key))
    await player.settle()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("letter", ["f", "w"])
async def test_every_size_is_filled_and_every_figure_is_told(
    filled: Workspace, letter: str, size: tuple[int, int]
) -> None:
    async with playing(filled, size) as player:
        await player.press("g", letter)
        strips = player.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {size[0]}
        assert len(strips) == size[1]
        for key in page(player).keys:
            screen = player.app.screen
            assert isinstance(screen, ForecastScreen | WaterfallScreen)
            assert screen.figure(key).formula
        await player.press("j", "l", "G", "k", "ctrl+d", "home")


async def test_what_a_person_reads_on_the_forecast(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "f")
        text = player.text
        assert "Forecast  B2B sales · Q4 2026" in text
        assert "▲ Overdue, in no month" in text
        assert "○ No close date" in text
        assert "€40,000 takes 2 more wins, 2 leads" in text
        assert "€16,000 + €400 = €16,400, 41% of the target" in text
        await stand(player, "trend:2026-11-09")
        # Three days before the win; that deal was overdue, and the framework was still worth 12,000.
        assert "€0 won + €1,000 weighted = €1,000" in player.text
        await player.press("right_square_bracket")
        assert "Q1 2027" in player.text
        await player.press("left_square_bracket", "left_square_bracket", "at")
        assert "Q3 2026" in player.text
        assert "@Anna Nowak" in player.text


async def test_slipped_deals_get_new_dates_one_after_the_other(filled: Workspace) -> None:
    async with playing(filled, (80, 24)) as player:
        await player.press("g", "f")
        await stand(player, "overdue")
        await player.press("enter")
        assert isinstance(player.app.screen, PartsBehind)
        assert "Acme [/ EU] framework" in player.text
        await player.press("d")
        await player.type("15 dec")
        await player.press("enter")
        assert filled.deals.detail(filled.deals.find("Acme")).expected_close_on == date(2026, 12, 15)
        # Nothing is overdue any more, so there is no list to go on with.
        assert isinstance(player.app.screen, ForecastScreen)
        assert "Overdue" not in player.text
        await player.press("u")
        assert filled.deals.detail(filled.deals.find("Acme")).expected_close_on == date(2026, 11, 10)
        assert "Overdue" in player.text


async def test_a_deal_behind_a_figure_is_opened(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "w")
        await stand(player, "won")
        assert "1 deal = -€16,000" in player.text
        await player.press("enter", "enter")
        assert isinstance(player.app.screen, DealScreen)
        assert "Wayne audit" in player.text
        await player.press("q")
        assert isinstance(player.app.screen, WaterfallScreen)
        assert page(player).key == "won"


async def test_the_waterfall_between_any_two_days(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "w")
        assert "€0 + €33,000 new - €16,000 won = €17,000" in player.text
        await player.press("d")
        await player.type("1 nov to 15 nov")
        assert "1 Nov to 15 Nov 2026, 15 days" in player.text
        await player.press("enter")
        assert "€35,000 + €1,000 increased - €3,000 decreased - €16,000 won = €17,000" in player.text
        await player.press("c")
        assert "deals closing in 1 Nov to 15 Nov 2026" in player.text
        await player.press("percent_sign")
        assert ", weighted" in player.text
        await player.press("right_square_bracket", "right_square_bracket")
        assert "still to come" in player.text


async def test_figures_are_copied_and_exported(
    filled: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with playing(filled) as player:
        copied: list[str] = []
        monkeypatch.setattr(player.app, "copy_to_clipboard", copied.append)
        await player.press("g", "w", "y", "e", "g", "f", "y", "e")
    assert copied[0].startswith("Start: €0 + €33,000 new")
    assert copied[1].startswith("Projection: €16,000 + €400 = €16,400")
    names = sorted(path.name for path in tmp_path.glob("*.csv"))
    assert names == ["pipeboard-forecast-2026-10-01-2027-01-01.csv", "pipeboard-waterfall-2026-10-01-2027-01-01.csv"]
    with (tmp_path / names[1]).open(encoding="utf-8", newline="") as file:
        assert {row["step"] for row in csv.DictReader(file)} == {"New", "Won", "End"}


async def test_another_pipeline_and_other_deals(filled: Workspace) -> None:
    from pipeboard.domain.templates import TEMPLATES

    filled.execute(c.CreatePipeline("Second", TEMPLATES["saas"].stages))
    async with playing(filled) as player:
        await player.press("g", "f", "p", "2")
        assert "Second" in player.text
        await player.press("p", "1", "f")
        await player.type("anna")
        await player.press("enter")
        assert "@Anna Nowak" in player.text
        await player.press("F")
        assert "@Anna Nowak" not in player.text


async def test_what_a_colleague_wins_is_seen_and_the_cursor_stays(filled: Workspace) -> None:
    async with playing(filled) as player:
        await player.press("g", "f")
        await stand(player, "won")
        filled.execute(c.WinDeals((c.Seen(filled.deals.find("Acme")),), date(2026, 11, 21)))
        await player.press("ctrl+l")
        assert page(player).key == "won"
        assert "€25,000" in player.text


async def test_without_colours_the_bars_differ_by_their_signs(
    filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    add(filled, "more", 20_000_00, close=filled.metrics.today + timedelta(days=2))
    async with playing(filled, (100, 30), Settings(glyphs="ascii")) as player:
        await player.press("g", "f")
        november = next(line for line in player.text.splitlines() if "Nov 2026" in line)
        assert "==" in november
        assert "--" in november or "-" in november
        assert ".." in november
        assert all(ord(character) < 128 for character in november if character != "€")
        await player.press("g", "w")
        assert "++++" in player.text
        assert "----" in player.text


async def test_a_target_is_set_on_the_forecast_and_a_filter_is_typed(filled: Workspace) -> None:
    async with playing(filled, (160, 45)) as player:
        await player.press("g", "f", "dollar_sign")
        await player.type("80k")
        assert "of the team in Q4 2026" in player.text
        await player.press("enter")
        assert "€80,000" in player.text
        assert [quota.amount_minor for quota in filled.quotas.all()] == [80_000_00]
        await player.press("slash")
        await player.type("value>10k")
        await player.press("enter")
        screen = player.app.screen
        assert isinstance(screen, ForecastScreen)
        assert screen.made is not None
        assert [deal.id for deal in screen.made.given.deals] == [1]
        await player.press("F")
        assert len(screen.made.given.deals) == 4


@pytest.mark.parametrize("letter", ["f", "w"])
async def test_the_deals_of_a_figure_are_gathered_beside_the_keys(
    filled: Workspace, letter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    for screen in (ForecastScreen, WaterfallScreen):
        plain = screen.figure

        def told(self: object, key: str, plain: Any = plain) -> object:
            threads.append(threading.get_ident())
            return plain(self, key)

        monkeypatch.setattr(screen, "figure", told)
    async with playing(filled) as player:
        await player.press("g", letter, "j", "l", "enter", "escape", "y")
    assert len(threads) >= 3
    assert threading.get_ident() not in threads
