"""How deals stood at any moment of the past: the present state with the later changes taken back.

Only changes that count are given (their action is neither an undo nor undone), and each of them starts where the
one before it ended, so going backwards from the present gives the same states as adding up from the beginning, for
the cost of the changes since.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

TRACKED = ("value_minor", "currency", "probability", "expected_close_on", "closed_on", "deleted")
"""The fields a standing is made of, beside the stage, by their names in the history."""


class Standing(NamedTuple):
    """A deal at a moment. `is_there` is False before it was entered and after it was deleted."""

    is_there: bool
    stage_id: int
    value_minor: int | None
    currency: str
    probability: int | None
    close_on: date | None
    closed_on: date | None


class StandingChange(NamedTuple):
    """A change of one deal. Stages are None when it did not move; `fields` are old values by tracked field."""

    at: datetime
    from_stage_id: int | None
    to_stage_id: int | None
    is_creation: bool
    fields: Mapping[str, Any]


class Trail(NamedTuple):
    """The standings of one deal from `start` on: `steps` are the moments after it, oldest first, and what then was."""

    deal_id: int
    start: Standing
    steps: tuple[tuple[datetime, Standing], ...]

    def at(self, moment: datetime | None) -> Standing:
        """How it stood just before a moment; None: after everything."""
        found = self.start
        for when, standing in self.steps:
            if moment is not None and when >= moment:
                break
            found = standing
        return found

    def since(self, moment: datetime) -> "Trail":
        """The trail from a moment on: it starts with how the deal stood then."""
        return Trail(self.deal_id, self.at(moment), tuple(step for step in self.steps if step[0] >= moment))

    def until(self, moment: datetime | None) -> "Trail":
        """The trail without what happened at this moment and later."""
        if moment is None:
            return self
        return self._replace(steps=tuple(step for step in self.steps if step[0] < moment))


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def before(now: Standing, change: StandingChange) -> Standing:
    """How a deal stood before a change, from how it stood after it."""
    if change.is_creation:
        return now._replace(is_there=False)
    old = change.fields
    return Standing(
        now.is_there if "deleted" not in old else not old["deleted"],
        now.stage_id if change.from_stage_id is None else change.from_stage_id,
        old.get("value_minor", now.value_minor),
        old.get("currency", now.currency) or now.currency,
        old.get("probability", now.probability),
        _day(old["expected_close_on"]) if "expected_close_on" in old else now.close_on,
        _day(old["closed_on"]) if "closed_on" in old else now.closed_on,
    )


class Beginning(NamedTuple):
    """When a deal is known to have begun, and the open stage it stood in until something is known of it."""

    at: datetime
    stage_id: int


def trail(deal_id: int, now: Standing, changes: Sequence[StandingChange], began: Beginning | None = None) -> Trail:
    """The trail of a deal through its changes, given in the order in which they were recorded.

    A change that is dated before the one recorded ahead of it (an import of old facts) takes effect with that one.
    An imported deal `began` before the first thing that its file tells of it.
    """
    steps: list[tuple[datetime, Standing]] = []
    standing = now
    for change in reversed(changes):
        steps.append((change.at, standing))
        if change.is_creation and began is not None and began.at < change.at:
            steps.append((began.at, standing._replace(stage_id=began.stage_id, closed_on=None)))
        standing = before(standing, change)
    steps.reverse()
    return Trail(deal_id, standing, tuple(_in_order(steps)))


def _in_order(steps: Iterable[tuple[datetime, Standing]]) -> Iterable[tuple[datetime, Standing]]:
    latest: datetime | None = None
    for at, standing in steps:
        latest = at if latest is None or at > latest else latest
        yield latest, standing
