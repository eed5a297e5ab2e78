"""Text at the two edges."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.text import LINE_LIMIT, NOTE_LIMIT, clean, initials, printable, search_key

HOSTILE = (
    "a\x1b[31mb",
    "a\x1b]52;c;aGk=\x07b",
    "a\x1b]8;;http://x\x1b\\b",
    "a\x9b31mb",
    "a\x00b",
    "a\x7fb",
    "a\x0e\x0fb",
    "a\u202eb\u202c",
    "a\u2066b\u2069",
    "a\ufeffb",
    "a\ud800b",
    "a\U000e0041b",
    "a\u2028b",
    "a\u2029b",
    "a\x85b",
    "a\nb",
    "a\tb",
    "a\x08b",
)
_ODD = st.sampled_from("\x00\x1b\x9b\x7f\x85\t\n\r \u00a0\u2028\u202e\u2066\ufeff\ud800\U000e0041\u0301\u0345łßİ가ﷺ")
_ANY_TEXT = st.text(st.one_of(_ODD, st.characters(exclude_categories=())), max_size=60)


def _is_harmless(text: str, allowed: str = "") -> bool:
    """Whether no character is a control, surrogate, override, tag or line separator."""
    return all(
        c in allowed
        or (
            unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp")
            and not 0x202A <= ord(c) <= 0x202E
            and not 0x2066 <= ord(c) <= 0x2069
            and not 0xE0000 <= ord(c) <= 0xE007F
            and c != "\ufeff"
        )
        for c in text
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_terminal_acts_on_passes_either_edge(text: str) -> None:
    for edge in (clean(text), printable(text)):
        assert _is_harmless(edge)
        assert edge.startswith("a")
        assert "b" in edge


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Acme   Ltd \n", "Acme Ltd"),
        ("Acme\r\nLtd", "Acme Ltd"),
        ("Acme\u00a0Ltd", "Acme Ltd"),
        ("Ło\u0301dź", "Łódź"),
        ("Acme [/ EU]", "Acme [/ EU]"),
        ("👩\u200d💻 dev", "👩\u200d💻 dev"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("a\u202a\u0301", "á"),
        ("", ""),
    ],
)
def test_one_line_is_composed_and_stripped(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\n\n  indented\n\tand tab \n\n", "  indented\n\tand tab"),
        ("a\x1b[0m\nb", "a[0m\nb"),
    ],
)
def test_several_lines_keep_newlines_and_tabs(typed: str, kept: str) -> None:
    assert clean(typed, is_multiline=True) == kept


def test_text_is_cut_at_the_limit() -> None:
    assert len(clean("x" * 1000)) == LINE_LIMIT
    assert len(clean("x" * 100_000, is_multiline=True)) == NOTE_LIMIT
    assert clean("abc def", limit=4) == "abc"


def test_a_flood_of_accents_is_cut() -> None:
    assert clean("e" + "\u0316" * 100) == "e" + "\u0316" * 30
    assert len(clean("\u0301\u0316" * 500_000, is_multiline=True)) == 30
    assert clean("\u0344" * 40) == clean(clean("\u0344" * 40))


def test_printable_text_is_returned_as_it_is() -> None:
    text = "Łódź – Acme"
    assert printable(text) is text
    assert printable("a\tb\nc") == "a b c"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Łódź", "lodz"),
        ("ŻUBR", "zubr"),
        ("Straße", "strasse"),
        ("Ørsted Æro", "orsted aero"),
        ("Ёлка", "елка"),
        ("Đorđe", "dorde"),
        ("İstanbul", "istanbul"),
        ("ＡＢＣ", "abc"),
        ("plain Text", "plain text"),
    ],
)
def test_the_search_key_folds_case_and_accents(text: str, key: str) -> None:
    assert search_key(text) == key


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna Kowalska", "AK"),
        ("anna", "An"),
        ("Ян ван дер Берг", "ЯБ"),
        ("anna.k@acme.com", "AK"),
        ("王小明", "王"),
        ("x", "X"),
        ("", "?"),
        ("[/]", "?"),
        ("  [Bob] Stone ", "BS"),
    ],
)
def test_initials_are_at_most_two_letters(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(_ANY_TEXT)
def test_clean_is_idempotent_and_harmless(text: str) -> None:
    line, note = clean(text), clean(text, is_multiline=True)
    assert clean(line) == line
    assert clean(note, is_multiline=True) == note
    assert _is_harmless(line)
    assert _is_harmless(note, "\n\t")
    assert unicodedata.is_normalized("NFC", line)


@given(_ANY_TEXT, st.integers(1, 20))
def test_clean_keeps_to_any_limit(text: str, limit: int) -> None:
    cut = clean(text, limit=limit)
    assert len(cut) <= limit
    assert clean(cut, limit=limit) == cut


@given(_ANY_TEXT)
def test_printable_is_harmless_and_changes_no_clean_line(text: str) -> None:
    assert _is_harmless(printable(text))
    assert printable(clean(text)) == clean(text)


@given(_ANY_TEXT)
def test_the_search_key_does_not_depend_on_case_or_composition(text: str) -> None:
    key = search_key(text)
    assert search_key(unicodedata.normalize("NFD", text)) == key
    assert search_key(key) == key
