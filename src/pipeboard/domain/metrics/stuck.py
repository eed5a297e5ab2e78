"""Open deals that are none any more in all but name, and early ones that need help (DOMAIN.md 2.2, row 3d; 128)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pipeboard.domain.metrics.bottleneck import FEWEST_DEALS, SLOW
from pipeboard.domain.metrics.samples import ratio
from pipeboard.domain.metrics.time_in_stage import StageDuration
from pipeboard.domain.rotting import Rot, reason, rot_state
from pipeboard.domain.stage import Stage

OVERDUE_DAYS = 30
"""Days past its expected close after which an open deal counts as lost in the strict win rate."""


class OpenDeal(NamedTuple):
    """An open deal as it stands; days that are not known are None. `task_on` is when its next task is due."""

    id: int
    owner_id: int | None
    stage_id: int
    entered_on: date | None
    idle_on: date | None
    expected_close_on: date | None
    task_on: date | None


class StrictRate(NamedTuple):
    """Won over won, lost and stale: `stale` are open deals overdue by more than 30 days, or dead."""

    won: int
    lost: int
    stale: tuple[int, ...]
    why: Mapping[int, str]

    @property
    def decided(self) -> int:
        """The denominator."""
        return self.won + self.lost + len(self.stale)

    @property
    def value(self) -> float | None:
        """The share from 0 to 1, None of nothing."""
        return ratio(self.won, self.decided)


def strict_rate(
    won: int, lost: int, open_deals: Iterable[OpenDeal], stages: Mapping[int, Stage], today: date
) -> StrictRate:
    """The win rate that takes abandoned deals for lost (Zoho Motivator; DOMAIN.md 2.2, row 3d). They are those of now,
    whatever the period."""
    why: dict[int, str] = {}
    for deal in open_deals:
        late = (today - deal.expected_close_on).days if deal.expected_close_on else 0
        if late > OVERDUE_DAYS:
            why[deal.id] = f"expected to close {late} days ago"
        elif _state(deal, stages, today) == Rot.DEAD:
            why[deal.id] = _idle(deal, stages, today)
    return StrictRate(won, lost, tuple(why), why)


class HelpNeeded(NamedTuple):
    """An early deal that is stuck, and how that shows."""

    deal_id: int
    owner_id: int | None
    stage_id: int
    why: str


def early_stages(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages before the first that counts for the velocity; the first half where none, or the first, does."""
    place = next((at for at, stage in enumerate(stages) if stage.counts_for_velocity), 0)
    return tuple(stages[: place or (len(stages) + 1) // 2])


def help_needed(
    open_deals: Iterable[OpenDeal], stages: Sequence[Stage], times: Sequence[StageDuration], today: date
) -> tuple[HelpNeeded, ...]:
    """The early deals that rot, or stand one and a half times as long as is usual; the longest idle ones first.

    Coaching helps early in a deal, not at its close (DOMAIN.md 128).
    """
    early = {stage.id: stage for stage in early_stages(stages)}
    usual = {time.stage_id: time.median_days for time in times if time.n >= FEWEST_DEALS}
    found: list[tuple[int, HelpNeeded]] = []
    for deal in open_deals:
        if deal.stage_id not in early:
            continue
        idle = max(0, (today - deal.idle_on).days) if deal.idle_on else 0
        age = (today - deal.entered_on).days if deal.entered_on else 0
        median = usual.get(deal.stage_id)
        if _state(deal, early, today) in (Rot.ROTTEN, Rot.DEAD):
            found.append((idle, HelpNeeded(deal.id, deal.owner_id, deal.stage_id, _idle(deal, early, today))))
        elif median is not None and age >= SLOW * max(1.0, median):
            name = early[deal.stage_id].name
            why = f"in {name} for {age} days, usually {median:.0f}"
            found.append((idle, HelpNeeded(deal.id, deal.owner_id, deal.stage_id, why)))
    found.sort(key=lambda pair: (-pair[0], pair[1].deal_id))
    return tuple(one for _, one in found)


def _state(deal: OpenDeal, stages: Mapping[int, Stage], today: date) -> Rot:
    return rot_state(*_rotting(deal, stages, today))


def _idle(deal: OpenDeal, stages: Mapping[int, Stage], today: date) -> str:
    return reason(*_rotting(deal, stages, today))


def _rotting(deal: OpenDeal, stages: Mapping[int, Stage], today: date) -> tuple[int, int | None, int | None]:
    """Idle days, the limit of the stage, and in how many days the next task is due."""
    stage = stages.get(deal.stage_id)
    limit = stage.rot_days if stage and deal.idle_on else None
    idle = max(0, (today - deal.idle_on).days) if deal.idle_on else 0
    return idle, limit, (deal.task_on - today).days if deal.task_on else None
