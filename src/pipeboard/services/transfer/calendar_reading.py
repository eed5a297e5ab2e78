"""Tasks out of a calendar file: every VTODO that can be used, and why the others cannot."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeboard.domain.errors import InvalidInput, NotFound, PipeboardError
from pipeboard.domain.events import TaskCompleted, TaskEdited
from pipeboard.domain.imports.todos import ImportedTask, ImportTasks, PlacedTask
from pipeboard.domain.recurrence import rule_of, rule_text
from pipeboard.domain.text import clean
from pipeboard.services.transfer.calendar import DEAL

if TYPE_CHECKING:
    from pipeboard.services.workspace import Workspace

LARGEST = 50_000_000
"""Bytes of a calendar file."""

_FIRST = 8
_STATES = {"COMPLETED": "done", "CANCELLED": "dropped"}


class Rejected(NamedTuple):
    """A task of the file that could not be used, and why."""

    title: str
    why: str


class CalendarReport(NamedTuple):
    """What an import of tasks did, or would do; `first` has the first ones, and what is to be said about each."""

    new: int
    changed: int
    unchanged: int
    rejected: tuple[Rejected, ...]
    warnings: tuple[str, ...]
    label: str
    first: tuple[tuple[str, str], ...] = ()
    action_id: int | None = None

    @property
    def tasks(self) -> int:
        """How many tasks the file has."""
        return self.new + self.changed + self.unchanged + len(self.rejected)


class ReadTodos(NamedTuple):
    """The tasks of a file, those that could not be read, and what was left out of some."""

    tasks: tuple[ImportedTask, ...]
    rejected: tuple[Rejected, ...]
    warnings: tuple[str, ...]


def is_calendar(start: bytes) -> bool:
    """Whether a file begins like a calendar."""
    return start.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR"


def read_todos(content: bytes, zone: tzinfo) -> ReadTodos:
    """The tasks of a calendar file; times without a zone are of `zone`. InvalidInput when it is no calendar."""
    from icalendar import Calendar

    if len(content) > LARGEST:
        raise InvalidInput("This calendar is larger than 50 MB.")
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise InvalidInput(f"This is no calendar that can be read: {clean(str(error), limit=120)}.") from error
    tasks: dict[str, ImportedTask] = {}
    rejected: list[Rejected] = []
    warnings: list[str] = []
    todos = [todo for calendar in calendars for todo in calendar.walk("VTODO")]
    if not calendars or len(todos) < content.upper().count(b"\nBEGIN:VTODO"):
        raise InvalidInput("This calendar is not whole: it may have been cut off. Nothing was brought in.")
    for todo in todos:
        title = clean(str(todo.get("SUMMARY", "")))
        try:
            task = _task(todo, title, zone, warnings)
        except PipeboardError as error:
            rejected.append(Rejected(title or "(no title)", str(error)))
            continue
        if task.uid in tasks:
            warnings.append(f"{title}: the file has this task more than once; the last one counts.")
        tasks[task.uid] = task
    return ReadTodos(tuple(tasks.values()), tuple(rejected), tuple(dict.fromkeys(warnings)))


def _task(todo: Any, title: str, zone: tzinfo, warnings: list[str]) -> ImportedTask:
    uid = clean(str(todo.get("UID", "")))
    if not uid:
        raise InvalidInput("It has no UID, so a second import could not know it again.")
    if not title:
        raise InvalidInput("It has no SUMMARY: what is to be done?")
    due_on, due_time = _due(todo, zone)
    return ImportedTask(
        uid,
        title,
        due_on,
        due_time,
        _recurrence(todo, title, warnings),
        _lead(todo) if due_time is not None else None,
        "done" if "COMPLETED" in todo else _STATES.get(str(todo.get("STATUS", "")).upper(), "open"),
        clean(str(todo.get(DEAL, ""))),
    )


def _due(todo: Any, zone: tzinfo) -> tuple[date | None, time | None]:
    """When a task is due, as a local day and time."""
    for name in ("DUE", "DTSTART"):
        value = getattr(todo.get(name), "dt", None)
        if isinstance(value, datetime):
            local = value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)
            return local.date(), local.time().replace(second=0, microsecond=0)
        if isinstance(value, date):
            return value, None
    return None, None


def _recurrence(todo: Any, title: str, warnings: list[str]) -> str:
    """The rule of a series in our form; one that cannot be carried out is left out and told."""
    rules = todo.get("RRULE")
    if rules is None:
        return ""
    first = rules[0] if isinstance(rules, list) else rules
    try:
        return rule_text(rule_of(first.to_ical().decode()))
    except (PipeboardError, ValueError, AttributeError) as error:
        warnings.append(f"{title}: it comes in once, because {clean(str(error), limit=160)}")
        return ""


def _lead(todo: Any) -> int | None:
    """How many minutes before its time the task reminds, by the first alarm that says so."""
    for alarm in todo.walk("VALARM"):
        before = getattr(alarm.get("TRIGGER"), "dt", None)
        if isinstance(before, timedelta) and before <= timedelta():
            return min(int(-before.total_seconds() // 60), 60 * 24 * 60)
    return None


def import_tasks(
    workspace: "Workspace", content: bytes, *, file_name: str, deal: str = "", is_dry_run: bool = False
) -> CalendarReport:
    """Bring the tasks of a calendar file in. A task goes to the deal it names, else to `deal`.

    A task that came before, or that was exported from here, is updated. All of it is one action.
    """
    read = read_todos(content, workspace.zone)
    fallback = workspace.deals.find(deal) if deal else None
    known = workspace.known_todos([task.uid for task in read.tasks])
    placed: list[PlacedTask] = []
    rejected = list(read.rejected)
    for task in read.tasks:
        found = known.get(task.uid)
        try:
            place = found or (None, _deal_of(workspace, task, fallback))
        except PipeboardError as error:
            rejected.append(Rejected(task.title, str(error)))
            continue
        placed.append(PlacedTask(task, *place))
    command = ImportTasks(clean(file_name, limit=80), tuple(placed))
    if placed and not is_dry_run:
        workspace.backup_before("import")
    outcome = workspace.rehearse(command) if is_dry_run else workspace.execute(command)
    new = sum(1 for one in placed if one.task_id is None)
    touched = {fact.task_id for fact in outcome.events if isinstance(fact, TaskEdited | TaskCompleted)}
    changed = len(touched & {one.task_id for one in placed})
    return CalendarReport(
        new,
        changed,
        len(placed) - new - changed,
        tuple(rejected),
        read.warnings,
        outcome.label,
        tuple((one.task.title, _about(one.task)) for one in placed[:_FIRST]),
        None if is_dry_run else outcome.action_id,
    )


def _about(task: ImportedTask) -> str:
    """The deal and day of a task."""
    day = f"{task.due_on:%-d %b %Y}" if task.due_on else ""
    return " · ".join(filter(None, (task.deal, day)))


def _deal_of(workspace: "Workspace", task: ImportedTask, fallback: int | None) -> int:
    """The deal of a new task. What another Pipeboard exported names deals of that one, not of this."""
    is_of_another = task.uid.endswith(".pipeboard")
    if task.deal and not is_of_another:
        try:
            return workspace.deals.find(task.deal)
        except PipeboardError:
            if fallback is None:
                raise
    if fallback is None:
        raise NotFound("It names no deal; --deal says which one it belongs to.")
    return fallback
