"""Calls, mails and meetings, who made them, and how often a deal was tried (DOMAIN.md 64 and 107)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeboard.domain.metrics.facts import NO_NAME
from pipeboard.domain.stage import DealStatus

TOUCH_KINDS = ("call", "email", "meeting")
"""What reaches the buyer. A note does not."""

FEW_ATTEMPTS = 2
"""Sellers give up after two contacts (DOMAIN.md 64): so many or fewer are worth a warning."""


class ActivityCount(NamedTuple):
    """How many activities of one kind and direction one person logged, in how many deals.

    `owner_id` is who acted, not who owns the deal now (DOMAIN.md 2.2, row 23).
    """

    owner_id: int | None
    kind: str
    direction: str | None
    number: int


class Attempts(NamedTuple):
    """How often we tried to reach the buyer of one deal, and how it stands. `attempts` may be 0."""

    deal_id: int
    status: DealStatus
    attempts: int


class ActivityRow(NamedTuple):
    """What one person, or (name "") everybody, did in the period.

    `touches` are calls, mails and meetings in both directions, `attempts` those that we began.
    """

    owner_id: int | None
    name: str
    calls: int
    emails: int
    meetings: int
    notes: int
    touches: int
    attempts: int


class Activities(NamedTuple):
    """The activity figures of a period.

    `per_day` is the mean number of touches a calendar day. `attempts_won` and `attempts_lost` are the mean attempts
    of the deals closed in the period, None without any. `given_up` are the deals lost in the period, or parked now,
    after `FEW_ATTEMPTS` or fewer.
    """

    total: ActivityRow
    by_owner: tuple[ActivityRow, ...]
    per_day: float | None
    attempts_won: float | None
    attempts_lost: float | None
    given_up: tuple[int, ...]


def is_attempt(kind: str, direction: str | None) -> bool:
    """Whether an activity is a contact attempt: a call, mail or meeting that did not come from the buyer.

    One without a direction counts: who logs a call in one word has mostly made it.
    """
    return kind in TOUCH_KINDS and direction != "in"


def _row(owner_id: int | None, name: str, counts: Sequence[ActivityCount]) -> ActivityRow:
    """One row from the counts of one person or of all."""
    calls, emails, meetings, notes = (_sum(counts, kind) for kind in (*TOUCH_KINDS, "note"))
    attempts = sum(one.number for one in counts if is_attempt(one.kind, one.direction))
    return ActivityRow(owner_id, name, calls, emails, meetings, notes, calls + emails + meetings, attempts)


def _sum(counts: Iterable[ActivityCount], kind: str) -> int:
    """How many activities of a kind."""
    return sum(one.number for one in counts if one.kind == kind)


def by_owner(counts: Sequence[ActivityCount], owners: Mapping[int, str]) -> tuple[ActivityRow, ...]:
    """One row a person who logged anything, the busiest first (by touches, then by name)."""
    people = dict.fromkeys(one.owner_id for one in counts)
    rows = [
        _row(person, NO_NAME if person is None else owners.get(person, NO_NAME), mine)
        for person in people
        if (mine := [one for one in counts if one.owner_id == person])
    ]
    return tuple(sorted(rows, key=lambda row: (-row.touches, -row.notes, row.name.casefold(), row.owner_id or 0)))


def _mean_attempts(deals: Iterable[Attempts], status: DealStatus) -> float | None:
    """The mean of the deals of one outcome."""
    found = [deal.attempts for deal in deals if deal.status == status]
    return sum(found) / len(found) if found else None


def activities(
    counts: Sequence[ActivityCount], closed: Sequence[Attempts], owners: Mapping[int, str], days: int
) -> Activities:
    """The activity figures (DOMAIN.md 64: attempts; 107: mails, calls and meetings, total and per person, averages).

    `counts` are the activities of the period, `closed` the deals won or lost in it and those parked now, `days` the
    elapsed days of the period.
    """
    total = _row(None, "", counts)
    return Activities(
        total,
        by_owner(counts, owners),
        total.touches / days if days > 0 else None,
        _mean_attempts(closed, DealStatus.WON),
        _mean_attempts(closed, DealStatus.LOST),
        tuple(deal.deal_id for deal in closed if deal.status != DealStatus.WON and deal.attempts <= FEW_ATTEMPTS),
    )
