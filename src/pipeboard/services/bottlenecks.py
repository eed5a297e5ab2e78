"""Which stages hold a pipeline up: read beside the board after its first paint, and for the metrics screen."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta, tzinfo

from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.metrics.bottleneck import LOOK_BACK_DAYS, Bottleneck, StagePulse, bottlenecks
from pipeboard.domain.metrics.funnel import came_to
from pipeboard.domain.periods import Period
from pipeboard.domain.stage import Stage
from pipeboard.services.clock import Clock
from pipeboard.services.money_sums import to_base
from pipeboard.services.reads import Reads
from pipeboard.storage.gateways.catalogue import read_rates, read_stages
from pipeboard.storage.hot import stage_pulse as hot
from pipeboard.storage.hot.board import last_action_id
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.metrics import Scope, stage_times
from pipeboard.storage.sql import Statements


class BottleneckReads(Reads):
    """The bottlenecks of the last 90 days; the same answer is given again until something is changed."""

    def __init__(self, reader: Hot, clock: Clock, zone: tzinfo, info: WorkspaceInfo) -> None:
        super().__init__(reader, clock, zone)
        self._info = info
        self._known: dict[int, tuple[date, int, tuple[Bottleneck, ...]]] = {}

    def of(self, pipeline_id: int) -> tuple[Bottleneck, ...]:
        """The stages of a pipeline that hold it up, the worst first, each with its causes."""
        today = self.today
        with self._hot.snapshot() as sql:
            last = last_action_id(sql)
            known = self._known.get(pipeline_id)
            if known is not None and known[:2] == (today, last):
                return known[2]
            found = read_bottlenecks(sql, pipeline_id, today, self._info.currency)
        self._known[pipeline_id] = (today, last, found)
        return found


def read_bottlenecks(sql: Statements, pipeline_id: int, today: date, base: str) -> tuple[Bottleneck, ...]:
    """The bottlenecks, for a caller that is reading other figures of the same moment."""
    return bottlenecks(_pulses(sql, pipeline_id, today, base))


def _pulses(sql: Statements, pipeline_id: int, today: date, base: str) -> list[StagePulse]:
    stages = [stage for stage in read_stages(sql, pipeline_id).values() if stage.is_open]
    window = Period(today - timedelta(days=LOOK_BACK_DAYS - 1), today + timedelta(days=1))
    rows = hot.standing(sql, pipeline_id, window.start)
    rates = read_rates(sql, today)
    counts, values = _by_day(rows, window, stages, base, rates)
    stays: dict[int, list[int]] = {stage.id: [] for stage in stages}
    for stage_id, _, days in stage_times(sql, Scope(pipeline_id), window):
        if stage_id in stays:
            stays[stage_id].append(days)
    ages: dict[int, list[int]] = {stage.id: [] for stage in stages}
    for row in rows:
        if row.left_on is None and row.entered_on is not None and row.stage_id in ages:
            ages[row.stage_id] += [max(0, (today - row.entered_on).days)] * row.deals
    reached = came_to(hot.decided(sql, pipeline_id, *window), len(stages))
    return [
        StagePulse(
            stage.id,
            stage.name,
            counts[stage.id],
            values[stage.id],
            ages[stage.id],
            stays[stage.id],
            reached[place],
            reached[place + 1],
        )
        for place, stage in enumerate(stages)
    ]


def _by_day(
    rows: Sequence[hot.Standing], window: Period, stages: Sequence[Stage], base: str, rates: Mapping[str, int]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Open deals and their value at the end of each day, by stage, from the first day on which any is known."""
    start = _first_day(rows, window)
    days = (window.end - start).days
    counts = {stage.id: [0] * (days + 1) for stage in stages}
    values = {stage.id: [0] * (days + 1) for stage in stages}
    for row in rows:
        if row.stage_id not in counts:
            continue
        # A deal of unknown entry is taken to have stood there all the time: an import is no jam.
        enters = 0 if row.entered_on is None else max(0, (row.entered_on - start).days)
        # What a colleague's clock that runs ahead wrote down lies in the future, and has not happened yet.
        leaves = days if row.left_on is None else min(days, (row.left_on - start).days)
        if enters >= leaves:
            continue
        value = to_base(row.value_minor, row.currency, base, rates) or 0
        for sums, amount in ((counts[row.stage_id], row.deals), (values[row.stage_id], value)):
            sums[enters] += amount
            sums[leaves] -= amount
    for by_stage in (counts, values):
        for sums in by_stage.values():
            for at in range(1, days):
                sums[at] += sums[at - 1]
            sums.pop()
    return counts, values


def _first_day(rows: Sequence[hot.Standing], window: Period) -> date:
    """The first day of the window on which a deal is known to have stood in a stage."""
    first = min((row.entered_on or window.start for row in rows), default=window.start)
    return min(max(first, window.start), window.end - timedelta(days=1))
