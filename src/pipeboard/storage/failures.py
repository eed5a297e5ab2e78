"""What the drivers say when something is wrong, turned into sentences for the person at the keyboard.

Works without importing SQLAlchemy: its exceptions are known by the driver's error they carry in `orig`.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from pipeboard.domain.errors import PipeboardError, Refused, StorageFailure
from pipeboard.storage.target import Target


@contextmanager
def explained(target: Target) -> Iterator[None]:
    """Let errors of Pipeboard pass and turn those of the driver into StorageFailure or Refused."""
    try:
        yield
    except PipeboardError:
        raise
    except Exception as error:
        origin = getattr(error, "orig", None) or error
        if isinstance(origin, sqlite3.Error):
            raise _sqlite_failure(origin, target) from error
        if type(origin).__module__.startswith("psycopg"):
            raise _postgresql_failure(origin, target) from error
        raise


def _free_space(path: str) -> str:
    try:
        return f"{shutil.disk_usage(os.path.dirname(path) or '.').free // 1_000_000} MB free"
    except OSError:
        return "space unknown"


def _sqlite_failure(error: sqlite3.Error, target: Target) -> PipeboardError:
    name = getattr(error, "sqlite_errorname", "") or ""
    path = target.path
    if name.startswith("SQLITE_BUSY") or name.startswith("SQLITE_LOCKED"):
        return Refused(f"{path} is locked: another program has been writing to it for five seconds. Try again.")
    if name == "SQLITE_FULL":
        return StorageFailure(
            f"Not saved: the disk is full ({path}, {_free_space(path)}). Nothing already saved is lost. "
            "Free some space and do it again."
        )
    if name.startswith("SQLITE_READONLY"):
        return Refused(f"Not saved: {path} or its folder is read-only for you. Change its permissions to write.")
    if name.startswith("SQLITE_CORRUPT"):
        return StorageFailure(
            f"{path} is damaged ({error}). Nothing was changed. Keep the file; `pipeboard restore` lists the backups."
        )
    if name == "SQLITE_NOTADB":
        return StorageFailure(
            f"{path} is no Pipeboard database. A file of another tool comes in with `pipeboard import {path}`."
        )
    if name.startswith("SQLITE_CANTOPEN"):
        return StorageFailure(cannot_open(path))
    if name.startswith("SQLITE_IOERR"):
        return StorageFailure(
            f"Not saved: the disk reported an error for {path} ({_free_space(path)}). "
            "Nothing already saved is lost. Leave and start again once the disk is well."
        )
    return StorageFailure(f"The database {path} reported: {error}.")


def cannot_open(path: str) -> str:
    """Why a file cannot be opened: SQLite says the same for every reason, so look for ourselves."""
    parent = os.path.dirname(path) or "."
    if os.path.isdir(path):
        return f"{path} is a directory; name a file in it, for example {os.path.join(path, 'pipeboard.db')}."
    if not os.path.isdir(parent):
        return f"The folder {parent} does not exist; create it or name another file."
    if os.path.exists(path) and not os.access(path, os.R_OK):
        return f"You may not read {path}; its permissions do not allow it."
    if not os.access(parent, os.W_OK | os.X_OK):
        return f"You may not create files in {parent}; its permissions do not allow it."
    return f"{path} cannot be opened."


def _postgresql_failure(error: Exception, target: Target) -> PipeboardError:
    sqlstate = getattr(error, "sqlstate", None) or ""
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if sqlstate.startswith("55P03") or sqlstate.startswith("40"):
        return Refused(f"{target}: somebody else is writing the same deals. Try again.")
    if sqlstate.startswith("42501"):
        return Refused(f"{target}: the database does not let you do this ({first}).")
    if not sqlstate or sqlstate.startswith(("08", "57P")):
        return StorageFailure(
            f"{target} does not answer ({first}). Nothing already saved is lost; try again when it is back."
        )
    return StorageFailure(f"The database {target} reported: {first}.")
