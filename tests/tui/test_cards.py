"""What a card says: the next step, the days, the value, in every state a deal can be in."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from pipeboard.domain.board import Card
from pipeboard.domain.stage import Stage
from pipeboard.tui.text.cards import CardContext, card_height, card_strips
from pipeboard.tui.text.glyphs import ASCII, UNICODE
from pipeboard.tui.theme import DARK, Palette, build_palette, semantic_variables

from .board_harness import CONTACTED, FRIDGE, LEAD, LOST, QUALIFIED, STAGES, TODAY, WON, make_card, since, task

VARIABLES = {
    **semantic_variables(DARK),
    "foreground": "#d0d0d0",
    "background": "#121212",
    "surface": "#1c1c1c",
    "primary": "#87afff",
}
PALETTE: Palette = build_palette("test", VARIABLES, is_ansi=False)


def context(stage: Stage = LEAD, width: int = 24, **changes: Any) -> CardContext:
    """How cards of a stage are drawn at the middle density."""
    return CardContext(width, 3, TODAY, stage, "EUR", {}, PALETTE, UNICODE)._replace(**changes)


def lines(card: Card, stage: Stage = LEAD, **changes: Any) -> list[str]:
    """A card as text."""
    return [strip.text for strip in card_strips(card, context(stage, **changes))]


def style_of(card: Card, stage: Stage, words: str) -> Style:
    """The style a run of a card's text is drawn in."""
    found = [
        segment.style
        for strip in card_strips(card, context(stage))
        for segment in strip
        if words in segment.text and segment.style
    ]
    assert len(found) == 1
    return found[0]


def test_three_lines_with_numbers_under_each_other() -> None:
    card = make_card(1, LEAD, **task("Call Bob", 5))
    assert lines(card) == [
        " Globex pilot           ",
        " Globex          12,000 ",
        " ● Call Bob fri      3d ",
    ]


@pytest.mark.parametrize(
    ("stage", "fields", "expected"),
    [
        (LEAD, {}, "○ no next step      3d"),
        (LEAD, task("Call", -2), "▲ late 2d Call      3d"),
        (LEAD, task("Call", -100), "▲ late 100d Call    3d"),
        (LEAD, task("Call", 0, time(15)), "● Call today 15:00  3d"),
        (LEAD, task("Call", 0), "● Call today        3d"),
        (LEAD, task("Call", 1, time(9)), "● Call tomorrow     3d"),
        (LEAD, task("Call", 6), "● Call sat          3d"),
        (LEAD, task("Call", 7), "· Call 29 nov       3d"),
        (LEAD, task("Mail the case study", 9), "· Mail 1 dec        3d"),
        (LEAD, task("Donaudampfschifffahrt", 9), "· 1 dec             3d"),
        (LEAD, {"task_id": 4, "task_title": "Call"}, "· Call no date      3d"),
        (CONTACTED, since(9), "◆ rotting         9d/7"),
        (CONTACTED, {**since(9), **task("Call", -5)}, "▲ late 5d Call    9d/7"),
        (CONTACTED, {**since(9), **task("Call", 7)}, "◇ waits 29 nov      9d"),
        (CONTACTED, {**since(9), **task("Call", 30)}, "· Call 22 dec     9d/7"),
        (CONTACTED, {**since(40), "idle_on": TODAY}, "○ no next step     40d"),
        (LEAD, {"is_entry_known": False}, "○ no next step     ≥3d"),
        (LEAD, {"entered_on": None, "idle_on": None}, "○ no next step        "),
        (LEAD, {"entered_on": TODAY + timedelta(2)}, "○ no next step      0d"),
        (WON, {"closed_on": date(2026, 11, 18)}, "✓ 18 nov              "),
        (WON, {}, "✓ won                 "),
        (LOST, {"lost_reason": "Price", "closed_on": date(2026, 11, 12)}, "Price           12 nov"),
        (LOST, {}, "no reason             "),
        (FRIDGE, {"wake_on": date(2026, 12, 4)}, "◇ wakes 4 dec         "),
        (FRIDGE, {"wake_on": TODAY}, "● wakes today         "),
        (FRIDGE, {"wake_on": date(2026, 11, 19)}, "▲ woke 3d ago         "),
        (FRIDGE, {}, "◇ no wake date        "),
    ],
)
def test_the_last_line_is_the_next_step_and_the_days(stage: Stage, fields: dict[str, Any], expected: str) -> None:
    card = make_card(1, stage, **fields)
    assert lines(card, stage)[2] == f" {expected} "


@pytest.mark.parametrize(
    ("fields", "words", "tone"),
    [
        ({**since(9)}, "9d/7", PALETTE.normal.rotting),
        ({**since(6)}, "6d", PALETTE.normal.muted),
        (task("Call", -1), "late", PALETTE.normal.overdue),
        (task("Call", 0), "today", PALETTE.normal.soon),
        ({**since(9), **task("Call", 2)}, "waits", PALETTE.normal.waiting),
    ],
)
def test_the_state_has_its_colour(fields: dict[str, Any], words: str, tone: Style) -> None:
    assert style_of(make_card(1, CONTACTED, **fields), CONTACTED, words) == tone


def test_values_are_bare_in_the_own_currency_and_signed_in_another() -> None:
    assert lines(make_card(1, LEAD, value_minor=950_50))[1] == " Globex          950.50 "
    assert lines(make_card(1, LEAD, currency="USD"))[1] == " Globex         $12,000 "
    assert lines(make_card(1, LEAD, value_minor=None))[1] == " Globex        no value "
    assert lines(make_card(1, LEAD, value_minor=0))[1] == " Globex               0 "


def test_the_owner_is_named_only_where_there_are_several() -> None:
    card = make_card(1, LEAD, company="Pied Piper Incorporated")
    assert lines(card, owners={1: "AN", 2: "BK"})[1] == " Pied Piper…  AN 12,000 "
    assert "AN" not in lines(card._replace(owner_id=None), owners={1: "AN"})[1]
    assert lines(card, owners={1: "AN"})[1].endswith(" 12,000 ")


def test_hot_and_marked_and_selected_are_signs() -> None:
    card = make_card(1, LEAD, is_hot=True)
    selected = [strip.text for strip in card_strips(card, context(), is_selected=True)]
    assert selected[0] == "┃Globex pilot         ! "
    assert [line[0] for line in selected] == ["┃", "┃", "┃"]
    marked = [strip.text for strip in card_strips(card, context(), is_selected=True, is_marked=True)]
    assert [line[0] for line in marked] == ["✓", "┃", "┃"]


def test_four_densities() -> None:
    card = make_card(1, QUALIFIED, expected_close_on=date(2026, 12, 18), **task("Call", 5))
    assert lines(card, QUALIFIED, density=1) == [" ● Globex pilot     12k "]
    assert lines(card, QUALIFIED, density=2) == [" Globex pilot    12,000 ", " ● Call fri          3d "]
    assert lines(card, QUALIFIED, density=4)[3] == " close 18 dec       35% "
    own = card._replace(probability=60, expected_close_on=date(2026, 11, 1))
    assert lines(own, QUALIFIED, density=4)[3] == " ▲ close 1 nov     60%* "
    assert [card_height(density) for density in (1, 2, 3, 4)] == [1, 2, 4, 5]


def test_the_ascii_set_has_its_own_signs() -> None:
    card = make_card(1, CONTACTED, "A title that is too long", is_entry_known=False, **task("Call", -2))
    assert lines(card, CONTACTED, glyphs=ASCII) == [
        " A title that is too..  ",
        " Globex          12,000 ",
        " ! late 2d Call    >=3d ",
    ]


HOSTILE = st.text(max_size=50) | st.text(alphabet="a株ż👩\u200d\ufe0f\u0301 [/]\x1b\n\u202e", max_size=40)


@given(
    title=HOSTILE,
    company=HOSTILE,
    task_title=HOSTILE,
    stage=st.sampled_from(STAGES),
    width=st.integers(8, 60),
    density=st.sampled_from((1, 2, 3, 4)),
    value=st.none() | st.integers(-(10**15), 10**15),
    in_days=st.none() | st.integers(-4000, 4000),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
)
def test_every_line_has_exactly_the_width(
    title: str,
    company: str,
    task_title: str,
    stage: Stage,
    width: int,
    density: int,
    value: int | None,
    in_days: int | None,
    flags: tuple[bool, bool, bool, bool],
) -> None:
    is_selected, is_marked, is_hot, has_owners = flags
    fields = task(task_title, in_days) if in_days is not None else {}
    card = make_card(1, stage, title, company=company, lost_reason=title, value_minor=value, **fields)
    how = context(stage, width, density=density, owners={1: "AN"} if has_owners else {})
    strips = card_strips(card._replace(is_hot=is_hot), how, is_selected=is_selected, is_marked=is_marked)
    assert len(strips) == density
    for strip in strips:
        assert strip.cell_length == width
        assert sum(cell_len(segment.text) for segment in strip) == width
