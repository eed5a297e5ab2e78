"""What a card says on its last line: the next step or the fate of the deal, and its days."""

from datetime import date
from typing import NamedTuple

from pipeboard.domain.board import Card
from pipeboard.domain.dates import short_day
from pipeboard.domain.rotting import Rot, rot_state
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.tui.text.cells import cut, drawable, width_of
from pipeboard.tui.text.glyphs import Glyphs

_ROTTEN = (Rot.ROTTEN, Rot.DEAD)
SOON_DAYS = 6
"""How many days ahead a task counts as due soon."""


class Phrase(NamedTuple):
    """Words with the name of their tone in the palette (`Tones`); `sign` carries the state without colour.

    `detail` is the title of the task: shown where there is room, before the day when `is_detail_first`.
    """

    sign: str
    words: str
    tone: str
    detail: str = ""
    is_detail_first: bool = False

    def within(self, width: int, ellipsis: str = "…") -> str:
        """Sign and words in at most `width` cells.

        The detail comes whole, or as its first word ("Call about the invoice" is "Call"), or not at all: a
        title cut in the middle of a word says little and makes the line restless.
        """
        head = f"{self.sign} " if self.sign else ""
        core = head + self.words
        room = width - width_of(core) - 2
        whole = drawable(self.detail).strip()
        for detail in (whole, *whole.split(maxsplit=1)[:1]):
            if width_of(detail) <= room:
                return f"{head}{detail} {self.words}" if self.is_detail_first else f"{core} {detail}"
        return cut(core, width, ellipsis)


def rot_of(card: Card, stage: Stage, today: date) -> Rot:
    """Whether the deal rots in its stage today (DOMAIN.md 2.1); only an open stage lets deals rot."""
    on = card.task_asks_on(today)
    ahead = (on - today).days if on is not None else None
    limit = stage.rot_days if stage.is_open else None
    return rot_state(_since(card.idle_on, today), limit, ahead)


def next_step(card: Card, stage: Stage, today: date, glyphs: Glyphs) -> Phrase:
    """The next task and when it is due, or what is missing; for a closed or parked deal how it stands."""
    if stage.kind == StageKind.WON:
        return Phrase(glyphs.done, _day(card.closed_on, today, "won"), "won")
    if stage.kind == StageKind.LOST:
        return Phrase("", card.lost_reason or "no reason", "lost")
    if stage.kind == StageKind.PARKED:
        return wake_words(card.wake_on, today, glyphs)
    if card.task_id is not None:
        return _task(card, stage, today, glyphs)
    if rot_of(card, stage, today) in _ROTTEN:
        return Phrase(glyphs.rotting, "rotting", "rotting")
    return Phrase(glyphs.none, "no next step", "rotting")


def days(card: Card, stage: Stage, today: date, glyphs: Glyphs) -> Phrase:
    """The days in the stage: "4d", "≥9d" when the entry is not known.

    For a rotting deal the days without a sign of life against the limit of its stage, "9d/7"; for a lost
    deal the day it was lost; nothing for a won or parked one.
    """
    if stage.kind == StageKind.LOST:
        return Phrase("", _day(card.closed_on, today, ""), "muted")
    if not stage.is_open:
        return Phrase("", "", "muted")
    if stage.rot_days is not None and rot_of(card, stage, today) in _ROTTEN:
        return Phrase("", f"{_since(card.idle_on, today)}d/{stage.rot_days}", "rotting")
    if card.entered_on is None:
        return Phrase("", "", "muted")
    bound = "" if card.is_entry_known else glyphs.at_least
    return Phrase("", f"{bound}{_since(card.entered_on, today)}d", "muted")


def _since(on: date | None, today: date) -> int:
    """Days since a day, 0 for one that is unknown or still to come."""
    return max(0, (today - on).days) if on is not None else 0


def _day(on: date | None, today: date, missing: str) -> str:
    """A day in its short form, or the word for not having one."""
    return short_day(on, today) if on is not None else missing


def wake_words(wake_on: date | None, today: date, glyphs: Glyphs) -> Phrase:
    """When a deal in the fridge wakes up."""
    if wake_on is None:
        return Phrase(glyphs.waiting, "no wake date", "rotting")
    late = (today - wake_on).days
    if late > 0:
        return Phrase(glyphs.late, f"woke {late}d ago", "overdue")
    if late == 0:
        return Phrase(glyphs.soon, "wakes today", "soon")
    return Phrase(glyphs.waiting, f"wakes {short_day(wake_on, today)}", "waiting")


def _task(card: Card, stage: Stage, today: date, glyphs: Glyphs) -> Phrase:
    """The next task of an open deal: late, today, soon, planned, or keeping a silent deal from rotting."""
    on = card.task_asks_on(today)
    if on is None:
        return Phrase(glyphs.planned, "no date", "muted", card.task_title, True)
    ahead = (on - today).days
    if ahead < 0:
        return Phrase(glyphs.late, f"late {-ahead}d", "overdue", card.task_title)
    day = short_day(on, today) if ahead else "today"
    if card.task_at is not None and ahead == 0:
        day = f"{day} {card.task_at:%H:%M}"
    if rot_of(card, stage, today) is Rot.WAITING:
        return Phrase(glyphs.waiting, f"waits {day}", "waiting", card.task_title)
    if ahead <= SOON_DAYS:
        return Phrase(glyphs.soon, day, "soon", card.task_title, True)
    return Phrase(glyphs.planned, day, "muted", card.task_title, True)
