"""Notes that were HTML are plain lines; anything else is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.imports.markup import plain_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>They said <b>maybe</b>.</p><p>Call &amp; ask</p>", "They said maybe.\n\nCall & ask"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<div><style>p {}</style>x</div>", "x"),
        ("a < b and c > d", "a < b and c > d"),
        ("<not a tag> <Jan@acme.com>", "<not a tag> <Jan@acme.com>"),
        ("<p>open <b>for ever", "open for ever"),
    ],
)
def test_lines(text: str, expected: str) -> None:
    assert plain_text(text) == expected


@given(st.text(alphabet="abc <>/&;#p=br\n\"'", max_size=80))
def test_never_fails_and_plain_text_stays(text: str) -> None:
    assert isinstance(plain_text(f"<p>{text}"), str)
    if "<" not in text:
        assert plain_text(text) == text
