"""A look at the place where the data lies: what could cost somebody their work, said before it does."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from pipeboard.domain.errors import PipeboardError
from pipeboard.services.clock import Clock
from pipeboard.storage.backup import list_backups
from pipeboard.storage.places import conflict_copies, filesystem_of, is_network, synced_folder
from pipeboard.storage.store import check_revision, inspect
from pipeboard.storage.target import Target, target_of
from pipeboard.storage.wal import LIBRARY_VERSION, is_wal_reset_unsafe

LITTLE_SPACE = 100_000_000
"""Bytes; fewer free ones than this are worth a warning."""


class Finding(NamedTuple):
    """One thing that was looked at: `level` is "ok", "note" or "warning"."""

    level: str
    subject: str
    text: str


def doctor(database: str, clock: Clock) -> list[Finding]:
    """Look at everything around a database that can be looked at without changing it."""
    target = target_of(database)
    findings = [_opens(target)]
    if not target.is_sqlite:
        return findings
    looks: tuple[Callable[[Target], Iterator[Finding]], ...] = (_library, _modes, _place, _links, _space)
    for look in looks:
        try:
            findings += look(target)
        except OSError as error:
            findings.append(Finding("warning", "place", f"{error.filename}: {error.strerror}"))
    return findings + _last_backup(target, clock)


def _opens(target: Target) -> Finding:
    try:
        state = inspect(target)
        check_revision(state, target)
    except PipeboardError as error:
        return Finding("warning", "database", str(error))
    if state.revision is None:
        return Finding("warning", "database", f"{target} is empty.")
    return Finding("ok", "database", f"{target} opens; schema {state.revision}.")


def _library(_target: Target) -> Iterator[Finding]:
    version = LIBRARY_VERSION
    if is_wal_reset_unsafe():
        yield Finding(
            "note",
            "SQLite",
            f"SQLite {version} can lose a commit when its automatic checkpoint meets a writer (fixed in 3.51.3); "
            "Pipeboard makes the checkpoints itself instead.",
        )
    else:
        yield Finding("ok", "SQLite", f"SQLite {version}.")


def _modes(target: Target) -> Iterator[Finding]:
    paths = [target.path + suffix for suffix in ("", "-wal", "-shm")] + [b.path for b in list_backups(target)]
    open_ones = [p for p in paths if os.path.exists(p) and stat.S_IMODE(os.stat(p).st_mode) & 0o007]
    for path in open_ones:
        yield Finding("warning", "permissions", f"Everybody on this machine may read {path}: chmod o-rwx takes that.")
    if not open_ones:
        yield Finding("ok", "permissions", "Only you, or the group you chose, may read the data.")


def _place(target: Target) -> Iterator[Finding]:
    kind = filesystem_of(target.path)
    if is_network(kind):
        yield Finding(
            "warning",
            "file system",
            f"The database is on a network file system ({kind}). Pipeboard writes more slowly and carefully there, but "
            "such systems do not always keep their locks. A local disk or PostgreSQL is safer.",
        )
    else:
        yield Finding("ok", "file system", f"Local ({kind or 'type unknown'}).")
    if folder := synced_folder(target.path):
        yield Finding(
            "warning",
            "synced folder",
            f"{folder} is copied by a sync program, which does not know when a database is whole. Move the database "
            "elsewhere and let the program copy backups (`pipeboard backup FILE`).",
        )
    for name in conflict_copies(target.path):
        yield Finding("warning", "synced folder", f"{name} beside the database was made because two machines wrote.")


def _links(target: Target) -> Iterator[Finding]:
    if os.path.exists(target.path) and os.stat(target.path).st_nlink > 1:
        yield Finding("warning", "hard link", f"{target.path} has a second name; changes made through it are lost.")


def _space(target: Target) -> Iterator[Finding]:
    free = shutil.disk_usage(os.path.dirname(target.path) or ".").free
    needed = max(LITTLE_SPACE, 2 * os.path.getsize(target.path)) if os.path.exists(target.path) else LITTLE_SPACE
    level = "ok" if free > needed else "warning"
    yield Finding(level, "disk", f"{free // 1_000_000:,} MB free.")


def _last_backup(target: Target, clock: Clock) -> list[Finding]:
    made = list_backups(target)
    if not made:
        return [Finding("note", "backup", "There is no backup yet; `pipeboard backup` makes one.")]
    age = clock.now() - made[0].at
    hours = int(age.total_seconds() // 3600)
    level = "ok" if age <= timedelta(days=2) else "note"
    text = f"The last of {len(made)} is {hours} hours old: {made[0].path}"
    return [Finding(level, "backup", text)]
