"""What the board asks for: values for the screen, read from one moment of the database."""

from array import array
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from pipeboard.domain.board import Card, Overview, WorkspaceInfo
from pipeboard.domain.errors import NotFound
from pipeboard.domain.list_order import MANUAL, ListOrder
from pipeboard.domain.stage import Pipeline, Stage, StageKind
from pipeboard.services.clock import Clock
from pipeboard.services.money_sums import stage_totals
from pipeboard.services.open_totals import OpenTotals
from pipeboard.services.reads import Reads
from pipeboard.services.searching import SearchIndex
from pipeboard.storage.gateways.catalogue import read_owners, read_pipelines, read_rates, read_stages
from pipeboard.storage.hot import board as hot
from pipeboard.storage.hot.cards import cards_by_id
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.sql import Statements


class BoardView(NamedTuple):
    """The board at one moment: its overview, the first cards of every stage in board order, and the whole order
    of those stages for which it was asked: of all where they are sorted."""

    overview: Overview
    cards: dict[int, tuple[Card, ...]]
    orders: "dict[int, array[int]]"
    order: ListOrder = MANUAL


class BoardReads(Reads):
    """Reads for the board and the list."""

    def __init__(self, reader: Hot, clock: Clock, zone: tzinfo, info: WorkspaceInfo) -> None:
        super().__init__(reader, clock, zone)
        self._info = info
        self._totals = OpenTotals()

    def closed_since(self) -> date:
        """Won and Lost show what was closed in the current month."""
        return self.today.replace(day=1)

    def overview(self, pipeline_id: int | None = None, *, me: int | None = None) -> Overview:
        """Stages with their totals, and what the header shows. Without an id: the first pipeline."""
        with self._hot.snapshot() as sql:
            return self._overview(sql, pipeline_id, me)

    def view(
        self,
        pipeline_id: int | None,
        *,
        window: int,
        me: int | None = None,
        whole: Collection[int] = (),
        order: ListOrder = MANUAL,
    ) -> BoardView:
        """The overview and the first `window` cards of each stage, from the same moment.

        Of the stages in `whole` the order of all deals is read too.
        """
        with self._hot.snapshot() as sql:
            overview = self._overview(sql, pipeline_id, me)
            since = self.closed_since()
            if order != MANUAL:
                orders = self._sorted(sql, overview.pipeline.id, overview.stages, order)
                first = [deal_id for ids in orders.values() for deal_id in ids[:window]]
                found = {card.id: card for card in cards_by_id(sql, first)}
                cards = {i: tuple(found[d] for d in ids[:window] if d in found) for i, ids in orders.items()}
                return BoardView(overview, cards, orders, order)
            cards = {s.id: tuple(hot.first_cards(sql, s, since, window)) for s in overview.stages}
            orders = {s.id: hot.stage_ids(sql, s, since) for s in overview.stages if s.id in whole}
        return BoardView(overview, cards, orders)

    def _overview(self, sql: Statements, pipeline_id: int | None, me: int | None) -> Overview:
        pipelines = read_pipelines(sql)
        pipeline = _choose(pipelines, pipeline_id)
        stages = ordered(read_stages(sql, pipeline.id).values())
        today = self.today
        rates = read_rates(sql, today)
        sums = self._totals.read(sql, pipeline.id, {s.id: s.probability for s in stages})
        for stage in stages:
            if stage.kind in (StageKind.WON, StageKind.LOST):
                sums[stage.id] = hot.closed_totals(sql, stage, self.closed_since())
        overdue, due_today = hot.due_counts(sql, today)
        base = self._info.currency
        return Overview(
            workspace=self._info,
            pipelines=pipelines,
            pipeline=pipeline,
            stages=stages,
            owners=read_owners(sql),
            totals={s.id: stage_totals(s.id, sums.get(s.id, ()), base, rates) for s in stages},
            overdue=overdue,
            due_today=due_today,
            last_event_id=hot.last_action_id(sql),
            today=today,
            me=me,
        )

    def _sorted(
        self, sql: Statements, pipeline_id: int, stages: Iterable[Stage], order: ListOrder
    ) -> "dict[int, array[int]]":
        """The deals of each stage in an order that is not the manual one."""
        from pipeboard.services.money_sums import comparable
        from pipeboard.storage.hot.order import ordered_stages

        factors = comparable(read_rates(sql, self.today), self._info.currency)
        scores = self.scores(sql, pipeline_id) if order.column == "score" else {}
        found = ordered_stages(sql, pipeline_id, order, self.closed_since(), factors, scores)
        return {stage.id: found.get(stage.id, array("q")) for stage in stages}

    def scores(self, sql: Statements, pipeline_id: int) -> dict[int, int | None]:
        """The scores of a pipeline's deals, closed ones too."""
        from pipeboard.services.deal_facts import SCORE, FactColumns, FactSetting
        from pipeboard.storage.hot.facts import fact_rows

        ids = [row[0] for row in fact_rows(sql, (), pipeline_id)]
        rates, rules = read_rates(sql, self.today), self._info.score_rules
        setting = FactSetting(self.today, self._zone, self._info.currency, rates, sql.codec, rules)
        facts = FactColumns(self._hot, ids, setting, pipeline_id, sql=sql)
        return dict(zip(ids, facts.columns({SCORE})[SCORE], strict=True))

    def ids(self, stage: Stage, order: ListOrder = MANUAL) -> "array[int]":
        """The ids of a stage in board order, or as they are sorted."""
        with self._hot.snapshot() as sql:
            if order != MANUAL:
                return self._sorted(sql, stage.pipeline_id, (stage,), order)[stage.id]
            return hot.stage_ids(sql, stage, self.closed_since())

    def cards(self, ids: Sequence[int]) -> list[Card]:
        """The live deals among `ids` as cards, in their order."""
        with self._hot.snapshot() as sql:
            return cards_by_id(sql, ids)

    def search_index(
        self,
        pipeline_id: int,
        *,
        me: int | None = None,
        is_history: bool = False,
        order: ListOrder = MANUAL,
    ) -> SearchIndex:
        """The text of all deals of a pipeline, to be filtered in memory at each key; each stage in `order`.

        `me` is the owner behind `@me`; `is_history` takes closed deals of all time instead of this month's.
        """
        from pipeboard.services.deal_facts import FactColumns, FactSetting

        with self._hot.snapshot() as sql:
            since = date.min if is_history else self.closed_since()
            stages = tuple(read_stages(sql, pipeline_id).values())
            if order == MANUAL:
                stacks = {s.id: hot.haystack(sql, s, hot.stage_ids(sql, s, since)) for s in ordered(stages)}
            else:
                sorted_ids = self._sorted(sql, pipeline_id, stages, order)
                stacks = {s.id: hot.haystack(sql, s, sorted_ids[s.id]) for s in ordered(stages)}
            rates = read_rates(sql, self.today)
            name = next((owner.name for owner in read_owners(sql) if owner.id == me), "")
            setting = FactSetting(self.today, self._zone, self._info.currency, rates, sql.codec, self._info.score_rules)
        ids = array("q", [deal_id for stack in stacks.values() for deal_id in stack.ids])
        facts = FactColumns(self._hot, ids, setting, pipeline_id)
        return SearchIndex(pipeline_id, stacks, self._info.currency, rates, facts, self._now, name, is_history)

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._zone)


def ordered(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Stages as the board shows them: open ones in order, then Won, Lost and the fridge."""
    place = {StageKind.OPEN: 0, StageKind.POST: 0, StageKind.WON: 1, StageKind.LOST: 2, StageKind.PARKED: 3}
    return tuple(sorted(stages, key=lambda s: (place[s.kind], s.position, s.id)))


def _choose(pipelines: Sequence[Pipeline], pipeline_id: int | None) -> Pipeline:
    if not pipelines:
        raise NotFound("There is no pipeline. `pipeboard pipeline add NAME` makes one.")
    for pipeline in pipelines:
        if pipeline.id == pipeline_id:
            return pipeline
    return pipelines[0]
