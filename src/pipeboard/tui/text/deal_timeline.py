"""What happened with a deal, newest first, and what is noted about it."""

from collections.abc import Sequence
from datetime import datetime

from rich.style import Style

from pipeboard.domain.activity_words import DIRECTIONS
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.task import TimelineEntry, kind_of
from pipeboard.domain.text import initials
from pipeboard.domain.timeline import ALL, KINDS, only
from pipeboard.tui.text.cells import width_of
from pipeboard.tui.text.deal_context import DealContext, Row, heading, more, paragraph, plain_day, shortened
from pipeboard.tui.text.strips import Part
from pipeboard.tui.text.wrapping import wrapped

_LETTERS = {"call": "c", "email": "m", "meeting": "v", "note": "n"}
_WORDS = {"call": ("call", "Call"), "email": ("mail", "Mail"), "meeting": ("meeting", "Meeting")}
_MOVES = ("moved", "stepped", "reopened")


def notes(detail: DealDetail, context: DealContext) -> list[Row]:
    """The notes, with their own line ends."""
    if not detail.notes.strip():
        return []
    lines = paragraph(detail.notes, context.width, context.tones.text, context.limits.note_lines, context)
    edit = f"{context.keys.notes} edit" if context.keys.notes else ""
    return [heading("Notes", edit, context), *lines]


def timeline(detail: DealDetail, context: DealContext) -> list[Row]:
    """Activities and changes with their days; whose they are where several people had a hand in it."""
    entries = only(detail.timeline, context.shown)
    rows = [heading(_heading(detail, len(entries), context), _hint(detail, context), context)]
    shown = entries[: context.limits.entries]
    if not shown:
        nothing = "nothing happened yet" if not detail.timeline else "none of these"
        return [*rows, Row((Part(nothing, context.tones.faint),))]
    has_people = len({entry.actor for entry in detail.timeline if entry.actor}) > 1
    rows += entry_rows(shown, context, has_people=has_people)
    return rows + more(len(entries) - len(shown), context)


def _heading(detail: DealDetail, count: int, context: DealContext) -> str:
    """ "Timeline", or what it is narrowed to and how many of how many that are."""
    if context.shown == ALL:
        return "Timeline"
    return f"Timeline: {KINDS[context.shown].lower()}, {count} of {len(detail.timeline)}"


def _hint(detail: DealDetail, context: DealContext) -> str:
    """How often the buyer was tried, and the key that logs."""
    tries = f"{detail.attempts} contact attempt{'' if detail.attempts == 1 else 's'}" if detail.attempts else ""
    return "  ".join(filter(None, (tries, f"{context.keys.log} log" if context.keys.log else "")))


def entry_rows(entries: Sequence[TimelineEntry], context: DealContext, *, has_people: bool = True) -> list[Row]:
    """Entries with their days in a column."""
    days = [_moment(entry.at, context) for entry in entries]
    column = max((width_of(day) for day in days), default=0) + 2
    return [
        row
        for entry, day in zip(entries, days, strict=True)
        for row in _entry(entry, f"{day:<{column}}", context, has_people=has_people)
    ]


def _moment(at: datetime, context: DealContext) -> str:
    """ "14:05" for today, "20 Nov" before, "20 Nov 25" in another year."""
    local = at.astimezone(context.now.tzinfo)
    if local.date() == context.today:
        return f"{local:%H:%M}"
    words = plain_day(local.date(), context.today).partition(" ")[2]
    day = words if local.year == context.today.year else f"{words[:-4]}{words[-2:]}"
    return f" {day}" if local.day < 10 else day


def _entry(entry: TimelineEntry, day: str, context: DealContext, *, has_people: bool) -> list[Row]:
    """One thing that happened, over as many lines as it takes."""
    tones = context.tones
    sign, style = _look(entry, context)
    who = initials(entry.actor) if has_people and entry.actor else ""
    indent = len(day) + 2
    room = context.width - indent - (width_of(who) + 1 if who else 0)
    lines = shortened(wrapped(_words(entry), room), context.limits.text_lines, context.glyphs)
    first, *others = lines or [""]
    right = (Part(who, tones.faint),) if who else ()
    rows = [Row((Part(f"{day}{sign} ", tones.faint), Part(first, style)), right)]
    return rows + [Row((Part(" " * indent + line, style),)) for line in others]


def _words(entry: TimelineEntry) -> str:
    """The text; before it what it was, who began it and how it ended, where the text does not begin with that."""
    if entry.is_change:
        return entry.text
    kind, name = _WORDS.get(entry.kind, ("", ""))
    more = [DIRECTIONS[entry.direction]] if entry.direction in ("in", "out") else []
    more += [entry.outcome] if entry.outcome and not _starts_with(entry.text, entry.outcome) else []
    if not more and (not kind or kind_of(_first_word(entry.text)) == kind):
        return entry.text
    head = f"{name or 'Note'}{' ' if more else ''}{', '.join(more)}"
    return f"{head}: {entry.text}" if entry.text else head


def _starts_with(text: str, phrase: str) -> bool:
    return text.casefold().startswith(phrase.casefold())


def _first_word(text: str) -> str:
    """The first word without the marks around it."""
    words: Sequence[str] = text.split(maxsplit=1)
    return words[0].strip(".,:;!") if words else ""


def _look(entry: TimelineEntry, context: DealContext) -> tuple[str, Style]:
    """The sign of a kind of entry and the style of its words."""
    tones, glyphs = context.tones, context.glyphs
    if not entry.is_change:
        return _LETTERS.get(entry.kind, glyphs.dot), tones.text
    entity, _, what = entry.kind.partition(".")
    if entity == "task":
        return {"created": glyphs.planned, "completed": glyphs.done}.get(what, glyphs.changed), tones.muted
    if what in _MOVES:
        return glyphs.next, tones.accent
    closed = {
        "won": (glyphs.done, tones.won),
        "lost": (glyphs.next, tones.lost),
        "parked": (glyphs.waiting, tones.waiting),
        "created": ("+", tones.muted),
    }
    return closed.get(what, (glyphs.changed, tones.muted))
