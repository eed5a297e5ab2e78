"""Which target a forecast is held against, in the words of a forecast."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.domain.periods import Period, label
from pipeboard.domain.quota import COUNT, MEASURES, Quota, ToBase, target_for


class Goal(NamedTuple):
    """What is to be reached: minor units, or a number of deals when `is_count`; `source` says where it comes from."""

    amount: int
    is_count: bool
    source: str


def goal_for(
    quotas: Sequence[Quota], period: Period, pipeline_id: int, owner_id: int | None, base: ToBase
) -> Goal | None:
    """The goal of a person, or (None) of everybody; None when nobody set one. Money goes before numbers of deals."""
    for measure in MEASURES:
        found = target_for(quotas, period, pipeline_id, owner_id, measure, base)
        if found is not None:
            words = f"target of {label(period)}"
            if found.is_rolled_up:
                words = f"sum of {len(found.quota_ids)} targets"
            if found.pipeline_id is None:
                words += " for all pipelines"
            return Goal(found.amount, measure == COUNT, words)
    return None
