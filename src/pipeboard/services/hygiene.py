"""The hygiene report: open deals by kind of gap, how well each person keeps theirs, and what a flush would close."""

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import NamedTuple

from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.hygiene import GAP_WORDS, Gap, OpenDeal, Quality, gaps, is_stale, pushes, qualities
from pipeboard.domain.rotting import rot_state
from pipeboard.services.clock import Clock
from pipeboard.services.listing import ListedDeal, as_of
from pipeboard.services.money_sums import to_base
from pipeboard.services.reads import Reads
from pipeboard.storage.gateways.catalogue import read_rates
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.hygiene import OpenRow, close_changes, open_rows
from pipeboard.storage.hot.listing import Wanted, listed
from pipeboard.storage.sql import Statements, chunks


class GapGroup(NamedTuple):
    """The deals with one kind of gap: how many, what they are worth in the base currency, the dear ones first.

    `pushes` tells of each deal how often its close date went into a later month.
    """

    gap: Gap
    deal_count: int
    value_minor: int
    deals: tuple[ListedDeal, ...]


class Hygiene(NamedTuple):
    """The report of one moment. `stale` are the ids and versions of what a flush would close, dear ones first."""

    today_on: date
    open_deals: int
    groups: tuple[GapGroup, ...]
    qualities: tuple[Quality, ...]
    stale: tuple[tuple[int, int], ...]
    pushes: Mapping[int, int]


class HygieneReads(Reads):
    """Reads for the hygiene screen and verb."""

    def __init__(self, reader: Hot, clock: Clock, zone: tzinfo, info: WorkspaceInfo) -> None:
        super().__init__(reader, clock, zone)
        self._info = info

    def report(
        self,
        most: int | None = None,
        *,
        owner_id: int | None = None,
        pipeline_id: int | None = None,
        kept: frozenset[int] | None = None,
    ) -> Hygiene:
        """The open deals by gap, of everybody or one person, everywhere or in one pipeline.

        With `kept` (what a filter leaves) only those deals. Of each gap at most `most` deals are listed; the counts
        and sums are of all.
        """
        today = self.today
        with self._hot.snapshot() as sql:
            rates = read_rates(sql, today)
            found_rows = open_rows(sql, owner_id, pipeline_id)
            rows = {row.id: row for row in found_rows if kept is None or row.id in kept}
            moved = {deal_id: pushes(changes) for deal_id, changes in close_changes(sql).items() if deal_id in rows}
            facts = [fact_of(row, moved.get(row.id, 0), today) for row in rows.values()]
            found = [(fact, gaps(fact, today)) for fact in facts]
            by_gap = {gap: [fact.id for fact, its in found if gap in its] for gap in GAP_WORDS}
            shown = listed_by_id(sql, {i for ids in by_gap.values() for i in ids[:most]}, today)
        groups = []
        for gap, ids in by_gap.items():
            values = (to_base(rows[i].value_minor or 0, rows[i].currency, self._info.currency, rates) or 0 for i in ids)
            groups.append(GapGroup(gap, len(ids), sum(values), tuple(shown[i] for i in ids[:most])))
        stale = tuple((fact.id, rows[fact.id].version) for fact in facts if is_stale(fact))
        return Hygiene(today, len(rows), tuple(g for g in groups if g.deal_count), qualities(found), stale, moved)

    def deals(self, ids: tuple[int, ...]) -> tuple[ListedDeal, ...]:
        """These deals as rows of a list, in this order; those that are gone are left out."""
        with self._hot.snapshot() as sql:
            found = listed_by_id(sql, set(ids), self.today)
        return tuple(found[i] for i in ids if i in found)


def fact_of(row: OpenRow, its_pushes: int, today: date) -> OpenDeal:
    """What the rules look at, on a day."""
    idle_days = max(0, (today - row.idle_on).days) if row.idle_on is not None else 0
    started_days = max(0, (today - row.started_on).days) if row.started_on is not None else 0
    task_in = (row.task_on - today).days if row.task_on is not None else None
    rot = rot_state(idle_days, row.rot_days, task_in)
    has_task = row.task_id is not None
    return OpenDeal(
        row.id, row.owner, row.value_minor is not None, row.close_on, its_pushes, idle_days, started_days, rot, has_task
    )


def listed_by_id(sql: Statements, ids: set[int], today: date) -> dict[int, ListedDeal]:
    """Deals by id as rows of a list, read by so many at a time as a statement may name."""
    rows = [row for piece in chunks(sorted(ids)) for row in listed(sql, Wanted(ids=tuple(piece)))]
    return {row.id: as_of(row, today) for row in rows}
