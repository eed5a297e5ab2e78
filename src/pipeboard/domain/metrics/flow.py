"""Stage flow: what became of every visit of a stage that began in the period (DOMAIN.md 2.2, row 9)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeboard.domain.stage import Stage

OUTCOMES = ("advanced", "won", "lost", "back", "handed_off", "parked", "excluded", "still_there")
"""Every visit ended in exactly one of these. `excluded`: the deal is lost as a duplicate or test."""

WORDS = {
    "advanced": "moved on",
    "won": "won",
    "lost": "lost",
    "back": "moved back",
    "handed_off": "handed to another pipeline",
    "parked": "parked",
    "excluded": "closed as duplicate or test",
    "still_there": "still there",
}


class VisitCount(NamedTuple):
    """So many visits of a stage that ended in an outcome (None: they have not)."""

    stage_id: int
    outcome: str | None
    is_excluded: bool
    visits: int


class FlowRow(NamedTuple):
    """One open stage: how many visits began in it, and how many of them ended how, in the order of `OUTCOMES`."""

    stage_id: int
    name: str
    entered: int
    outcomes: tuple[int, ...]

    def of(self, outcome: str) -> int:
        """How many ended so."""
        return self.outcomes[OUTCOMES.index(outcome)]


def outcome_of_visit(outcome: str | None, *, is_excluded: bool) -> str:
    """The one outcome a visit is counted under."""
    if outcome is None:
        return "still_there"
    return "excluded" if outcome == "lost" and is_excluded else outcome


def flow(counts: Iterable[VisitCount], stages: Sequence[Stage]) -> tuple[FlowRow, ...]:
    """One row for every open stage. The outcomes of a row add up to its entries; anything else is an error."""
    entered: Counter[int] = Counter()
    ended: Counter[tuple[int, str]] = Counter()
    for one in counts:
        entered[one.stage_id] += one.visits
        ended[one.stage_id, outcome_of_visit(one.outcome, is_excluded=one.is_excluded)] += one.visits
    rows = []
    for stage in stages:
        row = FlowRow(stage.id, stage.name, entered[stage.id], tuple(ended[stage.id, name] for name in OUTCOMES))
        if sum(row.outcomes) != row.entered:
            raise AssertionError(f"{row.entered} visits of {row.name} ended in {row.outcomes}")
        rows.append(row)
    return tuple(rows)
