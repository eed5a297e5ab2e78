"""The figures of what was logged: touches, attempts and how fast new deals are answered."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo
from typing import NamedTuple

from pipeboard.domain.metrics.activities import TOUCH_KINDS, Activities, activities
from pipeboard.domain.metrics.response import LeadResponse, lead_response
from pipeboard.domain.periods import Period
from pipeboard.services.reads import Reads
from pipeboard.storage.hot import activities as hot
from pipeboard.storage.hot.attempts import attempts_of
from pipeboard.storage.hot.metrics import Scope, read_owner_names
from pipeboard.storage.sql import Statements


class ActivityFigures(NamedTuple):
    """Both groups of figures, read at one moment."""

    activities: Activities
    response: LeadResponse


def span_of(period: Period, zone: tzinfo) -> hot.Span:
    """A period with the instants at which it begins and ends in a zone."""
    return hot.Span(*period, first_instant(period.start, zone), first_instant(period.end, zone))


def first_instant(day: date, zone: tzinfo) -> datetime:
    """The instant at which a local day begins. Where midnight is skipped it is the first minute that exists."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def read_figures(
    sql: Statements, scope: Scope, period: Period, zone: tzinfo, now: datetime, today: date
) -> ActivityFigures:
    """The figures of a period, for a caller that is reading other figures of the same moment."""
    span = span_of(period, zone)
    elapsed = min(period.days, (today - period.start).days + 1)
    counted = activities(
        hot.activity_counts(sql, scope, span), hot.closed_attempts(sql, scope, span), read_owner_names(sql), elapsed
    )
    return ActivityFigures(counted, lead_response(hot.first_touches(sql, scope, span), now))


class ActivityReads(Reads):
    """Reads about activities for screens, dialogs and commands."""

    def figures(self, scope: Scope, period: Period) -> ActivityFigures:
        """The figures of a period in a pipeline."""
        with self._hot.snapshot() as sql:
            return read_figures(sql, scope, period, self._zone, self._clock.now(), self.today)

    def deals_with(self, scope: Scope, period: Period, kinds: Sequence[str] = TOUCH_KINDS) -> tuple[int, ...]:
        """The deals behind a count of activities."""
        with self._hot.snapshot() as sql:
            return hot.deals_with(sql, scope, span_of(period, self._zone), kinds)

    def attempts(self, deal_ids: Sequence[int]) -> dict[int, int]:
        """How often we tried to reach the buyer of each of these deals."""
        with self._hot.snapshot() as sql:
            return attempts_of(sql, deal_ids)

    def deals_of_addresses(self, addresses: Sequence[str]) -> list[tuple[int, str, str, bool]]:
        """The live deals whose contact has one of these mail addresses (in lower case): id, title, address, is open."""
        with self._hot.snapshot() as sql:
            return hot.deals_of_addresses(sql, addresses)
