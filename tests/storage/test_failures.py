"""Files that are broken, locked, foreign or gone: a sentence that helps, and nothing is touched (RELIABILITY.md 2c)."""

import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import PipeboardError, Refused, StorageFailure
from pipeboard.services import safety
from pipeboard.services.clock import FixedClock
from pipeboard.services.doctor import doctor
from pipeboard.services.workspace import Workspace
from pipeboard.storage import engine, places, store
from pipeboard.storage.hot.connection import connect, read_only_reason
from pipeboard.storage.target import target_of
from pipeboard.storage.wal import is_wal_reset_unsafe

from .states import add, one, reading, words

NOBODY = 65534


def digest(path: Path) -> str:
    """What a file holds, and "" when there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _csv(path: Path) -> None:
    path.write_text("Title,Value\nAcme,100\n" * 500)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _short_text(path: Path) -> None:
    path.write_text("hello\n")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _fifty_bytes(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 16 + path.read_bytes()[4096:])


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE deal (id INTEGER PRIMARY KEY)")


def _foreign_with_alembic(path: Path) -> None:
    _foreign(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0002')")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE deal ADD COLUMN score INTEGER")
        connection.execute("UPDATE alembic_version SET version_num = '0007'")


def _hard_link(path: Path) -> None:
    os.link(path, path.with_name("second.db"))


def _directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "CSV": (_csv, "is no Pipeboard database. If it is a file of another tool (a CSV, say), `pipeboard import"),
    "short text": (_short_text, "is no Pipeboard database"),
    "empty": (_emptied, "is empty (0 bytes). If there was data in it"),
    "cut in half": (_cut, "is damaged"),
    "fifty bytes": (_fifty_bytes, "is damaged"),
    "noise": (_noise, "is no Pipeboard database"),
    "another program's": (_foreign, "is a database of another program; Pipeboard leaves it alone"),
    "another program's with alembic": (_foreign_with_alembic, "is a database of another program"),
    "newer": (_newer, f"was made by a newer Pipeboard (schema 0007; this one knows {store.HEAD})"),
    "hard link": (_hard_link, "is a hard link"),
    "directory": (_directory, "is a directory; name a file in it"),
    "missing": (lambda path: path.unlink(), "does not exist. `pipeboard init` makes it"),
    "missing folder": (lambda path: shutil.rmtree(path.parent), "does not exist; create it or name another file"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_opened_is_left_as_it_is(
    name: str, sqlite_database: str, clock: FixedClock, tmp_path: Path
) -> None:
    breaking, sentence = BROKEN[name]
    path = tmp_path / "data" / "pipeboard.db"
    path.parent.mkdir()
    shutil.copyfile(sqlite_database, path)
    breaking(path)
    before, beside = digest(path), sorted(os.listdir(path.parent)) if path.parent.exists() else []
    attempts: list[Callable[[], object]] = [
        lambda: Workspace.open(str(path), clock, login="anna"),
        lambda: safety.check(str(path)),
    ]
    if name != "newer":  # a copy of it does no harm
        attempts.append(lambda: safety.backup_now(str(path), clock))
    for attempt in attempts:
        with pytest.raises(PipeboardError) as failure:
            attempt()
        assert sentence in words(failure.value)
        assert str(path.parent if name == "missing folder" else path) in str(failure.value)
    assert digest(path) == before, "not a byte was changed"
    after = sorted(os.listdir(path.parent)) if path.parent.exists() else []
    assert after == beside, "and nothing was made in its place"


def test_doctor_says_the_same(sqlite_database: str, clock: FixedClock) -> None:
    _newer(Path(sqlite_database))
    findings = doctor(sqlite_database, clock)
    assert findings[0].level == "warning"
    assert "newer Pipeboard" in findings[0].text


def test_damage_inside_is_told_when_it_is_met(sqlite_database: str, clock: FixedClock) -> None:
    with closing(sqlite3.connect(sqlite_database)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'stage'").fetchone()[0]
    content = bytearray(Path(sqlite_database).read_bytes())
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    Path(sqlite_database).write_bytes(content)
    workspace = Workspace.open(sqlite_database, clock, login="anna")
    with pytest.raises(StorageFailure, match=r"is damaged .*Keep the file; `pipeboard restore`"):
        workspace.board.overview()
    workspace.close()
    problems = safety.check(sqlite_database)
    assert {p.area for p in problems} == {"file"}


# -- permissions: as somebody without rights, because root may do everything --------------------------------


def as_nobody(task: Callable[[], str]) -> str:
    """What `task` returns, or the error it ends with, when an unprivileged user runs it."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            text = task()
        except PipeboardError as error:
            text = f"{type(error).__name__}: {error}"
        except BaseException:
            text = "crash: " + traceback.format_exc()
        os.write(write_end, text.encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return text


@pytest.fixture
def others(sqlite_database: str) -> Iterator[Path]:
    """A folder with a filled database of which an unprivileged user is the owner."""
    folder = Path(tempfile.mkdtemp(prefix="pipeboard-nobody-"))
    path = folder / "pipeboard.db"
    shutil.copyfile(sqlite_database, path)
    if os.getuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        os.chown(path, NOBODY, NOBODY)
    folder.chmod(0o700)
    path.chmod(0o600)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def _use(path: Path, clock: FixedClock, *, is_writing: bool) -> Callable[[], str]:
    def task() -> str:
        workspace = Workspace.open(str(path), clock, login="anna")
        stages = workspace.board.overview().stages
        if is_writing:
            workspace.execute(c.CreateDeal("Written", stages[0].id))
        return f"{len(stages)} stages"

    return task


@pytest.mark.parametrize("mode", ["file", "folder", "both"])
@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_read_only_database_is_read_and_not_written(others: Path, clock: FixedClock, mode: str, journal: str) -> None:
    path = others / "pipeboard.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode={journal}")
    for leftover in others.glob("*-*"):
        leftover.unlink()
    if mode in ("file", "both"):
        path.chmod(0o400)
    if mode in ("folder", "both"):
        others.chmod(0o500)
    assert as_nobody(_use(path, clock, is_writing=False)) == "8 stages"
    answer = as_nobody(_use(path, clock, is_writing=True))
    assert answer.startswith("Refused: Not saved:"), answer
    assert "read-only for you" in answer
    reason = as_nobody(lambda: read_only_reason(target_of(str(path))))
    assert reason.startswith("Read-only: you may not write"), reason
    backup = as_nobody(lambda: safety.backup_now(str(path), clock))
    if mode == "file":
        assert "/backups/" in backup
    else:
        assert backup.startswith("StorageFailure: You may not create files in"), backup


def test_what_may_not_be_read(others: Path, clock: FixedClock) -> None:
    path = others / "pipeboard.db"
    path.chmod(0)
    assert "You may not read" in as_nobody(_use(path, clock, is_writing=False))
    path.chmod(0o600)
    others.chmod(0)
    assert "may not look into the folder" in as_nobody(_use(path, clock, is_writing=False))


def test_a_database_that_can_be_written_has_no_banner(others: Path) -> None:
    assert as_nobody(lambda: read_only_reason(target_of(str(others / "pipeboard.db"))) or "none") == "none"


# -- while it is open ----------------------------------------------------------------------------------


def test_a_writer_that_does_not_end_is_named(local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ALWAYS", ("busy_timeout=20", "foreign_keys=ON"))
    add(local_workspace)
    with closing(sqlite3.connect(local_workspace.target.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match=r"is locked: another program .* Try again"):
            add(local_workspace)
        assert len(local_workspace.board.overview().stages) == 8, "reading goes on"
    assert add(local_workspace) == 2


def test_writers_on_the_server_take_turns(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """One at a time, as on SQLite: then the ids of actions grow in the order of the commits."""
    if workspace.target.is_sqlite:
        pytest.skip("SQLite has one write lock")
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    with closing(connect(workspace.target)) as other:
        other.execute("BEGIN")
        other.execute(f"SELECT pg_advisory_xact_lock({engine.WRITE_LOCK})")
        with pytest.raises(Refused, match=r"somebody else is writing .* Try again"):
            add(workspace)
        other.execute("ROLLBACK")
    assert add(workspace) == 1


@pytest.mark.parametrize("what", ["deleted", "replaced"])
def test_nothing_is_saved_into_a_file_that_is_gone(local_workspace: Workspace, tmp_path: Path, what: str) -> None:
    add(local_workspace)
    path = Path(local_workspace.target.path)
    path.rename(tmp_path / "moved.db")
    if what == "replaced":
        shutil.copyfile(tmp_path / "moved.db", path)
    command = c.CreateDeal("Lost", 1)
    with pytest.raises(StorageFailure, match=r"Not saved: .* was deleted or replaced while"):
        local_workspace.execute(command)


def _writing_until_full(path: str, clock: FixedClock) -> str:
    workspace = Workspace.open(path, clock, login="anna")
    stage = workspace.deals.stages()[0].id
    saved = 0
    for _ in range(5000):
        try:
            workspace.execute(c.CreateDeal("Deal", stage, notes="x" * 3000))
            saved += 1
        except PipeboardError as error:
            kept = sum(t.count for t in workspace.board.overview().totals.values())
            return f"{saved} {kept} {error}"
    return "never full"


def test_a_quota_that_ends_loses_nothing_that_was_saved(others: Path, clock: FixedClock) -> None:
    """RLIMIT_FSIZE stands in for a full disk: the write fails in the middle."""
    import resource
    import signal

    path = str(others / "pipeboard.db")

    def task() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
        return _writing_until_full(path, clock)

    saved, kept, sentence = as_nobody(task).split(" ", 2)
    assert int(saved) > 3
    assert saved == kept
    assert "Not saved: the disk" in sentence
    assert "Nothing already saved is lost" in sentence
    assert safety.check(path) == []


@pytest.mark.skipif(os.getuid() != 0, reason="needs to mount a small file system")
def test_a_full_disk_loses_nothing_that_was_saved(sqlite_database: str, clock: FixedClock, tmp_path: Path) -> None:
    point = tmp_path / "small"
    point.mkdir()
    if os.system(f"mount -t tmpfs -o size=700k tmpfs {point} 2>/dev/null") != 0:
        pytest.skip("may not mount here")
    try:
        path = point / "pipeboard.db"
        shutil.copyfile(sqlite_database, path)
        saved, kept, sentence = _writing_until_full(str(path), clock).split(" ", 2)
        assert int(saved) > 3
        assert saved == kept
        assert "Not saved: the disk is full" in sentence
        with pytest.raises(StorageFailure, match="disk is full"):
            safety.backup_now(str(path), clock)
        assert os.listdir(point / "backups") == [], "half a backup is no backup"
    finally:
        os.system(f"umount -l {point}")


# -- the place ------------------------------------------------------------------------------------------

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /home rw,relatime shared:2 - nfs4 server:/home rw
31 30 0:41 / /home/anna/local\\040disk rw - ext4 /dev/sdb1 rw
32 22 0:42 / /mnt/win rw shared:5 master:1 - 9p C: rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/pipeboard.db", "ext4"),
        ("/home/anna/pipeboard.db", "nfs4"),
        ("/home/anna/local disk/pipeboard.db", "ext4"),
        ("/homework/pipeboard.db", "ext4"),
        ("/mnt/win/p.db", "9p"),
    ],
)
def test_file_systems_are_known_by_their_mount(tmp_path: Path, path: str, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert places.filesystem_of(path, str(mounts)) == kind
    assert places.is_network(kind) == (kind in ("nfs4", "9p"))
    assert places.filesystem_of(path, str(tmp_path / "missing")) == ""


def test_no_log_on_a_network_file_system(
    sqlite_database: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Workspace.open(sqlite_database, clock, login="anna")
    add(first)
    first.close()
    for module in (engine, store):
        monkeypatch.setattr(module, "filesystem_of", lambda _path: "nfs4")
    workspace = Workspace.open(sqlite_database, clock, login="anna")
    add(workspace)
    with reading(workspace.target) as sql:
        assert sql.value("PRAGMA journal_mode") == "delete"
    raw = workspace._store.writer.connection()
    assert raw.execute("PRAGMA synchronous").fetchone()[0] == 3, "EXTRA"
    workspace.close()
    assert not os.path.exists(sqlite_database + "-wal")


def test_the_engine_writes_so_that_a_commit_is_on_disk(local_workspace: Workspace) -> None:
    raw = local_workspace._store.writer.connection()
    pragmas = {
        name: raw.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "wal_autocheckpoint")
    }
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    assert pragmas == {**expected, "wal_autocheckpoint": 0 if is_wal_reset_unsafe() else 1000}


@pytest.mark.parametrize(
    ("version", "is_unsafe"),
    [
        ((3, 40, 1), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
    ],
)
def test_versions_that_may_lose_a_commit(version: tuple[int, int, int], is_unsafe: bool) -> None:
    assert is_wal_reset_unsafe(version) is is_unsafe


def test_after_quitting_the_file_is_all_there_is(local_workspace: Workspace, tmp_path: Path, clock: FixedClock) -> None:
    add(local_workspace)
    local_workspace.close()
    shutil.copyfile(local_workspace.target.path, tmp_path / "copy.db")
    assert safety.check(str(tmp_path / "copy.db")) == []
    again = Workspace.open(str(tmp_path / "copy.db"), clock, login="anna")
    assert again.deals.detail(1).title == "Acme platform"
    again.close()


def test_doctor_looks_at_the_place(local_workspace: Workspace, clock: FixedClock, tmp_path: Path) -> None:
    add(local_workspace)
    database = local_workspace.target.path
    findings = {f.subject: f for f in doctor(database, clock)}
    assert [f.level for f in (findings["database"], findings["permissions"], findings["file system"])] == ["ok"] * 3
    assert findings["backup"].level == "note"
    os.chmod(database, 0o644)
    (tmp_path / "pipeboard (Anna's conflicted copy).db").touch()
    (tmp_path / ".stfolder").mkdir()
    safety.backup_now(database, clock)
    warnings = [f.text for f in doctor(database, clock) if f.level == "warning"]
    assert any("chmod o-rwx" in text for text in warnings)
    assert any("conflicted copy" in text for text in warnings)
    assert any(f"{tmp_path} is copied by a sync program" in text for text in warnings)
    assert next(f for f in doctor(database, clock) if f.subject == "backup").level == "ok"


def test_errors_tell_nothing_of_customers(local_workspace: Workspace) -> None:
    """A broken rule of the database is reported without the row that broke it."""
    with pytest.raises(PipeboardError) as failure:
        local_workspace.execute(c.LogActivity(1, "Secret words", "call"))
    assert "Secret" not in str(failure.value)
    with (
        pytest.raises(PipeboardError, match=r"(?i)constraint") as broken,
        local_workspace._store.writer.transaction() as sql,
    ):
        sql.run("INSERT INTO rate (version, currency) VALUES (?, ?)", (1, "Secret"))
    assert "Secret" not in str(broken.value)


def test_a_symbolic_link_is_followed(sqlite_database: str, clock: FixedClock, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(sqlite_database)
    workspace = Workspace.open(str(link), clock, login="anna")
    add(workspace)
    assert workspace.target.path == os.path.realpath(sqlite_database)
    assert (Path(sqlite_database + "-wal")).exists()
    workspace.close()


def test_reading_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(StorageFailure):
        connect(target_of(str(tmp_path / "none.db")))
    assert os.listdir(tmp_path) == [] or sys.platform == "win32"
    assert one(1) == (c.Seen(1),)


def test_a_title_that_is_no_utf8_hides_no_other_deal(sqlite_database: str, clock: FixedClock) -> None:
    workspace = Workspace.open(sqlite_database, clock, login="anna")
    deal_id = add(workspace)
    with workspace._store.writer.transaction() as sql:
        sql.run("UPDATE deal SET title = CAST(x'41ff42' AS TEXT) WHERE id = ?", (deal_id,))
    titles = [card.title for cards in workspace.board.view(None, window=5).cards.values() for card in cards]
    assert titles == ["A\ufffdB"]
    assert workspace.deals.detail(deal_id).title == "A\ufffdB"
    workspace.close()
