"""Keeping the data safe: backups, restoring, proving the history, rebuilding what is derived from it."""

from typing import TYPE_CHECKING

from pipeboard.domain.errors import NotFound, Refused
from pipeboard.services.clock import Clock
from pipeboard.storage.backup import AUTOMATIC, MANUAL, Backup, backup, backup_to, due, list_backups
from pipeboard.storage.failures import empty_file
from pipeboard.storage.hot import connection
from pipeboard.storage.store import check_revision, inspect
from pipeboard.storage.target import Target, target_of

if TYPE_CHECKING:
    from pipeboard.storage.check import Problem
    from pipeboard.storage.restoring import Restored

__all__ = [
    "Backup",
    "backup_before",
    "backup_now",
    "backup_when_due",
    "backups",
    "check",
    "rebuild_projections",
    "restore",
]


def _opened(database: str) -> Target:
    """The target, when it is a database of the present schema; else a sentence."""
    target = target_of(database)
    state = inspect(target)
    check_revision(state, target)
    if not state.is_current:
        if state.revision is None and target.is_sqlite:
            raise Refused(empty_file(target.path))
        raise Refused(f"{target} is empty or has an older schema; start Pipeboard on it once to upgrade it.")
    return target


def backup_now(database: str, clock: Clock, *, to: str | None = None) -> str:
    """Back the database up, into a new file or (without one) into its backup folder; the path of the copy.

    Refused where the file exists, StorageFailure where the copy cannot be made. Checked before it gets its name.
    """
    target = target_of(database)
    if target.is_sqlite and inspect(target).revision is None:
        raise Refused(empty_file(target.path))
    return backup_to(target, to) if to else backup(target, clock.now(), reason=MANUAL)


def backup_before(database: str, clock: Clock, reason: str) -> str:
    """Back up before something large ("import", "flush", "purge"); "" for PostgreSQL, which its server backs up."""
    target = target_of(database)
    return backup(target, clock.now(), reason=reason) if target.is_sqlite else ""


def read_only_reason(database: str) -> str:
    """Why nothing can be saved there, for a banner; "" when it can be written."""
    return connection.read_only_reason(target_of(database))


def backup_when_due(database: str, clock: Clock) -> str:
    """Make the daily backup when something changed and the last one is older than a day; "" when not."""
    target = target_of(database)
    now = clock.now()
    return backup(target, now, reason=AUTOMATIC) if due(target, now) else ""


def backups(database: str) -> tuple[Backup, ...]:
    """The backups of this database, newest first; also when the database itself is gone."""
    return list_backups(target_of(database))


def restore(database: str, clock: Clock, backup_path: str | None = None) -> "Restored":
    """Make the database what it was in a backup (None: the newest); what is there now is kept first.

    NotFound without a backup; Refused and StorageFailure as `storage.restoring.restore` says.
    """
    from pipeboard.storage import restoring

    target = target_of(database)
    if backup_path is None:
        made = list_backups(target)
        if not made and target.is_sqlite:
            raise NotFound(f"There is no backup of {target} yet.")
        backup_path = made[0].path if made else ""
    return restoring.restore(target, backup_path, clock.now())


def check(database: str) -> "list[Problem]":
    """What is wrong with the database (`area`, `where`, `text` each); an empty list when it is whole."""
    from pipeboard.storage import check as checking

    return checking.check(_opened(database))


def rebuild_projections(database: str) -> int:
    """Compute the stays in stages and the summaries of every deal anew; how many deals there are."""
    from pipeboard.storage import check as checking

    return checking.rebuild(_opened(database))
