"""Tasks and activities as the side pane, the agenda and the timeline show them."""

from datetime import date, datetime, time
from typing import NamedTuple

TASK_KINDS = ("call", "mail", "meeting", "todo")
ACTIVITY_KINDS = ("call", "email", "meeting", "note")


class Task(NamedTuple):
    """A to-do with the deal it belongs to. `effective_on` is the day it asks for attention (due or snoozed)."""

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

    @property
    def effective_on(self) -> date | None:
        """The later of due day and snooze."""
        if self.due_on and self.snoozed_until:
            return max(self.due_on, self.snoozed_until)
        return self.snoozed_until or self.due_on


class TimelineEntry(NamedTuple):
    """One line of a deal's timeline: an activity or a change. `sign` is its kind in one letter or mark."""

    at: datetime
    kind: str
    actor: str
    text: str
    is_change: bool


_WORDS = {
    "call": ("call", "phone", "ring", "звонок", "позвонить", "zadzwoń", "telefon"),
    "mail": ("mail", "email", "send", "write", "письмо", "написать", "отправить", "wyślij", "mejl"),
    "meeting": ("meet", "meeting", "demo", "visit", "lunch", "встреча", "встретиться", "spotkanie"),
}


def kind_of(title: str) -> str:
    """The kind of task that its first words suggest: call, mail, meeting or todo."""
    words = title.casefold().split()[:2]
    for kind, starts in _WORDS.items():
        if any(word.startswith(starts) for word in words):
            return kind
    return "todo"
