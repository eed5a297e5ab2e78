"""The metrics screen as a person reads and walks it."""

import csv
from pathlib import Path

import pytest

from pipeboard.domain import commands as c
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.tui.dialogs.choice_list import ChoiceList
from pipeboard.tui.dialogs.deals_behind import DealsBehind
from pipeboard.tui.metrics_actions import METRICS_ACTIONS
from pipeboard.tui.screens.metrics import MetricsScreen
from pipeboard.tui.text.glyphs import ASCII
from pipeboard.tui.theme import ANSI_NAME
from pipeboard.tui.widgets.figures import Figures

from .board_harness import screen_rows
from .metrics_harness import WON_VALUE, MetricsApp, fill, press, settle

SCREENS = Path(__file__).parent / "screens"


@pytest.fixture
def app(local_workspace: Workspace, clock: FixedClock, tmp_path: Path) -> MetricsApp:
    fill(local_workspace, clock)
    folder = tmp_path / "exports"
    folder.mkdir()
    return MetricsApp(local_workspace, folder)


def figures(app: MetricsApp) -> Figures:
    return app.screen.query_one(Figures)


def metrics_screen(app: MetricsApp) -> MetricsScreen:
    found = app.screen
    assert isinstance(found, MetricsScreen)
    return found


def expected(name: str) -> list[str]:
    return (SCREENS / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_what_a_person_reads(app: MetricsApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        rows = screen_rows(app)
    assert rows == expected(f"metrics-{size[0]}x{size[1]}.txt")


@pytest.mark.parametrize("size", [(160, 45), (120, 40), (80, 24), (60, 20), (40, 10)])
async def test_every_size_is_filled_exactly(app: MetricsApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        for page in ("1", "2", "3", "4"):
            await press(pilot, page, "j", "G")
            strips = app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {size[0]}
            assert len(strips) == size[1]


async def test_on_a_narrow_screen_the_headline_is_whole(app: MetricsApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        rows = screen_rows(app)
        assert "25 Aug to 22 Nov 2026" in rows[0], "which period it is"
        assert "…" not in rows[2] + rows[3] + rows[5]
        tabs = app.screen._compositor.render_strips()[1]
        lined = "".join(one.text for one in tabs if one.style is not None and one.style.underline)
        assert lined == "Overview"
        await press(pilot, "4")
        tabs = app.screen._compositor.render_strips()[1]
        assert "".join(one.text for one in tabs if one.style is not None and one.style.underline) == "Team"


async def test_the_figure_under_the_cursor_is_explained(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        text = "\n".join(screen_rows(app))
        assert "Win rate = won / (won + lost)" in text
        assert "5 / (5 + 3) = 62.5%" in text
        assert "8 deals: Enter opens the list" in text
        await press(pilot, "l")
        assert figures(app).key == "velocity"
        assert "Velocity per day = open deals x win rate" in "\n".join(screen_rows(app))


async def test_walking_reaches_every_figure(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        view = figures(app)
        assert view._sheet is not None
        known = {figure.key: figure for figure in view._sheet.figures}
        assert len(known) == len(view._sheet.figures), "one place for each"
        reached, todo = set(), ["win_rate"]
        while todo:
            key = todo.pop()
            if key in reached:
                continue
            reached.add(key)
            for step in ((0, 1), (0, -1), (1, 0), (-1, 0)):
                view._key = key
                view.walk(*step)
                todo.append(view.key)
        assert reached == set(known)
        assert {"won", "cycle", "created", "funnel:won", "velocity:cycle_days", "owner:Anna Nowak"} <= reached


async def test_the_cursor_is_always_in_sight(app: MetricsApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        view = figures(app)
        for key in [*["j"] * 40, *["k"] * 40, "G", "home", "pagedown", "pageup"]:
            await pilot.press(key)
            here = view._here()
            assert here is not None
            window = view.window
            assert window.top <= here.region.y
            assert here.region.y < window.top + window.rows
        assert view.top == 0


async def test_enter_lists_the_deals_whose_sum_is_the_figure(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await press(pilot, "l", "l", "enter")
        assert isinstance(app.screen, DealsBehind)
        text = "\n".join(screen_rows(app))
        assert f"5 deals: 5 won €{WON_VALUE:,}, mean €14,200" in text
        choices = app.screen.query_one(ChoiceList)._choices
        values = [int(choice.hint.split("€")[1].replace(",", "")) for choice in choices]
        assert sum(values) == WON_VALUE
        assert values[0] == 15_000, "the latest first"
        assert "Acme [/ EU] framework" in text
        await press(pilot, "j", "enter")
        assert app.answer == choices[1].value


async def test_escape_closes_the_list_and_then_the_screen(app: MetricsApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "escape")
        assert isinstance(app.screen, MetricsScreen)
        assert app.answer == "not yet"
        await press(pilot, "q")
        assert app.answer is None


async def test_periods_before_and_after(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await press(pilot, "left_square_bracket")
        assert "27 May to 24 Aug 2026, against 26 Feb to 26 May 2026" in screen_rows(app)[0]
        assert "1 / (1 + 1) = 1 of 2" in "\n".join(screen_rows(app)), "few decided: a fraction"
        await press(pilot, "right_square_bracket", "right_square_bracket")
        assert "25 Aug to 22 Nov 2026" in screen_rows(app)[0]
        assert "That was the latest period" in screen_rows(app)[-1]


async def test_comparing_can_be_switched_off(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        assert "was 1 of 2" in screen_rows(app)[4]
        assert "▲ 137%" in screen_rows(app)[4]
        await press(pilot, "c")
        assert "against" not in screen_rows(app)[0]
        assert "was" not in screen_rows(app)[4]
        assert "▲" not in screen_rows(app)[4]


async def test_owners_one_after_the_other(app: MetricsApp) -> None:
    app.workspace.execute(c.AddOwner("Boris [red]"))
    async with app.run_test(size=(160, 45)) as pilot:
        await press(pilot, "at")
        assert "@Anna Nowak" in screen_rows(app)[0]
        await press(pilot, "at")
        assert "@Boris [red]" in screen_rows(app)[0]
        assert "none decided" in "\n".join(screen_rows(app))
        await press(pilot, "at")
        assert "@" not in screen_rows(app)[0]


async def test_copying_says_what_was_copied(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await press(pilot, "y")
        assert app.copied.splitlines()[1] == "5 / (5 + 3) = 62.5%"
        assert "Copied: 5 / (5 + 3) = 62.5%" in screen_rows(app)[-1]


async def test_an_export_never_overwrites(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await press(pilot, "e", "e")
        files = sorted(app.folder.iterdir())
        assert [file.name for file in files] == [
            "pipeboard-metrics-2026-08-25-2026-11-23-2.csv",
            "pipeboard-metrics-2026-08-25-2026-11-23.csv",
        ]
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
        with files[0].open(newline="", encoding="utf-8") as file:
            rows = [tuple(row) for row in csv.reader(file)]
        assert ("win_rate", "", "won", "5") in rows
        assert ("by_owner", "Anna Nowak", "won_value", "71000.00") in rows
        assert ("win_rate.cohort", "", "open", "2") in rows
        assert "Exported to" in screen_rows(app)[-1]


async def test_an_export_that_fails_is_told(app: MetricsApp) -> None:
    app.folder.rmdir()
    async with app.run_test(size=(160, 45)) as pilot:
        await press(pilot, "e")
        assert [note.severity for note in app._notifications] == ["error"]
        assert "could not be written" in next(iter(app._notifications)).message


async def test_the_cursor_stays_on_its_figure_when_values_come(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await press(pilot, "j", "j", "left_square_bracket")
        key = figures(app).key
        assert key.startswith("funnel:")
        await press(pilot, "right_square_bracket")
        metrics_screen(app).reload()
        await settle(pilot)
        assert figures(app).key == key


async def test_a_month_of_the_trend_opens_its_deals(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        view = figures(app)
        view._key = "month:2026-10"
        await press(pilot, "enter")
        assert "3 deals: 2 won €35,000, 1 lost €8,000" in "\n".join(screen_rows(app))


async def test_without_colour_and_without_unicode_every_value_is_there(app: MetricsApp) -> None:
    app.glyphs = ASCII
    app.theme = ANSI_NAME
    app.no_color = True
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        text = "\n".join(screen_rows(app))
    assert "=====" in text, "bars as signs where nothing can be filled"
    assert all(sign not in text for sign in "▲▼×÷┤━▁")
    for value in ("62.5%", "€14,200", "€71,000", "5 / (5 + 3)"):
        assert value in text


async def test_a_cursor_step_repaints_lines_and_not_the_screen(
    app: MetricsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        view = figures(app)
        seen: list[int] = []
        monkeypatch.setattr(view, "refresh", lambda *regions, **_: seen.append(sum(one.height for one in regions)))
        view.walk(1, 0)
        assert seen == [4], "the four lines of the two cards"


def test_the_actions_are_told_apart() -> None:
    ids = [action[0] for action in METRICS_ACTIONS]
    keys = [key for action in METRICS_ACTIONS for key in action[1].split(",")]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)
    assert all(hasattr(MetricsScreen, f"action_{action[2].partition('(')[0]}") for action in METRICS_ACTIONS)
