"""Targets: which one holds for whom, how much of it is done, and whether that is on pace (DOMAIN.md 2.2, row 15)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pipeboard.domain.periods import Period, parts_of, period_key, weeks_of, workdays

VALUE, COUNT = "value", "count"
MEASURES = (VALUE, COUNT)


class Quota(NamedTuple):
    """A target as it was entered: of a person or (None) everybody, in a pipeline or (None) all of them."""

    id: int
    owner_id: int | None
    pipeline_id: int | None
    period: str
    measure: str
    amount_minor: int | None
    currency: str | None
    deals: int | None


class Target(NamedTuple):
    """What is to be reached in a period: minor units of the base currency, or won deals.

    `pipeline_id` None: the wins of all pipelines count. `is_rolled_up`: the sum of the targets of the people, or of
    the parts of the period. `quota_ids` are those it is made of. `people`, where there are any, are those whose
    targets were summed: only their wins count towards the sum. `parts` are the targets of single pipelines, where
    one for all of them is their sum: a win counts that one of them counts.
    """

    owner_id: int | None
    pipeline_id: int | None
    period: Period
    measure: str
    amount: int
    is_rolled_up: bool
    quota_ids: tuple[int, ...]
    people: tuple[int, ...] = ()
    parts: tuple["Target", ...] = ()

    def takes(self, owner_id: int | None, pipeline_id: int) -> bool:
        """Whether what this person wins in this pipeline counts."""
        if self.parts:
            return any(part.takes(owner_id, pipeline_id) for part in self.parts)
        return self.is_of(owner_id) and self.pipeline_id in (None, pipeline_id)

    def is_of(self, owner_id: int | None) -> bool:
        """Whether what this person wins counts."""
        if self.people:
            return owner_id in self.people
        return self.owner_id in (None, owner_id)


ToBase = Callable[[int, str], int | None]
"""Minor units of a currency in minor units of the base currency at today's rate; None without one."""


def target_for(
    quotas: Sequence[Quota], period: Period, pipeline_id: int | None, owner_id: int | None, measure: str, base: ToBase
) -> Target | None:
    """The target that holds for a person (None: the team) in a pipeline and period; None where none was set.

    That of the pipeline goes before one for all pipelines. Where none was entered for the period itself, it is the
    sum of those of all its quarters or months; and where none was entered for the team, the sum of its people's.
    Asked for all pipelines (`pipeline_id` None) where only single ones have targets, it is the sum of those.
    """
    for place in dict.fromkeys((pipeline_id, None)):
        found = _for_person(quotas, period, place, owner_id, measure, base)
        if found is None and owner_id is None:
            found = _of_the_people(quotas, period, place, measure, base)
        if found is not None:
            return found
    if pipeline_id is not None:
        return None
    places = sorted({quota.pipeline_id for quota in quotas if quota.pipeline_id is not None})
    each = [target_for(quotas, period, place, owner_id, measure, base) for place in places]
    parts = [part for part in each if part is not None]
    total = _sum(owner_id, None, period, measure, parts)
    return None if total is None else total._replace(parts=tuple(parts))


def _of_the_people(
    quotas: Sequence[Quota], period: Period, pipeline_id: int | None, measure: str, base: ToBase
) -> Target | None:
    """The sum of what everybody is to reach alone."""
    people = sorted({quota.owner_id for quota in quotas if quota.owner_id is not None})
    parts = [_for_person(quotas, period, pipeline_id, person, measure, base) for person in people]
    found = [part for part in parts if part is not None]
    total = _sum(None, pipeline_id, period, measure, found)
    return None if total is None else total._replace(people=tuple(one.owner_id or 0 for one in found))


def _for_person(
    quotas: Sequence[Quota],
    period: Period,
    pipeline_id: int | None,
    owner_id: int | None,
    measure: str,
    base: ToBase,
) -> Target | None:
    """The target entered for exactly these, or for every part of the period."""
    mine = {
        quota.period: quota
        for quota in quotas
        if (quota.owner_id, quota.pipeline_id, quota.measure) == (owner_id, pipeline_id, measure)
    }
    key = period_key(period)
    if key is not None and key in mine:
        amount = _amount(mine[key], base)
        if amount is not None:
            return Target(owner_id, pipeline_id, period, measure, amount, False, (mine[key].id,))
    for pieces in parts_of(period):
        parts = [
            Target(owner_id, pipeline_id, piece, measure, amount, False, (quota.id,))
            for piece in pieces
            if (quota := mine.get(period_key(piece) or "")) is not None and (amount := _amount(quota, base)) is not None
        ]
        if len(parts) == len(pieces):
            return _sum(owner_id, pipeline_id, period, measure, parts)
    return None


def _amount(quota: Quota, base: ToBase) -> int | None:
    if quota.measure == COUNT:
        return quota.deals
    return None if quota.amount_minor is None else base(quota.amount_minor, quota.currency or "")


def _sum(
    owner_id: int | None, pipeline_id: int | None, period: Period, measure: str, parts: Sequence[Target]
) -> Target | None:
    if not parts:
        return None
    ids = tuple(quota_id for part in parts for quota_id in part.quota_ids)
    return Target(owner_id, pipeline_id, period, measure, sum(part.amount for part in parts), True, ids)


def current_target(
    quotas: Sequence[Quota], periods: Iterable[Period], pipeline_id: int | None, owner_id: int | None, base: ToBase
) -> Target | None:
    """The first target there is among the periods (the quarter, then the month, then the year), value before count."""
    for period in periods:
        for measure in MEASURES:
            found = target_for(quotas, period, pipeline_id, owner_id, measure, base)
            if found is not None:
                return found
    return None


class Win(NamedTuple):
    """A won deal as it counts towards a target: `value_minor` in the base currency, None without value or rate."""

    deal_id: int
    owner_id: int | None
    pipeline_id: int
    closed_on: date
    value_minor: int | None


class WeekLine(NamedTuple):
    """Plan and fact of one week: its share of the target by workdays, and what was won in it."""

    week: Period
    plan: int
    fact: int
    deal_ids: tuple[int, ...]


class Attainment(NamedTuple):
    """How far a target is reached.

    `pace` is the share of the period's workdays that have passed, today included; `due` the part of the target that
    this share makes; `projected` what was won plus the weighted value (or expected wins) that is still to close in
    the period, None where it was not asked for.
    """

    target: Target
    done: int
    deal_ids: tuple[int, ...]
    pace: float
    due: int
    weeks: tuple[WeekLine, ...]
    projected: int | None = None

    @property
    def share(self) -> float | None:
        """Done of the target, None for a target of nothing."""
        return self.done / self.target.amount if self.target.amount else None

    @property
    def is_on_pace(self) -> bool:
        """Whether as much is done as the workdays that have passed ask for."""
        return self.done >= self.due


def attainment(target: Target, wins: Iterable[Win], today: date, to_come: int | None = None) -> Attainment:
    """What the wins (of any period, person and pipeline) make of a target; `to_come` is what may still be won."""
    period = target.period
    counted = [win for win in wins if counts_for(target, win)]
    all_days = workdays(*period)
    passed = workdays(period.start, min(period.end, max(period.start, date.fromordinal(today.toordinal() + 1))))
    pace = passed / all_days if all_days else float(today >= period.end)
    done = sum(_worth(target, win) for win in counted)
    weeks, planned = [], 0
    for week in weeks_of(period):
        # Rounded on the running sum, so that the weeks add up to the target.
        until = round(target.amount * workdays(period.start, week.end) / all_days) if all_days else target.amount
        mine = [win for win in counted if week.has(win.closed_on)]
        fact = sum(_worth(target, win) for win in mine)
        weeks.append(WeekLine(week, until - planned, fact, tuple(win.deal_id for win in mine)))
        planned = until
    ids = tuple(win.deal_id for win in counted)
    projected = None if to_come is None else done + to_come
    return Attainment(target, done, ids, pace, round(target.amount * pace), tuple(weeks), projected)


def counts_for(target: Target, win: Win) -> bool:
    """Whether a win belongs to a target."""
    return target.period.has(win.closed_on) and target.takes(win.owner_id, win.pipeline_id)


def _worth(target: Target, win: Win) -> int:
    return 1 if target.measure == COUNT else win.value_minor or 0
