"""What a person can ask for about series and the order of tasks, and about suggested tasks."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeboard.domain.commands import Seen


class SkipTask(NamedTuple):
    """Leave one task of a series out: it waits for the next day of the series. The last one is dropped."""

    task: "Seen"


class OrderTasks(NamedTuple):
    """Put open tasks of one deal in this order; it counts among tasks of the same day."""

    task_ids: tuple[int, ...]


class TakeSuggestion(NamedTuple):
    """Plan what a suggestion of this kind proposes for a deal; a deal that was lost is reopened for it."""

    deal: "Seen"
    kind: str
    due_on: date
    title: str = ""


class HideSuggestion(NamedTuple):
    """Suggest nothing of this kind about a deal until a day (None: never again)."""

    deal_id: int
    kind: str
    until_on: date | None = None
