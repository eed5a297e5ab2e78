"""The cursor of the board: it follows the deal, keeps its row, and costs two cards."""

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from rich.console import Console, RenderableType
from textual._compositor import CompositorUpdate
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.screen import Screen

from pipeboard.domain.board import Card
from pipeboard.tui.widgets.board import Board
from pipeboard.tui.widgets.stage_column import StageColumn
from pipeboard.tui.widgets.top_bar import TopBar

from .board_harness import (
    CONTACTED,
    FRIDGE,
    LEAD,
    NEGOTIATION,
    PROPOSAL,
    QUALIFIED,
    STAGES,
    BoardApp,
    MemorySource,
    make_card,
    overview_of,
    pipeline_cards,
    screen_rows,
)
from .counting import counting


def many(count: int, stage_count: int = 3) -> list[Card]:
    """So many deals in each of the first stages."""
    return [
        make_card(stage.id * 1000 + place, stage, f"Deal {stage.id}-{place}")
        for stage in STAGES[:stage_count]
        for place in range(count)
    ]


def selected_title(app: BoardApp) -> str:
    """The title of the card under the cursor."""
    card = app.board.selected
    return card.title if card else ""


def cursor_rows(app: BoardApp) -> list[int]:
    """The rows of the screen that have a cursor bar."""
    return [y for y, row in enumerate(screen_rows(app)) if "┃" in row]


async def test_it_moves_by_cards_and_stages_and_stops_at_the_ends() -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        board = app.board
        assert selected_title(app) == "Globex pilot"
        board.move_cursor(0, -1)
        board.move_cursor(-1, 0)
        assert selected_title(app) == "Globex pilot"
        board.move_cursor(0, 1)
        board.move_cursor(1, 0)
        assert selected_title(app) == "Vandelay imports"
        board.last()
        assert selected_title(app) == "Pied Piper seats"
        board.move_cursor(0, 5)
        assert selected_title(app) == "Pied Piper seats"
        board.move_cursor(1, 0)
        assert selected_title(app) == "Tyrell replicant audit"
        board.first()
        assert selected_title(app) == "Umbrella EU"
        board.jump_to_stage(6)
        assert selected_title(app) == "Wayne audit"
        board.jump_to_stage(99)
        assert selected_title(app) == "Wayne audit"


async def test_won_lost_and_the_fridge_stand_right_of_the_open_stages() -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(200, 45)) as pilot:
        await pilot.pause()
        head = screen_rows(app)[2]
        names = ["Lead", "Contacted", "Qualified", "Proposal made", "Negotiation", "Won", "Lost", "Fridge"]
        assert [head.find(name) for name in names] == sorted(head.find(name) for name in names)
        assert "Fridge" in head


@pytest.mark.parametrize("rows", [3, 10])
async def test_sideways_it_keeps_its_row_on_the_screen(rows: int) -> None:
    app = BoardApp(MemorySource(many(40)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.board.move_cursor(0, rows)
        await pilot.pause()
        before = cursor_rows(app)
        app.board.move_cursor(1, 0)
        await pilot.pause()
        assert len(before) == 3
        assert cursor_rows(app) == before
        assert app.board.stage_id == CONTACTED.id


async def test_a_page_is_what_fits_on_the_screen() -> None:
    app = BoardApp(MemorySource(many(40)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.board.page(1)
        assert selected_title(app) == "Deal 1-4"
        app.board.page(20)
        assert selected_title(app) == "Deal 1-39"
        await pilot.pause()
        assert "36 above" in screen_rows(app)[-2]
        app.board.page(-1)
        assert selected_title(app) == "Deal 1-35"


async def test_after_a_reload_it_is_on_the_same_deal_in_the_same_row() -> None:
    cards = many(40)
    app = BoardApp(MemorySource(cards))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.board.move_cursor(0, 12)
        await pilot.pause()
        before = cursor_rows(app)
        newcomers = [make_card(90_000 + place, LEAD, f"New {place}") for place in range(3)]
        source = MemorySource(newcomers + cards)
        app.board.show(overview_of(source), source)
        await pilot.pause()
        assert selected_title(app) == "Deal 1-12"
        assert cursor_rows(app) == before


async def test_it_follows_its_deal_into_another_stage() -> None:
    cards = pipeline_cards()
    app = BoardApp(MemorySource(cards))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.board.select(2)
        moved = [card._replace(stage_id=NEGOTIATION.id) if card.id == 2 else card for card in cards]
        source = MemorySource(moved)
        app.board.show(overview_of(source), source)
        await pilot.pause()
        await pilot.pause()
        assert app.board.stage_id == NEGOTIATION.id
        assert any("┃Acme [/ EU] framework" in row for row in screen_rows(app))


async def test_when_its_deal_is_gone_it_takes_the_place() -> None:
    cards = pipeline_cards()
    app = BoardApp(MemorySource(cards))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.board.select(5)
        source = MemorySource([card for card in cards if card.id != 5])
        app.board.show(overview_of(source), source)
        assert selected_title(app) == "Сервис Орион"


async def test_a_deal_that_is_still_to_come_gets_the_cursor_when_it_comes() -> None:
    cards = pipeline_cards()
    app = BoardApp(MemorySource(cards))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not app.board.select(99)
        source = MemorySource([*cards, make_card(99, QUALIFIED, "Fresh")])
        app.board.show(overview_of(source), source)
        assert selected_title(app) == "Fresh"


async def test_on_an_empty_stage_it_stands_on_the_head() -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        app.board.jump_to_stage(5)
        await pilot.pause()
        assert app.board.selected is None
        assert app.board.stage_id == NEGOTIATION.id
        assert "┃Negotiation" in screen_rows(app)[2]
        app.board.move_cursor(-1, 0)
        await pilot.pause()
        assert "┃Negotiation" not in screen_rows(app)[2]
        assert selected_title(app) == "Stark retrofit"


async def test_a_stage_out_of_sight_comes_into_sight() -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.board.jump_to_stage(4)
        await pilot.pause()
        await pilot.pause()
        rows = screen_rows(app)
        assert rows[2].split() == ["Contacted", "4", "│", "Qualified", "3", "│", "Proposal", "made", "◆", "clog", "2"]
        assert rows[-2].endswith("1 more stage ← Contacted Qualified Proposal made → 4 more stages")


async def test_a_step_draws_two_cards_and_asks_the_others_nothing() -> None:
    app = BoardApp(MemorySource(many(1000)))
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.pause()
        with counting() as counts:
            for dx, dy in ((0, 1), (0, 1), (1, 0), (-1, 0), (0, -1)):
                counts.clear()
                app.board.move_cursor(dx, dy)
                await pilot.pause()
                assert 0 < len(counts.lines) <= 2 * app.board.density


async def test_a_reload_without_a_change_paints_nothing() -> None:
    source = MemorySource(many(30))
    app = BoardApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with patch.object(StageColumn, "refresh") as refresh:
            app.board.show(overview_of(source), source)
            await pilot.pause()
            refresh.assert_not_called()
            source.cards[LEAD.id][2] = source.cards[LEAD.id][2]._replace(title="Renamed", version=2)
            app.board.show(overview_of(source), source)
            (painted,) = refresh.call_args.args
        assert painted.height == 1


async def test_the_terminal_cursor_stands_on_the_card() -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.board.select(7)
        await pilot.pause()
        rows = screen_rows(app)
        assert app.cursor_position == Offset(28, 9)
        assert rows[9][28:].startswith("Vandelay")


async def test_rows_that_are_not_loaded_are_blank_asked_for_once_and_drawn_when_they_come() -> None:
    source = MemorySource(many(100))
    source.loaded = {LEAD.id: range(16)}
    app = BoardApp(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.told.clear()
        app.board.last()
        app.board.move_cursor(0, 0)
        await pilot.pause()
        asked = [message for message in app.told if isinstance(message, Board.WindowNeeded)]
        assert [(m.stage_id, m.first, m.last) for m in asked] == [(LEAD.id, 92, 100)]
        assert app.board.selected is None
        source.loaded = {}
        app.board.rows_loaded(LEAD.id)
        await pilot.pause()
        assert selected_title(app) == "Deal 1-99"
        told = app.told[-1]
        assert isinstance(told, Board.CardHighlighted)
        assert told.card is not None
        assert told.card.title == "Deal 1-99"
        assert "┃Deal 1-99" in "\n".join(screen_rows(app))


async def test_a_filter_shows_how_many_of_how_many() -> None:
    cards = pipeline_cards()
    app = BoardApp(MemorySource(cards))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        overview = overview_of(app.source)
        app.board.show(overview, MemorySource([card for card in cards if "i" in card.title]))
        await pilot.pause()
        assert "2 of 5" in screen_rows(app)[2]


@pytest.mark.parametrize(("density", "visible"), [(1, 17), (2, 8), (3, 4), (4, 3)])
async def test_the_density_is_the_lines_of_a_card(density: int, visible: int) -> None:
    app = BoardApp(MemorySource(many(40)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.board.move_cursor(0, 20)
        app.board.density = density
        await pilot.pause()
        titles = [row for row in screen_rows(app) if "Deal 1-" in row]
        assert len(titles) == visible
        assert len(cursor_rows(app)) == density
        assert selected_title(app) == "Deal 1-20"


async def test_marks_are_shown_and_stay_with_their_deals() -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.board.mark({2, 7})
        await pilot.pause()
        rows = screen_rows(app)
        assert rows[9].startswith(" ✓Acme [/ EU] framework")
        assert "✓Vandelay imports" in rows[9]
        assert app.board.marked == frozenset({2, 7})


async def test_a_click_selects_a_double_click_opens_the_wheel_scrolls() -> None:
    app = BoardApp(MemorySource(many(40)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.told.clear()
        await pilot.click(Board, offset=(30, 9))
        assert selected_title(app) == "Deal 2-1"
        await pilot.click(Board, offset=(30, 9), times=2)
        await pilot.pause()
        opened = [message for message in app.told if isinstance(message, Board.CardSelected)]
        assert [message.card.title for message in opened] == ["Deal 2-1"]
        column = app.board._columns[1]
        column._wheel(1)
        column._wheel(1)
        await pilot.pause()
        assert "Deal 2-2" in screen_rows(app)[5]
        assert selected_title(app) == "Deal 2-1"
        app.board.show(overview_of(app.source), app.source)
        await pilot.pause()
        assert "Deal 2-2" in screen_rows(app)[5]


async def test_a_card_is_dragged_to_another_stage() -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.mouse_down(Board, offset=(5, 9))
        await pilot.hover(Board, offset=(60, 9))
        await pilot.pause()
        assert "┃Qualified" in screen_rows(app)[2]
        await pilot.mouse_up(Board, offset=(60, 9))
        await pilot.pause()
        dropped = [message for message in app.told if isinstance(message, Board.CardDropped)]
        assert [(message.deal_id, message.stage_id) for message in dropped] == [(2, QUALIFIED.id)]
        assert "┃Qualified" not in screen_rows(app)[2]


async def drag(pilot: Pilot[None], *path: tuple[int, int]) -> None:
    """Hold the button at the first place and move over the others."""
    await pilot.mouse_down(Board, offset=path[0])
    for offset in path[1:]:
        await pilot.hover(Board, offset=offset)
    await pilot.pause()


async def test_a_card_is_dragged_to_another_place_of_its_stage() -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        rows = screen_rows(app)
        first = next(y for y, row in enumerate(rows) if "Globex pilot" in row)
        third = next(y for y, row in enumerate(rows) if "サクラ" in row)
        await drag(pilot, (5, first - 1), (6, first), (6, third - 1))
        assert "━━━━━━━━━━━━━━━━━━━" in screen_rows(app)[third - 1][:26], "a line shows where it would go"
        await pilot.mouse_up(Board, offset=(6, third - 1))
        await pilot.pause()
        moved = [message for message in app.told if isinstance(message, Board.CardReordered)]
        assert [(m.deal_id, m.other_id, m.is_after) for m in moved] == [(1, 2, True)]
        assert "━━━━" not in screen_rows(app)[third - 1][:26]
        await drag(pilot, (5, third - 1), (6, first - 1))
        await pilot.mouse_up(Board, offset=(6, first - 1))
        await pilot.pause()
        moved = [message for message in app.told if isinstance(message, Board.CardReordered)]
        assert [(m.deal_id, m.other_id, m.is_after) for m in moved[1:]] == [(3, 1, False)]
        app.board.is_by_hand = False
        await drag(pilot, (5, third - 1), (6, first - 1))
        assert "━━━━━━━━━━━━━━━━━━━" not in screen_rows(app)[first - 1][:26]
        await pilot.mouse_up(Board, offset=(6, first - 1))
        await pilot.pause()
        assert len([m for m in app.told if isinstance(m, Board.CardReordered)]) == 2, "sorted cards stay where they are"


async def test_a_drag_can_be_given_up() -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await drag(pilot, (5, 9), (60, 9))
        assert app.board.cancel_drag()
        await pilot.mouse_up(Board, offset=(60, 9))
        await pilot.pause()
        assert "┃Qualified" not in screen_rows(app)[2]
        assert not app.board.cancel_drag()
        await drag(pilot, (5, 9), (60, 9))
        await pilot.mouse_up(TopBar, offset=(60, 0))
        await pilot.pause()
        assert not [m for m in app.told if isinstance(m, Board.CardDropped)]


async def test_a_smaller_screen_keeps_the_card_in_sight() -> None:
    app = BoardApp(MemorySource(many(40)))
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        app.board.move_cursor(0, 8)
        app.board.jump_to_stage(3)
        await pilot.pause()
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        await pilot.pause()
        assert any("┃Deal 3-8" in row for row in screen_rows(app))
        assert all(len(row) <= 60 for row in screen_rows(app))


async def test_another_pipeline_has_other_columns() -> None:
    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        app.board.jump_to_stage(7)
        source = MemorySource(pipeline_cards())
        fewer = overview_of(source)._replace(stages=(QUALIFIED, PROPOSAL), today=date(2026, 11, 23))
        app.board.show(fewer, source)
        await pilot.pause()
        await pilot.pause()
        head = screen_rows(app)[2]
        assert "Qualified" in head
        assert "Lead" not in head
        assert "Lost" not in head
        assert selected_title(app) == "Umbrella EU"
        assert app.board.stage_id == QUALIFIED.id
        assert FRIDGE.name not in head


class CountingApp(BoardApp):
    """Counts the bytes a terminal with truecolor would be sent."""

    written = 0

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CompositorUpdate):
            console = Console(color_system="truecolor", force_terminal=True)
            self.written += len(renderable.render_segments(console).encode())
        super()._display(screen, renderable)


async def test_a_step_writes_little_and_the_focus_nothing() -> None:
    app = CountingApp(MemorySource(many(1000, 5)))
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.pause()
        for dx, dy in ((0, 1), (1, 0), (-1, 0), (0, -1)):
            app.written = 0
            app.board.move_cursor(dx, dy)
            await pilot.pause()
            assert 100 < app.written <= 1000
        app.written = 0
        app.board.page(1)
        await pilot.pause()
        assert 1000 < app.written <= 8000
        app.written = 0
        app.board.refresh()
        await pilot.pause()
        assert app.written == 0


async def test_values_that_come_before_the_first_layout_are_shown_by_it() -> None:
    class EarlyApp(BoardApp):
        """Fills the board before it is mounted."""

        def compose(self) -> ComposeResult:
            board = Board()
            board.select(7)
            board.show(overview_of(self.source), self.source)
            yield board

        def fill(self) -> None:
            """Nothing more to show."""

    app = EarlyApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert selected_title(app) == "Vandelay imports"
        assert any("┃Vandelay imports" in row for row in screen_rows(app))


async def test_a_board_without_values_and_a_pipeline_without_deals_are_calm() -> None:
    class EmptyApp(BoardApp):
        """A board that has been told nothing yet."""

        def fill(self) -> None:
            """Nothing more to show."""

    app = EmptyApp(MemorySource([]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for act in (app.board.first, app.board.last, app.board.open_selected):
            act()
        app.board.move_cursor(1, 1)
        app.board.page(1)
        app.board.jump_to_stage(1)
        assert app.board.selected is None
        assert app.board.stage_id is None
        app.board.show(overview_of(app.source), app.source)
        await pilot.pause()
        app.board.move_cursor(1, 1)
        await pilot.pause()
        assert app.board.stage_id == CONTACTED.id
        assert "┃Contacted" in screen_rows(app)[2]
