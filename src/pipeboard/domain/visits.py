"""From moves to stays: which stages a deal stood in, from when to when, and how each stay ended.

Keyboard walks are joined (DOMAIN.md 2.0): moves of one deal between open stages by one person, each at most
30 seconds after the one before, count as one move from the first stage to the last.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from pipeboard.domain.stage import Stage, StageKind

WALK = timedelta(seconds=30)


class StageEvent(NamedTuple):
    """A live event that put a deal into a stage; `from_stage_id` is None for its creation."""

    at: datetime
    actor_id: int | None
    from_stage_id: int | None
    to_stage_id: int
    is_time_known: bool = True


class Visit(NamedTuple):
    """A stay in a stage. Days are local to the workspace zone; `dwell_days` is their difference (0 allowed)."""

    pipeline_id: int
    stage_id: int
    entered_at: datetime
    entered_on: date
    is_entry_known: bool
    left_at: datetime | None
    left_on: date | None
    dwell_days: int | None
    outcome: str | None


def _is_walk(previous: StageEvent, event: StageEvent, stages: Mapping[int, Stage]) -> bool:
    """Whether `event` continues the keyboard walk that `previous` belongs to."""
    if previous.from_stage_id is None or previous.actor_id != event.actor_id:
        return False
    touched = (previous.from_stage_id, previous.to_stage_id, event.to_stage_id)
    if any(stage not in stages or not stages[stage].is_open for stage in touched):
        return False
    return timedelta(0) <= event.at - previous.at <= WALK


def join_walks(events: Sequence[StageEvent], stages: Mapping[int, Stage]) -> list[StageEvent]:
    """The events with every keyboard walk joined; a walk that ends where it began disappears."""
    joined: list[StageEvent] = []
    last: StageEvent | None = None
    for event in events:
        if last is not None and joined and _is_walk(last, event, stages):
            joined[-1] = joined[-1]._replace(to_stage_id=event.to_stage_id, at=event.at)
        else:
            joined.append(event)
        last = event
    return [event for event in joined if event.from_stage_id != event.to_stage_id]


def outcome_of(left: Stage, entered: Stage) -> str:
    """How a stay in `left` ended when the deal went on to `entered` (DOMAIN.md 2.2, row 9)."""
    if left.pipeline_id != entered.pipeline_id:
        return "handed_off"
    by_kind = {StageKind.WON: "won", StageKind.LOST: "lost", StageKind.PARKED: "parked"}
    if entered.kind in by_kind:
        return by_kind[entered.kind]
    return "advanced" if entered.position > left.position else "back"


def project_visits(events: Sequence[StageEvent], stages: Mapping[int, Stage], zone: tzinfo) -> tuple[Visit, ...]:
    """The stays of one deal from its live stage events in the order they were recorded.

    A stay whose beginning or end time is not known has no trustworthy duration: its `dwell_days` is None.
    A correction dated before the entry gives 0 days, never a negative number.
    """
    steps = join_walks(events, stages)
    visits: list[Visit] = []
    for index, step in enumerate(steps):
        following = steps[index + 1] if index + 1 < len(steps) else None
        stage = stages[step.to_stage_id]
        entered_on = step.at.astimezone(zone).date()
        left_on = following.at.astimezone(zone).date() if following else None
        is_measured = following is not None and step.is_time_known and following.is_time_known
        dwell = max(0, (left_on - entered_on).days) if left_on and is_measured else None
        visits.append(
            Visit(
                pipeline_id=stage.pipeline_id,
                stage_id=stage.id,
                entered_at=step.at,
                entered_on=entered_on,
                is_entry_known=step.is_time_known,
                left_at=following.at if following else None,
                left_on=left_on,
                dwell_days=dwell,
                outcome=outcome_of(stage, stages[following.to_stage_id]) if following else None,
            )
        )
    return tuple(visits)


def open_places(stages: Mapping[int, Stage], pipeline_id: int) -> dict[int, int]:
    """The place of each open stage of a pipeline among its open stages, from 0: the rows of the funnel.

    An archived stage has the place of the stage in which its deals went on; without one it has none.
    """
    here = [s for s in stages.values() if s.pipeline_id == pipeline_id]
    ordered = sorted((s for s in here if s.is_open and not s.is_archived), key=lambda s: (s.position, s.id))
    places = {stage.id: place for place, stage in enumerate(ordered)}
    for stage in here:
        heir = successor(stages, stage.id)
        if stage.is_archived and heir in places:
            places[stage.id] = places[heir]
    return places


def successor(stages: Mapping[int, Stage], stage_id: int) -> int:
    """The stage in which the deals of an archived stage went on, over several archivings; else the stage itself."""
    passed: set[int] = set()
    while (stage := stages.get(stage_id)) is not None and stage.is_archived and stage_id not in passed:
        passed.add(stage_id)
        stage_id = stage.merged_into_id or stage_id
    return stage_id


def furthest_position(visits: Sequence[Visit], places: Mapping[int, int]) -> int | None:
    """The highest of the `open_places` that the deal ever stood in; None: never in one."""
    return max((places[visit.stage_id] for visit in visits if visit.stage_id in places), default=None)
