"""What the line of the filter tells the board and the list, and how it says what it understood."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


class FilterEcho(NamedTuple):
    """What was understood of a filter, and what was not; each empty when there is nothing to say."""

    understood: str = ""
    problem: str = ""


Describe = Callable[[str], FilterEcho]
"""Says what a filter means."""


def filter_echo(app: "PipeboardApp", day: date | None = None) -> Describe:
    """How filters are told back in this workspace, today or on a past day. Plain words need no telling."""
    from pipeboard.domain.filters import describe, parse

    def told(text: str) -> FilterEcho:
        me = next((owner.name for owner in app.owners() if owner.id == app.workspace.me), "")
        names = {
            "owner": [owner.name for owner in app.owners()],
            "pipeline": [pipeline.name for pipeline in app.pipelines()],
            "stage": [stage.name for stage in app.board_screen().overview.stages],
        }
        now = app.local_now()
        now = now if day is None else datetime.combine(day, now.timetz())
        wanted = parse(text, now, currency=app.workspace.info.currency, me=me, names=names)
        problems = (*wanted.problems, *wanted.unknown)
        return FilterEcho(describe(wanted) if wanted.has_terms else "", " · ".join(problems[:1]))

    return told


class FilterChanged(Message):
    """Another filter is wanted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def can_replace(self, message: Message) -> bool:
        """Only the latest words count."""
        return isinstance(message, FilterChanged)


class FilterClosed(Message):
    """The person is done: with the filter kept, or dropped."""

    def __init__(self, *, is_kept: bool) -> None:
        super().__init__()
        self.is_kept = is_kept


class FilterOpened(Message):
    """The line takes the keys now."""
