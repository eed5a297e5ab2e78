"""The tasks of one deal as groups of rows: late, today, next, without a day, done."""

from collections.abc import Sequence

from pipeboard.domain.dates import short_day
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.task import Task
from pipeboard.services.agenda import AgendaTask, group_of
from pipeboard.tui.text.agenda_rows import AgendaGroup, AgendaRow, AgendaTerms, task_row
from pipeboard.tui.text.deal_context import plain_day
from pipeboard.tui.text.deal_tasks import every_words, open_tasks

_NAMES = {"overdue": ("Late", "overdue"), "today": ("Today", "soon"), "no_date": ("No date", "text")}


def task_groups(detail: DealDetail, terms: AgendaTerms) -> tuple[AgendaGroup, ...]:
    """The groups that have a task, in the order of their urgency; what was done comes last."""
    groups: dict[str, list[AgendaRow]] = {}
    tones: dict[str, str] = {}
    for task in open_tasks(detail, terms.today):
        about = _of_deal(task, detail)
        group = group_of(about, terms.today)
        name, tones_name = _NAMES.get(group, ("Next", "text"))
        row = task_row(about, group, terms)
        groups.setdefault(name, []).append(row._replace(deal=_beside(task, detail, terms), value="", stage="", who=""))
        tones[name] = tones_name
    done = [task for task in detail.tasks if task.done_at is not None and not task.is_dismissed]
    if done:
        groups["Done"], tones["Done"] = [_done_row(task, detail, terms) for task in done], "muted"
    return tuple(AgendaGroup(name, tones[name], tuple(rows), len(rows)) for name, rows in groups.items())


def same_day(detail: DealDetail, task_id: int, terms: AgendaTerms) -> list[int]:
    """The open tasks that ask for attention on the day of a task, in their order."""
    tasks = open_tasks(detail, terms.today)
    day = next((task.asks_on(terms.today) for task in tasks if task.id == task_id), None)
    return [task.id for task in tasks if task.asks_on(terms.today) == day]


def moved(ids: Sequence[int], task_id: int, step: int) -> tuple[int, ...]:
    """The ids with one of them a place further down or up; the same when it is at the end."""
    order = list(ids)
    place = order.index(task_id)
    order.insert(max(0, place + step), order.pop(place))
    return tuple(order)


def _beside(task: Task, detail: DealDetail, terms: AgendaTerms) -> str:
    """Coming again, reminding, of somebody else: in few words."""
    words = []
    if task.snoozed_until is not None and task.due_on is not None and task.asks_on(terms.today) != task.due_on:
        words.append(f"due {short_day(task.due_on, terms.today)}")
    words += [every_words(task.recurrence)] if task.recurrence else []
    words += [f"for {task.assignee}"] if task.assignee and task.assignee != detail.owner else []
    return ", ".join(words)


def _done_row(task: Task, detail: DealDetail, terms: AgendaTerms) -> AgendaRow:
    row = task_row(_of_deal(task, detail), "no_date", terms)
    on = task.done_at.astimezone(terms.now.tzinfo).date() if task.done_at is not None else terms.today
    day = plain_day(on, terms.today)
    return row._replace(sign="done", tone="faint", title_tone="faint", deal="", state="", when=day, short=day)._replace(
        value="", stage="", who=""
    )


def _of_deal(task: Task, detail: DealDetail) -> AgendaTask:
    """A task of a deal in full as one of the agenda."""
    return AgendaTask(
        task.id,
        task.version,
        detail.id,
        detail.title,
        detail.company,
        task.title,
        task.kind,
        task.due_on,
        task.due_time,
        task.snoozed_until,
        task.recurrence,
        task.assignee_id,
        task.assignee,
        detail.version,
        detail.pipeline_id,
        detail.stage_id,
        detail.stage,
        detail.value_minor,
        detail.currency,
        detail.is_hot,
        task.remind_minutes,
        task.position,
    )
