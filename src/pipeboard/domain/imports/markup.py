"""Notes that another tool kept as HTML, as plain lines."""

import re
from typing import Final

_MARKUP: Final = re.compile(
    r"<(?:p|br|div|ul|ol|li|span|b|strong|i|em|a|h[1-6]|table|tr|blockquote)\b[^<>]*/?>", re.IGNORECASE
)


def plain_text(text: str) -> str:
    """The text without its tags where it is HTML, with a line for each block; any other text as it is."""
    if not _MARKUP.search(text):
        return text
    from pipeboard.domain.imports.html_text import text_of_html  # few files need a parser, commands never do

    return text_of_html(text)
