"""The waterfall: what changed in the pipeline between two dates, and why (DOMAIN.md 2.2, row 16).

start + new + pulled in + increased + reopened + moved in - decreased - pushed out - won - lost - parked
- moved out +- FX = end, always and for every deal by itself. Sources: Reevo ("the result always balances", a deal may
be in several bars), Salesforce's Pipeline Inspection.

Every deal is looked at when the window begins and when it ends. One that was in the pipeline at both shows only what
its value changed by. One that left shows that change first and then leaves at its final value. One that came shows
its final value. One that came and left inside shows in both bars and adds up to nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from pipeboard.domain.money import weighted
from pipeboard.domain.periods import Period, day_label
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.domain.standing import Standing, Trail

ADDING = ("new", "pulled_in", "increased", "reopened", "moved_in")
TAKING = ("decreased", "pushed_out", "won", "lost", "parked", "moved_out")
KINDS = (*ADDING, *TAKING, "fx")
"""The steps in their order; the first five add, the next six take away, `fx` does either."""

NAMES = {
    "new": "New",
    "pulled_in": "Pulled in",
    "increased": "Increased",
    "reopened": "Reopened",
    "moved_in": "Moved in",
    "decreased": "Decreased",
    "pushed_out": "Pushed out",
    "won": "Won",
    "lost": "Lost",
    "parked": "Parked",
    "moved_out": "Moved out",
    "fx": "Exchange rates",
    "start": "Start",
    "end": "End",
}

_CLOSINGS = {StageKind.WON: "won", StageKind.LOST: "lost", StageKind.PARKED: "parked"}

Worth = Callable[[int, str, date], int | None]
"""Minor units of a currency in minor units of the base at the rate of a day; None without a rate."""


class Change(NamedTuple):
    """What one deal adds to a bar (negative: takes away). None: it has no value, or no rate on that day."""

    deal_id: int
    minor: int | None
    note: str


class Bar(NamedTuple):
    """A step: its kind, what it changes the pipeline by (signed), and the deals it is made of."""

    kind: str
    change_minor: int
    changes: tuple[Change, ...]


class WaterfallScope(NamedTuple):
    """What is looked at: a pipeline, the window between two moments, and optionally only deals expected to close in
    `close`. `end_at` None means now. `start_on` and `end_on` are the days whose exchange rates hold at either end.
    """

    pipeline_id: int
    stages: Mapping[int, Stage]
    start_at: datetime
    end_at: datetime | None
    start_on: date
    end_on: date
    zone: tzinfo
    close: Period | None = None
    is_weighted: bool = False


class Waterfall(NamedTuple):
    """The pipeline's value at either end and the steps between. `start` and `end` name the deals of the ends.

    `without_value` and `unconverted` count the deals that were in the pipeline with no value or no rate.
    """

    start_minor: int
    end_minor: int
    bars: tuple[Bar, ...]
    start: tuple[Change, ...]
    end: tuple[Change, ...]
    without_value: int
    unconverted: int

    def bar(self, kind: str) -> Bar:
        """The step of this kind."""
        return self.bars[KINDS.index(kind)]

    def changes(self, key: str) -> tuple[Change, ...]:
        """The deals behind `start`, `end` or a kind of step."""
        return {"start": self.start, "end": self.end}[key] if key in ("start", "end") else self.bar(key).changes


class _Counter:
    """Collects what the deals contribute."""

    def __init__(self, scope: WaterfallScope, worth: Worth) -> None:
        self.scope = scope
        self._worth = worth
        self.bars: dict[str, list[Change]] = {kind: [] for kind in KINDS}
        self.start: list[Change] = []
        self.end: list[Change] = []
        self.without_value: set[int] = set()
        self.unconverted: set[int] = set()

    def is_inside(self, standing: Standing) -> bool:
        """Whether a deal that stands so is part of the pipeline that is looked at."""
        scope = self.scope
        if not standing.is_there or (scope.close is not None and not scope.close.has(standing.close_on)):
            return False
        stage = scope.stages.get(standing.stage_id)
        return stage is not None and stage.is_open and stage.pipeline_id == scope.pipeline_id

    def value(self, deal_id: int, standing: Standing, day: date) -> int | None:
        """What a deal that stands so is worth at the rate of a day."""
        minor = standing.value_minor
        if minor is None:
            self.without_value.add(deal_id)
            return None
        found = self._worth(minor, standing.currency, day)
        if found is None:
            self.unconverted.add(deal_id)
            return None
        return found

    def amount(self, deal_id: int, standing: Standing, stage_id: int, day: date) -> int | None:
        """The same, weighted when that was asked for; `stage_id` is the open stage whose probability counts."""
        found = self.value(deal_id, standing, day)
        if found is None or not self.scope.is_weighted:
            return found
        stage = self.scope.stages.get(stage_id)
        percent = standing.probability if standing.probability is not None else stage.probability if stage else 0
        return weighted(found * percent)

    def put(self, kind: str, deal_id: int, minor: int | None, note: str) -> None:
        """Add a deal to a bar."""
        self.bars[kind].append(Change(deal_id, minor, note))


def waterfall(trails: Sequence[Trail], scope: WaterfallScope, worth: Worth) -> Waterfall:
    """The steps from the deals' trails, which begin where the window begins."""
    counter = _Counter(scope, worth)
    for whole in trails:
        _count(counter, whole.until(scope.end_at))
    bars = tuple(
        Bar(kind, sum(change.minor or 0 for change in counter.bars[kind]), tuple(counter.bars[kind])) for kind in KINDS
    )
    return Waterfall(
        sum(change.minor or 0 for change in counter.start),
        sum(change.minor or 0 for change in counter.end),
        bars,
        tuple(counter.start),
        tuple(counter.end),
        len(counter.without_value),
        len(counter.unconverted),
    )


def _count(counter: _Counter, one: Trail) -> None:
    """What one deal contributes: to the ends, and to the steps between."""
    scope, deal_id = counter.scope, one.deal_id
    path = [one.start, *(standing for _, standing in one.steps)]
    inside = [place for place, standing in enumerate(path) if counter.is_inside(standing)]
    if not inside:
        return
    was_inside, is_inside = inside[0] == 0, inside[-1] == len(path) - 1
    kind, final, day = ("", path[-1], scope.end_on) if is_inside else _leaving(counter, path[inside[-1] + 1], path[-1])
    # The probability of the last open stage it stood in weighs what leaves.
    stage_id = path[inside[-1]].stage_id
    if kind and scope.is_weighted:
        final = final._replace(probability=path[inside[-1]].probability)
    worth = counter.amount(deal_id, final, stage_id, day)
    if was_inside:
        first = path[0]
        before = counter.amount(deal_id, first, first.stage_id, scope.start_on)
        counter.start.append(Change(deal_id, before, _closes(first)))
        same = counter.amount(deal_id, first, first.stage_id, day)
        if (same or 0) != (before or 0):
            counter.put("fx", deal_id, (same or 0) - (before or 0), _rates(first, before, same))
        _value_change(counter, deal_id, same, worth, first, final)
    else:
        counter.put(_coming(counter, path[0]), deal_id, worth, _came(counter, one))
    if is_inside:
        counter.end.append(Change(deal_id, worth, _closes(final)))
    else:
        counter.put(kind, deal_id, None if worth is None else -worth, _left(kind, one, path, inside[-1], scope))


def _value_change(
    counter: _Counter, deal_id: int, old: int | None, new: int | None, first: Standing, final: Standing
) -> None:
    change = (new or 0) - (old or 0)
    if not change:
        return
    if first.value_minor is None:
        note = "value entered"
    elif final.value_minor is None:
        note = "value removed"
    elif first.value_minor == final.value_minor and first.currency == final.currency:
        note = "probability changed"
    else:
        note = "value changed"
    counter.put("increased" if change > 0 else "decreased", deal_id, change, note)


def _coming(counter: _Counter, start: Standing) -> str:
    """Why a deal that came was not in the pipeline at the start."""
    if not start.is_there:
        return "new"
    stage = counter.scope.stages.get(start.stage_id)
    if stage is None or stage.pipeline_id != counter.scope.pipeline_id:
        return "moved_in"
    return "pulled_in" if stage.is_open else "reopened"


def _leaving(counter: _Counter, first_out: Standing, end: Standing) -> tuple[str, Standing, date]:
    """Why a deal is not in the pipeline at the end, the standing whose value is final, and the day of its rate."""
    scope = counter.scope
    stage = scope.stages.get(end.stage_id)
    if not end.is_there or stage is None or stage.pipeline_id != scope.pipeline_id:
        return "moved_out", first_out, scope.end_on
    kind = _CLOSINGS.get(stage.kind)
    if kind is None:
        return "pushed_out", first_out, scope.end_on
    # A closed deal keeps the rate of the day it was closed on.
    closed_on = None if kind == "parked" else end.closed_on
    return kind, end, closed_on or scope.end_on


def _closes(standing: Standing) -> str:
    return f"closes {day_label(standing.close_on)}" if standing.close_on else "no close date"


def _rates(standing: Standing, before: int | None, after: int | None) -> str:
    if before is None:
        return f"no rate of {standing.currency} at the start"
    return f"no rate of {standing.currency} at the end" if after is None else f"rate of {standing.currency}"


def _came(counter: _Counter, one: Trail) -> str:
    """When and from where a deal came."""
    at, standing = next((at, there) for at, there in one.steps if counter.is_inside(there))
    kind = _coming(counter, one.start)
    day = day_label(at.astimezone(counter.scope.zone).date())
    if kind == "pulled_in":
        return f"{_was(one.start.close_on)}, now {_date(standing.close_on)}"
    if kind == "reopened":
        was = counter.scope.stages[one.start.stage_id].kind
        return f"{'woken' if was == StageKind.PARKED else f'was {_CLOSINGS[was]}, reopened'} {day}"
    return f"{'entered' if kind == 'new' else 'from another pipeline'} {day}"


def _left(kind: str, one: Trail, path: Sequence[Standing], last_in: int, scope: WaterfallScope) -> str:
    """When and where to a deal left."""
    out = path[last_in + 1]
    day = day_label(one.steps[last_in][0].astimezone(scope.zone).date())
    if kind == "pushed_out":
        return f"{_was(path[last_in].close_on)}, now {_date(out.close_on)}"
    if kind == "moved_out":
        return f"{'deleted' if not path[-1].is_there else 'to another pipeline'} {day}"
    closed_on = path[-1].closed_on if kind != "parked" else None
    return f"{kind} {day_label(closed_on) if closed_on else day}"


def _was(day: date | None) -> str:
    return f"was {_date(day)}"


def _date(day: date | None) -> str:
    return day_label(day) if day else "undated"
