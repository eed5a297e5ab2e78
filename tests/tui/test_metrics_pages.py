"""The pages of figures beside the overview, as a person reads, walks and opens them."""

from datetime import date
from pathlib import Path

import pytest

from pipeboard.domain import commands as c
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.tui.dialogs.deals_behind import DealsBehind
from pipeboard.tui.screens.metrics import MetricsScreen
from pipeboard.tui.widgets.figures import Figures

from .board_harness import screen_rows
from .driver import playing
from .metrics_harness import MetricsApp, fill, press, settle

SCREENS = Path(__file__).parent / "screens"
PAGES = {"2": "stages", "3": "wins", "4": "team"}


@pytest.fixture
def app(local_workspace: Workspace, clock: FixedClock, tmp_path: Path) -> MetricsApp:
    fill(local_workspace, clock)
    local_workspace.execute(c.SetQuota("2026-Q4", 100_000_00))
    local_workspace.execute(c.AddSpend(date(2026, 11, 2), 5_000_00, source="fair"))
    local_workspace.execute(c.AddSpend(date(2026, 11, 2), 9_000_00, source="web"))
    return MetricsApp(local_workspace, tmp_path)


def figures(app: MetricsApp) -> Figures:
    return app.screen.query_one(Figures)


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_what_a_person_reads(app: MetricsApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        for key, name in PAGES.items():
            await press(pilot, key)
            wanted = (SCREENS / f"metrics-{name}-{size[0]}x{size[1]}.txt").read_text(encoding="utf-8")
            assert screen_rows(app) == wanted.splitlines(), name


async def test_every_figure_of_every_page_is_reached_explained_and_opened(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        for page in PAGES:
            await press(pilot, page)
            screen, view = app.screen, figures(app)
            assert isinstance(screen, MetricsScreen)
            assert view._sheet is not None
            assert screen._shown is not None
            known = {figure.key for figure in view._sheet.figures}
            assert len(known) == len(view._sheet.figures), "one place for each"
            reached, todo = set(), [view.key]
            while todo:
                key = todo.pop()
                if key not in reached:
                    reached.add(key)
                    for step in ((0, 1), (0, -1), (1, 0), (-1, 0)):
                        view._key = key
                        view.walk(*step)
                        todo.append(view.key)
            assert reached == known
            for key in known:
                behind = await screen._source.behind(screen._shown, key)
                assert behind.definition.sentence.endswith((".", "%")), key
                assert behind.definition.formula, key
            await settle(pilot)


async def test_pages_turn_and_keep_their_places(app: MetricsApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "tab", "j", "j")
        here = figures(app).key
        assert here.startswith("funnel:")
        await press(pilot, "tab", "j")
        assert figures(app).key == "win_rate_by_value"
        await press(pilot, "shift+tab")
        assert figures(app).key == here
        await press(pilot, "shift+tab", "shift+tab")
        assert "People" in "\n".join(screen_rows(app)), "from the first to the last"


async def test_a_flow_lists_its_visits(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await press(pilot, "2")
        figures(app)._key = "flow:1:advanced"
        await press(pilot, "enter")
        assert isinstance(app.screen, DealsBehind)
        text = "\n".join(screen_rows(app))
        assert "10 moved on, of 10 that came in" in text
        assert "10 deals: 10 visits;" in text


async def test_the_funnel_otherwise(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await press(pilot, "v")
        assert "of the deals decided in the period" in screen_rows(app)[3]
        await press(pilot, "v")
        rows = screen_rows(app)
        assert "only stages they stood in" in rows[3]
        assert rows[6].split()[:2] == ["Contacted", "0"], "everybody skipped it"
        await press(pilot, "v", "v")
        assert "of the deals created in the period" in screen_rows(app)[3]


async def test_any_period_can_be_typed(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await press(pilot, "d", *"2026-q4", "enter")
        assert "Q4 2026, against" in screen_rows(app)[0]
        await press(pilot, "d", *"all", "enter")
        assert "1 Jul to 22 Nov 2026" in screen_rows(app)[0]
        await press(pilot, "d", *"soon", "enter")
        assert "'soon' is no period" in "\n".join(screen_rows(app))
        await press(pilot, "escape")


async def test_a_filter_by_source_and_back(app: MetricsApp) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await press(pilot, "f", *"referral", "enter")
        assert "referral" in screen_rows(app)[0]
        assert "2 of 2" in "\n".join(screen_rows(app))
        await press(pilot, "F")
        assert "referral" not in screen_rows(app)[0]


async def test_a_target_is_set_where_it_is_read(local_workspace: Workspace, clock: FixedClock) -> None:
    fill(local_workspace, clock)
    async with playing(local_workspace) as player:
        await player.press("g", "m", "4", "dollar_sign")
        assert "d chooses one" in player.text, "90 days are nobody's target"
        await player.press("d", *"2026-11", "enter", "dollar_sign", *"48k", "enter")
        assert "50%" in player.text
        assert "€24k of €48k" in player.text
        await player.press("q", "u")
        assert local_workspace.quotas.all() == ()


async def test_a_probability_is_taken_over_and_taken_back(local_workspace: Workspace, clock: FixedClock) -> None:
    stages = {stage.name: stage for stage in local_workspace.deals.stages()}
    for number in range(20):
        event = local_workspace.execute(c.CreateDeal(f"Deal {number}", stages["Lead"].id)).events[0]
        seen = (c.Seen(event.deal_id),)  # type: ignore[union-attr]
        today = local_workspace.metrics.today
        local_workspace.execute(c.WinDeals(seen, today) if number < 9 else c.LoseDeals(seen, today, "Price"))
    async with playing(local_workspace) as player:
        await player.press("g", "m", "2", "T")
        assert "Put the cursor on a stage of Probabilities" in player.text
        player.app.screen.query_one(Figures)._key = f"calibrate:{stages['Lead'].id}"
        await player.press("T")
        assert local_workspace.deals.stages()[0].probability == 45
        await player.press("T")
        assert "is the same already" in player.text
        local_workspace.execute(c.Undo())
        assert local_workspace.deals.stages()[0].probability == 5
