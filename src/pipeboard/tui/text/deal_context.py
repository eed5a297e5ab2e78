"""What a deal is drawn with in the side pane and on its own screen, and the rows it is made of."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from rich.style import Style

from pipeboard.domain.dates import describe_day
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.strips import Part
from pipeboard.tui.text.wrapping import wrapped
from pipeboard.tui.theme import Tones

_FOREVER = 10**9


class Limits(NamedTuple):
    """How much of what has no natural end is shown: the lines of one text, and the number of things."""

    title_lines: int
    text_lines: int
    note_lines: int
    tasks: int
    stays: int
    entries: int


IN_PANE = Limits(title_lines=3, text_lines=5, note_lines=8, tasks=8, stays=8, entries=30)
"""The limits of the side pane, which is drawn at every step of the cursor."""

WHOLE = Limits(*(_FOREVER for _ in Limits._fields))
"""No limits: the deal's own screen."""


class DealKeys(NamedTuple):
    """The keys named in the drawing, because they can be remapped; an empty one is not mentioned."""

    new_task: str = "t"
    complete: str = "c"
    snooze: str = "s"
    log: str = "a"
    notes: str = "E"
    open: str = "Enter"


class DealContext(NamedTuple):
    """Everything but the deal. `now` is aware and in the zone of the workspace: it also says what day it is.

    `is_whole` adds what the board around the side pane already says: pipeline and stage. `shown` is
    the kind of entries that the timeline is narrowed to.
    """

    width: int
    now: datetime
    tones: Tones
    glyphs: Glyphs
    limits: Limits = WHOLE
    keys: DealKeys = DealKeys()
    is_whole: bool = False
    shown: str = "everything"

    @property
    def today(self) -> date:
        """The present day."""
        return self.now.date()


class Row(NamedTuple):
    """A line of parts: some at the left, some at the right."""

    left: tuple[Part, ...] = ()
    right: tuple[Part, ...] = ()


def heading(name: str, hint: str, context: DealContext) -> Row:
    """The name of a section, and the keys that matter in it."""
    hints = (Part(hint, context.tones.faint),) if hint else ()
    return Row((Part(name, context.tones.muted + Style(bold=True)),), hints)


def paragraph(text: str, width: int, style: Style, most: int, context: DealContext) -> list[Row]:
    """A text wrapped into at most `most` lines of `width` cells; what is missing is marked."""
    return [Row((Part(line, style),)) for line in shortened(wrapped(text, width), most, context.glyphs)]


def shortened(lines: Iterable[str], most: int, glyphs: Glyphs) -> list[str]:
    """At most `most` lines, the last one with a mark when there are more."""
    kept = list(islice(lines, most + 1))
    if len(kept) > most:
        del kept[most:]
        kept[-1] = f"{kept[-1]} {glyphs.ellipsis}".lstrip()
    return kept


def more(count: int, context: DealContext) -> list[Row]:
    """The row that says how much is left out and where it is."""
    if count <= 0:
        return []
    where = f": {context.keys.open}" if context.keys.open else ""
    return [Row((Part(f"{count} more{where}", context.tones.faint),))]


def full_day(on: date, today: date) -> str:
    """A day with its distance, the year only when it is another: "Fri 18 Dec, in 26 days"."""
    words = describe_day(on, today)
    return words.replace(f" {on.year},", ",") if on.year == today.year else words


@lru_cache(maxsize=2_048)
def plain_day(on: date, today: date) -> str:
    """A day without its distance: "Fri 18 Dec", "Fri 18 Dec 2027"."""
    return full_day(on, today).partition(",")[0]


def counted(count: int, noun: str) -> str:
    """ "1 day", "12 days"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
