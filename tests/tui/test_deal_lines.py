"""The whole of a deal's lines: their order, their width, their limits, whatever the text."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.strip import Strip

from pipeboard.domain.detail import DealDetail
from pipeboard.tui.text.deal_context import IN_PANE, WHOLE, DealKeys
from pipeboard.tui.text.deal_lines import deal_strips, empty_strips, facts_strips, story_strips
from pipeboard.tui.text.glyphs import ASCII, UNICODE

from .deal_details import ACME, HOSTILE, LOST, PARKED, TODAY, WON, a_task, entry, filled_with
from .deal_reading import context, lines, section

SCREENS = Path(__file__).parent / "screens"


@pytest.mark.parametrize("width", [44, 76, 110])
def test_a_deal_reads_as_designed(width: int) -> None:
    expected = (SCREENS / f"deal-lines-{width}.txt").read_text(encoding="utf-8")
    assert "\n".join(lines(ACME, width)) + "\n" == expected


def test_hints_name_the_keys_they_are_given() -> None:
    found = lines(ACME, keys=DealKeys(new_task="f2", complete="", snooze="z", log="", notes="", open=""))
    assert next(line for line in found if line.startswith("Tasks")).split() == ["Tasks", "f2", "new", "z", "snooze"]
    assert "Timeline" in found
    assert "Notes" in found


def test_the_pane_shortens_what_is_long_and_says_where_the_rest_is() -> None:
    detail = ACME._replace(
        title="title " * 60,
        notes="note\n" * 50,
        timeline=tuple(entry(n, "note", "word " * 100) for n in range(40)),
        tasks=tuple(a_task(n, "Call", TODAY) for n in range(20)),
    )
    found = lines(detail)
    assert found[2].endswith(" …")
    assert section(detail, "Notes") == ["note"] * 7 + ["note …"]
    assert section(detail, "Tasks")[-1] == "12 more: Enter"
    assert len(section(detail, "Timeline")) == 30 * 5 + 1
    assert section(detail, "Timeline")[-1] == "10 more: Enter"
    assert "more" not in "".join(lines(detail, limits=WHOLE))


def test_two_columns_hold_what_one_does() -> None:
    both = [s.text for s in facts_strips(ACME, context())] + [s.text for s in story_strips(ACME, context())]
    one = [s.text for s in deal_strips(ACME, context())]
    assert sorted(filter(str.strip, both)) == sorted(filter(str.strip, one))


def test_the_ascii_signs_leave_no_other_character() -> None:
    text = "\n".join(lines(ACME._replace(is_entry_known=False), glyphs=ASCII))
    assert set(filter(lambda character: not character.isascii(), text)) == {"€"}
    assert "Qualified >=4d" in text
    assert "EUR" not in text


def exact(strips: list[Strip], width: int) -> bool:
    """Whether every line has exactly the width, by its own account and by its characters."""
    return all(
        strip.cell_length == width == sum(cell_len(segment.text) for segment in strip) == cell_len(strip.text)
        for strip in strips
    )


@pytest.mark.parametrize("width", [44, 76, 110])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:24])
def test_hostile_text_is_drawn_and_breaks_no_line(text: str, width: int) -> None:
    for detail in (ACME, WON, LOST, PARKED):
        strips = deal_strips(filled_with(text, detail), context(width))
        assert exact(strips, width)
        drawn = "".join(strip.text for strip in strips)
        assert drawn.isprintable()
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff") & set(drawn)


TEXTS = st.text(max_size=50) | st.text(alphabet="a株ż👩\u200d\ufe0f\u0301 [/]:\x1b\n\u202e", max_size=40)


@given(
    text=TEXTS,
    width=st.integers(12, 120),
    detail=st.sampled_from((ACME, WON, LOST, PARKED)),
    value=st.none() | st.integers(-(10**15), 10**15),
    days=st.integers(-4000, 4000),
    limits=st.sampled_from((IN_PANE, WHOLE)),
    glyphs=st.sampled_from((UNICODE, ASCII)),
)
def test_every_line_has_exactly_the_width(
    text: str, width: int, detail: DealDetail, value: int | None, days: int, limits: Any, glyphs: Any
) -> None:
    on = TODAY + timedelta(days)
    full = filled_with(text, detail)._replace(
        value_minor=value, expected_close_on=on, wake_on=on, closed_on=on, entered_on=on, idle_on=on
    )
    how = context(width, limits=limits, glyphs=glyphs, is_whole=limits is WHOLE)
    assert exact(deal_strips(full, how), width)
    assert exact(empty_strips(text, [(text, text)], how), width)
