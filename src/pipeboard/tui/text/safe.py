"""User text for Textual's widgets: never parsed as markup, never a control byte."""

from textual.content import Content

from pipeboard.domain.text import printable


def safe(text: str) -> Content:
    """The text as literal content of one line, with everything removed that a terminal would act on."""
    return Content(printable(text))
