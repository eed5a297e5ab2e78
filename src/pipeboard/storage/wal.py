"""What is known of SQLite's write-ahead log."""

import sqlite3

LIBRARY_VERSION = sqlite3.sqlite_version
"""The SQLite that this Python is linked with, as people write it."""


def is_wal_reset_unsafe(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite may lose commits when an automatic checkpoint meets a writer (fixed in 3.51.3)."""
    fixed = version >= (3, 51, 3) or (version[:2] == (3, 50) and version >= (3, 50, 7))
    return not (fixed or (version[:2] == (3, 44) and version >= (3, 44, 6)) or version < (3, 7, 0))
