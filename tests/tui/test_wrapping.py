"""Texts broken into lines of cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pipeboard.tui.text.wrapping import packed, wrapped

TEXTS = st.text(max_size=80) | st.text(alphabet="a株ż👩\u200d\ufe0f\u0301 [/]\x1b\n\u202e", max_size=80)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("They compare us with Initrode", 15, ["They compare us", "with Initrode"]),
        ("two\n\n\nlines", 10, ["two", "", "lines"]),
        ("\n\nfirst", 10, ["first"]),
        ("last\n\n", 10, ["last", ""]),
        ("Donaudampfschifffahrt on", 10, ["Donaudampf", "schifffahr", "t on"]),
        ("see Donaudampfschifffahrt", 10, ["see", "Donaudampf", "schifffahr", "t"]),
        ("- one two\n  three four", 9, ["- one two", "  three", "  four"]),
        ("株式会社サクラ導入", 8, ["株式会社", "サクラ導", "入"]),
        ("Acme 株式会社サクラ導入", 10, ["Acme 株式", "会社サクラ", "導入"]),
        ("Acme Corp サクラ", 14, ["Acme Corp", "サクラ"]),
        ("株式", 1, ["株", "式"]),
        ("a\x1b[31mb\tc", 20, ["a[31mb c"]),
        ("", 10, []),
        ("   ", 10, []),
    ],
)
def test_lines_end_where_a_reader_expects(text: str, width: int, expected: list[str]) -> None:
    assert list(wrapped(text, width)) == expected


@given(TEXTS, st.integers(2, 40))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = list(wrapped(text, width))
    assert all(cell_len(line) <= width for line in lines)
    letters = [character for character in text if character in "a株ż"]
    assert [character for line in lines for character in line if character in "a株ż"] == letters


def test_a_long_text_is_broken_only_as_far_as_it_is_read() -> None:
    lines = wrapped("word " * 10_000_000, 10)
    assert next(lines) == "word word"


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (20, ["Acme · Anna · 555 01"]),
        (12, ["Acme · Anna", "555 01"]),
        (5, ["Acme", "Anna", "555", "01"]),
    ],
)
def test_items_stay_whole_where_they_can(width: int, expected: list[str]) -> None:
    assert list(packed(["Acme", "Anna", "555 01"], " · ", width)) == expected


@given(st.lists(TEXTS, max_size=5), st.integers(2, 40))
def test_packed_lines_are_no_wider_than_asked(items: list[str], width: int) -> None:
    assert all(cell_len(line) <= width for line in packed(items, " · ", width))
