"""The day's work: tasks by when they are due, and deals that nobody has planned anything for."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from pipeboard.domain.dates import short_day
from pipeboard.domain.stage import DealStatus
from pipeboard.services.clock import Clock, today_in
from pipeboard.services.listing import ListedDeal, as_of
from pipeboard.storage.hot.agenda import AgendaTask, open_tasks
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.listing import Wanted, listed

SILENT_DAYS = 10
"""Days without a sign of life after which a deal is suggested (DOMAIN.md, inactive accounts)."""


class Suggestion(NamedTuple):
    """A deal that deserves a look, and why."""

    deal_id: int
    deal: str
    why: str


class Agenda(NamedTuple):
    """Tasks in groups that do not overlap, then deals. The week ends on Sunday."""

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


GROUPS = ("overdue", "today", "tomorrow", "this_week", "later", "no_date")
"""The groups of tasks in the order of their urgency."""


class AgendaReads:
    """Reads for the agenda and for reminders."""

    def __init__(self, reader: Hot, clock: Clock, zone: tzinfo) -> None:
        self._hot = reader
        self._clock = clock
        self._zone = zone

    @property
    def today(self) -> date:
        """The present day in the workspace zone."""
        return today_in(self._clock, self._zone)

    def tasks(self) -> dict[str, list[AgendaTask]]:
        """The open tasks by group of `GROUPS`."""
        with self._hot.snapshot() as sql:
            return grouped(open_tasks(sql), self.today)

    def agenda(self) -> Agenda:
        """Everything that asks for attention, from one moment of the database."""
        today = self.today
        with self._hot.snapshot() as sql:
            tasks = grouped(open_tasks(sql), today)
            open_deals = [as_of(row, today) for row in listed(sql, Wanted(statuses=(int(DealStatus.OPEN),)))]
            woken = listed(sql, Wanted(statuses=(int(DealStatus.PARKED),), woken_on=today))
        pressing = {task.deal_id for group in ("overdue", "today") for task in tasks[group]}
        return Agenda(
            today_on=today,
            **{group: tuple(tasks[group]) for group in GROUPS},
            no_next_step=tuple(deal for deal in open_deals if deal.row.task_id is None),
            waking=tuple(as_of(row, today) for row in woken),
            suggested=suggestions([deal for deal in open_deals if deal.row.id not in pressing], today),
        )


def group_of(task: AgendaTask, today: date) -> str:
    """Where a task stands: by its due day, or by the day until which it was snoozed when that is to come."""
    if task.snoozed_until is not None and task.snoozed_until > today:
        on: date | None = task.snoozed_until
    else:
        on = task.due_on or task.snoozed_until
    if on is None:
        return "no_date"
    days = (on - today).days
    if days < 0:
        return "overdue"
    if days <= 1:
        return "tomorrow" if days else "today"
    return "this_week" if on <= today + timedelta(days=6 - today.weekday()) else "later"


def grouped(tasks: Sequence[AgendaTask], today: date) -> dict[str, list[AgendaTask]]:
    """Tasks by group, each in the order they came in."""
    groups: dict[str, list[AgendaTask]] = {group: [] for group in GROUPS}
    for task in tasks:
        groups[group_of(task, today)].append(task)
    return groups


def suggestions(deals: Sequence[ListedDeal], today: date) -> tuple[Suggestion, ...]:
    """Open deals whose close date is past or that nobody has touched for `SILENT_DAYS`; dear ones first."""
    found = []
    for deal in sorted(deals, key=lambda one: -(one.row.value_minor or 0)):
        why = []
        if deal.row.expected_close_on is not None and deal.row.expected_close_on < today:
            why.append(f"Close date passed on {short_day(deal.row.expected_close_on, today)}")
        if deal.idle_days is not None and deal.idle_days >= SILENT_DAYS:
            why.append(f"No activity for {deal.idle_days} days")
        if why:
            found.append(Suggestion(deal.row.id, deal.row.title, "; ".join(why)))
    return tuple(found)


__all__ = ["GROUPS", "Agenda", "AgendaReads", "AgendaTask", "Suggestion", "group_of", "grouped", "suggestions"]
