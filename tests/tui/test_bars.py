"""The header and the footer at every width."""

from hypothesis import given
from hypothesis import strategies as st

from pipeboard.tui.text.bars import ALWAYS, FootLine, KeyHint, Quota, TopLine, foot_strip, top_strip
from pipeboard.tui.text.glyphs import UNICODE

from .board_harness import BoardApp, MemorySource, pipeline_cards, screen_rows
from .test_cards import HOSTILE, PALETTE

QUOTA = Quota("Q4 €82k of €120k", "Q4 68%", 0.68)
KEYS = (
    KeyHint("H L", "move", 1),
    KeyHint("w", "won", 3),
    KeyHint("x", "lost", 3),
    KeyHint("?", "help", ALWAYS),
    KeyHint("q", "quit", ALWAYS),
)


def top(line: TopLine, width: int) -> str:
    """The header as text."""
    return top_strip(line, width, PALETTE, UNICODE).text


def foot(line: FootLine, width: int) -> str:
    """The footer as text."""
    return foot_strip(line, width, PALETTE, UNICODE).text


def test_the_header_has_everything_where_there_is_room() -> None:
    line = TopLine("B2B sales", "16 deals · €393k", "@anna", 2, 3, QUOTA)
    text = top(line, 130)
    assert text.startswith(" Pipeboard  B2B sales  16 deals · €393k  / @anna ")
    assert text.endswith("▲ 2 late   ● 3 today    ━━━━━━━━━────  Q4 €82k of €120k ")


def test_the_header_gives_up_figures_first_and_what_is_late_last() -> None:
    line = TopLine("B2B sales", "16 deals · €393k", "@anna", 2, 3, QUOTA)
    assert "16 deals" not in top(line, 82)
    assert "Q4 68%" in top(line, 82)
    assert "▲ 2 late   ● 3 today" in top(line, 40)
    assert "Pipeboard" not in top(line, 40)


def test_where_nothing_is_due_the_figures_stay_and_the_name_goes() -> None:
    line = TopLine("Metrics", "B2B sales · 31 Aug to 28 Nov 2026")
    assert top(line, 60).strip() == "Pipeboard  Metrics  B2B sales · 31 Aug to 28 Nov 2026"
    assert top(line, 46).strip() == "Metrics  B2B sales · 31 Aug to 28 Nov 2026"
    assert top(line, 30).strip() == "Pipeboard  Metrics"


def test_nothing_due_is_not_mentioned() -> None:
    assert top(TopLine("B2B sales"), 60).strip() == "Pipeboard  B2B sales"
    assert "late" not in top(TopLine("B2B sales", due_today=1), 60)


def test_the_footer_says_what_happened_and_how_to_take_it_back() -> None:
    line = FootLine("Moved to Qualified", "won", KeyHint("u", "undo"), KEYS)
    assert foot(line, 80).startswith(" Moved to Qualified u undo  ")
    assert foot(line, 80).endswith("  H L move  w won  x lost  ? help  q quit ")


def test_keys_go_by_priority_the_last_of_equals_first_and_two_stay() -> None:
    line = FootLine("Moved to Qualified", "won", KeyHint("u", "undo"), KEYS)
    assert foot(line, 68).endswith("H L move  w won  ? help  q quit ")
    assert foot(line, 58).endswith("  H L move  ? help  q quit ")
    narrow = foot(line, 34)
    assert narrow.endswith(" ? help  q quit ")
    assert " u undo " in narrow
    assert narrow.startswith(" Mo")


@given(
    place=HOSTILE,
    happened=HOSTILE,
    width=st.integers(1, 200),
    due=st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    has_quota=st.booleans(),
)
def test_both_lines_have_exactly_the_width(
    place: str, happened: str, width: int, due: tuple[int, int], has_quota: bool
) -> None:
    header = TopLine(place, happened, place, *due, QUOTA if has_quota else None)
    footer = FootLine(happened, "muted", KeyHint("u", place) if has_quota else None, KEYS)
    assert top_strip(header, width, PALETTE, UNICODE).cell_length == width
    assert foot_strip(footer, width, PALETTE, UNICODE).cell_length == width


async def test_a_new_value_is_on_the_screen_at_once() -> None:
    from pipeboard.tui.widgets.foot_bar import FootBar

    app = BoardApp(MemorySource(pipeline_cards()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.query_one(FootBar).show(FootLine("Could not save: the disk is full", "overdue"))
        await pilot.pause()
        assert screen_rows(app)[-1] == " Could not save: the disk is full"
