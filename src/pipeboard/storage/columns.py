"""What all tables share: one metadata with names for every constraint, and the common columns."""

from typing import Any

from sqlalchemy import MetaData, SmallInteger, text
from sqlmodel import Field, SQLModel

from pipeboard.storage.types import BigId

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

AUTOINCREMENT = {"sqlite_autoincrement": True}
"""Plain SQLite reuses the id of a deleted last row; history must never mean another thing."""


def identity() -> Any:
    """The primary key."""
    return Field(default=None, sa_type=BigId, primary_key=True)


def flag(default: int = 0) -> Any:
    """A small integer, 0 or 1 most of the time."""
    return Field(default=default, sa_type=SmallInteger, sa_column_kwargs={"server_default": text(str(default))})


def reference(table: str, *, is_indexed: bool = False) -> Any:
    """The id of a row of another table, or nothing."""
    return Field(default=None, sa_type=BigId, foreign_key=f"{table}.id", index=is_indexed)


class Table(SQLModel):
    """What all tables share: one metadata with names for every constraint."""

    metadata = metadata
