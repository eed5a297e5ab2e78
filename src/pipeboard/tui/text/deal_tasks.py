"""The tasks of a deal: late, today, planned, done."""

from datetime import date, time

from rich.style import Style

from pipeboard.domain.dates import short_day
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.task import Task
from pipeboard.tui.text.cells import width_of
from pipeboard.tui.text.deal_context import DealContext, Row, heading, more, plain_day, shortened
from pipeboard.tui.text.next_step import SOON_DAYS
from pipeboard.tui.text.strips import Part
from pipeboard.tui.text.wrapping import wrapped

_SIGN = 2
_GAP = 2
_UNORDERED = 1_000_000


def open_tasks(detail: DealDetail, today: date) -> list[Task]:
    """The open tasks: late first, then by the day on which they ask for attention; within a day in their order."""
    return sorted(
        (task for task in detail.tasks if task.done_at is None and not task.is_dismissed),
        key=lambda task: (
            task.asks_on(today) or date.max,
            _UNORDERED if task.position is None else task.position,
            task.due_time or time.max,
            task.id,
        ),
    )


def tasks(detail: DealDetail, context: DealContext) -> list[Row]:
    """Open tasks by the day they ask for attention, then the done ones; an open deal without one says so."""
    open_ones = open_tasks(detail, context.today)
    done = [task for task in detail.tasks if task.done_at is not None and not task.is_dismissed]
    is_open = detail.status == DealStatus.OPEN
    if not open_ones and not done and not is_open:
        return []
    rows = [heading("Tasks", _hints(context, has_open=bool(open_ones)), context)]
    if is_open and not open_ones:
        rows.append(Row((Part(f"{context.glyphs.none} no next step", context.tones.rotting),)))
    most = context.limits.tasks
    for task in open_ones[:most]:
        rows += _open_task(task, detail, context)
    rows += more(len(open_ones) - most, context)
    for task in done[:most]:
        rows += _done_task(task, context)
    return rows


def _hints(context: DealContext, *, has_open: bool) -> str:
    """The keys for tasks: "t new  c done  s snooze"."""
    keys = context.keys
    wanted = [(keys.new_task, "new")]
    if has_open:
        wanted += [(keys.complete, "done"), (keys.snooze, "snooze")]
    return "  ".join(f"{key} {label}" for key, label in wanted if key)


def due_of(task: Task, context: DealContext) -> tuple[str, str, Style]:
    """When a task that is to be done asks for attention: in words, its sign, the style of both."""
    tones, glyphs, on = context.tones, context.glyphs, task.asks_on(context.today)
    if on is None:
        return "no date", glyphs.planned, tones.muted
    ahead = (on - context.today).days
    if ahead < 0:
        return f"late {-ahead}d", glyphs.late, tones.overdue
    when = plain_day(on, context.today) if ahead else "today"
    if task.due_time is not None and on == task.due_on:
        when = f"{when} {task.due_time:%H:%M}"
    return (when, glyphs.soon, tones.soon) if ahead <= SOON_DAYS else (when, glyphs.planned, tones.muted)


def _open_task(task: Task, detail: DealDetail, context: DealContext) -> list[Row]:
    """A task that is to be done, with how late it is or its day."""
    tones = context.tones
    when, sign, state = due_of(task, context)
    rows = _task(task, sign, when, state, tones.text, context)
    if beside := _beside(task, detail, context):
        rows.append(Row((Part(" " * _SIGN + beside, tones.faint),)))
    return rows


def _beside(task: Task, detail: DealDetail, context: DealContext) -> str:
    """What else is to be known of a task: put off, coming again, of somebody else."""
    words = []
    today = context.today
    if task.snoozed_until is not None and task.due_on is not None and task.asks_on(today) != task.due_on:
        words.append(f"due {short_day(task.due_on, today)}")
    if task.recurrence:
        words.append(every_words(task.recurrence))
    if task.remind_minutes:
        from pipeboard.domain.recurrence_words import lead_words

        words.append(f"reminds {lead_words(task.remind_minutes)}")
    if task.assignee and task.assignee != detail.owner:
        words.append(f"for {task.assignee}")
    return f" {context.glyphs.dot} ".join(words)


def every_words(recurrence: str) -> str:
    """How a task comes again, in words."""
    from pipeboard.domain.errors import PipeboardError
    from pipeboard.domain.recurrence import describe_rule, rule_of

    try:
        return describe_rule(rule_of(recurrence))
    except PipeboardError:
        return "comes again"


def _done_task(task: Task, context: DealContext) -> list[Row]:
    """A task that was done, with the day it was."""
    done_on = task.done_at.astimezone(context.now.tzinfo).date() if task.done_at is not None else None
    words = plain_day(done_on, context.today).partition(" ")[2] if done_on is not None else ""
    return _task(task, context.glyphs.done, words, context.tones.faint, context.tones.faint, context)


def _task(task: Task, sign: str, when: str, state: Style, words: Style, context: DealContext) -> list[Row]:
    """The sign, the title over as many lines as it takes, the day at the right of the first."""
    room = context.width - _SIGN - width_of(when) - _GAP
    lines = shortened(wrapped(task.title or "untitled", room), context.limits.title_lines, context.glyphs)
    first, *others = lines or [""]
    rows = [Row((Part(f"{sign} ", state), Part(first, words)), (Part(when, state),))]
    return rows + [Row((Part(" " * _SIGN + line, words),)) for line in others]
