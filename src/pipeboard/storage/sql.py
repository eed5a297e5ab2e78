"""Statements over a connection: the same literal SQL (with `?`) on both engines."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from pipeboard.storage.codec import Codec

T = TypeVar("T")
CHUNK = 500
"""How many ids go into one IN list: well under the limits of both engines."""


class Cursor(Protocol):
    """The part of a DB-API cursor that is used."""

    rowcount: int

    def fetchall(self) -> list[Any]:
        """All rows."""
        ...


@lru_cache(maxsize=512)
def for_postgresql(sql: str) -> str:
    """The statement with PostgreSQL's placeholders."""
    return sql.replace("%", "%%").replace("?", "%s")


@lru_cache(maxsize=64)
def marks(count: int) -> str:
    """`count` placeholders for an IN list."""
    return ",".join("?" * count)


def chunks(ids: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The ids (or rows) in pieces, by default such that fit one statement."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


class Statements:
    """Runs literal SQL on one connection."""

    def __init__(
        self,
        dialect: str,
        execute: Callable[[str, Sequence[Any]], Any],
        execute_many: Callable[[str, list[tuple[Any, ...]]], Any] | None = None,
        *,
        be_lenient: Callable[[], None] | None = None,
    ) -> None:
        self.dialect = dialect
        self.is_sqlite = dialect == "sqlite"
        self.codec = Codec(dialect)
        self._execute = execute
        self._execute_many = execute_many
        self._be_lenient = be_lenient

    def _sql(self, sql: str) -> str:
        return sql if self.is_sqlite else for_postgresql(sql)

    def all(self, sql: str, params: Sequence[Any] = ()) -> list[Any]:
        """Every row of a query.

        Text that is no UTF-8 (another program wrote it) is read with marks in place of what cannot be read: one
        such title must not lock the person out of all the others.
        """
        try:
            return list(self._execute(self._sql(sql), self.codec.row(params)).fetchall())
        except Exception as error:
            if self._be_lenient is None or "decode to UTF-8" not in str(error):
                raise
            self._be_lenient()
            return list(self._execute(self._sql(sql), self.codec.row(params)).fetchall())

    def one(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """The first row of a query, or None."""
        rows = self.all(sql, params)
        return rows[0] if rows else None

    def value(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, params)
        return row[0] if row else None

    def run(self, sql: str, params: Sequence[Any] = ()) -> int:
        """Run a statement that changes rows; how many it changed."""
        return int(self._execute(self._sql(sql), self.codec.row(params)).rowcount)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each row of parameters."""
        row = self.codec.row
        encoded = [row(values) for values in rows]
        if encoded and self._execute_many is not None:
            self._execute_many(self._sql(sql), encoded)

    def by_ids(self, sql: str, ids: Sequence[int]) -> list[Any]:
        """Every row of a query whose `{ids}` stands for an IN list, asked in pieces."""
        rows: list[Any] = []
        for piece in chunks(ids):
            rows += self.all(sql.replace("{ids}", marks(len(piece))), piece)
        return rows
