"""What a person can ask for about activities: to note what happened, and to mend what was noted."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pipeboard.domain.commands import Seen


class LogActivity(NamedTuple):
    """Note something that happened with a deal: call, email, meeting or note (`at` None: now).

    With an `external_id` (a mail's Message-ID) the same thing is noted once for a deal, however often it comes.
    """

    deal_id: int
    body: str
    kind: str = "note"
    direction: str | None = None
    outcome: str | None = None
    at: datetime | None = None
    external_id: str | None = None


class LogActivities(NamedTuple):
    """Note the same with several deals: a meeting with all of them, a mail to each."""

    deal_ids: tuple[int, ...]
    body: str
    kind: str = "note"
    direction: str | None = None
    outcome: str | None = None
    at: datetime | None = None
    external_id: str | None = None


class EditActivity(NamedTuple):
    """Set fields of an activity one has logged oneself: kind, direction, outcome, body, at."""

    activity: "Seen"
    changes: tuple[tuple[str, Any], ...]


class DeleteActivity(NamedTuple):
    """Take an activity one has logged oneself off the timeline; undo brings it back."""

    activity: "Seen"
