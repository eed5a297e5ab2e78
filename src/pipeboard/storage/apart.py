"""A copy of a SQLite database to try something large on: nobody who works on the real one has to wait for that."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager

from pipeboard.storage.backup import copy_pages
from pipeboard.storage.failures import explained
from pipeboard.storage.hot.connection import connect
from pipeboard.storage.target import Target


@contextmanager
def copied(target: Target) -> Iterator[Target]:
    """A private copy of the database as it is now, for the time of a `with`."""
    with tempfile.TemporaryDirectory(prefix="pipeboard-look-") as folder:
        path = os.path.join(folder, "look.db")
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with (
            explained(target),
            closing(connect(target)) as source,
            closing(sqlite3.connect(path, isolation_level=None)) as copy,
        ):
            copy_pages(source, copy, target.path)
        yield Target("sqlite", path=path)
