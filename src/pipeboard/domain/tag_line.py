"""A line that sets tags and, in the same breath, the source: `web eu src:"trade fair"`."""

import re
from typing import NamedTuple

_WORD = re.compile(r'src:"([^"]*)"?|src:(\S*)|(\S+)', re.IGNORECASE)


class TagLine(NamedTuple):
    """What a line means; None: it says nothing of that."""

    tags: str | None
    source: str | None


def parse_tag_line(text: str) -> TagLine:
    """Words are tags, `src:` is the source ("" removes it). A line with a source alone leaves the tags as they are."""
    tags: list[str] = []
    source: str | None = None
    for quoted, plain, word in _WORD.findall(text):
        if word:
            tags.append(word)
        else:
            source = (quoted or plain).strip()
    return TagLine(None if source is not None and not tags else " ".join(tags), source)
