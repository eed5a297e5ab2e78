"""Bringing a backup back: into the live file through SQLite, after a copy of what is there now."""

import os
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime
from typing import NamedTuple

from pipeboard.domain.errors import PipeboardError, Refused, StorageFailure
from pipeboard.storage.backup import backup, copy_pages, drop, sync_folder
from pipeboard.storage.engine import BUSY_MS, create_private
from pipeboard.storage.failures import explained
from pipeboard.storage.hot.connection import connect
from pipeboard.storage.store import APPLICATION_ID, HEAD, check_revision, inspect
from pipeboard.storage.target import Target


class Restored(NamedTuple):
    """What a restore did: `kept` is where the state before it lies ("" when there was none)."""

    path: str
    kept: str


def restore(target: Target, backup_path: str, now: datetime) -> Restored:
    """Make the database what it was in a backup.

    What is there now is kept first: as a backup, or, when it is too damaged to be copied, under another name.
    Refused when the backup is no sound database of a schema this program knows, or when `target` belongs to
    another program.
    """
    if not target.is_sqlite:
        raise Refused("A PostgreSQL database is brought back by the server's own tool: `pg_restore`.")
    source = Target("sqlite", path=os.path.realpath(os.path.expanduser(backup_path)))
    if source.path == target.path:
        raise Refused(f"{source.path} is the database itself; name one of its backups.")
    check_sound(source)
    if not os.path.lexists(target.path) or os.path.getsize(target.path) == 0:
        _build(source, target)
        return Restored(target.path, "")
    kept = _keep(target, now)
    if os.path.lexists(target.path):
        _overwrite(source, target)
    else:
        _build(source, target)
    return Restored(target.path, kept)


def check_sound(source: Target) -> None:
    """Refuse a file that is no whole Pipeboard database, or of a newer program."""
    state = inspect(source)
    check_revision(state, source)
    if state.revision is None or not state.revision.isdigit() or int(state.revision) > int(HEAD):
        raise Refused(f"{source.path} is no backup: it is empty or of an unknown kind.")
    with explained(source), closing(connect(source)) as connection:
        if (verdict := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise StorageFailure(f"{source.path} is damaged ({verdict}); choose another backup.")
        if connection.execute("SELECT 1 FROM workspace").fetchone() is None:
            raise Refused(f"{source.path} holds no workspace; choose another backup.")


def _keep(target: Target, now: datetime) -> str:
    """Save what is there now; where it went. A database of another program is left alone (Refused)."""
    try:
        inspect(target)
        return backup(target, now, reason="restore")
    except Refused:
        raise
    except PipeboardError:
        if os.path.isdir(target.path) or not os.access(target.path, os.R_OK | os.W_OK):
            raise
    return _set_aside(target, now)


def _set_aside(target: Target, now: datetime) -> str:
    """Give a file that cannot be read another name, together with its log: a rescue may still need both."""
    stamp = now.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    aside = f"{target.path}.damaged-{stamp}"
    with explained(target):
        if os.path.lexists(aside):
            aside = f"{aside}-{uuid.uuid4().hex[:6]}"
        for suffix in ("-wal", "-shm", ""):
            if os.path.lexists(target.path + suffix):
                os.rename(target.path + suffix, aside + suffix)
        sync_folder(target.path)
    return aside


def _build(source: Target, target: Target) -> None:
    """Make the database anew from a backup; it gets its name only when it is whole."""
    building = f"{target.path}.new-{uuid.uuid4().hex[:8]}"
    with explained(target):
        if os.path.lexists(target.path + "-wal"):
            raise Refused(
                f"{target.path}-wal is there without its database. Move it elsewhere first: it belongs to a file "
                "that was deleted or moved, and would spoil the restored one."
            )
        create_private(building)
        try:
            _copy(source, building)
            os.replace(building, target.path)
        finally:
            drop(building)
        sync_folder(target.path)


def _overwrite(source: Target, target: Target) -> None:
    with explained(target):
        _copy(source, target.path)


def _copy(source: Target, path: str) -> None:
    """Copy through SQLite: programs that have the file open see the change like any other."""
    with closing(connect(source)) as old, closing(sqlite3.connect(path, isolation_level=None)) as live:
        live.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        live.execute("PRAGMA synchronous=FULL")
        copy_pages(old, live, path)
        if live.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StorageFailure(f"{path} could not be restored from {source.path}; the backup itself is unchanged.")
