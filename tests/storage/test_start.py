"""Programs that start together on a database that nobody has written to yet."""

import os

from .test_kill import Writer


def test_programs_that_start_together_do_not_refuse_each_other(sqlite_database: str) -> None:
    """The first writer changes the journal to a log; the others wait for that and do not give up."""
    writers = [Writer(sqlite_database, f"user{number}") for number in range(6)]
    try:
        saved = [writer.kill_after(1, 0) for writer in writers]
    finally:
        for writer in writers:
            writer.end()
    assert all(saved)
    assert os.path.exists(sqlite_database + "-wal")
