"""The tasks of a deal: late, today, planned, done."""

from datetime import date, time

from rich.style import Style

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


def tasks(detail: DealDetail, context: DealContext) -> list[Row]:
    """Open tasks by the day they ask for attention, then the done ones; an open deal without one says so."""
    kept = [task for task in detail.tasks if not task.is_dismissed]
    open_ones = sorted((task for task in kept if task.done_at is None), key=_urgency)
    done = [task for task in kept if task.done_at is not None]
    is_open = detail.status == DealStatus.OPEN
    if not kept and not is_open:
        return []
    rows = [heading("Tasks", _hints(context, has_open=bool(open_ones)), context)]
    if is_open and not open_ones:
        rows.append(Row((Part(f"{context.glyphs.none} no next step", context.tones.rotting),)))
    most = context.limits.tasks
    for task in open_ones[:most]:
        rows += _open_task(task, context)
    rows += more(len(open_ones) - most, context)
    for task in done[:most]:
        rows += _done_task(task, context)
    return rows


def _urgency(task: Task) -> tuple[date, time]:
    """What a list of open tasks is sorted by; tasks without a day come last."""
    return task.effective_on or date.max, task.due_time or time.max


def _hints(context: DealContext, *, has_open: bool) -> str:
    """The keys for tasks: "t new  c done  s snooze"."""
    keys = context.keys
    wanted = [(keys.new_task, "new")]
    if has_open:
        wanted += [(keys.complete, "done"), (keys.snooze, "snooze")]
    return "  ".join(f"{key} {label}" for key, label in wanted if key)


def _open_task(task: Task, context: DealContext) -> list[Row]:
    """A task that is to be done, with how late it is or its day."""
    tones, glyphs, on = context.tones, context.glyphs, task.effective_on
    if on is None:
        return _task(task, glyphs.planned, "no date", tones.muted, tones.text, context)
    ahead = (on - context.today).days
    if ahead < 0:
        return _task(task, glyphs.late, f"late {-ahead}d", tones.overdue, tones.text, context)
    words = plain_day(on, context.today) if ahead else "today"
    if task.due_time is not None and on == task.due_on:
        words = f"{words} {task.due_time:%H:%M}"
    is_soon = ahead <= SOON_DAYS
    sign = glyphs.soon if is_soon else glyphs.planned
    return _task(task, sign, words, tones.soon if is_soon else tones.muted, tones.text, context)


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
