"""Tasks and close dates as a calendar (iCalendar, RFC 5545)."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO

from pipeboard.domain.dates import When, instant_of
from pipeboard.domain.money import format_money
from pipeboard.domain.recurrence import calendar_rule, rule_of
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.text import clean
from pipeboard.services.listing import DealFilter, ListedDeal
from pipeboard.services.workspace import Workspace
from pipeboard.storage.hot.calendar import CalendarClose, CalendarTask, task_uid

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Todo

RECENT = timedelta(days=30)
"""How long what is over stays in a calendar, so that a second import ticks it off there."""

DEAL = "X-PIPEBOARD-DEAL"
"""The property that names the deal of a task by its id."""

_PRODUCT = "-//Pipeboard//Pipeboard//EN"
_DAY_BEFORE = timedelta(hours=-15)
"""Nine in the morning of the day before, from the midnight at which the day begins."""


def write_ics(workspace: Workspace, asked: DealFilter, file: BinaryIO) -> int:
    """Write the tasks and close dates of the deals that a filter leaves; how many entries.

    An entry is the same however often it is written (its UID stays), and tells when it was changed last, so that a
    second import updates.
    """
    from icalendar import Calendar

    deals = {deal.row.id: deal for deal in workspace.listing.deals(asked)}
    facts = workspace.calendar_facts(list(deals))
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", clean(workspace.info.name))
    since = workspace.clock.now() - RECENT
    entries: list[Todo | Event] = [
        _todo(task, deals[task.deal_id], workspace, facts.uid)
        for task in facts.tasks
        if _is_shown(task, deals[task.deal_id], since)
    ]
    entries += [
        _event(close, deals[close.deal_id], facts.uid)
        for close in facts.closes
        if _is_wanted(close, deals[close.deal_id], since)
    ]
    for entry in entries:
        calendar.add_component(entry)
    _add_zones(calendar, [task.due_on.year for task in facts.tasks if task.due_on is not None])
    file.write(calendar.to_ical())
    return len(entries)


def _add_zones(calendar: "Calendar", years: list[int]) -> None:
    """The rules of the zones that occur, for as long as a calendar looks ahead."""
    first = min(years, default=2026)
    calendar.add_missing_timezones(
        first_date=date(first - 1, 1, 1), last_date=date(max(years, default=first) + 12, 1, 1)
    )


def _is_shown(task: CalendarTask, deal: ListedDeal, since: datetime) -> bool:
    """Whether a task is open, or was over so lately that a calendar may still show it."""
    is_over = task.done_at is not None or task.is_dismissed or deal.row.status in (DealStatus.WON, DealStatus.LOST)
    return not is_over or (task.changed_at is not None and task.changed_at >= since)


def _is_wanted(close: CalendarClose, deal: ListedDeal, since: datetime) -> bool:
    if deal.row.status == DealStatus.OPEN:
        return True
    return close.changed_at is not None and close.changed_at >= since


def _todo(task: CalendarTask, deal: ListedDeal, workspace: Workspace, uid: str) -> "Todo":
    from icalendar import Todo, vRecur

    todo = Todo()
    todo.add("uid", task.external_id or task_uid(task.id, uid))
    _stamp(todo, task.changed_at, task.version)
    todo.add("summary", clean(task.title))
    todo.add("description", _about(deal))
    todo.add("categories", [task.kind])
    todo.add(DEAL, str(task.deal_id))
    if deal.row.is_hot:
        todo.add("priority", 1)
    is_over = task.done_at is not None or task.is_dismissed or deal.row.status in (DealStatus.WON, DealStatus.LOST)
    status = "COMPLETED" if task.done_at else "CANCELLED" if is_over else "NEEDS-ACTION"
    todo.add("status", status)
    if task.done_at is not None:
        todo.add("completed", task.done_at.astimezone(UTC).replace(microsecond=0))
    if task.due_on is None:
        return todo
    when = _moment(task, workspace)
    if task.recurrence and not is_over:
        # A task that comes again begins when it is due: DUE would have to lie after DTSTART.
        todo.add("dtstart", when)
        todo.add("rrule", vRecur.from_ical(_rule(task, workspace)))
    else:
        todo.add("due", when)
    if task.due_time is not None and not is_over:
        _alarm(todo, task.title, timedelta(minutes=-(task.remind_minutes or 0)), is_to_end=not task.recurrence)
    return todo


def _moment(task: CalendarTask, workspace: Workspace) -> object:
    """When a task is due: a day or an instant; one that comes again a time of the workspace's zone (that exists)."""
    assert task.due_on is not None
    if task.due_time is None:
        return task.due_on
    instant = instant_of(When(task.due_on, task.due_time), workspace.zone)
    return instant.astimezone(workspace.zone) if task.recurrence and workspace.info.zone != "UTC" else instant


def _rule(task: CalendarTask, workspace: Workspace) -> str:
    """The rest of the series from this task on."""
    rule = rule_of(task.recurrence or "")
    if rule.times is not None:
        rule = rule._replace(times=max(1, rule.times - task.occurrence))
    anchor = task.anchor_on or task.due_on
    assert anchor is not None
    text = calendar_rule(rule, anchor)
    if task.due_time is None:
        return text

    def with_time(found: re.Match[str]) -> str:
        day = datetime.strptime(found[1], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
        return f"UNTIL={instant_of(When(day, time(23, 59, 59)), workspace.zone):%Y%m%dT%H%M%SZ}"

    return re.sub(r"UNTIL=(\d{8})(?!T)", with_time, text)


def _event(close: CalendarClose, deal: ListedDeal, uid: str) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"close-{close.deal_id}@{uid}.pipeboard")
    _stamp(event, close.changed_at, close.version)
    is_open = deal.row.status == DealStatus.OPEN
    on = close.on if is_open else deal.row.closed_on or close.on
    event.add("summary", f"Close: {clean(deal.row.title)}")
    event.add("description", _about(deal))
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if is_open else "CANCELLED")
    event.add(DEAL, str(close.deal_id))
    if is_open:
        _alarm(event, deal.row.title, _DAY_BEFORE, is_to_end=False)
    return event


def _stamp(entry: "Todo | Event", changed_at: datetime | None, version: int) -> None:
    """When the entry was changed, and how often: what tells a calendar that it is newer."""
    at = (changed_at or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    entry.add("dtstamp", at)
    entry.add("last-modified", at)
    entry.add("sequence", version - 1)


def _alarm(entry: "Todo | Event", title: str, before: timedelta, *, is_to_end: bool) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean(title))
    alarm.add("trigger", before, parameters={"RELATED": "END"} if is_to_end else {})
    entry.add_component(alarm)


def _about(deal: ListedDeal) -> str:
    """The deal of an entry in a few lines."""
    row = deal.row
    value = format_money(row.value_minor, row.currency) if row.value_minor is not None else ""
    who = " · ".join(filter(None, (row.company, row.contact)))
    return clean("\n".join(filter(None, (row.title, who, value, f"{row.pipeline}: {row.stage}"))), is_multiline=True)
