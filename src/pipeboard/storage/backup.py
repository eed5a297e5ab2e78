"""Backups of a SQLite database: made through SQLite, checked before they get their name, thinned by age.

The live file is only ever read by SQLite itself: opening it otherwise in this process would drop the locks that
keep other programs out (RELIABILITY.md 2b).
"""

import os
import re
import sqlite3
import uuid
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pipeboard.domain.errors import Refused, StorageFailure
from pipeboard.storage.failures import explained
from pipeboard.storage.hot.connection import connect
from pipeboard.storage.target import Target

AUTOMATIC = "auto"
MANUAL = "manual"
DAY = timedelta(days=1)
KEPT_PER_REASON = 10
"""How many of those made before a migration, an import, a restore... are kept, of each reason."""

_NAME = re.compile(r"^(?P<name>.+)-(?P<at>\d{8}-\d{6})-(?P<reason>[a-z]+)(?:-\d+)?\.db$")
_BUSY = frozenset({5, 6})  # SQLITE_BUSY, SQLITE_LOCKED


class Backup(NamedTuple):
    """A copy of the database: when (UTC) and before what it was made, and its size in bytes."""

    path: str
    at: datetime
    reason: str
    size: int


def folder_of(target: Target) -> str:
    """Where the backups of a database lie."""
    return os.path.join(os.path.dirname(target.path), "backups")


def list_backups(target: Target) -> tuple[Backup, ...]:
    """The backups of this database, newest first. It need not exist itself."""
    if not target.is_sqlite:
        return ()
    folder, stem = folder_of(target), _stem(target)
    found = []
    with explained(target):
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            match = _NAME.match(name)
            if match and match["name"] == stem:
                path = os.path.join(folder, name)
                at = datetime.fromisoformat(f"{match['at'].replace('-', 'T')}+00:00")
                found.append(Backup(path, at, match["reason"], os.path.getsize(path)))
    return tuple(sorted(found, key=lambda b: (b.at, len(b.path), b.path), reverse=True))


def _stem(target: Target) -> str:
    return os.path.splitext(os.path.basename(target.path))[0]


def backup(target: Target, now: datetime, *, reason: str) -> str:
    """Copy the database into its backup folder and thin the older copies; the path of the copy.

    `reason` is one lower-case word. Refused for PostgreSQL; StorageFailure when the copy cannot be made or is not
    sound, and then there is none.
    """
    _only_sqlite(target)
    with explained(target):
        folder = folder_of(target)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        building = os.path.join(folder, f".{_stem(target)}-{uuid.uuid4().hex[:8]}.part")
        try:
            _fill(target, building)
            path = _named(building, os.path.join(folder, f"{_stem(target)}-{_stamp(now)}-{reason}"))
        finally:
            drop(building)
        sync_folder(path)
        for old in to_drop(list_backups(target), now):
            os.unlink(old.path)
    return path


def backup_to(target: Target, path: str) -> str:
    """Copy the database into a new file of the person's choice; Refused when something is there already."""
    _only_sqlite(target)
    path = os.path.abspath(os.path.expanduser(path))
    with explained(target):
        _fill(target, path)
        sync_folder(path)
    return path


def _only_sqlite(target: Target) -> None:
    if not target.is_sqlite:
        raise Refused(
            "Pipeboard backs up SQLite files. A PostgreSQL database is backed up by the server's own tool: "
            "`pg_dump --format=custom`, and brought back by `pg_restore`."
        )


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y%m%d-%H%M%S")


def _named(building: str, base: str) -> str:
    """Give the finished copy its name; one that exists is never replaced."""
    for count in range(1, 1000):
        path = f"{base}.db" if count == 1 else f"{base}-{count}.db"
        try:
            os.link(building, path)
            return path
        except FileExistsError:
            continue
        except OSError:  # a file system without hard links
            if not os.path.lexists(path):
                os.rename(building, path)
                return path
    raise Refused(f"There are a thousand backups named {base} already.")


def _fill(target: Target, path: str) -> None:
    """Copy the database into a new private file, check the copy, and put it on disk."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
    os.close(os.open(path, flags, 0o600))
    try:
        with closing(connect(target)) as source, closing(sqlite3.connect(path, isolation_level=None)) as copy:
            source.execute("BEGIN")  # one moment of the database for the copy and for the counts
            before = row_counts(source)
            copy_pages(source, copy, target.path)
            copy.execute("PRAGMA journal_mode=DELETE")
            _verify(copy, before, path)
        sync_file(path)
    except BaseException:
        drop(path)
        raise


def drop(path: str) -> None:
    """Take an unfinished copy away, with the journal that SQLite leaves beside it when the disk fails."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        if os.path.lexists(path + suffix):
            os.unlink(path + suffix)


def copy_pages(source: sqlite3.Connection, into: sqlite3.Connection, path: str) -> None:
    """Copy a whole database in one step: several would start anew at each commit of somebody else."""
    source.backup(into, pages=-1, progress=_give_up(path))


def _give_up(path: str) -> Callable[[int, int, int], None]:
    """The driver would ask a locked database for ever; each asking has waited for the busy timeout already."""

    def progress(status: int, _left: int, _total: int) -> None:
        if status in _BUSY:
            raise Refused(f"{path} is locked: another program has been writing to it for five seconds. Try again.")

    return progress


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows every table has."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for (name,) in names}


def _verify(copy: sqlite3.Connection, before: dict[str, int], path: str) -> None:
    if (verdict := copy.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise StorageFailure(f"The copy {path} is not sound ({verdict}); it was not kept. `pipeboard check` says more.")
    if row_counts(copy) != before:
        raise StorageFailure(f"The copy {path} does not hold every row; it was not kept.")


def sync_file(path: str) -> None:
    """Have the system put a file (never the live database) on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: str) -> None:
    """Have the system put the name of a new file on disk."""
    sync_file(os.path.dirname(path) or ".")


def due(target: Target, now: datetime) -> bool:
    """Whether a daily backup should be made: something changed, and the last one is older than a day."""
    if not target.is_sqlite:
        return False
    made = list_backups(target)
    if not made:
        return True
    if now - made[0].at <= DAY:
        return False
    return _last_action(target) != _last_action(Target("sqlite", path=made[0].path))


def _last_action(target: Target) -> int:
    with explained(target), closing(connect(target)) as connection:
        return int(connection.execute("SELECT COALESCE(max(id), 0) FROM action").fetchone()[0])


def to_drop(backups: Iterable[Backup], now: datetime) -> tuple[Backup, ...]:
    """Which backups the policy gives up.

    Of the automatic ones all of two days stay, then the newest of each day (14), week (8) and month (12); of those
    made before something dangerous the last ten of each reason; those asked for by a person stay for good.
    """
    ordered = sorted(backups, key=lambda b: (b.at, b.path), reverse=True)
    kept = {b.path for b in ordered if b.reason == MANUAL or (now - b.at <= 2 * DAY and b.reason == AUTOMATIC)}
    automatic = [b for b in ordered if b.reason == AUTOMATIC]
    for count, form in ((14, "%Y%m%d"), (8, "%G%V"), (12, "%Y%m")):
        newest: dict[str, str] = {}
        for one in automatic:
            newest.setdefault(one.at.strftime(form), one.path)
        kept.update(list(newest.values())[:count])
    for reason in {b.reason for b in ordered} - {AUTOMATIC, MANUAL}:
        kept.update([b.path for b in ordered if b.reason == reason][:KEPT_PER_REASON])
    return tuple(b for b in ordered if b.path not in kept)
