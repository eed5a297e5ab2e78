"""The agenda of one day and of one week: the same rows, in the order of the calendar."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time, timedelta
from enum import Enum

from pipeboard.domain.task import asks_on
from pipeboard.services.agenda import GROUPS, Agenda, AgendaTask, group_of
from pipeboard.tui.text.agenda_rows import AgendaGroup, AgendaRow, AgendaTerms, groups_of, task_row
from pipeboard.tui.text.deal_context import plain_day
from pipeboard.tui.text.lazy_rows import LazyRows

NOON, EVENING = time(12), time(18)


class AgendaView(Enum):
    """How the agenda is arranged."""

    LIST = "list"
    DAY = "day"
    WEEK = "week"

    @property
    def following(self) -> "AgendaView":
        """The next arrangement, round at the end."""
        order = list(AgendaView)
        return order[(order.index(self) + 1) % len(order)]


def arranged(value: Agenda, terms: AgendaTerms, view: AgendaView, day: date) -> tuple[AgendaGroup, ...]:
    """The groups of an arrangement, around a day."""
    if view is AgendaView.DAY:
        return day_groups(value, terms, day)
    return week_groups(value, terms, day) if view is AgendaView.WEEK else groups_of(value, terms)


def day_groups(value: Agenda, terms: AgendaTerms, day: date) -> tuple[AgendaGroup, ...]:
    """What is late (where the day is today), then the day by its hours; a day without a task says so."""
    late = _group("Late", "overdue", value.overdue if day == terms.today else (), terms)
    tasks = _by_day(value, terms.today).get(day, [])
    parts: dict[str, list[AgendaTask]] = {"Any time": [], "Morning": [], "Afternoon": [], "Evening": []}
    for task in sorted(tasks, key=lambda task: (task.due_time or time.min, task.id)):
        parts[_part_of(task)].append(task)
    found = [late, *(_group(name, "text", part, terms) for name, part in parts.items())]
    shown = tuple(group for group in found if group.rows)
    return shown or (AgendaGroup(plain_day(day, terms.today), "text", (), 0),)


def week_groups(value: Agenda, terms: AgendaTerms, day: date) -> tuple[AgendaGroup, ...]:
    """What is late from before the week (where it is this one), then its seven days, also those that are free."""
    monday = day - timedelta(day.weekday())
    days = [monday + timedelta(step) for step in range(7)]
    today = terms.today
    by_day = _by_day(value, today)
    before = [task for task in value.overdue if (task.due_on or today) < monday] if today in days else []
    groups = [_group("Late from before", "overdue", before, terms)] if before else []
    for on in days:
        tone = "soon" if on == today else ("text" if on > today else "muted")
        tasks = sorted(by_day.get(on, ()), key=lambda task: (task.due_time or time.min, task.id))
        groups.append(_group(plain_day(on, today), tone, tasks, terms))
    return tuple(groups)


def span_words(view: AgendaView, day: date, today: date) -> str:
    """Which day or week is on show."""
    if view is not AgendaView.WEEK:
        return plain_day(day, today)
    monday = day - timedelta(day.weekday())
    return f"{plain_day(monday, today)} to {plain_day(monday + timedelta(6), today)}"


def _by_day(value: Agenda, today: date) -> dict[date | None, list[AgendaTask]]:
    """The tasks by the day on which they ask for attention."""
    days: dict[date | None, list[AgendaTask]] = defaultdict(list)
    for group in GROUPS:
        for task in getattr(value, group):
            days[asks_on(task.due_on, task.snoozed_until, today)].append(task)
    return days


def _part_of(task: AgendaTask) -> str:
    if task.due_time is None:
        return "Any time"
    if task.due_time < NOON:
        return "Morning"
    return "Afternoon" if task.due_time < EVENING else "Evening"


def _group(name: str, tone: str, tasks: Sequence[AgendaTask], terms: AgendaTerms) -> AgendaGroup:
    def put(task: AgendaTask) -> AgendaRow:
        row = task_row(task, group_of(task, terms.today), terms)
        is_timed = task.due_time is not None and row.sign != "late"
        return row._replace(short=f"{task.due_time:%H:%M}") if is_timed else row

    return AgendaGroup(name, tone, LazyRows(tasks, put), len(tasks))
