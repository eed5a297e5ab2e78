"""The agenda as groups of rows: what each row says and what it is about, without a width."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from pipeboard.domain.dates import short_day
from pipeboard.domain.money import format_money, number
from pipeboard.domain.suggestions import Reason
from pipeboard.domain.task import asks_on
from pipeboard.domain.text import initials, search_key
from pipeboard.services.agenda import GROUPS, Agenda, AgendaTask, Suggestion
from pipeboard.services.filtered import RowRule
from pipeboard.services.listing import ListedDeal
from pipeboard.tui.text.deal_context import counted, plain_day
from pipeboard.tui.text.lazy_rows import LazyRows

About = AgendaTask | ListedDeal
"""What a row can be about."""


class RowKey(NamedTuple):
    """What a row is, whatever stands around it: a task, or a deal in one of the groups of deals."""

    kind: str
    id: int


class AgendaRow(NamedTuple):
    """One line of the agenda in words. Tones name styles of the palette, `sign` a glyph.

    `state` is what presses (days late, the time of day), `when` the day; `short` says the most telling of both
    where there is room for one only. `about` is the task or the deal behind it, `reason` why a deal is suggested.
    """

    key: RowKey
    about: About
    sign: str
    tone: str
    title: str
    title_tone: str
    deal: str
    value: str
    stage: str
    who: str
    state: str
    state_tone: str
    when: str
    when_tone: str
    short: str
    reason: Reason | None = None

    @property
    def deal_id(self) -> int:
        """The deal it is about."""
        return deal_id_of(self.about)

    @property
    def task(self) -> AgendaTask | None:
        """The task it is about; None on a row of a deal."""
        return self.about if isinstance(self.about, AgendaTask) else None


def deal_id_of(about: About) -> int:
    """The deal that a row about this is about."""
    return about.deal_id if isinstance(about, AgendaTask) else about.row.id


class AgendaGroup(NamedTuple):
    """Rows under one name. `total` may be more than the rows: then only the first ones were read.

    `worth` is what all of them are worth together, in words.
    """

    name: str
    tone: str
    rows: Sequence[AgendaRow]
    total: int
    worth: str = ""


class AgendaKeyWords(NamedTuple):
    """The keys that rows of deals name, because they can be remapped; empty ones are not mentioned."""

    new_task: str = "t"
    reopen: str = "R"


class AgendaTerms(NamedTuple):
    """What rows are told by. `now` is aware and in the zone of the workspace; values in its currency bear no sign."""

    now: datetime
    currency: str
    keys: AgendaKeyWords = AgendaKeyWords()

    @property
    def today(self) -> date:
        """The present day."""
        return self.now.date()

    def value(self, minor: int | None, currency: str) -> str:
        """A value in words, "" where none was entered."""
        if minor is None:
            return ""
        return number(minor, currency) if currency == self.currency else format_money(minor, currency)


_NAMES = {
    "overdue": ("Late", "overdue"),
    "today": ("Today", "soon"),
    "tomorrow": ("Tomorrow", "text"),
    "this_week": ("This week", "text"),
    "next_week": ("Next week", "text"),
    "later": ("Later", "text"),
    "no_date": ("No date", "text"),
}


def groups_of(value: Agenda, terms: AgendaTerms) -> tuple[AgendaGroup, ...]:
    """The agenda as groups; the empty ones are left out."""
    found = []
    for group, tasks in _task_groups(value):
        name, tone = _NAMES[group]
        found.append(AgendaGroup(name, tone, LazyRows(tasks, partial(task_row, group=group, terms=terms)), len(tasks)))
    unplanned = tuple(_unplanned_row(deal, terms) for deal in value.no_next_step)
    waking = tuple(_waking_row(deal, terms) for deal in value.waking)
    closing = tuple(_closing_row(deal, terms) for deal in value.closing)
    suggested = tuple(_suggested_row(one, terms) for one in value.suggested)
    found += [
        AgendaGroup("Without a next step", "rotting", unplanned, value.unplanned_count),
        AgendaGroup("Waking from the fridge", "waiting", waking, len(waking)),
        AgendaGroup("Closing this week", "soon", closing, len(closing)),
        AgendaGroup("Suggested", "waiting", suggested, value.suggested_count),
    ]
    return tuple(group for group in found if group.rows)


def _task_groups(value: Agenda) -> Iterator[tuple[str, Sequence[AgendaTask]]]:
    """The groups of tasks; what comes later is told apart by whether it is still next week."""
    end = value.today_on + timedelta(days=13 - value.today_on.weekday())
    for group in GROUPS:
        tasks: Sequence[AgendaTask] = getattr(value, group)
        if group == "later":
            days = [asks_on(task.due_on, task.snoozed_until, value.today_on) or end for task in tasks]
            yield "next_week", [task for task, on in zip(tasks, days, strict=True) if on <= end]
            yield "later", [task for task, on in zip(tasks, days, strict=True) if on > end]
        else:
            yield group, tasks


def matching(groups: Iterable[AgendaGroup], rules: Sequence[RowRule]) -> tuple[AgendaGroup, ...]:
    """What is left when a row must meet one of the rules; totals are those of what is left."""
    if not rules:
        return tuple(groups)
    left = []
    for group in groups:
        rows = _kept(
            group.rows,
            lambda task: any(_task_meets(task, rule) for rule in rules),
            lambda row: any(_meets(row, rule) for rule in rules),
        )
        if rows:
            left.append(group._replace(rows=rows, total=len(rows)))
    return tuple(left)


def without(groups: Iterable[AgendaGroup], is_gone: Callable[[About], bool]) -> tuple[AgendaGroup, ...]:
    """The groups without the rows about some tasks or deals."""
    left = []
    for group in groups:
        rows = _kept(group.rows, lambda task: not is_gone(task), lambda row: not is_gone(row.about))
        if rows or not group.rows:  # a day of the week view may have none
            left.append(group._replace(rows=rows, total=group.total - len(group.rows) + len(rows)))
    return tuple(left)


def _kept(
    rows: Sequence[AgendaRow], keeps_task: Callable[[AgendaTask], bool], keeps_row: Callable[[AgendaRow], bool]
) -> Sequence[AgendaRow]:
    """Those rows that are kept; tasks are asked about without putting them into words."""
    if isinstance(rows, LazyRows):
        return rows.kept(keeps_task)
    return tuple(row for row in rows if keeps_row(row))


def _task_meets(task: AgendaTask, rule: RowRule) -> bool:
    if rule.deal_ids is not None and task.deal_id not in rule.deal_ids:
        return False
    if not rule.words:
        return True
    text = search_key(f"{task.title} {task.deal} {task.stage} {task.company} {task.assignee} {task.kind}")
    return all(word in text for word in rule.words)


def _meets(row: AgendaRow, rule: RowRule) -> bool:
    if isinstance(row.about, AgendaTask):
        return _task_meets(row.about, rule)
    if rule.deal_ids is not None and row.deal_id not in rule.deal_ids:
        return False
    deal = row.about.row
    text = search_key(f"{row.title} {row.deal} {row.stage} {deal.company} {deal.owner} {deal.contact} {deal.tags}")
    return all(word in text for word in rule.words)


# Tasks


def task_row(task: AgendaTask, group: str, terms: AgendaTerms) -> AgendaRow:
    """A task in words, as it stands in a group of `GROUPS` or next week."""
    today = terms.today
    row = AgendaRow(
        RowKey("task", task.id),
        task,
        "planned",
        "muted",
        task.title or "untitled",
        "text",
        task.deal,
        terms.value(task.value_minor, task.currency),
        task.stage,
        initials(task.assignee) if task.assignee else "",
        f"{task.due_time:%H:%M}" if task.due_time is not None else "",
        "muted",
        "",
        "muted",
        "",
    )
    if group == "overdue":
        return _late(row, task, today)
    if group == "today":
        return _today(row, task, terms.now)
    on = asks_on(task.due_on, task.snoozed_until, today)
    if on is None:
        return row._replace(short="no date")
    day = plain_day(on, today)
    if task.snoozed_until is not None and task.snoozed_until > today:
        return _snoozed(row, task, day, today)
    return row._replace(when=day, short=_short_day(row, group, day))


def _short_day(row: AgendaRow, group: str, day: str) -> str:
    """The day in one column with the time, as far as the name of the group leaves anything to say."""
    if group == "tomorrow":
        return row.state or "any time"
    return f"{day.partition(' ')[0]} {row.state}" if group in ("this_week", "next_week") and row.state else day


def _late(row: AgendaRow, task: AgendaTask, today: date) -> AgendaRow:
    """Late: by how many days, however many they are."""
    on = task.due_on or task.snoozed_until or today
    late = f"{counted((today - on).days, 'day')} late"
    return row._replace(
        sign="late",
        tone="overdue",
        state=late,
        state_tone="overdue",
        when=plain_day(on, today),
        short=late,
    )


def _today(row: AgendaRow, task: AgendaTask, now: datetime) -> AgendaRow:
    """Due today: how long until its time, or since."""
    row = row._replace(sign="soon", tone="soon", state_tone="soon")
    if task.due_on is not None and task.due_on > now.date():
        due = f"due {short_day(task.due_on, now.date())}"
        return row._replace(state=due, state_tone="muted", when="snoozed till now", short=due)
    if task.due_time is None or task.due_on is None:
        return row._replace(when="any time", short="any time")
    minutes = _minutes(task, now)
    if minutes < 0:
        gone = f"{_span(-minutes)} ago"
        return row._replace(sign="late", tone="overdue", state_tone="overdue", when=gone, short=gone)
    words = f"in {_span(minutes)}" if minutes else "now"
    return row._replace(when=words, short=row.state)


def _minutes(task: AgendaTask, now: datetime) -> int:
    """Whole minutes from now until a task with a time; below zero when that is past.

    Both are instants: on a day on which the clocks change the wall clock alone would be an hour off.
    """
    assert task.due_on is not None
    assert task.due_time is not None
    due = datetime.combine(task.due_on, task.due_time, tzinfo=now.tzinfo)
    seconds = due.timestamp() - now.timestamp()
    return -int(-seconds // 60) if seconds < 0 else int(-(-seconds // 60))


def _span(minutes: int) -> str:
    """A length of time in a few cells: "25 min", "3 h"; hours are whole ones, rounded down."""
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h"


def _snoozed(row: AgendaRow, task: AgendaTask, day: str, today: date) -> AgendaRow:
    """Put off: until when; being late is not forgotten by that."""
    is_late = task.due_on is not None and task.due_on < today
    late = f"{counted((today - task.due_on).days, 'day')} late" if is_late and task.due_on else "snoozed"
    tone = "overdue" if is_late else "muted"
    return row._replace(sign="waiting", tone="waiting", state=late, state_tone=tone, when=day, short=day)


# Deals


def _deal_row(group: str, deal: ListedDeal, terms: AgendaTerms, sign: str, tone: str) -> AgendaRow:
    row = deal.row
    silent = counted(deal.idle_days, "day") if deal.idle_days else ""
    is_rotting = deal.is_rotting and row.rot_days is not None
    state = f"{deal.idle_days}d/{row.rot_days}" if is_rotting else silent
    return AgendaRow(
        RowKey(group, row.id),
        deal,
        sign,
        tone,
        "",
        "text",
        row.title,
        terms.value(row.value_minor, row.currency),
        row.stage,
        initials(row.owner) if row.owner else "",
        state,
        "rotting" if is_rotting else "muted",
        "",
        "muted",
        state,
    )


def _unplanned_row(deal: ListedDeal, terms: AgendaTerms) -> AgendaRow:
    title = f"{terms.keys.new_task} to plan one" if terms.keys.new_task else "plan one"
    return _deal_row("unplanned", deal, terms, "none", "rotting")._replace(title=title, title_tone="muted")


def _waking_row(deal: ListedDeal, terms: AgendaTerms) -> AgendaRow:
    row = _deal_row("waking", deal, terms, "waiting", "waiting")
    today = terms.today
    title = f"{terms.keys.reopen} to bring it back" if terms.keys.reopen else "bring it back"
    on = deal.row.wake_on or today
    since = (today - on).days
    words = "today" if not since else plain_day(on, today)
    state = f"{counted(since, 'day')} ago" if since else ""
    return row._replace(
        title=title,
        title_tone="muted",
        state=state,
        state_tone="waiting",
        when=words,
        short=state or "today",
    )


def _closing_row(deal: ListedDeal, terms: AgendaTerms) -> AgendaRow:
    row = _deal_row("closing", deal, terms, "soon", "soon")
    on = deal.row.expected_close_on or terms.today
    day = plain_day(on, terms.today)
    next_step = deal.row.task_title or "no next step"
    tone = "muted" if deal.row.task_title else "rotting"
    return row._replace(title=next_step, title_tone=tone, when=day, short=day)


def _suggested_row(one: Suggestion, terms: AgendaTerms) -> AgendaRow:
    # The first reason is enough: how long nobody cared for it stands in its own column.
    first = one.reasons[0]
    row = _deal_row("suggested", one.listed, terms, "waiting", "waiting")
    return row._replace(title=first.words, reason=first)
