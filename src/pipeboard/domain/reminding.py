"""When a task reminds, and what is to be told at a look at the clock. The time and the zone are arguments."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

MORNING: Final = time(9)
"""The time of day of a task that has none, when it reminds some time before."""

AWAY: Final = timedelta(days=14)
"""How far back a start of the program looks for what came due while it was not there."""

APART: Final = timedelta(seconds=55)
"""The least time between two signals; a look comes once a minute and may be a little early."""


class QuietHours(NamedTuple):
    """From when until when (local time) nothing rings; the night may lie between."""

    start: time
    end: time

    def cover(self, at: time) -> bool:
        """Whether it is quiet at this time of day."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


class Look(NamedTuple):
    """Tell of what came due after `since` and no later than `until`."""

    since: datetime
    until: datetime


def ring_times(
    due_on: date | None,
    due_time: time | None,
    snoozed_until: date | None,
    remind_minutes: int | None,
    created_at: datetime | None,
    zone: tzinfo,
) -> tuple[datetime, ...]:
    """The instants at which a task reminds, earliest first; none without a time of day and without a reminder.

    It reminds `remind_minutes` before it is due (at that time, when it was planned too late for that), and at
    its time on the day until which it was put off. What lies before it was planned does not ring. A time that a
    change of the clocks leaves out is as much later, one that comes twice is the first.
    """
    if due_time is None and remind_minutes is None:
        return ()
    at = due_time or MORNING
    found = set[datetime]()
    if snoozed_until is not None and snoozed_until != due_on:
        found.add(_instant(snoozed_until, at, zone))
    if due_on is not None and (snoozed_until is None or snoozed_until <= due_on):
        due = _instant(due_on, at, zone)
        ahead = due - timedelta(minutes=remind_minutes or 0)
        found.add(due if created_at is not None and ahead < created_at else ahead)
    return tuple(sorted(one for one in found if created_at is None or one >= created_at))


def _instant(on: date, at: time, zone: tzinfo) -> datetime:
    """A local day and time as an instant."""
    return datetime.combine(on, at, tzinfo=zone).astimezone(UTC)


def next_look(
    told_until: datetime, now: datetime, last_signal: datetime | None, zone: tzinfo, quiet: QuietHours | None
) -> Look | None:
    """What a look at the clock is about; None when nothing may ring now: then the next look makes up for it.

    What came due during a sleep of the machine or in quiet hours is told together by the first look after it. A
    clock that was set back has no span to look at, and none of what was told rings again.
    """
    if quiet is not None and quiet.cover(now.astimezone(zone).time()):
        return None
    if last_signal is not None and abs(now - last_signal) < APART:
        return None
    return Look(min(told_until, now), now)
