"""Texts in cells: exact widths whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.widgets import Static

from pipeboard.tui.text.cells import cut, fit, width_of
from pipeboard.tui.text.safe import safe
from pipeboard.tui.text.strips import Part, justified

TEXTS = st.text(max_size=60) | st.text(alphabet="a株ż👩\u200d\ufe0f\u0301 [/]\x1b\n", max_size=40)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Globex", 6, "Globex"),
        ("Globex", 5, "Glob…"),
        ("Globex", 1, "…"),
        ("Globex", 0, ""),
        ("株式会社", 8, "株式会社"),
        ("株式会社", 7, "株式会…"),
        ("株式会社", 6, "株式…"),
        ("two words", 5, "two…"),
        ("a\x1b[31mb", 10, "a[31mb"),
    ],
)
def test_a_text_is_cut_where_its_cells_end(text: str, width: int, expected: str) -> None:
    assert cut(text, width) == expected


def test_the_ascii_mark_takes_two_cells() -> None:
    assert cut("Globex pilot", 8, "..") == "Globex.."


@given(TEXTS, st.integers(0, 40))
def test_a_fitted_text_has_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(cut(text, width)) <= width
    assert width_of(fit(text, width)) == width


@given(st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=2), st.integers(1, 60))
def test_a_strip_has_exactly_its_width(left: list[str], right: list[str], width: int) -> None:
    style = Style()
    parts = [Part(cut(text, 80), style) for text in left], [Part(cut(text, 80), style) for text in right]
    strip = justified(*parts, width, style)
    assert strip.cell_length == width
    assert cell_len(strip.text) == width


def test_the_right_side_stays_and_a_cell_keeps_both_apart() -> None:
    style = Style()
    strip = justified([Part("Globex incorporated", style)], [Part("12,000", style)], 16, style)
    assert strip.text == "Globex i… 12,000"


def test_user_text_is_content_and_never_markup() -> None:
    content = safe("Acme [/ EU] [bold]x[/bold]\x1b[31m\n")
    assert content.plain.startswith("Acme [/ EU] [bold]x[/bold]")
    assert not {"\x1b", "\n"} & set(content.plain)
    assert not content.spans
    assert Static(content).render()
