"""A task as a calendar file tells it, and what an import does with it."""

from datetime import date, time
from typing import NamedTuple


class ImportedTask(NamedTuple):
    """One VTODO in our terms. `uid` stays the same from file to file; `deal` is the deal it names, "" for none.

    `state` is "open", "done" or "dropped". `remind_minutes` is before the time.
    """

    uid: str
    title: str
    due_on: date | None
    due_time: time | None
    recurrence: str
    remind_minutes: int | None
    state: str
    deal: str = ""


class PlacedTask(NamedTuple):
    """A task of a file with where it goes: the task it is already (None: a new one) and its deal."""

    task: ImportedTask
    task_id: int | None
    deal_id: int


class ImportTasks(NamedTuple):
    """Bring the tasks of a calendar file in, in one action: new ones are planned, known ones updated."""

    file_name: str
    tasks: tuple[PlacedTask, ...]
