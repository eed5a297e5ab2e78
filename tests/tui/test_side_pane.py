"""The side pane: it scrolls by itself, stays where it was, and paints only what changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import MouseScrollDown, MouseScrollUp

from pipeboard.tui.text.glyphs import ASCII
from pipeboard.tui.theme import LIGHT_NAME
from pipeboard.tui.widgets.row_regions import row_regions
from pipeboard.tui.widgets.scrolled_lines import LineWindow

from .board_harness import screen_rows
from .deal_details import ACME, HOSTILE, NOW, WON, entry, filled_with
from .deal_harness import PaneApp

LONG = ACME._replace(timeline=tuple(entry(n, "note", f"note {n}") for n in range(40)))


async def test_the_deal_stands_between_its_margins() -> None:
    async with PaneApp(ACME).run_test(size=(46, 50)) as pilot:
        rows = screen_rows(pilot.app)
        assert rows[0] == ""
        assert rows[1] == "  Acme platform                        #1042"
        assert rows[5] == "  €48,000  35% → w €16,800"


async def test_scrolling_goes_as_far_as_there_is_something_to_see() -> None:
    app = PaneApp(LONG)
    async with app.run_test(size=(46, 24)) as pilot:
        pane = app.pane
        assert pane.scroll_by(3)
        await pilot.pause()
        assert screen_rows(app)[2].startswith("  €48,000")
        assert not pane.scroll_by(0)
        pane.scroll_by(10_000)
        await pilot.pause()
        assert screen_rows(app)[-1].startswith("  Number of seats 120")
        assert not pane.scroll_by(1)
        assert pane.scroll_pages(-1)
        assert pane.top == pane.window.lines - 2 * pane.window.rows + 1
        pane.scroll_by(-10_000)
        assert pane.top == 0


async def test_what_fits_does_not_scroll_and_has_no_bar() -> None:
    app = PaneApp(WON)
    async with app.run_test(size=(46, 60)):
        assert not app.pane.scroll_by(5)
        assert not any(row.endswith("│") for row in screen_rows(app))


async def test_the_wheel_scrolls() -> None:
    app = PaneApp(LONG)
    async with app.run_test(size=(46, 24)) as pilot:
        app.pane.post_message(MouseScrollDown(app.pane, 1, 1, 0, 0, 0, False, False, False))
        app.pane.post_message(MouseScrollDown(app.pane, 1, 1, 0, 0, 0, False, False, False))
        await pilot.pause()
        assert app.pane.top == 4
        app.pane.post_message(MouseScrollUp(app.pane, 1, 1, 0, 0, 0, False, False, False))
        await pilot.pause()
        assert app.pane.top == 2


async def test_the_same_deal_keeps_the_scroll_and_another_starts_at_its_top() -> None:
    app = PaneApp(LONG)
    async with app.run_test(size=(46, 24)) as pilot:
        app.pane.scroll_by(10)
        app.pane.show(LONG._replace(version=8, probability=90), NOW)
        assert app.pane.top == 10
        app.pane.show(LONG._replace(id=7), NOW)
        await pilot.pause()
        assert app.pane.top == 0
        assert app.pane.deal_id == 7
        assert screen_rows(app)[1].endswith("#7 │")


async def test_the_scroll_gives_way_when_the_deal_got_shorter() -> None:
    app = PaneApp(LONG)
    async with app.run_test(size=(46, 24)) as pilot:
        app.pane.scroll_by(10_000)
        app.pane.show(LONG._replace(timeline=()), NOW)
        await pilot.pause()
        assert app.pane.top == app.pane.window.lines - app.pane.window.rows
        assert screen_rows(app)[-1].startswith("  Number of seats")


async def test_only_changed_lines_are_painted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = PaneApp(ACME)
    async with app.run_test(size=(46, 50)) as pilot:
        await pilot.pause()
        painted: list[int] = []
        refresh = app.pane.refresh

        def spy(*regions: object, **how: object) -> object:
            painted.extend(y for region in regions for y in region.line_range)  # type: ignore[attr-defined]
            return refresh(*regions, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(app.pane, "refresh", spy)
        app.pane.show(ACME, NOW)
        assert painted == []
        app.pane.show(ACME._replace(probability=50, owner="Boris"), NOW)
        assert painted == [5, 8]
        await pilot.pause()
        assert screen_rows(app)[5] == "  €48,000  50%* → w €24,000"


async def test_without_a_deal_it_says_what_to_press() -> None:
    app = PaneApp(None)
    async with app.run_test(size=(46, 24)) as pilot:
        assert [row for row in screen_rows(app) if row] == [
            "  No deal here",
            "  n    adds a deal",
            "  h l  go to another stage",
            "  i    hides this pane",
        ]
        app.pane.show(None, NOW, title="No deal has these words", hints=[("F", "shows all deals")])
        await pilot.pause()
        assert [row for row in screen_rows(app) if row] == ["  No deal has these words", "  F  shows all deals"]


async def test_it_takes_no_focus_and_shows_nothing_before_the_first_value() -> None:
    app = PaneApp(ACME)
    async with app.run_test(size=(46, 24)) as pilot:
        await pilot.press("tab")
        assert app.focused is None
        assert not app.pane.can_focus


async def test_it_follows_the_width_and_the_theme() -> None:
    app = PaneApp(ACME)
    async with app.run_test(size=(46, 50)) as pilot:
        await pilot.resize_terminal(80, 50)
        await pilot.pause()
        assert screen_rows(app)[1].index("#1042") == 80 - 2 - 5
        app.theme = LIGHT_NAME
        await pilot.pause()
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        styles = [segment.style for strip in strips for segment in strip if segment.style]
        assert {style.bgcolor.get_truecolor().hex for style in styles if style.bgcolor} == {"#eeeeee"}


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (5, 3), (46, 1), (12, 24)])
async def test_no_size_is_too_small(size: tuple[int, int]) -> None:
    app = PaneApp(LONG)
    async with app.run_test(size=size) as pilot:
        app.pane.scroll_by(1)
        await pilot.pause()
        assert len(app.screen._compositor.render_strips()) == size[1]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:24])
async def test_hostile_text_breaks_no_row(text: str) -> None:
    app = PaneApp(filled_with(text), glyphs=ASCII)
    async with app.run_test(size=(46, 60)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        assert all(strip.cell_length == 46 and strip.text.isprintable() for strip in strips)


@given(st.integers(0, 300), st.integers(1, 60), st.integers(-400, 400))
def test_the_window_stays_on_the_lines(lines: int, rows: int, by: int) -> None:
    top = LineWindow(lines, rows, 0).moved(by)
    assert 0 <= top <= max(0, lines - rows)
    window = LineWindow(lines, rows, top)
    thumb = [row for row in range(rows) if window.is_thumb(row)]
    assert bool(thumb) == (lines > rows)
    assert thumb == list(range(thumb[0], thumb[-1] + 1)) if thumb else True
    if thumb:
        assert (top == 0) <= (thumb[0] == 0)
        assert (top == lines - rows) <= (thumb[-1] == rows - 1)


def test_neighbouring_rows_make_one_region() -> None:
    regions = [(r.y, r.height, r.width) for r in row_regions([1, 2, 3, 7, 9, 10], 46)]
    assert regions == [(1, 3, 46), (7, 1, 46), (9, 2, 46)]
    assert row_regions([], 46) == []
