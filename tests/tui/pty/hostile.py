"""Texts that attack whoever draws them (RELIABILITY.md 2g): markup, escape sequences, bytes, shapes."""

import re
from base64 import b64decode

MARKUP = (
    "[bold]Acme[/bold]",
    "[@click=app.quit]Acme[/]",
    "Acme [/red] Ltd",
    "Acme [red Ltd",
    "Deal [2024] [x] [EU/APAC]",
    "[link=https://evil.example]Acme[/link]",
    "Acme [/]",
    'Acme [a="b]x',
    "[1,2,3] a[0]=1",
    "Acme \\[x] \\",
    "$text [$primary]x[/]",
    "Acme [/ EU]",
    "[[nested]] [/[/]]",
)

CONTROLS = (
    "Ac\x1b[31;5mme\x1b[0m",
    "Ac\x1b[2J\x1b[Hme",
    "Ac\x1b]0;PWNED\x07me",
    "Ac\x1b]52;c;cHduZWQ=\x07me",
    "\x1b]8;;http://evil.example\x1b\\Acme\x1b]8;;\x1b\\",
    "Ac\x1bP+q544e\x1b\\me",
    "Ac\x1b_Gf=24;AAAA\x1b\\me",
    "Ac\x1b^secret\x1b\\me",
    "Ac\x1b[6nme",
    "Ac\x1b[21tme",
    "Ac\x1b[?1047hme",
    "Ac\x1bcme",
    "Ac\x1b#8me",
    "Ac\x9b31;5mme",
    "Ac\x9d52;c;cHdu\x9cme",
    "Ac\x90q\x9cme",
    "Ac\x07me",
    "Ac\x08\x08me",
    "Ac\rme",
    "Ac\nme",
    "Ac\r\nme",
    "Ac\tme",
    "Ac\x00me",
    "Ac\x7fme",
    "Ac\x0b\x0cme",
    "Ac\x0e\x0fme",
    "Ac\x85me",
    "Ac\u2028me\u2029",
    "\x1b",
)

SHAPES = (
    "Ac\u200bme",
    "Ac\u202eem\u202c x",
    "\u2066Acme\u2069",
    "Ac\u200eme",
    "A\u0301\u0302\u0303c",
    "A" + "\u0301" * 60 + "c",
    "株式会社アクメ",
    "한국전력",
    "👩‍👩‍👧‍👦 Acme 🇵🇱",
    "❤️ Acme ☎️",
    "שלום Acme",
    "شركة Acme",
    "\ufeffAcme",
    "Ac\U000e0041me",
    "Ac\u00adme",
    "Ac\u00a0me",
    "x" * 5000,
    "   ",
)

HOSTILE = (*MARKUP, *CONTROLS, *SHAPES)

POISON = (
    b"\x1b[31;5m", b"c\x1b[2J", b"\x1b]0;", b"\x1b]8;", b"\x1b]52", b"\x1bP", b"\x1b_", b"\x1b^", b"\x1b[6n",
    b"\x1b[21t", b"\x1b[?1047h", b"\x1bc", b"\x1b#8", b"\x07", b"\x00", b"\x7f", b"\x0b", b"\x0c", b"\x0e", b"\x0f",
    b"\x08",
    *(chr(code).encode() for code in range(0x80, 0xA0)),
    *(chr(code).encode() for code in (0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xE0041)),
)  # fmt: skip
"""Bytes that only one of these texts could have brought to the terminal."""


POINTER = b"\x1b]22;default\x07"
"""The one such string that Textual itself sends: it puts the mouse pointer back."""


_COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
"""What the program itself puts on the clipboard when somebody copies."""

_NOT_COPIED = b"cHduZWQ="


def poison_in(raw: bytes) -> list[bytes]:
    """The bytes of these texts that did get through, to the terminal or onto the clipboard."""
    copied = [one for one in _COPIED.findall(raw) if one != _NOT_COPIED]
    seen = _COPIED.sub(lambda found: found[0] if found[1] == _NOT_COPIED else b"", raw).replace(POINTER, b"")
    return [poison for poison in POISON if any(poison in text for text in (seen, *map(b64decode, copied)))]
