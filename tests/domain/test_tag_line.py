"""Tags and source in one line."""

import pytest

from pipeboard.domain.tag_line import TagLine, parse_tag_line


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("web eu", TagLine("web eu", None)),
        ("+web -cold", TagLine("+web -cold", None)),
        ("", TagLine("", None)),
        ("src:fair", TagLine(None, "fair")),
        ('web src:"trade fair [/ EU]" eu', TagLine("web eu", "trade fair [/ EU]")),
        ('SRC:"open', TagLine(None, "open")),
        ("src:", TagLine(None, "")),
    ],
)
def test_a_line(text: str, meaning: TagLine) -> None:
    assert parse_tag_line(text) == meaning
