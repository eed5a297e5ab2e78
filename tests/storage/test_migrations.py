"""Making and upgrading the schema: whole or not at all, whatever happens in the middle."""

import gzip
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from pipeboard.domain import commands as c
from pipeboard.domain.errors import PipeboardError, Refused
from pipeboard.services import safety
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.storage import migrate, store
from pipeboard.storage.backup import list_backups
from pipeboard.storage.migrate import create, prepare, run
from pipeboard.storage.store import inspect
from pipeboard.storage.target import Target, target_of

from .states import add, count, live_state

SCRIPT = textwrap.dedent(
    """
    import os, sys
    from datetime import UTC, datetime
    from pipeboard.domain.templates import TEMPLATES
    from pipeboard.services.clock import zone_of
    from pipeboard.storage import setup, migrate
    from pipeboard.storage.target import target_of

    database, how = sys.argv[1:3]
    if how == "kill":
        setup.add_pipeline = lambda *a, **k: os.kill(os.getpid(), 9)
    if how == "late kill":
        migrate._put_in_place = lambda *a: os.kill(os.getpid(), 9)
    try:
        setup.create_workspace(
            target_of(database), name="Sales", currency="EUR", zone_name="UTC", zone=zone_of("UTC"), person="Anna",
            login="anna", template=TEMPLATES["b2b"], now=datetime(2026, 11, 22, tzinfo=UTC), app_version="test",
        )
        print("made")
    except Exception as error:
        print(type(error).__name__, error)
    """
)


def start(database: str, how: str = "") -> "subprocess.Popen[str]":
    """Another program that makes the database."""
    return subprocess.Popen([sys.executable, "-c", SCRIPT, database, how], stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("how", ["kill", "late kill"])
def test_a_creation_that_is_killed_leaves_no_database(tmp_path: Path, how: str) -> None:
    path = tmp_path / "data" / "pipeboard.db"
    process = start(str(path), how)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert not path.exists()
    again = start(str(path))
    assert again.communicate(timeout=60)[0] == "made\n"
    assert safety.check(str(path)) == []
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert oct(path.parent.stat().st_mode & 0o777) == "0o700"


def test_two_programs_that_create_at_once_make_one_database(tmp_path: Path) -> None:
    path = str(tmp_path / "pipeboard.db")
    answers = sorted(process.communicate(timeout=60)[0] for process in [start(path), start(path)])
    assert answers[1] == "made\n"
    assert answers[0].startswith("Refused"), answers
    assert os.listdir(tmp_path) == ["pipeboard.db"]
    assert safety.check(path) == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM workspace").fetchone() == (1,)


def _fail(_connection: Connection) -> None:
    raise RuntimeError("power cut")


def test_a_creation_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        create(Target("sqlite", str(tmp_path / "p.db")), _fail)
    assert os.listdir(tmp_path) == []


def test_an_existing_database_is_never_made_anew(workspace: Workspace) -> None:
    add(workspace)
    state = live_state(workspace)
    with pytest.raises(Refused, match=r"already; open it without init|exists already"):
        create(workspace.target, _fail)
    assert live_state(workspace) == state


def test_a_second_creation_waiting_on_the_server_is_refused(workspace: Workspace) -> None:
    """It looked while nothing was there, and got the lock after the other had finished."""
    if workspace.target.is_sqlite:
        pytest.skip("SQLite's file is put in place whole")
    filled: list[Connection] = []
    with pytest.raises(Refused, match="by another program just now"):
        run(workspace.target, fill=migrate._once(workspace.target, filled.append))
    assert filled == []


def test_an_empty_file_beside_its_backups_is_no_fresh_start(local_workspace: Workspace, clock: FixedClock) -> None:
    database = local_workspace.target.path
    safety.backup_now(database, clock)
    local_workspace.close()
    Path(database).write_bytes(b"")
    with pytest.raises(Refused, match="there are backups of what was in it"):
        create(target_of(database), _fail)
    assert Path(database).read_bytes() == b""


# -- upgrades: a further revision that exists only here -----------------------------------------------------

NEXT = f"{int(store.HEAD) + 1:04}"
OURS = store.HEAD
REVISION = textwrap.dedent(
    f"""
    import os
    import sqlalchemy as sa
    from alembic import op

    revision = "{NEXT}"
    down_revision = "{OURS}"
    branch_labels = None
    depends_on = None

    def upgrade():
        with op.batch_alter_table("deal") as deal:
            deal.add_column(sa.Column("score", sa.Integer()))
        op.create_table("score", sa.Column("id", sa.Integer(), primary_key=True))
        if os.environ.get("PIPEBOARD_TEST_CRASH") == "raise":
            raise RuntimeError("power cut")
        if os.environ.get("PIPEBOARD_TEST_CRASH") == "kill":
            os.kill(os.getpid(), 9)
        if os.environ.get("PIPEBOARD_TEST_CRASH") == "orphan":
            op.execute("UPDATE deal SET company_id = 999")
    """
)


@pytest.fixture
def further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the program is one revision further. Name it after the workspace, which is made before."""
    folder = tmp_path / "migrations" / "versions"
    folder.mkdir(parents=True)
    ours = Path(migrate.__file__).parent / "migrations"
    for source in (ours / "env.py", *(ours / "versions").glob("0*.py"), *ours.glob("*.mako")):
        place = folder if source.parent.name == "versions" else folder.parent
        (place / source.name).write_text(source.read_text())
    (folder / f"{NEXT}_score.py").write_text(REVISION)
    real = migrate._config

    def config(connection: Connection) -> Any:
        made = real(connection)
        made.set_main_option("script_location", str(folder.parent))
        return made

    monkeypatch.setattr(migrate, "_config", config)
    for module in (migrate, store):
        monkeypatch.setattr(module, "HEAD", NEXT)
    monkeypatch.setattr(migrate.run, "__kwdefaults__", {"to": NEXT, "fill": None})


def columns(target: Target) -> set[str]:
    """The columns of the deal table."""
    with closing(sqlite3.connect(target.path)) as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(deal)")}


def test_an_upgrade_keeps_every_row_and_a_backup(local_workspace: Workspace, clock: FixedClock, further: None) -> None:
    add(local_workspace, company="Acme", next_step="call")
    state = live_state(local_workspace)
    target = local_workspace.target
    local_workspace.close()
    prepare(target, clock.now())
    assert inspect(target).revision == NEXT
    assert "score" in columns(target)
    again = Workspace.open(target.path, clock, login="anna")
    assert live_state(again) == state
    again.close()
    (kept,) = list_backups(target)
    assert kept.reason == "migration"
    assert inspect(target_of(kept.path)).revision == OURS


@pytest.mark.parametrize("crash", ["raise", "kill", "orphan"])
def test_an_upgrade_that_ends_in_the_middle_leaves_the_old_schema(
    local_workspace: Workspace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, crash: str, further: None
) -> None:
    add(local_workspace, company="Acme", next_step="call")
    state = live_state(local_workspace)
    target = local_workspace.target
    local_workspace.close()
    monkeypatch.setenv("PIPEBOARD_TEST_CRASH", crash)
    child = os.fork()
    if child == 0:
        try:
            prepare(target, clock.now())
        except Exception:
            os._exit(3)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert status == (signal.SIGKILL if crash == "kill" else 3 << 8)
    assert inspect(target).revision == OURS
    assert "score" not in columns(target)
    with closing(sqlite3.connect(target.path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'score'").fetchone() == (0,)
    monkeypatch.delenv("PIPEBOARD_TEST_CRASH")
    prepare(target, clock.now())
    again = Workspace.open(target.path, clock, login="anna")
    assert live_state(again) == state
    again.close()


def test_an_upgrade_on_the_server_that_fails_leaves_the_old_schema(
    workspace: Workspace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, further: None
) -> None:
    add(workspace)
    target = workspace.target
    monkeypatch.setenv("PIPEBOARD_TEST_CRASH", "raise")
    if target.is_sqlite:
        workspace.close()
    with pytest.raises(RuntimeError):
        prepare(target, clock.now())
    assert inspect(target).revision == OURS


def test_a_newer_schema_is_not_touched(local_workspace: Workspace, clock: FixedClock) -> None:
    add(local_workspace)
    database = local_workspace.target.path
    local_workspace.close()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (NEXT,))
    before = hashlib.sha256(Path(database).read_bytes()).hexdigest()
    for attempt in (
        lambda: Workspace.open(database, clock, login="anna"),
        lambda: prepare(target_of(database), clock.now()),
        lambda: safety.rebuild_projections(database),
    ):
        with pytest.raises(PipeboardError, match="made by a newer Pipeboard"):
            attempt()
    assert hashlib.sha256(Path(database).read_bytes()).hexdigest() == before
    assert not list_backups(target_of(database))


RELEASED = sorted((Path(__file__).parent / "released").glob("*.db.gz"))
"""A database as each released schema left it."""


@pytest.mark.parametrize("frozen", RELEASED, ids=lambda path: path.name.split(".")[0])
def test_a_database_of_every_released_schema_opens_with_all_its_rows(
    tmp_path: Path, clock: FixedClock, frozen: Path
) -> None:
    path = tmp_path / "sales.db"
    path.write_bytes(gzip.decompress(frozen.read_bytes()))
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        before = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
    workspace = Workspace.open(str(path), clock, login="anna")
    try:
        assert {name: count(workspace, name) for name in tables} == before
        assert before["deal"] == 30
        assert safety.check(str(path)) == []
        moved = workspace.execute(c.EditDeals((c.Seen(1),), (("link", "https://example.com"),)))
        assert moved.action_id
        workspace.execute(c.Undo())
    finally:
        workspace.close()
    assert inspect(target_of(str(path))).revision == store.HEAD
    assert [b.reason for b in list_backups(target_of(str(path)))] == ["migration"]
