"""Which quota a forecast is held against (DOMAIN.md 1.10; S2: value or count, S3: per person and in all)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.periods import Period, parse_period


class QuotaFact(NamedTuple):
    """A quota as it was set. `amount_minor` is in the base currency (None without a rate); `deals` for counts."""

    owner_id: int | None
    pipeline_id: int | None
    period: str
    measure: str
    amount_minor: int | None
    deals: int | None


class Target(NamedTuple):
    """What is to be reached: minor units, or a number of deals when `is_count`; `source` says where it comes from."""

    amount: int
    is_count: bool
    source: str


def target_of(
    quotas: Iterable[QuotaFact], owner_id: int | None, pipeline_id: int, period: Period
) -> Target | None:
    """The target of a person, or (None) of everybody, for a period; None when nobody set one.

    A quota of this pipeline goes before one of all pipelines, one of the period before the sum of its months or
    quarters, and one of everybody before the sum of what each person has; values before numbers of deals.
    """
    known = [(quota, found) for quota in quotas if (found := _period(quota.period)) is not None]
    for is_count in (False, True):
        for place in (pipeline_id, None):
            mine = [
                (quota, within)
                for quota, within in known
                if quota.pipeline_id == place and (quota.measure == "count") == is_count
            ]
            target = _found(mine, owner_id, period, is_count=is_count)
            if target is not None:
                return target
    return None


def _period(text: str) -> Period | None:
    try:
        return parse_period(text)
    except InvalidInput:
        return None


def _found(
    quotas: Sequence[tuple[QuotaFact, Period]], owner_id: int | None, period: Period, *, is_count: bool
) -> Target | None:
    own = [one for one in quotas if one[0].owner_id == owner_id]
    if (found := _over(own, period, is_count=is_count)) is not None:
        return found
    if owner_id is not None:
        return None
    people = {quota.owner_id for quota, _ in quotas}
    parts = [_over([one for one in quotas if one[0].owner_id == who], period, is_count=is_count) for who in people]
    known = [part for part in parts if part is not None]
    if not known:
        return None
    words = f"the sum of {len(known)} {'people' if len(known) > 1 else 'person'}"
    return Target(sum(part.amount for part in known), is_count, words)


def _over(quotas: Sequence[tuple[QuotaFact, Period]], period: Period, *, is_count: bool) -> Target | None:
    """The quota of the period itself, else the sum of those of its quarters or months."""
    exact = [quota for quota, within in quotas if within == period]
    if exact and (amount := _amount(exact[-1], is_count=is_count)) is not None:
        return Target(amount, is_count, f"the quota of {exact[-1].period}")
    inside = [(quota, within) for quota, within in quotas if period.start <= within.start and within.end <= period.end]
    longest = max((within.days for _, within in inside), default=0)
    # Quarters or months, not both: a month that stands beside its own quarter would count twice.
    parts = {
        within: amount
        for quota, within in inside
        if within.days > longest - 5 and (amount := _amount(quota, is_count=is_count)) is not None
    }
    if not parts:
        return None
    return Target(sum(parts.values()), is_count, f"the sum of {len(parts)} quotas within it")


def _amount(quota: QuotaFact, *, is_count: bool) -> int | None:
    return quota.deals if is_count else quota.amount_minor
