"""Notes that another tool kept as HTML, as plain lines."""

import re
from html.parser import HTMLParser
from typing import Final

_MARKUP: Final = re.compile(
    r"<(?:p|br|div|ul|ol|li|span|b|strong|i|em|a|h[1-6]|table|tr|blockquote)\b[^<>]*/?>", re.IGNORECASE
)
_LINES: Final = frozenset(
    ["p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table"]
)
_HIDDEN: Final = frozenset(("script", "style", "head"))


class _Plain(HTMLParser):
    """Collects the text, with a line end where a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in _HIDDEN
        if tag in _LINES:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        if tag in _LINES and tag not in ("br", "li"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def plain_text(text: str) -> str:
    """The text without its tags where it is HTML, with a line for each block; any other text as it is."""
    if not _MARKUP.search(text):
        return text
    parser = _Plain()
    parser.feed(text)
    parser.close()
    lines = [" ".join(line.split()) for line in "".join(parser.parts).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
