"""The pipeline meeting: which deals to speak of, since when, and what the last one left."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.hygiene import OpenDeal, gaps, pushes
from pipeboard.domain.money import divide_half_even
from pipeboard.domain.periods import Period, quarter_of
from pipeboard.domain.review import PART_WORDS, Part, SoFar, Subject, in_order, part_of
from pipeboard.domain.rotting import reason
from pipeboard.domain.stage import Stage
from pipeboard.services.clock import Clock
from pipeboard.services.deal_facts import FactSetting
from pipeboard.services.hygiene import fact_of, listed_by_id
from pipeboard.services.listing import ListedDeal, with_scores
from pipeboard.services.money_sums import to_base
from pipeboard.services.quotas import read_so_far
from pipeboard.services.reads import Reads
from pipeboard.storage.gateways.catalogue import read_rates, read_stages
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.hygiene import OpenRow, close_changes, last_review, open_rows

MOST_SUBJECTS = 200
"""Deals of one meeting; nobody speaks of more."""


class SubjectDeal(NamedTuple):
    """A deal to speak of, with the reasons in words."""

    deal: ListedDeal
    part: Part
    why: str


class Review(NamedTuple):
    """A meeting before it begins. `since` is when the last one was held; `total` counts all that need a word.

    `so_far` is how far the running quarter is.
    """

    today_on: date
    since: datetime | None
    period: Period
    parts: tuple[tuple[Part, tuple[SubjectDeal, ...]], ...]
    total: int
    last_record: str
    so_far: SoFar

    @property
    def subjects(self) -> tuple[SubjectDeal, ...]:
        """All deals to speak of, in order."""
        return tuple(one for _, some in self.parts for one in some)


class ReviewReads(Reads):
    """Reads for the review screen and verb."""

    def __init__(self, reader: Hot, clock: Clock, zone: tzinfo, info: WorkspaceInfo) -> None:
        super().__init__(reader, clock, zone)
        self._info = info

    def review(
        self,
        *,
        owner_id: int | None = None,
        pipeline_id: int | None = None,
        since: datetime | None = None,
        kept: frozenset[int] | None = None,
    ) -> Review:
        """The deals that need a decision, the weightiest first in each part; of a person or a pipeline if given.

        With `kept` (what a filter leaves) only those deals. The period is the running quarter. `since` is the last
        review unless it is given.
        """
        today = self.today
        period = quarter_of(today)
        with self._hot.snapshot() as sql:
            held_at, record = last_review(sql, pipeline_id)
            rates = read_rates(sql, today)
            found_rows = open_rows(sql, owner_id, pipeline_id)
            rows = {row.id: row for row in found_rows if kept is None or row.id in kept}
            early = _early_stages(read_stages(sql, pipeline_id))
            moved = {deal_id: pushes(c) for deal_id, c in close_changes(sql).items() if deal_id in rows}
            subjects, whys = [], {}
            for row in rows.values():
                fact = fact_of(row, moved.get(row.id, 0), today)
                its = gaps(fact, today)
                part = part_of(
                    fact,
                    its,
                    row.probability,
                    is_early=row.stage_id in early,
                    today=today,
                    period_end=period.end,
                )
                if part is not None:
                    subjects.append(Subject(row.id, part, self._weighted(row, rates)))
                    whys[row.id] = why(fact, row, today)
            chosen = in_order(subjects)[:MOST_SUBJECTS]
            base = self._info.currency
            setting = FactSetting(today, self._zone, base, rates, sql.codec, self._info.score_rules)
            listed = listed_by_id(sql, {one.deal_id for one in chosen}, today).values()
            deals = {deal.row.id: deal for deal in with_scores(self._hot, list(listed), setting, sql=sql)}
            so_far = read_so_far(sql, period, today, base, pipeline_id=pipeline_id, owner_id=owner_id, kept=kept)
        found = {
            part: tuple(SubjectDeal(deals[s.deal_id], part, whys[s.deal_id]) for s in chosen if s.part == part)
            for part in PART_WORDS
        }
        parts = tuple((part, some) for part, some in found.items() if some)
        return Review(today, since or held_at, period, parts, len(subjects), record, so_far)

    def _weighted(self, row: OpenRow, rates: Mapping[str, int]) -> int:
        value = to_base(row.value_minor or 0, row.currency, self._info.currency, rates) or 0
        return divide_half_even(value * row.probability, 100)


def _early_stages(stages: Mapping[int, Stage]) -> set[int]:
    """The open stages before the first one that counts for velocity; without one the first half of them."""
    found: set[int] = set()
    for pipeline_id in {stage.pipeline_id for stage in stages.values()}:
        some = [stage for stage in stages.values() if stage.pipeline_id == pipeline_id and stage.is_open]
        counting = next((n for n, stage in enumerate(some) if stage.counts_for_velocity), len(some) // 2)
        found.update(stage.id for stage in some[:counting])
    return found


def why(fact: OpenDeal, row: OpenRow, today: date) -> str:
    """Why a deal is spoken of, in words: everything that is the matter with it, else its date."""
    parts: list[str] = []
    if fact.close_on is not None and fact.close_on < today:
        parts.append(f"should have closed {_days(today - fact.close_on)} ago")
    elif fact.close_on is not None:
        distance = fact.close_on - today
        parts.append(f"closes in {_days(distance)}" if distance.days else "closes today")
    else:
        parts.append("no close date")
    if fact.pushes:
        parts.append(f"pushed {fact.pushes}x" if fact.pushes > 1 else "pushed once")
    task_in = (row.task_on - today).days if row.task_on is not None else None
    if stale := reason(fact.idle_days, row.rot_days, task_in):
        parts.append(stale)
    if not fact.has_task:
        parts.append("no next step")
    if not fact.has_value:
        parts.append("no value")
    return ", ".join(parts)


def _days(distance: timedelta) -> str:
    count = distance.days
    return "1 day" if count == 1 else f"{count:,} days"
