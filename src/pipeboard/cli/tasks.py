"""Verbs for tasks and activities."""

from datetime import date
from typing import Any

import click

from pipeboard.cli import documents, output
from pipeboard.cli.deals import found_deal
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of, late_or_day, typed_day, when_words
from pipeboard.domain.commands import AddTask, CompleteTask, DismissTask, EditTask, Seen, SkipTask
from pipeboard.domain.dates import parse_when
from pipeboard.domain.events import TaskAdded
from pipeboard.domain.names import match_name, place_of
from pipeboard.domain.recurrence import rule_text
from pipeboard.domain.recurrence_words import lead_minutes, parse_rule
from pipeboard.domain.task import TASK_KINDS
from pipeboard.domain.task_line import TaskLine, describe_task_line, parse_task_line
from pipeboard.services.agenda import GROUPS, AgendaTask


@click.group()
def task() -> None:
    """Tasks: add, edit, done, snooze, skip, drop, list.

    \b
    Example:
      pipeboard task add "acme ren" "call Bob fri 15:00 !30m @anna every:2w"
    """


@task.command("add")
@click.argument("deal")
@click.argument("text", nargs=-1, required=True)
@click.option("--due", default="", help="When: fri, +3d, 2026-12-01, tomorrow 15:00.")
@click.option("--every", default="", help="How it comes again: 2w, month, weekday, mon,thu, last day, or an RRULE.")
@click.option("--remind", default="", help="How long before its time it reminds: 30m, 1h, 1d.")
@click.option("--who", default="", help="Who does it; without it the deal's owner.")
@click.option("--kind", type=click.Choice(TASK_KINDS), help="Without it, what the first words suggest.")
@pass_session
def add_task(session: Session, deal: str, text: tuple[str, ...], kind: str | None, **options: str) -> None:
    """Plan a next step for a deal.

    \b
    Examples:
      pipeboard task add "acme ren" "send the offer" --due fri
      pipeboard task add "acme ren" "check in" --every 2w --remind 1h
    """
    line = _line(session, " ".join(text), **options)
    deal_id = found_deal(session, deal)
    command = _step(session, deal_id, line)
    if kind:
        command = command._replace(kind=kind)
    _say_planned(session, session.workspace.execute(command).events[0], line)


def _line(session: Session, text: str, due: str = "", every: str = "", remind: str = "", who: str = "") -> TaskLine:
    """A task as typed; the options take the place of what the text says."""
    line = parse_task_line(text, session.local_now)
    if "due:" in line.title:  # in the middle of the text it works as in quick add
        from pipeboard.services.adding import understood

        said = understood(session.workspace, line.title)
        if said.due_on is not None:
            kept = " ".join(part.text for part in said.parts if part.kind != "due")
            line = line._replace(title=kept, due_on=said.due_on, due_time=said.due_at)
    if due:
        when = parse_when(due, session.local_now)
        line = line._replace(due_on=when.on, due_time=when.at)
    if every:
        line = line._replace(rule=parse_rule(every, session.now))
    return line._replace(remind_minutes=_lead(remind) if remind else line.remind_minutes, assignee=who or line.assignee)


def _lead(text: str) -> int:
    minutes = lead_minutes(text.removeprefix("!"))
    if minutes is None:
        raise click.BadParameter(f"{text[:40]!r} is no length of time. Write 30m, 1h, 1d or 1w.", param_hint="--remind")
    return minutes


def _step(session: Session, deal_id: int, line: TaskLine) -> AddTask:
    who = _owner_id(session, line.assignee) if line.assignee else None
    every = rule_text(line.rule) if line.rule else ""
    return AddTask(deal_id, line.title, line.kind, line.due_on, line.due_time, who, line.remind_minutes, every)


def _owner_id(session: Session, name: str) -> int:
    owners = session.workspace.board.overview().owners
    me = place_of(owners, session.workspace.me)
    return owners[match_name(name, [owner.name for owner in owners], "owner", me=me)].id


def _say_planned(session: Session, event: object, line: TaskLine) -> None:
    if isinstance(event, TaskAdded):
        detail = session.workspace.deals.detail(event.deal_id)
        made = next((one for one in detail.tasks if one.id == event.task_id), None)
        if made is None:
            return
        when = late_or_day(made.due_on, made.due_time, session.workspace.deals.today) or "no date"
        told = dict(describe_task_line(line, session.now.date()))
        more = "".join(f", {told[kind]}" for kind in ("every", "remind") if kind in told)
        output.line(f"Planned task {event.task_id} for {detail.title}: {made.title} ({when}{more})")


@task.command("done")
@click.argument("task_id", metavar="ID", type=click.IntRange(min=1))
@click.option("--next", "next_text", default="", help='The next step, such as "call Bob fri".')
@pass_session
def done(session: Session, task_id: int, next_text: str) -> None:
    """Tick a task off, and plan the next step at once. One that comes again plans its next day by itself.

    \b
    Example:
      pipeboard task done 31 --next "call about the offer +3d"
    """
    line = _line(session, next_text) if next_text else None
    outcome = session.workspace.execute(CompleteTask(Seen(task_id), _step(session, 0, line) if line else None))
    output.line(outcome.label if outcome.events else f"Task {task_id} is done already.")
    added = [event for event in outcome.events if isinstance(event, TaskAdded)]
    if line is not None and added:
        _say_planned(session, added[-1], line)


@task.command("edit")
@click.argument("task_id", metavar="ID", type=click.IntRange(min=1))
@click.option("--title", help="Other words.")
@click.option("--due", help="Another day and time; - for none. One of a series moves alone.")
@click.option("--every", help="How it comes again from now on; - ends the series.")
@click.option("--remind", help="How long before its time it reminds: 30m, 1h, 1d; - for not at all.")
@click.option("--who", help="Who does it; - for nobody.")
@click.option("--kind", type=click.Choice(TASK_KINDS), help="Another kind.")
@pass_session
def edit(session: Session, task_id: int, **options: str | None) -> None:
    """Change a task.

    \b
    Examples:
      pipeboard task edit 31 --due "mon 10:00" --who boris
      pipeboard task edit 31 --every -
    """
    changes = {name: value for name in ("title", "kind") if (value := options[name]) is not None}
    values: dict[str, Any] = dict(changes)
    if (due := options["due"]) is not None:
        when = None if due == "-" else parse_when(due, session.local_now)
        values |= {"due_on": when.on if when else None, "due_time": when.at if when else None}
    if (every := options["every"]) is not None:
        values["recurrence"] = None if every == "-" else rule_text(parse_rule(every, session.now))
    if (remind := options["remind"]) is not None:
        values["remind_minutes"] = None if remind == "-" else _lead(remind)
    if (who := options["who"]) is not None:
        values["assignee_id"] = None if who == "-" else _owner_id(session, who)
    if not values:
        raise click.UsageError("Say what to change: --title, --due, --every, --remind, --who or --kind.")
    outcome = session.workspace.execute(EditTask(Seen(task_id), tuple(values.items())))
    output.line(outcome.label if outcome.events else f"Task {task_id} is like that already.")


@task.command("skip")
@click.argument("task_id", metavar="ID", type=click.IntRange(min=1))
@pass_session
def skip(session: Session, task_id: int) -> None:
    """Leave one task of a series out; it waits for the next day of the series.

    \b
    Example:
      pipeboard task skip 31
    """
    output.line(session.workspace.execute(SkipTask(Seen(task_id))).label or f"Task {task_id} is done already.")


@task.command("drop")
@click.argument("task_id", metavar="ID", type=click.IntRange(min=1))
@pass_session
def drop(session: Session, task_id: int) -> None:
    """Drop a task without having done it; one of a series ends the series. undo brings it back.

    \b
    Example:
      pipeboard task drop 31
    """
    outcome = session.workspace.execute(DismissTask(Seen(task_id)))
    output.line(outcome.label if outcome.events else f"Task {task_id} is dropped already.")


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
    output.line(outcome.label if outcome.events else f"Task {task_id} sleeps until then already.")


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
    rows = [(str(one.id), when_words(one, today) or "no date", one.title, one.deal, one.assignee) for one in tasks]
    output.table(("id", "due", "task", "deal", "who"), rows, right=(0,), flexible=(2, 3))
