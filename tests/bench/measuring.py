"""Numbers and how they are shown: medians, percentiles, and a line for each goal."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Goal(NamedTuple):
    """One measured figure beside what it may be at most; None where nothing was promised."""

    name: str
    figure: float
    limit: float | None
    unit: str = "x"
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the figure is within its limit."""
        return self.limit is None or self.figure <= self.limit


def line_of(goal: Goal) -> str:
    """The goal as a line of the table."""
    verdict = "    " if goal.limit is None else "ok  " if goal.is_met else "MISS"
    most = "" if goal.limit is None else f"at most {goal.limit:g}"
    return f"{verdict} {goal.name:<58} {goal.figure:>10.2f} {goal.unit:<3} {most:<14} {goal.note}".rstrip()


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which `percent` of the others lie; not a number without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))] if ordered else float("nan")


def seconds(work: Callable[[], object], rounds: int = 1) -> float:
    """The median time that `work` takes."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)
