"""Which database: a SQLite file or a PostgreSQL server."""

import os
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from pipeboard.domain.errors import InvalidInput


class Target(NamedTuple):
    """Where the data lives: `path` for SQLite (absolute, links resolved), `url` for PostgreSQL."""

    dialect: str
    path: str = ""
    url: str = ""

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of our own."""
        return self.dialect == "sqlite"

    def file_identity(self) -> tuple[int, int] | None:
        """Device and inode of the file: another pair when it was replaced; None when it is gone, or on a server."""
        if not self.is_sqlite:
            return None
        try:
            status = os.stat(self.path)
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def __str__(self) -> str:
        """The name shown to people: never with a password."""
        if self.is_sqlite:
            return self.path
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        if parts.port:
            host = f"{host}:{parts.port}"
        user = f"{parts.username}@" if parts.username else ""
        return urlunsplit((parts.scheme, f"{user}{host}", parts.path, "", ""))


def target_of(database: str) -> Target:
    """The target that a `--db` argument or setting names: a path, `sqlite:///path` or `postgresql://...`."""
    if database.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        return Target("postgresql", url="postgresql://" + database.split("://", 1)[1])
    path = database.removeprefix("sqlite:///")
    if "://" in path or not path:
        raise InvalidInput(f"{database!r} is no database. Give a file path or a postgresql:// address.")
    return Target("sqlite", path=os.path.realpath(os.path.expanduser(path)))
