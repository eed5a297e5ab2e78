"""What is wrong with open deals: gaps in what is known, and deals that nobody cares for (DOMAIN.md 1.6, 2.1)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from pipeboard.domain.rotting import Rot

SILENT_DAYS: Final = 30
"""Idle days that make a gap of their own, whatever the stage allows (DOMAIN.md, point 76)."""

MANY_PUSHES: Final = 3
"""Moves of the close date into a later month after which nobody believes it (DOMAIN.md 2.0, close-date pushes)."""

FLUSH_IDLE_DAYS: Final = 90
FLUSH_STARTED_DAYS: Final = 180

FLUSH_REASON: Final = "Stale (flush)"
"""The lost reason of flushed deals (DOMAIN.md 5)."""


class Gap(StrEnum):
    """A kind of gap; the value is the name in contracts."""

    DEAD = "dead"
    ROTTING = "rotting"
    SILENT = "silent"
    CLOSE_PASSED = "close_passed"
    PUSHED = "pushed"
    NO_NEXT_STEP = "no_next_step"
    NO_VALUE = "no_value"
    NO_CLOSE_DATE = "no_close_date"


GAP_WORDS: Final[Mapping[Gap, str]] = {
    Gap.DEAD: "Dead",
    Gap.ROTTING: "Rotting",
    Gap.SILENT: f"No activity for {SILENT_DAYS} days",
    Gap.CLOSE_PASSED: "Close date passed",
    Gap.PUSHED: "Close date pushed three times",
    Gap.NO_NEXT_STEP: "Without a next step",
    Gap.NO_VALUE: "Without a value",
    Gap.NO_CLOSE_DATE: "Without a close date",
}
"""How people call each gap, in the order of their weight."""

DATA_GAPS: Final = frozenset({Gap.CLOSE_PASSED, Gap.NO_NEXT_STEP, Gap.NO_VALUE, Gap.NO_CLOSE_DATE})
"""The gaps that say the record is not kept, against those that say the deal stands still."""


class OpenDeal(NamedTuple):
    """What the rules look at. `started_days` is the age since work began, `idle_days` since the last sign of life.

    `pushes` counts the moves of the close date into a later month. `owner` is a name, "" for nobody's.
    """

    id: int
    owner: str
    has_value: bool
    close_on: date | None
    pushes: int
    idle_days: int
    started_days: int
    rot: Rot
    has_task: bool


def gaps(deal: OpenDeal, today: date) -> tuple[Gap, ...]:
    """Every gap of an open deal, weightiest first. A dead deal is not told to be rotting or silent as well."""
    is_dead = deal.rot == Rot.DEAD
    is_rotting = deal.rot == Rot.ROTTEN
    found = {
        Gap.DEAD: is_dead,
        Gap.ROTTING: is_rotting,
        Gap.SILENT: not is_dead and not is_rotting and deal.idle_days >= SILENT_DAYS,
        Gap.CLOSE_PASSED: deal.close_on is not None and deal.close_on < today,
        Gap.PUSHED: deal.pushes >= MANY_PUSHES,
        Gap.NO_NEXT_STEP: not deal.has_task,
        Gap.NO_VALUE: not deal.has_value,
        Gap.NO_CLOSE_DATE: deal.close_on is None,
    }
    return tuple(gap for gap, is_there in found.items() if is_there)


def is_stale(deal: OpenDeal) -> bool:
    """Whether a flush would close it: idle for 90 days, or begun 180 days ago and idle for 30 (DOMAIN.md 5)."""
    return deal.idle_days >= FLUSH_IDLE_DAYS or (
        deal.started_days >= FLUSH_STARTED_DAYS and deal.idle_days >= SILENT_DAYS
    )


def pushes(changes: Iterable[tuple[date | None, date | None]]) -> int:
    """How often a close date went into a later month, over its changes (before, after)."""
    known = [(old, new) for old, new in changes if old is not None and new is not None]
    return sum(1 for old, new in known if (new.year, new.month) > (old.year, old.month))


class Quality(NamedTuple):
    """How well the open deals of a person are kept: how many there are, and how many have no gap in their data."""

    owner: str
    deals: int
    complete: int

    @property
    def share(self) -> float:
        """The complete ones of all, from 0 to 1."""
        return self.complete / self.deals


def qualities(found: Sequence[tuple[OpenDeal, Sequence[Gap]]]) -> tuple[Quality, ...]:
    """The quality of each person's deals, the worst first; people without deals do not occur."""
    counts: dict[str, list[int]] = {}
    for deal, its_gaps in found:
        count = counts.setdefault(deal.owner, [0, 0])
        count[0] += 1
        count[1] += not DATA_GAPS.intersection(its_gaps)
    made = (Quality(owner, deals, complete) for owner, (deals, complete) in counts.items())
    return tuple(sorted(made, key=lambda one: (one.share, one.owner)))
