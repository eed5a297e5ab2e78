"""Until when a task is put off: one digit for the usual days, or any day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from pipeboard.domain.errors import PipeboardError
from pipeboard.tui.dialogs.ask_line import Echo
from pipeboard.tui.echoes import one

AT_ONCE = "123"
"""The keys that are a whole answer."""


def snooze_day(text: str, now: datetime) -> date:
    """1 is tomorrow, 2 the next Monday, 3 in a week; anything else is a day (InvalidInput when it is none)."""
    from pipeboard.domain.dates import parse_when

    today = now.date()
    days = {"1": 1, "2": 7 - today.weekday(), "3": 7}.get(text.strip())
    return today + timedelta(days=days) if days else parse_when(text, now).on


def snooze_echo(now: Callable[[], datetime]) -> Callable[[str], Echo]:
    """The day that was typed, in words."""

    def describe(text: str) -> Echo:
        from pipeboard.domain.dates import describe_day

        if not text.strip():
            words = "1 tomorrow   2 Monday   3 in a week   or any day: fri, +10d, dec 2 (a space before 2 dec)"
            return Echo((one(words, "faint"),), is_ok=False)
        try:
            return Echo((one(describe_day(snooze_day(text, now()), now().date()), "soon"),))
        except PipeboardError as error:
            return Echo((one(str(error), "overdue"),), is_ok=False)

    return describe
