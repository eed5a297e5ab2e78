"""Values to parameters and back, for literal SQL on either engine.

PostgreSQL's driver takes and gives Python's own types. SQLite has text only: the forms are those that
SQLAlchemy writes, so that both ways of writing a row give the same bytes.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any


def _encode_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("an instant without a zone is no instant")
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("microseconds")
    if isinstance(value, bool):
        return int(value)
    return value


def _encode_postgresql(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("an instant without a zone is no instant")
    return int(value) if isinstance(value, bool) else value


def _day_sqlite(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _instant_sqlite(value: Any) -> datetime | None:
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if value else None


def _clock_sqlite(value: Any) -> time | None:
    return time.fromisoformat(value) if value else None


def _utc(value: Any) -> datetime | None:
    return value.astimezone(UTC) if value is not None else None


def _same(value: Any) -> Any:
    return value


class Codec:
    """The conversions of one engine: `day`, `instant` and `clock_time` read, `row` writes."""

    def __init__(self, dialect: str) -> None:
        is_sqlite = dialect == "sqlite"
        self.encode: Callable[[Any], Any] = _encode_sqlite if is_sqlite else _encode_postgresql
        self.day: Callable[[Any], date | None] = _day_sqlite if is_sqlite else _same
        self.instant: Callable[[Any], datetime | None] = _instant_sqlite if is_sqlite else _utc
        self.clock_time: Callable[[Any], time | None] = _clock_sqlite if is_sqlite else _same

    def row(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """A row of parameters."""
        encode = self.encode
        return tuple(encode(value) for value in values)
