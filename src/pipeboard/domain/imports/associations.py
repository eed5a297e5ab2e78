"""Cells that name several companies or people, each perhaps with its site or address, as HubSpot writes them."""

import re
from typing import Final, NamedTuple

_BESIDE: Final = re.compile(r"\s*\((?:(?P<mail>[^()\s@]+@[^()\s@]+)|(?P<site>[\w-]+(?:\.[\w-]+)+))\)$")


class Named(NamedTuple):
    """The first of those that a cell names; `mail` and `site` are what stood in brackets behind it."""

    name: str
    mail: str = ""
    site: str = ""
    has_more: bool = False


def has_several(*cells: str) -> bool:
    """Whether one of these cells may name more than one, or something beside a name."""
    return any(";" in cell or "(" in cell for cell in cells)


def first_named(text: str) -> Named:
    """Who is meant by a cell such as "Acme Inc (acme.com);Globex"."""
    names = [part.strip() for part in text.split(";") if part.strip()]
    if not names:
        return Named("")
    found = _BESIDE.search(names[0])
    if found is None or found.start() == 0:
        return Named(names[0], has_more=len(names) > 1)
    return Named(names[0][: found.start()], found["mail"] or "", found["site"] or "", len(names) > 1)
