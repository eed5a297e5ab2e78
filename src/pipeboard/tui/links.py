"""Mail addresses, phone numbers and web addresses: what opens them, where there is something that does."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import NamedTuple

from pipeboard.domain.text import clean

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?!\d+(?:/|$))")
_OPENABLE = ("http", "https", "mailto", "tel")


class Link(NamedTuple):
    """A way to reach somebody: what it is in words, the text as it was given, what a desktop opens ("": none)."""

    what: str
    text: str
    url: str


def mail_link(text: str, who: str = "mail") -> Link:
    """A mail address."""
    address = clean(text)
    return Link(who, address, f"mailto:{address}" if "@" in address and " " not in address else "")


def phone_link(text: str, who: str = "phone") -> Link:
    """A phone number."""
    number = clean(text)
    digits = re.sub(r"[^\d+]", "", number)
    return Link(who, number, f"tel:{digits}" if digits else "")


def web_link(text: str, who: str = "link") -> Link:
    """A web address. Only http and https are ever opened: a customer's text must not start another program."""
    address = clean(text)
    scheme = _SCHEME.match(address)
    if scheme is None:
        is_host = "." in address and " " not in address and "@" not in address
        return Link(who, address, f"https://{address}" if is_host else "")
    is_openable = scheme[1].lower() in _OPENABLE and " " not in address
    return Link(who, address, address if is_openable else "")


def opener(environment: Mapping[str, str], platform: str = sys.platform) -> str:
    """The program that opens addresses here; "" over SSH and where there is no desktop."""
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY") or environment.get("SSH_CLIENT"):
        return ""
    if platform == "darwin":
        return "open"
    has_desktop = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return "xdg-open" if has_desktop and shutil.which("xdg-open") else ""


def open_link(link: Link) -> bool:
    """Hand a link to the desktop; whether something took it."""
    program = opener(os.environ)
    if not program or not link.url:
        return False
    try:
        subprocess.Popen(
            [program, link.url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True
