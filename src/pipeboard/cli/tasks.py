"""Verbs for tasks and activities."""

import sys
from datetime import date, datetime, time
from typing import NamedTuple

import click

from pipeboard.cli import documents, output
from pipeboard.cli.deals import found_deal
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of, late_or_day, typed_day
from pipeboard.domain.commands import AddTask, CompleteTask, EditTask, LogActivity, Seen
from pipeboard.domain.dates import parse_when
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import TaskAdded
from pipeboard.domain.task import ACTIVITY_KINDS, TASK_KINDS, kind_of
from pipeboard.services.agenda import GROUPS, AgendaTask

LARGEST_STDIN = 1_000_000
"""Characters read from stdin for one activity; the text is cut to 65,536 when it is stored."""


class _Step(NamedTuple):
    title: str
    due_on: date | None
    due_time: time | None


@click.group()
def task() -> None:
    """Tasks: add, done, snooze, list.

    \b
    Example:
      pipeboard task add "acme ren" "call Bob" --due "fri 15:00"
    """


@task.command("add")
@click.argument("deal")
@click.argument("text", nargs=-1, required=True)
@click.option("--due", default="", help="When: fri, +3d, 2026-12-01, tomorrow 15:00.")
@click.option("--kind", type=click.Choice(TASK_KINDS), help="Without it, what the first words suggest.")
@pass_session
def add_task(session: Session, deal: str, text: tuple[str, ...], due: str, kind: str | None) -> None:
    """Plan a next step for a deal.

    \b
    Example:
      pipeboard task add "acme ren" "send the offer" --due fri
    """
    step = _step(session, " ".join(text), due)
    deal_id = found_deal(session, deal)
    command = AddTask(deal_id, step.title, kind or kind_of(step.title), step.due_on, step.due_time)
    _say_planned(session, session.workspace.execute(command).events[0], step)


def _step(session: Session, text: str, due: str = "") -> _Step:
    """A step as typed; `due:` within the text works as in quick add."""
    from pipeboard.services.adding import understood

    if due:
        when = parse_when(due, session.now)
        return _Step(text, when.on, when.at)
    said = understood(session.workspace, text)
    if said.due_on is None:
        return _Step(text, None, None)
    kept = " ".join(part.text for part in said.parts if part.kind != "due")
    return _Step(kept, said.due_on, said.due_at)


def _say_planned(session: Session, event: object, step: _Step) -> None:
    if isinstance(event, TaskAdded):
        when = late_or_day(step.due_on, step.due_time, session.workspace.deals.today) or "no date"
        title = session.workspace.deals.detail(event.deal_id).title
        output.line(f"Planned task {event.task_id} for {title}: {step.title} ({when})")


@task.command("done")
@click.argument("task_id", metavar="ID", type=click.IntRange(min=1))
@click.option("--next", "next_text", default="", help='The next step, such as "call Bob due:fri".')
@pass_session
def done(session: Session, task_id: int, next_text: str) -> None:
    """Tick a task off, and plan the next step at once.

    \b
    Example:
      pipeboard task done 31 --next "call about the offer due:+3d"
    """
    step = _step(session, next_text) if next_text else None
    follow_up = AddTask(0, step.title, kind_of(step.title), step.due_on, step.due_time) if step else None
    outcome = session.workspace.execute(CompleteTask(Seen(task_id), follow_up))
    output.line(outcome.label if outcome.events else f"Task {task_id} is done already.")
    for event in outcome.events:
        if step is not None:
            _say_planned(session, event, step)


@task.command("snooze")
@click.argument("task_id", metavar="ID", type=click.IntRange(min=1))
@click.argument("day")
@pass_session
def snooze(session: Session, task_id: int, day: str) -> None:
    """Hide a task until a day; its due day stays as it is.

    \b
    Example:
      pipeboard task snooze 31 monday
    """
    until = typed_day(day, session.now, "DAY")
    outcome = session.workspace.execute(EditTask(Seen(task_id), (("snoozed_until", until),)))
    output.line(f"{outcome.label} until {until}" if outcome.events else f"Task {task_id} sleeps until then already.")


@task.command("list")
@click.option("--overdue", is_flag=True, help="Only those that are late.")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.tasks/1.")
@pass_session
def list_tasks(session: Session, overdue: bool, is_json: bool) -> None:
    """List the open tasks by when they are due.

    \b
    Example:
      pipeboard task list --overdue
    """
    groups = session.workspace.agenda.tasks()
    tasks = groups["overdue"] if overdue else [one for group in GROUPS for one in groups[group]]
    if is_json:
        output.document(documents.task_list(tasks, session.workspace.agenda.today))
        return
    print_tasks(tasks, session.workspace.agenda.today)
    output.line(count_of(len(tasks), "task"))


def print_tasks(tasks: list[AgendaTask], today: date) -> None:
    """Tasks as aligned lines."""
    rows = []
    for one in tasks:
        due = one.due_on
        is_asleep = one.snoozed_until is not None and one.snoozed_until > today
        shown = late_or_day(one.snoozed_until if is_asleep else due, one.due_time, today) or "no date"
        rows.append((str(one.id), shown, one.title, one.deal, one.assignee))
    output.table(("id", "due", "task", "deal", "who"), rows, right=(0,), flexible=(2, 3))


@click.command()
@click.argument("deal")
@click.argument("text", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(ACTIVITY_KINDS), default="note", show_default=True)
@click.option("--on", "day", default="", help="When it was, if not just now.")
@pass_session
def log(session: Session, deal: str, text: tuple[str, ...], kind: str, day: str) -> None:
    """Note something that happened with a deal. With - the text is read from stdin.

    \b
    Examples:
      pipeboard log "acme ren" "they compare us with Initrode" --kind call
      pbpaste | pipeboard log "acme ren" -
    """
    body = sys.stdin.read(LARGEST_STDIN) if text == ("-",) else " ".join(text)
    deal_id = found_deal(session, deal)
    outcome = session.workspace.execute(LogActivity(deal_id, body, kind, at=_moment(session, day)))
    output.line(outcome.label)


def _moment(session: Session, typed: str) -> datetime | None:
    """The instant that a typed day means: at the time given, else at noon, but never later than now."""
    if not typed:
        return None
    when = parse_when(typed, session.now, is_past=True)
    if when.on > session.now.date():
        raise InvalidInput("An activity lies in the past; plan a task for what is to come.")
    moment = datetime.combine(when.on, when.at or time(12), session.workspace.zone)
    return min(moment, session.clock.now()) if when.at is None else moment
