"""Making and upgrading the schema: all or nothing, with a backup before an upgrade."""

import os
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from pipeboard.domain.errors import Refused
from pipeboard.storage.backup import backup, drop, list_backups, sync_folder
from pipeboard.storage.engine import WRITE_LOCK, create_private
from pipeboard.storage.failures import empty_file, explained
from pipeboard.storage.store import APPLICATION_ID, HEAD, check_revision, inspect
from pipeboard.storage.target import Target


def _engine(target: Target) -> Engine:
    """An engine without hooks: a migration begins its own transaction, after switching foreign keys off."""
    if target.is_sqlite:
        engine = create_engine(f"sqlite:///{target.path}", poolclass=NullPool, hide_parameters=True)
    else:
        url = "postgresql+psycopg://" + target.url.split("://", 1)[1]
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    return engine


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def run(target: Target, *, to: str = HEAD, fill: Callable[[Connection], None] | None = None) -> None:
    """Upgrade the schema of `target` in one transaction; `fill` may then write in the same transaction."""
    with explained(target), _engine(target).connect() as connection:
        if target.is_sqlite:
            raw: Any = connection.connection.driver_connection
            raw.isolation_level = None
            for pragma in ("busy_timeout=5000", "synchronous=FULL", "foreign_keys=OFF"):
                raw.execute(f"PRAGMA {pragma}")
            raw.execute("BEGIN IMMEDIATE")
        else:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})"))
        try:
            command.upgrade(_config(connection), to)
            if target.is_sqlite:
                _check_foreign_keys(raw, target)
                raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
            if fill is not None:
                fill(connection)
            if target.is_sqlite:
                raw.execute("COMMIT")
            connection.commit()
        except BaseException:
            if target.is_sqlite and raw.in_transaction:
                raw.execute("ROLLBACK")
            connection.rollback()
            raise


def _check_foreign_keys(raw: Any, target: Target) -> None:
    if broken := raw.execute("PRAGMA foreign_key_check").fetchall():
        raise Refused(
            f"The upgrade of {target} was taken back: {len(broken)} rows would point nowhere "
            f"(first: table {broken[0][0]}). The database is as it was."
        )


def prepare(target: Target, now: datetime) -> None:
    """Bring an existing database to the present schema, after a backup; refuse a newer one."""
    state = inspect(target)
    check_revision(state, target)
    if state.is_current:
        return
    if state.revision is None:
        raise Refused(
            empty_file(str(target)) if target.is_sqlite else f"{target} is empty; `pipeboard init` sets it up."
        )
    if target.is_sqlite:
        backup(target, now, reason="migration")
    run(target)


def _once(target: Target, fill: Callable[[Connection], None]) -> Callable[[Connection], None]:
    """`fill`, unless another program was faster while this one waited for the lock."""

    def guarded(connection: Connection) -> None:
        if connection.execute(text("SELECT 1 FROM workspace")).first() is not None:
            raise Refused(f"{target} was set up by another program just now; open it without init.")
        fill(connection)

    return guarded


def create(target: Target, fill: Callable[[Connection], None]) -> None:
    """Make a new database and let `fill` write the first rows, in one step: either it is there whole or not at all.

    Refused when something is there already.
    """
    if not target.is_sqlite:
        if inspect(target).revision is not None:
            raise Refused(f"{target} holds a Pipeboard workspace already; open it without init.")
        run(target, fill=_once(target, fill))
        return
    path = target.path
    if os.path.lexists(path) and os.path.getsize(path) > 0:
        raise Refused(f"{path} exists already; name another file, or open it without init.")
    if os.path.lexists(path) and list_backups(target):
        raise Refused(
            f"{path} is empty, but there are backups of what was in it. `pipeboard restore` brings one back; "
            "to start afresh all the same, remove the empty file first."
        )
    # Not the process id: in containers the same few come again, and a leftover would be in the way.
    building = Target("sqlite", path=f"{path}.new-{uuid.uuid4().hex[:8]}")
    with explained(target):
        create_private(building.path)
        try:
            run(building, fill=fill)
            _put_in_place(building.path, path)
        finally:
            drop(building.path)
        sync_folder(path)


def _put_in_place(built: str, path: str) -> None:
    """Give the finished file its name, refusing to replace one with content that appeared meanwhile."""
    try:
        os.link(built, path)
    except FileExistsError:
        _refuse_content(path)
        os.replace(built, path)
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            _refuse_content(path)
        os.replace(built, path)


def _refuse_content(path: str) -> None:
    if os.path.getsize(path) > 0:
        raise Refused(f"{path} was made by another program just now; nothing was overwritten.")
