"""The only reader of the time."""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from pipeboard.domain.errors import InvalidInput


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is set: for tests, pictures, scripts and demo data."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._instant

    def set(self, instant: datetime) -> None:
        """Put the clock to another (aware) instant."""
        self._instant = instant.astimezone(UTC)


def clock_from(environ: Mapping[str, str] = os.environ) -> Clock:
    """The clock that PIPEBOARD_NOW asks for (fixed for the whole run), else the machine's."""
    text = environ.get("PIPEBOARD_NOW")
    if not text:
        return SystemClock()
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"PIPEBOARD_NOW is {text!r}; it must look like 2026-04-10T09:00:00+00:00.") from error
    return FixedClock(instant if instant.tzinfo else instant.replace(tzinfo=UTC))


def zone_of(name: str) -> tzinfo:
    """The IANA zone of this name (InvalidInput when there is none)."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidInput(f"{name!r} is no time zone. Use a name like Europe/Warsaw or UTC.") from error


def today_in(clock: Clock, zone: tzinfo) -> date:
    """The present day in a zone."""
    return clock.now().astimezone(zone).date()
