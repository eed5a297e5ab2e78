"""What may be worth doing, and why: the kinds of suggested tasks, each with the step it proposes."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from pipeboard.domain.dates import short_day


class Proposed(NamedTuple):
    """The task that a suggestion becomes when it is taken."""

    title: str
    kind: str


SUGGESTED: Final = {
    "close_date": Proposed("Agree a new close date", "call"),
    "proposal": Proposed("Follow up on the proposal", "call"),
    "notes": Proposed("Write down what the meeting brought", "todo"),
    "silent": Proposed("Get back in touch", "call"),
    "rotting": Proposed("Move it on, or let it go", "todo"),
    "given_up": Proposed("Try once more", "call"),
}
"""The kinds, the most telling first, with what each proposes."""

SILENT_DAYS: Final = 10
"""Days without a sign of life after which a deal is suggested (DOMAIN.md, inactive accounts)."""

PROPOSAL_DAYS: Final = 3
"""Days after a proposal without a follow-up."""

MEETING_DAYS: Final = 7
"""How long a meeting without notes is worth a reminder."""

GIVEN_UP_DAYS: Final = 14
"""How long ago a deal was given up at most, to be suggested once more."""

FEW_ATTEMPTS: Final = 2
"""Attempts after which sellers stop too early (DOMAIN.md 64)."""


class Reason(NamedTuple):
    """Why a deal deserves a look: one of the kinds, in words."""

    kind: str
    words: str

    @property
    def proposed(self) -> Proposed:
        """The task it becomes."""
        return SUGGESTED[self.kind]


class Signs(NamedTuple):
    """What was found out about a deal; None where there is nothing of the kind."""

    close_passed_on: date | None = None
    idle_days: int | None = None
    proposal_days: int | None = None
    meeting: str | None = None
    rots_in_days: int | None = None
    attempts: int | None = None
    is_parked: bool = False


def reasons(signs: Signs, today: date, silent_days: int = SILENT_DAYS) -> tuple[Reason, ...]:
    """The reasons that hold, the most telling first. A silence that another reason explains is not told twice."""
    found: list[Reason] = []
    if signs.close_passed_on is not None and signs.close_passed_on < today:
        found.append(Reason("close_date", f"Close date passed {_passed_on(signs.close_passed_on, today)}"))
    if signs.proposal_days is not None and signs.proposal_days >= PROPOSAL_DAYS:
        found.append(Reason("proposal", f"Proposal {days_ago(signs.proposal_days)}, no follow-up"))
    if signs.meeting is not None:
        found.append(Reason("notes", f"“{signs.meeting}” has no notes"))
    if signs.idle_days is not None and signs.idle_days >= silent_days:
        found.append(Reason("silent", f"No activity for {signs.idle_days} days"))
    elif signs.rots_in_days is not None:
        when = "tomorrow" if signs.rots_in_days == 1 else f"in {signs.rots_in_days} days"
        found.append(Reason("rotting", f"Rots {when}"))
    if signs.attempts is not None and 1 <= signs.attempts <= FEW_ATTEMPTS:
        gone = "Parked" if signs.is_parked else "Lost"
        times = "one attempt" if signs.attempts == 1 else "two attempts"
        found.append(Reason("given_up", f"{gone} after {times}"))
    return tuple(found)


def _passed_on(on: date, today: date) -> str:
    return days_ago((today - on).days) if (today - on).days <= 6 else f"on {short_day(on, today).title()}"


def days_ago(days: int) -> str:
    """A number of days back, in words."""
    return "yesterday" if days == 1 else f"{days} days ago"


def wanted_kinds(kinds: Sequence[str]) -> frozenset[str]:
    """Those of the kinds that exist."""
    return frozenset(kinds) & SUGGESTED.keys()
