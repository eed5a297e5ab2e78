"""The screen of one deal: as a person reads it, and how one goes through deals on it."""

from pathlib import Path

import pytest

from pipeboard.tui.widgets.side_pane import SidePane

from .board_harness import screen_rows
from .deal_details import ACME, LOST, WON, entry
from .deal_harness import DealApp

SCREENS = Path(__file__).parent / "screens"
SECOND = WON._replace(id=7, title="Wayne audit")
LONG = ACME._replace(timeline=tuple(entry(n, "note", f"note {n}") for n in range(80)))


def an_app() -> DealApp:
    """Three deals, and a fourth one that is gone."""
    return DealApp({1042: ACME, 7: SECOND, 9: LOST._replace(id=9)}, (1042, 7, 8, 9))


@pytest.mark.parametrize(("width", "height"), [(80, 24), (160, 45)])
async def test_the_deal_reads_as_designed(width: int, height: int) -> None:
    app = an_app()
    async with app.run_test(size=(width, height)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        expected = (SCREENS / f"deal-{width}x{height}.txt").read_text(encoding="utf-8")
        assert "\n".join(screen_rows(app)) + "\n" == expected


@pytest.mark.parametrize(("width", "is_wide"), [(109, False), (110, True)])
async def test_two_columns_where_there_is_room(width: int, is_wide: bool) -> None:
    app = an_app()
    async with app.run_test(size=(width, 60)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        title = next(row for row in screen_rows(app) if "Acme platform" in row)
        assert ("Notes" in title) == is_wide
        await pilot.resize_terminal(220 - width, 60)
        await pilot.pause()
        assert sum("Timeline" in row for row in screen_rows(app)) == 1
        title = next(row for row in screen_rows(app) if "Acme platform" in row)
        assert ("Notes" in title) == (220 - width >= 110)


async def test_the_next_and_the_previous_deal_without_going_back() -> None:
    app = an_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right_square_bracket")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Wayne audit" in screen_rows(app)[2]
        assert app.deal_screen.selected_ids == (7,)
        await pilot.press("left_square_bracket", "left_square_bracket")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Acme platform" in screen_rows(app)[2]
        assert "That was the first deal" in screen_rows(app)[-1]
        await pilot.press("right_square_bracket", "q")
        await pilot.pause()
        assert app.answers == [7]


async def test_a_deal_that_is_gone_is_said_and_cannot_be_acted_on() -> None:
    app = an_app()
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("right_square_bracket", "right_square_bracket")
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = "\n".join(screen_rows(app))
        assert text.count("Deal 8 is not there any more.") == 1
        assert "Wayne" not in text
        assert "Won" not in text
        assert not app.deal_screen.selected_ids
        assert app.deal_screen.detail is None
        await pilot.press("right_square_bracket")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.deal_screen.selected_ids == (9,)
        assert "lost 18 Nov 2026" in "\n".join(screen_rows(app))
        await pilot.press("right_square_bracket", "escape")
        await pilot.pause()
        assert app.answers == [9]


async def test_no_key_reaches_a_deal_that_is_not_the_one_asked_for() -> None:
    app = an_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        assert app.deal_screen.detail == ACME
        app.may_load.clear()
        await pilot.press("right_square_bracket")
        assert app.deal_screen.detail is None
        assert app.deal_screen.selected_ids == (7,)
        app.may_load.set()
        await app.workers.wait_for_complete()
        assert app.deal_screen.detail == SECOND


async def test_a_reload_shows_the_change_and_stays_where_it_was() -> None:
    app = an_app()
    app.deals[1042] = LONG
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("j", "j", "down")
        app.deals[1042] = LONG._replace(version=8, probability=90)
        app.deal_screen.reload()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.loads == [1042, 1042]
        assert app.deal_screen.query_one("#facts", SidePane).top == 3
        assert screen_rows(app)[2].startswith("  €48,000  90%* → w €43,200")


@pytest.mark.parametrize(
    ("keys", "top"),
    [
        (("j", "j", "k"), 1),
        (("pagedown",), 20),
        (("pagedown", "pageup"), 0),
        (("ctrl+d",), 10),
        (("ctrl+d", "ctrl+d", "ctrl+u"), 10),
        (("up",), 0),
        (("G", "home"), 0),
    ],
)
async def test_the_keys_scroll(keys: tuple[str, ...], top: int) -> None:
    app = an_app()
    app.deals[1042] = LONG
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press(*keys)
        assert app.deal_screen.query_one("#facts", SidePane).top == top


async def test_the_fields_stay_in_sight_while_a_long_timeline_scrolls() -> None:
    app = an_app()
    app.deals[1042] = LONG
    async with app.run_test(size=(160, 45)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("end")
        await pilot.pause()
        rows = screen_rows(app)
        assert "Acme platform" in rows[2]
        assert "note 79" in rows[-2]
