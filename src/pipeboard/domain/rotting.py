"""When a deal rots: too long without a sign of life for its stage (DOMAIN 2.1)."""

from enum import IntEnum
from typing import Final


class Rot(IntEnum):
    """How far a deal has gone without activity."""

    FRESH = 0
    WARNING = 1
    ROTTEN = 2
    WAITING = 3
    DEAD = 4


DEAD_AFTER_DAYS: Final = 90
"""The fewest idle days after which a deal is a candidate for flushing."""


def rot_state(idle_days: int, rot_days: int | None, next_task_in_days: int | None = None) -> Rot:
    """The state of an open deal.

    Idle days are calendar days since the stage was entered or the last activity, whichever is later; a
    `rot_days` of None or 0 means never. Warning from ceil(0.7 x limit), rotten from the limit, dead from
    max(90, 3 x limit). A task due today or later, at most `rot_days` ahead, turns rotten and dead into
    waiting; one further away or overdue does not.
    """
    if not rot_days:
        return Rot.FRESH
    if idle_days < rot_days:
        # Whole-number ceil of 0.7 x limit: 0.7 * 10 as a binary fraction is just above 7.
        return Rot.WARNING if idle_days >= -(-7 * rot_days // 10) else Rot.FRESH
    if next_task_in_days is not None and 0 <= next_task_in_days <= rot_days:
        return Rot.WAITING
    return Rot.DEAD if idle_days >= max(DEAD_AFTER_DAYS, 3 * rot_days) else Rot.ROTTEN


def reason(idle_days: int, rot_days: int | None, next_task_in_days: int | None = None) -> str:
    """The state in words: "no activity for 21 days, limit 14"; empty for a fresh deal."""
    state = rot_state(idle_days, rot_days, next_task_in_days)
    if state == Rot.FRESH:
        return ""
    idle = f"no activity for {_days(idle_days)}, limit {rot_days}"
    if state != Rot.WAITING:
        return idle
    due = "today" if not next_task_in_days else f"in {_days(next_task_in_days)}"
    return f"{idle}, next task {due}"


def _days(count: int) -> str:
    """A number of days in words."""
    return "1 day" if count == 1 else f"{count} days"
