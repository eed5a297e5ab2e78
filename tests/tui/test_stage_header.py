"""The head of a stage and the line below the stages."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pipeboard.domain.board import StageTotals
from pipeboard.domain.stage import Stage
from pipeboard.tui.text.board_layout import TIGHTEST, heads, in_board_order, lay_out
from pipeboard.tui.text.glyphs import UNICODE
from pipeboard.tui.text.position import Overflow, Position, position_strip
from pipeboard.tui.text.stage_header import StageHead, header_strips, share_of

from .board_harness import FRIDGE, LEAD, PROPOSAL, STAGES, WON, MemorySource, overview_of, pipeline_cards
from .test_cards import HOSTILE, PALETTE


def head(stage: Stage = LEAD, count: int = 5, shown: int | None = None, **changes: Any) -> StageHead:
    """A stage of 38.4k."""
    totals = StageTotals(stage.id, count, 38_400_00, 1_920_00)
    return StageHead(stage, totals, count if shown is None else shown, "EUR", 0.5)._replace(**changes)


def lines(value: StageHead, width: int = 24, *, is_cursor: bool = False) -> list[str]:
    """A head as text."""
    return [strip.text for strip in header_strips(value, width, PALETTE, UNICODE, is_cursor=is_cursor)]


def test_name_count_totals_and_share() -> None:
    assert lines(head()) == [
        " Lead                 5 ",
        " €38.4k          w 1.9k ",
        " ━━━━━━━━━━━─────────── ",
    ]


def test_under_a_filter_it_says_how_many_of_how_many() -> None:
    assert lines(head(shown=2))[0] == " Lead            2 of 5 "


def test_only_open_stages_are_weighted() -> None:
    assert lines(head(WON))[1] == " €38.4k                 "


def test_the_bottleneck_is_marked_in_words_where_they_fit() -> None:
    assert lines(head(is_clogged=True))[0] == " Lead ◆ clog          5 "
    assert lines(head(PROPOSAL, is_clogged=True), 22)[0] == " Proposal made ◆    5 "


def test_a_stage_over_its_limit_says_so() -> None:
    limited = LEAD._replace(deal_limit=4)
    assert lines(head(limited))[0] == " Lead ◆ max 4         5 "
    assert lines(head(limited, count=4))[0] == " Lead                 4 "


@pytest.mark.parametrize(
    ("without_value", "unconverted", "width", "row", "expected"),
    [
        (3, 0, 32, 1, " €38.4k (3 no value)     w 1.9k "),
        (3, 0, 24, 0, " Lead (3 no value)    5 "),
        (3, 0, 21, 1, " €38.4k (3?)  w 1.9k "),
        (3, 2, 32, 1, " €38.4k (2 no rate)      w 1.9k "),
    ],
)
def test_deals_outside_the_sums_are_counted(
    without_value: int, unconverted: int, width: int, row: int, expected: str
) -> None:
    totals = StageTotals(LEAD.id, 5, 38_400_00, 1_920_00, without_value, unconverted)
    assert lines(head(totals=totals), width)[row].strip() == expected.strip()


def test_the_cursor_on_a_stage_is_a_bar_beside_its_head() -> None:
    assert [line[0] for line in lines(head(), is_cursor=True)] == ["┃", "┃", "┃"]


def test_the_share_is_that_of_the_largest_open_stage() -> None:
    source = MemorySource(pipeline_cards())
    found = heads(overview_of(source), {LEAD.id: 5}, frozenset({LEAD.id}))
    assert [value.stage.name for value in found][-3:] == ["Won", "Lost", "Fridge"]
    by_name = {value.stage.name: value for value in found}
    assert by_name["Proposal made"].share == 1.0
    assert by_name["Lead"].share == pytest.approx(38_400 / 92_000)
    assert by_name["Negotiation"].share == 0.0
    assert by_name["Lead"].is_clogged
    assert not by_name["Won"].is_clogged
    assert share_of(StageTotals(1, 1, 500, 0), 0) == 0.0
    assert share_of(StageTotals(1, 1, 500, 0), 100) == 1.0


def test_the_order_of_the_board_is_open_won_lost_fridge() -> None:
    assert in_board_order(reversed(STAGES))[0] == LEAD
    assert in_board_order(reversed(STAGES))[-1] == FRIDGE


@given(name=HOSTILE, count=st.integers(0, 10**6), width=st.integers(6, 60), share=st.floats(0, 1))
def test_every_line_of_a_head_has_exactly_the_width(name: str, count: int, width: int, share: float) -> None:
    value = head(LEAD._replace(name=name), count)._replace(share=share, is_clogged=count % 2 == 0)
    for strip in header_strips(value, width, PALETTE, UNICODE, is_cursor=count % 3 == 0):
        assert strip.cell_length == width
        assert cell_len(strip.text) == width


@pytest.mark.parametrize(("width", "shown"), [(80, 3), (60, 2), (20, 1), (160, 7), (200, 8), (1, 1)])
def test_as_many_stages_as_fit_are_shown(width: int, shown: int) -> None:
    assert lay_out(width, [False] * 8, 0, 0).shown == shown


@given(st.integers(1, 400), st.lists(st.booleans(), min_size=1, max_size=30), st.data())
def test_the_stage_of_the_cursor_is_always_in_sight(width: int, folded: list[bool], data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(folded) - 1))
    first = data.draw(st.integers(0, len(folded) - 1))
    layout = lay_out(width, folded, cursor, first)
    assert layout.first <= cursor < layout.first + layout.shown
    assert 0 <= layout.first <= len(folded) - layout.shown
    assert sum(layout.widths) <= max(width, 1)
    shown = zip(folded[layout.first :], layout.widths, strict=False)
    opened = {cells for is_folded, cells in shown if not is_folded}
    assert len(opened) <= 1, "all that are not folded have one width"
    assert min(opened, default=99) >= min(TIGHTEST, max(1, width - 1))
    elsewhere = lay_out(width, folded, data.draw(st.integers(0, len(folded) - 1)), layout.first)
    others = {cells for f, cells in zip(folded[elsewhere.first :], elsewhere.widths, strict=False) if not f}
    assert len(opened | others) <= 1, "moving the view changes no width"
    back = lay_out(width, folded, cursor, layout.first)
    assert back == layout, "the view moves no further than it has to"


def test_a_folded_fridge_has_room_beside_all_others_on_a_usual_screen() -> None:
    folded = [False] * 7 + [True]
    assert lay_out(160, folded, 0, 0) == (0, 8, (21,) * 7 + (10,))
    assert lay_out(80, folded, 0, 0).widths == (26, 26, 26)
    assert lay_out(80, folded, 7, 0) == (5, 3, (26, 26, 10))


def position_text(position: Position, width: int) -> str:
    """The line below the stages as text."""
    strip = position_strip(position, width, PALETTE, UNICODE)
    assert strip.cell_length == width
    return strip.text.rstrip()


COUNTED = ("Lead 7", "Contacted 5", "Qualified 4", "Proposal 4", "Won 2")


def test_the_line_below_names_what_is_out_of_sight() -> None:
    columns = (Overflow(2, 20, 0, 1), Overflow(28, 20, 2, 0), Overflow(54, 20, 0, 0))
    first = "  +1 more                   2 above" + "Proposal 4, Won 2 →".rjust(44)
    assert position_text(Position(columns, COUNTED, 0, 3), 80) == first
    middle = "  ← Lead 7  +1 more         2 above" + "Won 2 →".rjust(44)
    assert position_text(Position(columns, COUNTED, 1, 3), 80) == middle
    assert position_text(Position((Overflow(2, 20, 3, 4),), COUNTED, 0, 5), 80) == "  3 above +4 more"


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (70, "← Lead 7, Contacted 5 Proposal 4, Negotiation 3, Won 2 →"),
        (56, "← Contacted 5 and 1 more Proposal 4 and 2 more →"),
        (36, "← Contacted 5 Proposal 4 →"),
        (26, "← 2 stages 3 stages →"),
        (16, "← 2 3 →"),
        (5, ""),
    ],
)
def test_the_nearest_stages_out_of_sight_are_named_longest(width: int, line: str) -> None:
    names = (*COUNTED[:4], "Negotiation 3", COUNTED[4])
    found = position_text(Position((), names, 2, 1), width)
    assert found.split() == line.split()


def test_words_of_a_column_stay_below_it() -> None:
    wide = Position((Overflow(2, 26, 0, 3), Overflow(31, 26, 0, 1)), COUNTED, 1, 2)
    assert position_text(wide, 60) == "  ← Lead 7  +3 more            +1 more  Proposal 4, Won 2 →"
    tight = Position((Overflow(2, 14, 2, 3), Overflow(18, 14, 0, 1)), COUNTED, 1, 2)
    assert position_text(tight, 40) == "  2 above +3 mo…  +1 more", "no room for the stages beside them"
