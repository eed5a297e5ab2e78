"""The day's work: tasks by when they are due, and deals that nobody has planned anything for."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pipeboard.domain.reminding import ring_times
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.suggestions import SILENT_DAYS, Reason
from pipeboard.domain.task import asks_on
from pipeboard.services.listing import ListedDeal, as_of
from pipeboard.services.reads import Reads, uncollected
from pipeboard.services.suggesting import ALL, Asking, suggested_deals
from pipeboard.storage.gateways.catalogue import read_stages
from pipeboard.storage.gateways.rings import read_rung
from pipeboard.storage.hot.agenda import AgendaTask, open_tasks, owned_ids, timed_tasks, unplanned_ids
from pipeboard.storage.hot.listing import Wanted, listed
from pipeboard.storage.hot.suggesting import closing_ids
from pipeboard.storage.sql import Statements

_AT_ONCE = 500


class Suggestion(NamedTuple):
    """A deal that deserves a look, and why."""

    deal_id: int
    deal: str
    reasons: tuple[Reason, ...]
    listed: ListedDeal

    @property
    def why(self) -> str:
        """All reasons in one line."""
        return "; ".join(reason.words for reason in self.reasons)


class Load(NamedTuple):
    """How much waits for a person (None: for nobody): late, today, in the rest of the week, in all."""

    owner_id: int | None
    owner: str
    overdue: int
    today: int
    this_week: int
    open: int


class Ring(NamedTuple):
    """A task whose time has come: at which instant, what is to be done for which deal."""

    at: datetime
    task_id: int
    title: str
    deal: str
    task: AgendaTask | None = None


class Agenda(NamedTuple):
    """Tasks in groups that do not overlap, then deals. The week ends on Sunday.

    Where a reading was limited, `unplanned_count` and `suggested_count` still tell how many deals there are.
    """

    today_on: date
    overdue: tuple[AgendaTask, ...]
    today: tuple[AgendaTask, ...]
    tomorrow: tuple[AgendaTask, ...]
    this_week: tuple[AgendaTask, ...]
    later: tuple[AgendaTask, ...]
    no_date: tuple[AgendaTask, ...]
    no_next_step: tuple[ListedDeal, ...]
    waking: tuple[ListedDeal, ...]
    suggested: tuple[Suggestion, ...]
    unplanned_count: int
    suggested_count: int
    closing: tuple[ListedDeal, ...] = ()
    workload: tuple[Load, ...] = ()


GROUPS = ("overdue", "today", "tomorrow", "this_week", "later", "no_date")
"""The groups of tasks in the order of their urgency."""


class AgendaReads(Reads):
    """Reads for the agenda and for reminders."""

    def tasks(self) -> dict[str, list[AgendaTask]]:
        """The open tasks by group of `GROUPS`."""
        with self._hot.snapshot() as sql:
            return grouped(open_tasks(sql), self.today)

    def agenda(
        self,
        most: int | None = None,
        *,
        owner_id: int | None = None,
        deal_ids: frozenset[int] | None = None,
        kinds: Collection[str] = ALL,
        silent_days: int = SILENT_DAYS,
    ) -> Agenda:
        """Everything that asks for attention, from one moment of the database.

        At most `most` deals without a next step and as many suggestions, dear ones first; of one person where
        `owner_id` is given: the tasks that are theirs to do, and their deals; of these deals alone where `deal_ids`
        are given. `kinds` are the kinds of suggestions that are wanted, `silent_days` from when on a silence is one.
        """
        today = self.today
        with uncollected(), self._hot.snapshot() as sql:
            every = grouped(open_tasks(sql), today)
            tasks = {group: _wanted(found, owner_id, deal_ids) for group, found in every.items()}
            theirs = None if owner_id is None else set(owned_ids(sql, owner_id))
            if deal_ids is not None:
                theirs = set(deal_ids) if theirs is None else theirs & deal_ids
            unplanned = _of(unplanned_ids(sql), theirs)
            pressing = {task.deal_id for group in ("overdue", "today") for task in tasks[group]}
            asking = Asking(today, self._zone, kinds, silent_days, owner_id, deal_ids, pressing)
            suggested, suggested_count = suggested_deals(sql, asking, read_stages(sql), most)
            closing = _of(closing_ids(sql, today, _sunday(today)), theirs)[:most]
            deals = _listed(sql, {*unplanned[:most], *(one for one, _ in suggested), *closing}, today)
            woken = listed(sql, Wanted(statuses=(int(DealStatus.PARKED),), woken_on=today, owner_id=owner_id))
        return Agenda(
            today_on=today,
            **{group: tuple(tasks[group]) for group in GROUPS},
            no_next_step=tuple(deals[deal_id] for deal_id in unplanned[:most]),
            waking=tuple(as_of(row, today) for row in woken if deal_ids is None or row.id in deal_ids),
            suggested=tuple(_suggestion(deals[deal_id], why) for deal_id, why in suggested),
            unplanned_count=len(unplanned),
            suggested_count=suggested_count,
            closing=tuple(deals[deal_id] for deal_id in closing),
            workload=workload_of(every),
        )

    def rings(self, since: datetime, until: datetime, *, owner_id: int | None = None) -> tuple[Ring, ...]:
        """The reminders after `since` and no later than `until` that have not rung anywhere, in that order.

        With `owner_id` those of that person and those of nobody.
        """
        with self._hot.snapshot() as sql:
            tasks = timed_tasks(sql, since.astimezone(self._zone).date())
            rung = read_rung(sql, since)
        return tuple(
            sorted(
                (
                    Ring(at, task.id, task.title, task.deal, task)
                    for task in tasks
                    if not owner_id or task.assignee_id in (None, owner_id)
                    for at in self._ring_times(task)
                    if since < at <= until and (task.id, at) not in rung
                ),
                key=lambda ring: ring[:3],
            )
        )

    def _ring_times(self, task: AgendaTask) -> tuple[datetime, ...]:
        when = (task.due_on, task.due_time, task.snoozed_until, task.remind_minutes, task.created_at)
        return ring_times(*when, self._zone)


def _of(deal_ids: list[int], theirs: set[int] | None) -> list[int]:
    """The deals of a person; all of them when nobody is asked for."""
    return deal_ids if theirs is None else [deal_id for deal_id in deal_ids if deal_id in theirs]


def _listed(sql: Statements, wanted: set[int], today: date) -> dict[int, ListedDeal]:
    """Deals by id, read by so many at a time as a statement may name."""
    ids = sorted(wanted)
    rows = [
        row for at in range(0, len(ids), _AT_ONCE) for row in listed(sql, Wanted(ids=tuple(ids[at : at + _AT_ONCE])))
    ]
    return {row.id: as_of(row, today) for row in rows}


def _wanted(tasks: list[AgendaTask], owner_id: int | None, deal_ids: frozenset[int] | None) -> Sequence[AgendaTask]:
    """The tasks of a person, about some deals; all of them when nobody and nothing is asked for."""
    if owner_id is None and deal_ids is None:
        return tasks
    return [
        task
        for task in tasks
        if (owner_id is None or task.assignee_id == owner_id) and (deal_ids is None or task.deal_id in deal_ids)
    ]


def group_of(task: AgendaTask, today: date) -> str:
    """Where a task stands: by the day on which it asks for attention."""
    on = asks_on(task.due_on, task.snoozed_until, today)
    if on is None:
        return "no_date"
    days = (on - today).days
    if days < 0:
        return "overdue"
    if days <= 1:
        return "tomorrow" if days else "today"
    return "this_week" if on <= _sunday(today) else "later"


def grouped(tasks: Sequence[AgendaTask], today: date) -> dict[str, list[AgendaTask]]:
    """Tasks by group, each in the order they came in."""
    groups: dict[str, list[AgendaTask]] = {group: [] for group in GROUPS}
    for task in tasks:
        groups[group_of(task, today)].append(task)
    return groups


def _suggestion(deal: ListedDeal, why: tuple[Reason, ...]) -> Suggestion:
    return Suggestion(deal.row.id, deal.row.title, why, deal)


def _sunday(today: date) -> date:
    """The last day of the week."""
    return today + timedelta(days=6 - today.weekday())


def workload_of(groups: Mapping[str, Sequence[AgendaTask]]) -> tuple[Load, ...]:
    """What waits for each person, the busiest first, nobody last."""
    counts: dict[int | None, dict[str, int]] = {}
    names: dict[int | None, str] = {}
    for group, tasks in groups.items():
        for (who, name), number in Counter((task.assignee_id, task.assignee) for task in tasks).items():
            counts.setdefault(who, dict.fromkeys(GROUPS, 0))[group] += number
            names[who] = name or "nobody"
    loads = [
        Load(who, names[who], n["overdue"], n["today"], n["tomorrow"] + n["this_week"], sum(n.values()))
        for who, n in counts.items()
    ]
    return tuple(sorted(loads, key=lambda one: (one.owner_id is None, -one.open, one.owner)))


__all__ = ["GROUPS", "Agenda", "AgendaReads", "AgendaTask", "Load", "Ring", "Suggestion", "group_of", "grouped"]
