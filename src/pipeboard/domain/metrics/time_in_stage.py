"""Time in stage (DOMAIN.md 2.2, row 10)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeboard.domain.metrics.facts import StageTime
from pipeboard.domain.metrics.samples import mean, median
from pipeboard.domain.stage import Stage


class StageDuration(NamedTuple):
    """Days that `n` deals stood in a stage, re-entries summed; None when there is no sample."""

    stage_id: int
    name: str
    mean_days: float | None
    median_days: float | None
    n: int


def sampled(times: Iterable[StageTime], stage_id: int) -> list[StageTime]:
    """The deals that left the stage for the last time in the period; a stage never visited is no sample."""
    return [time for time in times if time.stage_id == stage_id]


def time_in_stage(times: Iterable[StageTime], stages: Sequence[Stage]) -> tuple[StageDuration, ...]:
    """One row for every open stage, in order."""
    samples: dict[int, list[int]] = {stage.id: [] for stage in stages}
    for stage_id, _, length in times:
        if stage_id in samples:
            samples[stage_id].append(length)
    rows = []
    for stage in stages:
        sample = sorted(samples[stage.id])
        rows.append(StageDuration(stage.id, stage.name, mean(sample), median(sample), len(sample)))
    return tuple(rows)
