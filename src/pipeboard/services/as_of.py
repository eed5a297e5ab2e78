"""The board as it stood at the end of a day, to be looked at."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

from pipeboard.domain.as_of import LaterChange, rewound
from pipeboard.domain.board import Card, CurrencyTotal, Overview, WorkspaceInfo
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.services.board import ordered
from pipeboard.services.clock import Clock
from pipeboard.services.deal_facts import FactSetting
from pipeboard.services.money_sums import stage_totals
from pipeboard.services.past_search import PastDeal, past_index
from pipeboard.services.reads import Reads, uncollected
from pipeboard.services.searching import SearchIndex
from pipeboard.storage.codec import Codec
from pipeboard.storage.gateways.catalogue import read_every_stage, read_owners, read_pipelines, read_rates
from pipeboard.storage.hot import as_of as hot
from pipeboard.storage.hot.board import last_action_id
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.history import names_of
from pipeboard.storage.sql import Statements

_SUMMED = ("value_minor", "currency", "probability", "deleted")
_CLOSED = (StageKind.WON, StageKind.LOST)


class AsOfBoard(NamedTuple):
    """A pipeline on a day: its overview, the order of every stage, and where each deal stood."""

    day: date
    overview: Overview
    orders: "dict[int, array[int]]"
    stays: dict[int, hot.Stay]


class AsOfReads(Reads):
    """Reads of a past board. Stages are called as they are now; what was undone since counts as never done."""

    def __init__(self, reader: Hot, clock: Clock, zone: tzinfo, info: WorkspaceInfo) -> None:
        super().__init__(reader, clock, zone)
        self._info = info

    def board(self, day: date, pipeline_id: int | None = None) -> AsOfBoard:
        """A pipeline at the end of a day. InvalidInput for a day to come."""
        if day > self.today:
            raise InvalidInput("That day is still to come; the board can be shown as it stood on a past one.")
        with self._hot.snapshot() as sql:
            pipelines = read_pipelines(sql)
            pipeline = next((p for p in pipelines if pipeline_id in (None, p.id)), None)
            if pipeline is None:
                raise NotFound("There is no such pipeline.")
            live, every = read_every_stage(sql)
            mine = [stage for stage in every.values() if stage.pipeline_id == pipeline.id]
            closed = [stage.id for stage in mine if stage.kind in _CLOSED]
            moment = hot.moment_of(sql, self._end_of(day))
            others = [stage.id for stage in mine if stage.kind not in _CLOSED]
            stays = hot.stays_on(sql, pipeline.id, day, others, closed, day.replace(day=1))
            stays = _on_that_day(stays, hot.summed_changes(sql, moment))
            peopled = {stay.stage_id for stay in stays.values()}
            stages = ordered(stage for stage in mine if stage.id in live or stage.id in peopled)
            rates = read_rates(sql, day)
            sums = _sums(stays.values(), {stage.id: stage for stage in mine})
            overview = Overview(
                workspace=self._info,
                pipelines=pipelines,
                pipeline=pipeline,
                stages=stages,
                owners=read_owners(sql),
                totals={s.id: stage_totals(s.id, sums.get(s.id, ()), self._info.currency, rates) for s in stages},
                overdue=0,
                due_today=0,
                last_event_id=last_action_id(sql),
                today=day,
            )
        return AsOfBoard(day, overview, _orders(stages, stays.values()), stays)

    def cards(self, board: AsOfBoard, ids: Sequence[int]) -> list[Card]:
        """These deals of a past board as they were then, in their order."""
        with self._hot.snapshot() as sql:
            deals = self._deals(sql, board, ids, hot.DEAL_FIELDS)
            companies = names_of(sql, "company", _ids(deals, "company_id"))
            reasons = names_of(sql, "lost_reason", _ids(deals, "lost_reason_id"))
        return [_card(one, companies, reasons) for one in deals.values()]

    def search_index(self, board: AsOfBoard, *, me: int | None = None) -> SearchIndex:
        """The deals of a past board to be filtered: by what they were then, "eom" and "rotting" counted from its day.

        `me` is the owner behind `@me`.
        """
        wanted = [deal_id for ids in board.orders.values() for deal_id in ids]
        overview, end = board.overview, self._end_of(board.day)
        name = next((owner.name for owner in overview.owners if owner.id == me), "")
        now = min(end, self._clock.now()).astimezone(self._zone)
        # The history writes days as text on both engines.
        with self._hot.snapshot() as sql, uncollected():
            deals = self._deals(sql, board, wanted, hot.FILTERED_FIELDS)
            rates, rules = read_rates(sql, board.day), self._info.score_rules
            setting = FactSetting(board.day, self._zone, self._info.currency, rates, Codec("sqlite"), rules)
            return past_index(self._hot, sql, overview, board.orders, deals, setting, now, name)

    def _deals(
        self, sql: Statements, board: AsOfBoard, ids: Sequence[int], fields: Sequence[str]
    ) -> dict[int, PastDeal]:
        """These deals with some fields of that day, in their order."""
        wanted = [deal_id for deal_id in ids if deal_id in board.stays]
        moment = hot.moment_of(sql, self._end_of(board.day))
        changes = hot.changes_since(sql, moment, wanted)
        deals = {
            deal_id: rewound(row, changes.by_thing.get(("deal", deal_id), ()))
            for deal_id, row in hot.deals_now(sql, wanted, fields).items()
        }
        tasks = [
            rewound(row, changes.by_thing.get(("task", row["id"]), ()))
            for row in hot.tasks_now(sql, wanted)
            if ("task", row["id"]) not in changes.born_since
        ]
        signs = hot.last_activities(sql, moment, wanted)
        changed = hot.last_changes(sql, moment, wanted) if "tags" in fields else {}
        nexts, done = _next_tasks(tasks, moment.at)
        found = {}
        for deal_id in wanted:
            if (values := deals.get(deal_id)) is not None:
                sign = max((at for at in (signs.get(deal_id), done.get(deal_id)) if at is not None), default=None)
                stay = board.stays[deal_id]
                idle = max(stay.entered_on, sign.astimezone(self._zone).date()) if sign else stay.entered_on
                found[deal_id] = PastDeal(stay, values, nexts.get(deal_id), idle, changed.get(deal_id))
        return found

    def _end_of(self, day: date) -> datetime:
        """The last moment of a local day; of today the present one."""
        midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=self._zone)
        return midnight.astimezone(UTC) - timedelta(microseconds=1)


def _on_that_day(stays: Mapping[int, hot.Stay], changes: Mapping[int, list[LaterChange]]) -> dict[int, hot.Stay]:
    """The stays with the sums of that day, without the deals that were deleted by then."""
    found = {}
    for deal_id, stay in stays.items():
        if deal_id in changes:
            fields = rewound(stay._asdict(), changes[deal_id])
            stay = stay._replace(
                **{name: fields[name] for name in ("value_minor", "currency", "probability", "deleted")}
            )
        if not stay.deleted:
            found[deal_id] = stay
    return found


def _sums(stays: Iterable[hot.Stay], stages: Mapping[int, Stage]) -> dict[int, list[CurrencyTotal]]:
    """The sums by stage and currency; won counts in full, lost not at all."""
    sums: dict[tuple[int, str], list[int]] = {}
    for stay in stays:
        stage = stages[stay.stage_id]
        percent = stage.probability if stay.probability is None else stay.probability
        if stage.kind in _CLOSED:
            percent = 100 if stage.kind == StageKind.WON else 0
        sum_ = sums.setdefault((stay.stage_id, stay.currency), [0, 0, 0, 0])
        value = stay.value_minor
        sum_[0] += 1
        sum_[1] += value is None
        sum_[2] += value or 0
        sum_[3] += (value or 0) * percent
    found: dict[int, list[CurrencyTotal]] = {}
    for (stage_id, currency), numbers in sums.items():
        found.setdefault(stage_id, []).append(CurrencyTotal(currency, *numbers))
    return found


def _orders(stages: Sequence[Stage], stays: Iterable[hot.Stay]) -> "dict[int, array[int]]":
    """The deals of each stage, those that came last first: where they stood by hand then is not kept."""
    by_stage: dict[int, list[hot.Stay]] = {stage.id: [] for stage in stages}
    for stay in stays:
        by_stage[stay.stage_id].append(stay)
    for some in by_stage.values():
        some.sort(key=lambda stay: (-stay.entered_on.toordinal(), -stay.deal_id))
    return {stage_id: array("q", [stay.deal_id for stay in some]) for stage_id, some in by_stage.items()}


def _ids(deals: Mapping[int, PastDeal], field: str) -> list[int]:
    return [one.fields[field] for one in deals.values() if one.fields[field] is not None]


def _next_tasks(
    tasks: Iterable[Mapping[str, Any]], at: datetime
) -> tuple[dict[int, Mapping[str, Any]], dict[int, datetime]]:
    """The task that was next for each deal, and when one was last done by then."""
    nexts: dict[int, Mapping[str, Any]] = {}
    done: dict[int, datetime] = {}
    for task in tasks:
        if task["deleted"] or task["is_dismissed"]:
            continue
        deal_id = task["deal_id"]
        if task["done_at"] is not None:
            done_at = datetime.fromisoformat(task["done_at"])
            if done_at <= at:
                done[deal_id] = max(done.get(deal_id, done_at), done_at)
                continue
        if deal_id not in nexts or _urgency(task) < _urgency(nexts[deal_id]):
            nexts[deal_id] = task
    return nexts, done


def _urgency(task: Mapping[str, Any]) -> tuple[bool, str, bool, str, int]:
    """What comes first: dated ones by the day they ask for attention, then by the clock."""
    on = task["snoozed_until"] or task["due_on"] or ""
    return (task["due_on"] is None, on, task["due_time"] is None, task["due_time"] or "", task["id"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _card(deal: PastDeal, companies: Mapping[int, str], reasons: Mapping[int, str]) -> Card:
    """A deal as the board drew it then."""
    stay, fields, task = deal.stay, deal.fields, deal.task
    return Card(
        id=stay.deal_id,
        version=0,
        stage_id=stay.stage_id,
        rank=0,
        title=fields["title"],
        company=companies.get(fields["company_id"], ""),
        value_minor=fields["value_minor"],
        currency=fields["currency"],
        owner_id=fields["owner_id"],
        probability=fields["probability"],
        is_hot=bool(fields["is_hot"]),
        entered_on=stay.entered_on,
        is_entry_known=stay.is_entry_known,
        idle_on=deal.idle_on,
        expected_close_on=_day(fields["expected_close_on"]),
        closed_on=_day(fields["closed_on"]),
        wake_on=_day(fields["wake_on"]),
        lost_reason=reasons.get(fields["lost_reason_id"], ""),
        task_id=task["id"] if task else None,
        task_title=task["title"] if task else "",
        task_on=_day(task["snoozed_until"] or task["due_on"]) if task else None,
        task_at=time.fromisoformat(task["due_time"]) if task and task["due_time"] else None,
        task_due_on=_day(task["due_on"]) if task else None,
    )
