"""Backups: private, whole, never in the way of a writer or of each other, and they come back."""

import hashlib
import os
import re
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import NotFound, PipeboardError, Refused, StorageFailure
from pipeboard.services import safety
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.storage import backup as backing
from pipeboard.storage.backup import Backup, backup, due, list_backups, to_drop
from pipeboard.storage.check import check
from pipeboard.storage.target import target_of

from .states import add, count, deal_row, live_state, one, words

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def mode(path: str | Path) -> int:
    """The permission bits of a file."""
    return stat.S_IMODE(os.stat(path).st_mode)


def digest(path: str | Path) -> str:
    """What a file holds."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_a_backup_is_private_whole_and_named(local_workspace: Workspace, clock: FixedClock) -> None:
    add(local_workspace)
    database = local_workspace.target.path
    path = safety.backup_now(database, clock)
    assert path.endswith("/backups/pipeboard-20261122-090000-manual.db")
    assert mode(path) == 0o600
    assert mode(os.path.dirname(path)) == 0o700
    assert os.listdir(os.path.dirname(path)) == [os.path.basename(path)], "nothing half-made is left beside it"
    assert check(target_of(path)) == []
    (listed,) = safety.backups(database)
    assert listed == Backup(path, NOW, "manual", os.path.getsize(path))


def test_backups_of_one_moment_do_not_replace_each_other(local_workspace: Workspace) -> None:
    first = backup(local_workspace.target, NOW, reason="import")
    before = digest(first)
    add(local_workspace)
    second = backup(local_workspace.target, NOW, reason="import")
    assert second != first
    assert digest(first) == before
    assert [b.path for b in list_backups(local_workspace.target)] == [second, first]


def test_a_backup_of_a_busy_database_is_one_moment_of_it(local_workspace: Workspace, clock: FixedClock) -> None:
    """A writer goes on meanwhile: the copy holds whole actions only."""
    add(local_workspace)
    is_done = threading.Event()
    failures: list[BaseException] = []

    def write() -> None:
        try:
            while not is_done.is_set():
                add(local_workspace, "Written meanwhile", next_step="call")
        except BaseException as error:
            failures.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        paths = [safety.backup_now(local_workspace.target.path, clock) for _ in range(4)]
    finally:
        is_done.set()
        writer.join()
    assert failures == []
    for path in paths:
        assert check(target_of(path)) == []


def test_a_file_of_the_persons_choice(local_workspace: Workspace, clock: FixedClock, tmp_path: Path) -> None:
    database = local_workspace.target.path
    chosen = tmp_path / "my copy.db"
    assert safety.backup_now(database, clock, to=str(chosen)) == str(chosen)
    assert mode(chosen) == 0o600
    before = digest(chosen)
    with pytest.raises(Refused, match="exists already; nothing was overwritten"):
        safety.backup_now(database, clock, to=str(chosen))
    assert digest(chosen) == before
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(Refused):
        safety.backup_now(database, clock, to=str(link))
    assert not (tmp_path / "elsewhere.db").exists()
    with pytest.raises(StorageFailure, match=r"The folder .*/nowhere does not exist"):
        safety.backup_now(database, clock, to=str(tmp_path / "nowhere" / "copy.db"))


def test_no_backup_is_kept_that_is_not_sound(local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    real = backing.row_counts
    seen: list[int] = []

    def losing(connection: sqlite3.Connection) -> dict[str, int]:
        seen.append(1)
        counts = real(connection)
        return counts if len(seen) == 1 else {**counts, "deal": counts["deal"] + 1}

    monkeypatch.setattr(backing, "row_counts", losing)
    with pytest.raises(StorageFailure, match="does not hold every row"):
        backup(local_workspace.target, NOW, reason="import")
    assert os.listdir(backing.folder_of(local_workspace.target)) == []


def test_a_daily_backup_is_due_when_something_changed(local_workspace: Workspace, clock: FixedClock) -> None:
    database, target = local_workspace.target.path, local_workspace.target
    assert due(target, NOW)
    assert safety.backup_when_due(database, clock)
    assert safety.backup_when_due(database, clock) == ""
    clock.set(NOW + timedelta(hours=25))
    assert safety.backup_when_due(database, clock) == "", "nothing changed since"
    add(local_workspace)
    assert safety.backup_when_due(database, clock)
    add(local_workspace)
    clock.set(clock.now() + timedelta(hours=23))
    assert not due(target, clock.now())


def test_thinning_over_three_years() -> None:
    """One automatic backup a day and an import a week, thinned at each step as the program does it."""
    kept: list[Backup] = [Backup("manual", NOW, "manual", 1)]
    for day in range(1100):
        now = NOW + timedelta(days=day, hours=1)
        kept.append(Backup(f"auto-{day:04}", now, "auto", 1))
        if day % 7 == 0:
            kept.append(Backup(f"import-{day:04}", now, "import", 1))
        dropped = {b.path for b in to_drop(kept, now)}
        assert f"auto-{day:04}" not in dropped, "the newest always stays"
        kept = [b for b in kept if b.path not in dropped]
    by_reason = {reason: [b for b in kept if b.reason == reason] for reason in ("manual", "auto", "import")}
    assert len(by_reason["manual"]) == 1
    assert len(by_reason["import"]) == 10
    automatic = sorted(by_reason["auto"], key=lambda b: b.at, reverse=True)
    ages = [(automatic[0].at - b.at).days for b in automatic]
    assert ages[:14] == list(range(14)), "fourteen days"
    assert len({b.at.strftime("%G%V") for b in automatic if (automatic[0].at - b.at).days < 56}) >= 8, "eight weeks"
    assert len({b.at.strftime("%Y%m") for b in automatic}) == 12, "twelve months"
    assert len(automatic) < 35


def test_all_of_two_days_stay() -> None:
    hourly = [Backup(f"{hour:03}", NOW - timedelta(hours=hour), "auto", 1) for hour in range(100)]
    kept = {b.path for b in hourly} - {b.path for b in to_drop(hourly, NOW)}
    assert {f"{hour:03}" for hour in range(49)} <= kept
    assert len(kept) < 60


# -- restoring -------------------------------------------------------------------------------------


def test_restore_brings_back_what_was_and_keeps_what_is(local_workspace: Workspace, clock: FixedClock) -> None:
    deal = add(local_workspace)
    state = live_state(local_workspace)
    saved = safety.backup_now(local_workspace.target.path, clock)
    local_workspace.execute(c.DeleteDeals(one(deal)))
    add(local_workspace, "Later")
    later = live_state(local_workspace)
    clock.set(clock.now() + timedelta(minutes=5))
    done = safety.restore(local_workspace.target.path, clock, saved)
    assert live_state(local_workspace) == state, "the program that has it open sees it at once"
    assert check(local_workspace.target) == []
    assert "restore" in done.kept
    assert mode(local_workspace.target.path) == 0o600
    assert deal_row(local_workspace, deal)["deleted"] == 0
    local_workspace.execute(c.EditDeals(one(deal), (("title", "Goes on"),)))
    clock.set(clock.now() + timedelta(minutes=5))
    safety.restore(local_workspace.target.path, clock, done.kept)
    assert live_state(local_workspace) == later


def test_restore_makes_a_lost_database_anew(local_workspace: Workspace, clock: FixedClock) -> None:
    add(local_workspace)
    state = live_state(local_workspace)
    database = local_workspace.target.path
    safety.backup_now(database, clock)
    local_workspace.close()
    os.unlink(database)
    done = safety.restore(database, clock)
    assert done.kept == ""
    assert mode(database) == 0o600
    again = Workspace.open(database, clock, login="anna")
    assert live_state(again) == state
    again.close()


def test_restore_puts_a_damaged_database_aside(local_workspace: Workspace, clock: FixedClock) -> None:
    add(local_workspace)
    database = Path(local_workspace.target.path)
    safety.backup_now(str(database), clock)
    local_workspace.close()
    content = database.read_bytes()
    damaged = b"\0" * 4096 + content[4096:]
    database.write_bytes(damaged)
    done = safety.restore(str(database), clock)
    assert Path(done.kept).read_bytes() == damaged
    assert check(target_of(str(database))) == []


def test_what_is_no_backup_is_not_restored(
    local_workspace: Workspace, clock: FixedClock, tmp_path: Path, sqlite_database: str
) -> None:
    add(local_workspace)
    state = live_state(local_workspace)
    database = local_workspace.target.path
    good = Path(safety.backup_now(database, clock)).read_bytes()
    csv, cut, newer, other, empty = (tmp_path / n for n in ("a.csv", "cut.db", "newer.db", "other.db", "empty.db"))
    csv.write_text("Title,Value\nAcme,1\n" * 99)
    cut.write_bytes(good[: len(good) // 2])
    newer.write_bytes(good)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE t (a)")
    empty.touch()
    expected = {
        csv: "is no Pipeboard database",
        cut: "damaged",
        newer: "made by a newer Pipeboard",
        other: "database of another program",
        empty: "no backup: it is empty",
        tmp_path / "missing.db": "does not exist",
        Path(database): "is the database itself",
    }
    for path, sentence in expected.items():
        with pytest.raises(PipeboardError) as refusal:
            safety.restore(database, clock, str(path))
        assert sentence in words(refusal.value), path
        assert live_state(local_workspace) == state
    assert [b.reason for b in safety.backups(database)] == ["manual"], "nothing was touched, so nothing was kept"


def test_a_database_of_another_program_is_not_overwritten(
    local_workspace: Workspace, clock: FixedClock, tmp_path: Path
) -> None:
    saved = safety.backup_now(local_workspace.target.path, clock)
    other = tmp_path / "other" / "notes.db"
    other.parent.mkdir()
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE t (a)")
    before = digest(other)
    with pytest.raises(Refused, match="database of another program"):
        safety.restore(str(other), clock, saved)
    assert digest(other) == before


def test_restoring_without_a_backup(sqlite_database: str, clock: FixedClock) -> None:
    with pytest.raises(NotFound, match="no backup"):
        safety.restore(sqlite_database, clock)


def test_a_locked_database_is_not_waited_for_for_ever(
    local_workspace: Workspace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeboard.storage import restoring

    saved = safety.backup_now(local_workspace.target.path, clock)
    monkeypatch.setattr(restoring, "BUSY_MS", 20)
    add(local_workspace)
    with closing(sqlite3.connect(local_workspace.target.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match="is locked"):
            safety.restore(local_workspace.target.path, clock, saved)
    assert count(local_workspace, "deal") == 1


def test_postgresql_is_backed_up_by_its_own_tool(clock: FixedClock) -> None:
    with pytest.raises(Refused, match="pg_dump"):
        safety.backup_now("postgresql://nobody@localhost/none", clock)
    with pytest.raises(Refused, match="pg_restore"):
        safety.restore("postgresql://nobody@localhost/none", clock, "x.db")
    assert safety.backup_before("postgresql://nobody@localhost/none", clock, "import") == ""


def test_no_code_opens_the_database_past_sqlite() -> None:
    """Closing any other handle on the file drops SQLite's locks and loses commits (RELIABILITY.md 2b)."""
    storage = Path(backing.__file__).parent
    # The copy itself (and the folder it is in), the private file before anything is in it, and the list of mounts.
    allowed = {"apart.py": {"path"}, "backup.py": {"path"}, "engine.py": {"path"}, "places.py": {"mountinfo"}}
    for source in storage.rglob("*.py"):
        text = source.read_text()
        for call in ("shutil.copy", "shutil.move", "read_bytes(", "write_bytes(", "import mmap"):
            assert call not in text, f"{source.name} has {call}"
        opened = re.findall(r"(?<![\w.])(?:os\.)?open\(([^,)]*)", text)
        assert set(opened) <= allowed.get(source.name, set()), f"{source.name} opens {opened}"
