"""Where deals get stuck, and why (DOMAIN.md 2.2, row 11), and whether qualifying pays (checklist 35)."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.domain.metrics.funnel import FunnelRow
from pipeboard.domain.metrics.samples import median, ratio
from pipeboard.domain.stage import Stage

LOOK_BACK_DAYS = 90
CROWDED = 2.0
SLOW = 1.5
FEWEST_DEALS = 3
"""Open deals (and finished stays) below which a stage is not called crowded or slow."""

FEWEST_DAYS = 14
"""Days of history below which nothing is usual yet."""

FEWEST_REACHED = 10


class StagePulse(NamedTuple):
    """What is known of an open stage.

    `counts` and `values` are its open deals and their value (minor units) at the end of each of the last days, the
    oldest first and today last. `ages` are the days its open deals stand in it, where known; `stays` the days of
    those that left it; `reached` and `went_on` its row of the funnel.
    """

    stage_id: int
    name: str
    counts: Sequence[int]
    values: Sequence[int]
    ages: Sequence[int]
    stays: Sequence[int]
    reached: int
    went_on: int


class Cause(NamedTuple):
    """Why a stage is one: "crowded", "heavy", "slow" or "leaking", in words, and how many times the usual."""

    kind: str
    words: str
    times: float


class Bottleneck(NamedTuple):
    """A stage that holds the pipeline up, with one cause at least, the strongest first."""

    stage_id: int
    name: str
    causes: tuple[Cause, ...]

    @property
    def reason(self) -> str:
        """All causes in words: "9 open deals, usually 4; they stand 31 days, usually 12"."""
        return "; ".join(cause.words for cause in self.causes)


def bottlenecks(pulses: Sequence[StagePulse]) -> tuple[Bottleneck, ...]:
    """The stages that hold the pipeline up, the worst first: by how many causes, then by how strong they are."""
    totals = [sum(day) for day in zip(*(pulse.values for pulse in pulses), strict=True)]
    leaking = _leaking(pulses)
    found = []
    for pulse in pulses:
        causes = [
            cause
            for cause in (_crowded(pulse), _heavy(pulse, totals), _slow(pulse), leaking.get(pulse.stage_id))
            if cause is not None
        ]
        if causes:
            causes.sort(key=lambda cause: -cause.times)
            found.append(Bottleneck(pulse.stage_id, pulse.name, tuple(causes)))
    return tuple(sorted(found, key=lambda one: (-len(one.causes), -one.causes[0].times)))


def _crowded(pulse: StagePulse) -> Cause | None:
    """(a) at least twice as many open deals as on the median day."""
    if len(pulse.counts) < FEWEST_DAYS or pulse.counts[-1] < FEWEST_DEALS:
        return None
    now, usual = pulse.counts[-1], median(sorted(pulse.counts)) or 0
    if now < CROWDED * usual:
        return None
    words = f"{now:,} open deals, usually {usual:,.0f}" if usual else f"{now:,} open deals, usually none"
    return Cause("crowded", words, now / max(1.0, usual))


def _heavy(pulse: StagePulse, totals: Sequence[int]) -> Cause | None:
    """(a) at least twice the share of the pipeline's value that it has on the median day."""
    if len(pulse.values) < FEWEST_DAYS or pulse.counts[-1] < FEWEST_DEALS:
        return None
    shares = [value / total if total > 0 else 0.0 for value, total in zip(pulse.values, totals, strict=True)]
    now, usual = shares[-1], median(sorted(shares)) or 0.0
    if not usual or now < CROWDED * usual:
        return None
    return Cause("heavy", f"{now:.0%} of the value, usually {usual:.0%}", now / usual)


def _slow(pulse: StagePulse) -> Cause | None:
    """(b) the median open deal stands one and a half times as long as those that left stayed."""
    if min(len(pulse.ages), len(pulse.stays)) < FEWEST_DEALS:
        return None
    age, stay = median(sorted(pulse.ages)) or 0.0, median(sorted(pulse.stays)) or 0.0
    # A stage usually passed within the day: one day is its measure, or every deal would be slow.
    if age < SLOW * max(1.0, stay):
        return None
    return Cause("slow", f"deals stand here {_days(age)}, usually {stay:.0f}", age / max(1.0, stay))


def _days(count: float) -> str:
    """A number of days in words."""
    return "1 day" if round(count) == 1 else f"{count:.0f} days"


def _leaking(pulses: Sequence[StagePulse]) -> dict[int, Cause]:
    """(c) the stage that the smallest share goes on from, of those that ten decided deals reached."""
    known = [pulse for pulse in pulses if pulse.reached >= FEWEST_REACHED and pulse.went_on < pulse.reached]
    if len(known) < 2:
        return {}
    worst = min(known, key=lambda pulse: pulse.went_on / pulse.reached)
    share = worst.went_on / worst.reached
    words = f"only {share:.0%} go on ({worst.went_on:,} of {worst.reached:,}), the fewest of all stages"
    return {worst.stage_id: Cause("leaking", words, 1.0)}


class TurningPoint(NamedTuple):
    """Conversion a step on the way to the qualifying stage, and after it, of `reached` deals that came there.

    Both are means over the steps (geometric, so that they multiply to the whole); None where nothing is known.
    """

    stage_id: int
    name: str
    reached: int
    before: float | None
    after: float | None

    @property
    def is_warning(self) -> bool:
        """Whether qualifying does not pay: conversion after it is no better than before (a V-shaped funnel)."""
        return (
            self.before is not None
            and self.after is not None
            and self.reached >= FEWEST_REACHED
            and self.after <= self.before
        )


def turning_point(rows: Sequence[FunnelRow], stages: Sequence[Stage]) -> TurningPoint | None:
    """The funnel on both sides of the first stage that counts for the velocity; None where that is the first one."""
    place = next((at for at, stage in enumerate(stages) if stage.counts_for_velocity), 0)
    if not place or len(rows) != len(stages) + 1:
        return None
    first, here, last = rows[0].reached, rows[place].reached, rows[-1].reached
    before, after = ratio(here, first), ratio(last, here)
    return TurningPoint(
        stages[place].id,
        stages[place].name,
        here,
        None if before is None else before ** (1 / place),
        None if after is None else after ** (1 / (len(stages) - place)),
    )
