"""Lead response time: how fast somebody answers a new deal (DOMAIN.md 94; 2.2, row 20)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from pipeboard.domain.metrics.samples import mean, median, quantile

_MINUTE = timedelta(minutes=1)


class FirstTouch(NamedTuple):
    """A deal created in the period with our first call, mail or meeting after that (None: none yet).

    `owner_id` owns the deal. `is_open` is false for won, lost and parked deals. `had_contact` says that we had
    reached the buyer before the deal was written down, so nothing was there to be answered.
    """

    deal_id: int
    owner_id: int | None
    created_at: datetime
    first_at: datetime | None
    is_open: bool
    had_contact: bool


class Unanswered(NamedTuple):
    """An open deal that nobody has tried to reach, and for how many minutes it has waited."""

    deal_id: int
    owner_id: int | None
    minutes: int


class LeadResponse(NamedTuple):
    """Minutes from a deal's creation to our first contact attempt, over `n` deals; None when `n` is 0.

    `deal_ids` are those deals, the slowest first. `unanswered` are open deals without any attempt, the longest wait
    first; they are in no average. `n_contacted_before` began with a contact of ours and are left out too.
    """

    median_minutes: float | None
    mean_minutes: float | None
    p75_minutes: float | None
    n: int
    deal_ids: tuple[int, ...]
    unanswered: tuple[Unanswered, ...]
    n_contacted_before: int


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes from one instant to a later one, never less than 0."""
    return max(0, (end - start) // _MINUTE)


def lead_response(deals: Iterable[FirstTouch], now: datetime) -> LeadResponse:
    """The response time of these deals: the median of (first outbound activity - created).

    Instants, not days: a lead of Friday evening that is called on Monday has waited 60 hours whatever the clocks did.
    """
    answered: list[tuple[int, int]] = []
    waiting: list[Unanswered] = []
    before = 0
    for deal in deals:
        if deal.had_contact:
            before += 1
        elif deal.first_at is not None:
            answered.append((minutes_between(deal.created_at, deal.first_at), deal.deal_id))
        elif deal.is_open:
            waiting.append(Unanswered(deal.deal_id, deal.owner_id, minutes_between(deal.created_at, now)))
    answered.sort()
    minutes = [length for length, _ in answered]
    waiting.sort(key=lambda one: (-one.minutes, one.deal_id))
    return LeadResponse(
        median(minutes),
        mean(minutes),
        quantile(minutes, 0.75),
        len(answered),
        tuple(deal_id for _, deal_id in reversed(answered)),
        tuple(waiting),
        before,
    )


def in_words(minutes: float) -> str:
    """A wait in the largest unit that says something: "45 min", "3.5 h", "2.1 days"."""
    if minutes < 90:
        return f"{minutes:.0f} min"
    if minutes < 48 * 60:
        return f"{minutes / 60:.1f} h"
    return f"{minutes / 1440:.1f} days"
