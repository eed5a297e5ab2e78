"""One line about what happened: an optional kind in front, the rest is the note."""

_KINDS = {
    "call": "call",
    "phone": "call",
    "mail": "email",
    "email": "email",
    "meeting": "meeting",
    "meet": "meeting",
    "demo": "meeting",
    "note": "note",
}


def parse_log_line(text: str) -> tuple[str, str]:
    """The kind and the words of “call: they compare us”; without a known word before the colon it is a note."""
    head, colon, rest = text.partition(":")
    kind = _KINDS.get(head.strip().casefold())
    if colon and kind and rest.strip():
        return kind, rest.strip()
    return "note", text.strip()
