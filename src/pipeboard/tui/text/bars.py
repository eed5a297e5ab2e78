"""The first and the last line of the board's screen."""

from typing import NamedTuple

from rich.style import Style
from textual.strip import Strip

from pipeboard.tui.text.cells import cut, width_of
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.strips import Part, justified
from pipeboard.tui.theme import Palette, Tones

ALWAYS = 0
"""The priority of a key that stays however narrow the screen is."""

_QUOTA_CELLS = 13
_AIRY = 12
_TIGHT = 4


class Quota(NamedTuple):
    """How far the period is: in words, in a few words, and as a share from 0 to 1 (more is drawn as 1)."""

    words: str
    short_words: str
    share: float


class TopLine(NamedTuple):
    """The header: where one is, what is there, what is due.

    `place` is the pipeline or the screen, `summary` its figures in words ("16 deals · €393k · w €160k"),
    `filter_text` what the cards are filtered by; `overdue` and `due_today` count open tasks,
    `unplanned` the deals without a next step. `sorted_by` is what the cards are sorted by, empty for the order by hand.
    """

    place: str = ""
    summary: str = ""
    filter_text: str = ""
    overdue: int = 0
    due_today: int = 0
    quota: Quota | None = None
    unplanned: int = 0
    sorted_by: str = ""


class KeyHint(NamedTuple):
    """A key and what it does here. Hints with a high `priority` number go first when room gets small."""

    key: str
    label: str
    priority: int = 5


class FootLine(NamedTuple):
    """The footer: what just happened, the key that takes it back, and the keys that matter here.

    `tone` names how it went in the palette (`Tones`): "won" for done, "overdue" for failed, "muted".
    """

    happened: str = ""
    tone: str = "won"
    undo: KeyHint | None = None
    keys: tuple[KeyHint, ...] = ()


def top_strip(line: TopLine, width: int, palette: Palette, glyphs: Glyphs) -> Strip:
    """The header in `width` cells. Giving way in this order: figures, quota bar, quota, program name.

    Where nothing is due and there is no quota, the program name goes before the figures.
    """
    tones = palette.surface
    name = [Part("Pipeboard  ", tones.accent + Style(bold=True))]
    place = [Part(line.place, tones.strong)]
    summary = [Part(f"  {line.summary}", tones.muted)] if line.summary else []
    wanted = [Part(f"  {glyphs.find} {line.filter_text}", tones.accent)] if line.filter_text else []
    if line.sorted_by:
        wanted.append(Part(f"  sorted by {line.sorted_by}: manual order off", tones.soon))
    due = _due(line, tones, glyphs)
    quotas = _quotas(line.quota, palette, tones, glyphs)
    full, short = (quotas[:1], quotas[1:]) if line.quota else ([], quotas)
    airy = _AIRY if due or line.quota else 0
    forms = [(name + place + summary + wanted, due + quota, airy) for quota in (full or short)]
    if not airy and summary:
        forms.append((place + summary + wanted, [], airy))
    forms += [(name + place + wanted, due + quota, _AIRY) for quota in full]
    forms += [(name + place + wanted, due + quota, _TIGHT) for quota in short]
    forms += [(place + wanted, due + quota, _TIGHT) for quota in short]
    left, right, _ = next((form for form in forms if _cells(*form[:2]) + form[2] <= width), forms[-1])
    return _surface(left, right, width, tones, glyphs)


def foot_strip(line: FootLine, width: int, palette: Palette, glyphs: Glyphs) -> Strip:
    """The footer in `width` cells: keys are dropped by priority, then the words on the left are cut."""
    tones = palette.surface
    tone: Style = getattr(tones, line.tone)
    undo = [Part(f" {line.undo.key}", tones.accent), Part(f" {line.undo.label}", tones.muted)] if line.undo else []
    left = [Part(line.happened, tone), *undo] if line.happened else []
    keys = list(line.keys)
    while _cells(left, _keys(keys, tones)) + 5 > width:
        # The last one of equals, so that what remains begins as it did.
        least = max(reversed(keys), key=lambda hint: hint.priority, default=None)
        if least is None or least.priority == ALWAYS:
            break
        keys = [hint for hint in keys if hint is not least]
    right = _keys(keys, tones)
    room = width - _cells([], right) - 4
    if undo and _cells(left, []) > room:
        words = Part(line.happened, tone)
        kept = max(0, room - _cells(undo, []))
        left = [Part(cut(words.text, kept, glyphs.ellipsis), tone), *undo] if kept > 3 else undo
    return _surface(left, right, width, tones, glyphs)


def _due(line: TopLine, tones: Tones, glyphs: Glyphs) -> list[Part]:
    """The tasks that are late, those of today, the deals without one: each only when there are any."""
    parts = []
    if line.overdue:
        parts.append(Part(f"{glyphs.late} {line.overdue} late", tones.overdue + Style(bold=True)))
    if line.due_today:
        gap = "   " if parts else ""
        parts.append(Part(f"{gap}{glyphs.soon} {line.due_today} today", tones.soon))
    if line.unplanned:
        gap = "   " if parts else ""
        parts.append(Part(f"{gap}{glyphs.none} {line.unplanned:,} without a next step", tones.rotting))
    return parts


def _quotas(quota: Quota | None, palette: Palette, tones: Tones, glyphs: Glyphs) -> list[list[Part]]:
    """The quota in shrinking forms; the last one is nothing."""
    if quota is None:
        return [[]]
    filled = round(_QUOTA_CELLS * min(1.0, max(0.0, quota.share)))
    rest = Style(color=palette.line.color, bgcolor=tones.text.bgcolor)
    bar = [
        Part("    " + glyphs.bar * filled, tones.won),
        Part(glyphs.rest * (_QUOTA_CELLS - filled), rest),
    ]
    return [
        [*bar, Part(f"  {quota.words}", tones.text)],
        [*bar, Part(f"  {quota.short_words}", tones.text)],
        [Part(f"   {quota.short_words}", tones.text)],
        [],
    ]


def _keys(keys: list[KeyHint], tones: Tones) -> list[Part]:
    """Keys with their labels, two cells apart."""
    parts = []
    for place, hint in enumerate(keys):
        parts.append(Part(("  " if place else "") + hint.key, tones.accent))
        parts.append(Part(f" {hint.label}", tones.muted))
    return parts


def _cells(left: list[Part], right: list[Part]) -> int:
    """The cells all parts take."""
    return sum(width_of(part.text) for part in (*left, *right))


def _surface(left: list[Part], right: list[Part], width: int, tones: Tones, glyphs: Glyphs) -> Strip:
    """A line with one cell of air at either end."""
    first = [Part(" ", tones.text)]
    last = [Part(" ", tones.text)] if right else []
    return justified([*first, *left], [*right, *last], width, tones.text, glyphs.ellipsis)
