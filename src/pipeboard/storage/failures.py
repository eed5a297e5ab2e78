"""What the drivers say when something is wrong, turned into sentences for the person at the keyboard.

Works without importing SQLAlchemy: its exceptions are known by the driver's error they carry in `orig`.
"""

import errno
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
        if isinstance(origin, OSError):
            raise _system_failure(origin, target) from error
        raise


def _system_failure(error: OSError, target: Target) -> PipeboardError:
    """The file system's own refusals, met while making and copying files."""
    path = os.fsdecode(error.filename) if error.filename else target.path
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageFailure(disk_full(path))
    if isinstance(error, FileExistsError):
        return Refused(f"{path} exists already; nothing was overwritten. Name another file.")
    if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError | PermissionError):
        return StorageFailure(cannot_open(path))
    return StorageFailure(f"{path}: {error.strerror or error}. Nothing already saved is lost.")


def gone(path: str) -> str:
    """What to say when the file was taken away under the running program."""
    return (
        f"{path} was deleted or replaced while Pipeboard had it open, so nothing can be saved any more. "
        "Put the file back, or start again and restore a backup (`pipeboard restore`)."
    )


def disk_full(path: str) -> str:
    """What to say when there is no space left."""
    return (
        f"Not saved: the disk is full ({path}, {_free_space(path)}). Nothing already saved is lost. "
        "Free some space and do it again."
    )


def _free_space(path: str) -> str:
    try:
        return f"{shutil.disk_usage(os.path.dirname(path) or '.').free // 1_000_000} MB free"
    except OSError:
        return "space unknown"


def _sqlite_failure(error: sqlite3.Error, target: Target) -> PipeboardError:
    name = getattr(error, "sqlite_errorname", "") or ""
    path = target.path
    if name.startswith(("SQLITE_IOERR", "SQLITE_READONLY_DBMOVED")) and not os.path.exists(path):
        return StorageFailure(gone(path))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Refused(f"{path} is locked: another program has been writing to it for five seconds. Try again.")
    if name == "SQLITE_FULL":
        return StorageFailure(disk_full(path))
    if name.startswith("SQLITE_READONLY"):
        return Refused(f"Not saved: {path} or its folder is read-only for you. Change its permissions to write.")
    if name.startswith("SQLITE_CORRUPT"):
        return StorageFailure(
            f"{path} is damaged ({error}). Nothing was changed. Keep the file; `pipeboard restore` lists the backups."
        )
    if name == "SQLITE_NOTADB":
        return StorageFailure(
            f"{path} is no Pipeboard database. If it is a file of another tool (a CSV, say), "
            f"`pipeboard import {path}` brings it in."
        )
    if name == "SQLITE_ERROR" and "no such table" in str(error) and _is_empty(path):
        return StorageFailure(empty_file(path))
    if name.startswith("SQLITE_CANTOPEN"):
        return StorageFailure(cannot_open(path))
    if name.startswith("SQLITE_IOERR"):
        return StorageFailure(
            f"Not saved: the disk reported an error for {path} ({_free_space(path)}). "
            "Nothing already saved is lost. Leave and start again once the disk is well."
        )
    return StorageFailure(f"The database {path} reported: {error}.")


def _is_empty(path: str) -> bool:
    try:
        return os.path.getsize(path) == 0
    except OSError:
        return False


def empty_file(path: str) -> str:
    """What to say of a file without content: data may have been there, so it is no fresh start."""
    return (
        f"{path} is empty (0 bytes). If there was data in it, `pipeboard restore` brings a backup back; "
        "if not, `pipeboard init` sets it up."
    )


def cannot_open(path: str) -> str:
    """Why a file cannot be opened: SQLite says the same for every reason, so look for ourselves."""
    parent = os.path.dirname(path) or "."
    if os.path.isdir(path):
        return f"{path} is a directory; name a file in it, for example {os.path.join(path, 'pipeboard.db')}."
    if not os.path.isdir(parent):
        return f"The folder {parent} does not exist; create it or name another file."
    if not os.access(parent, os.X_OK):
        return f"You may not look into the folder {parent}; its permissions do not allow it."
    if not os.path.lexists(path) and os.access(parent, os.W_OK):
        return f"{path} does not exist. `pipeboard init` makes it; `pipeboard restore` brings a backup back."
    if os.path.exists(path) and not os.access(path, os.R_OK):
        return f"You may not read {path}; its permissions do not allow it."
    if not os.access(parent, os.W_OK | os.X_OK):
        return f"You may not create files in {parent}; its permissions do not allow it."
    return f"{path} cannot be opened."


def _postgresql_failure(error: Exception, target: Target) -> PipeboardError:
    sqlstate = getattr(error, "sqlstate", None) or ""
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if sqlstate.startswith(("55P03", "40")):
        return Refused(f"{target}: somebody else is writing the same deals. Try again.")
    if sqlstate.startswith("42501"):
        return Refused(f"{target}: the database does not let you do this ({first}).")
    if not sqlstate or sqlstate.startswith(("08", "57P")):
        return StorageFailure(
            f"{target} does not answer ({first}). Nothing already saved is lost; try again when it is back."
        )
    return StorageFailure(f"The database {target} reported: {first}.")
