"""Values to parameters and back, for literal SQL on either engine.

PostgreSQL's driver takes and gives Python's own types. SQLite has text only: the forms are those that
SQLAlchemy writes, so that both ways of writing a row give the same bytes.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=16_384)
def _instant_text(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _clock_text(value: time) -> str:
    return value.isoformat("microseconds")


_TO_SQLITE: dict[type, Callable[[Any], Any]] = {
    datetime: _instant_text,
    date: date.isoformat,
    time: _clock_text,
    bool: int,
}
_TO_POSTGRESQL: dict[type, Callable[[Any], Any]] = {bool: int}


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
        self._encoder = (_TO_SQLITE if is_sqlite else _TO_POSTGRESQL).get
        self.day: Callable[[Any], date | None] = _day_sqlite if is_sqlite else _same
        self.instant: Callable[[Any], datetime | None] = _instant_sqlite if is_sqlite else _utc
        self.clock_time: Callable[[Any], time | None] = _clock_sqlite if is_sqlite else _same

    def row(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """A row of parameters."""
        # One lookup by exact type a value: an import writes millions of them.
        encoder = self._encoder
        return tuple([encode(v) if (encode := encoder(v.__class__)) else v for v in values])
