"""Tasks and activities as the side pane, the agenda and the timeline show them."""

from datetime import date, datetime, time
from typing import NamedTuple

from pipeboard.domain.text import search_key

TASK_KINDS = ("call", "mail", "meeting", "todo")
ACTIVITY_KINDS = ("call", "email", "meeting", "note")


class Task(NamedTuple):
    """A to-do with the deal it belongs to.

    `recurrence` is the rule of a series that began on `anchor_on`, of which this is number `occurrence`.
    """

    id: int
    version: int
    deal_id: int
    deal_title: str
    title: str
    kind: str
    assignee_id: int | None
    due_on: date | None
    due_time: time | None
    snoozed_until: date | None
    recurrence: str | None
    done_at: datetime | None
    is_dismissed: bool

    remind_minutes: int | None = None
    position: int | None = None
    anchor_on: date | None = None
    occurrence: int = 0
    assignee: str = ""

    def asks_on(self, today: date) -> date | None:
        """The day on which it asks for attention; see `asks_on`."""
        return asks_on(self.due_on, self.snoozed_until, today)

    def comes_again(self, today: date) -> bool:
        """Whether completing it today plans the next one of its series."""
        if not self.recurrence:
            return False
        from pipeboard.domain.recurrence import following, rule_of

        anchor = self.anchor_on or self.due_on or today
        return following(rule_of(self.recurrence), anchor, self.occurrence, today) is not None


class TimelineEntry(NamedTuple):
    """One line of a deal's timeline: an activity or a change.

    `activity_id`, `version`, `actor_id`, `direction` and `outcome` are those of an activity.
    """

    at: datetime
    kind: str
    actor: str
    text: str
    is_change: bool
    direction: str | None = None
    outcome: str | None = None
    activity_id: int | None = None
    version: int | None = None
    actor_id: int | None = None


_WORDS = {
    "call": "call phone ring dial звон позвон перезвон созвон набрать zadzwo dzwon oddzwo telefon",
    "mail": "mail email e-mail send write reply письмо напис отправ выслать ответить wysl wyśl napis mejl e-mejl odpis",
    "meeting": "meet demo visit lunch workshop встре демо визит spotka prezentacj wizyt lunch",
}
_STARTS = {kind: tuple(search_key(word) for word in words.split()) for kind, words in _WORDS.items()}


def kind_of(title: str) -> str:
    """The kind of task that its first words suggest: call, mail, meeting or todo."""
    words = search_key(title).split()[:2]
    for kind, starts in _STARTS.items():
        if any(word.startswith(starts) for word in words):
            return kind
    return "todo"


def asks_on(due_on: date | None, snoozed_until: date | None, today: date) -> date | None:
    """The day on which a task asks for attention.

    Put off, it is quiet until that day, late or not. Then a late task counts its days from the day it was due.
    A day before the due day works too: the task asks on that day and until it is done, its due day stays.
    """
    if snoozed_until is None or due_on is None:
        return due_on or snoozed_until
    if snoozed_until > today:
        return snoozed_until
    return min(due_on, today)
