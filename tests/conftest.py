"""What every test shares: a fixed clock, zone and home, and a fresh workspace on each engine."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.clock import FixedClock, zone_of
from pipeboard.services.workspace import Workspace

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ZONE = "Europe/Warsaw"
POSTGRES = os.environ.get("PIPEBOARD_TEST_POSTGRES", "")

OpenWorkspace = Callable[..., Workspace]


SLOW_FILES = (
    "test_keys_elsewhere.py",
    "test_every_key.py",
    "test_keystrokes.py",
    "test_hostile_screens.py",
    "test_two_terminals.py",
    "test_hostile_text.py",
    "test_kill.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no worker is left with one of them at the end."""
    items.sort(key=lambda item: item.path.name not in SLOW_FILES)


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the home of whoever runs it, and none depends on its terminal or clock."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    for name in ("PIPEBOARD_DB", "PIPEBOARD_NOW", "PIPEBOARD_ZONE", "NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


def create(database: str, clock: FixedClock, template: str = "b2b") -> None:
    """Make a workspace."""
    from pipeboard.storage.setup import create_workspace
    from pipeboard.storage.target import target_of

    create_workspace(
        target_of(database),
        name="Sales",
        currency="EUR",
        zone_name=ZONE,
        zone=zone_of(ZONE),
        person="Anna Nowak",
        login="anna",
        template=TEMPLATES[template],
        now=clock.now(),
        app_version="test",
    )


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    create(str(path), FixedClock(NOW))
    return path


def _server(sql: str) -> None:
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(sql.encode())


def _with_database(name: str) -> str:
    from urllib.parse import urlsplit, urlunsplit

    parts = urlsplit(POSTGRES)
    return urlunsplit(parts._replace(path=f"/{name}"))


class _Server:
    """A database on the server that is made once and emptied before each test: making one takes half a second."""

    def __init__(self) -> None:
        self.name = f"pipeboard_test_{uuid.uuid4().hex[:12]}"
        self.url = _with_database(self.name)
        _server(f"CREATE DATABASE {self.name}")
        create(self.url, FixedClock(NOW))
        with self._connected() as connection:
            tables = connection.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                " AND table_name <> 'alembic_version' ORDER BY table_name"
            ).fetchall()
            self._tables = [row[0] for row in tables]
            self._rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in self._tables}

    def _connected(self) -> Any:
        import psycopg

        return psycopg.connect(self.url, autocommit=True)

    def empty(self) -> str:
        """The database as it was when it was new; its URL."""
        with self._connected() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute("SET session_replication_role = replica")  # rows in any order
            connection.execute(f"TRUNCATE {', '.join(self._tables)} RESTART IDENTITY CASCADE")
            for name, rows in self._rows.items():
                if rows:
                    marks = ",".join(["%s"] * len(rows[0]))
                    with connection.cursor() as cursor:
                        cursor.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
                    connection.execute(
                        f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM \"{name}\"))"
                    )
        return self.url

    def drop(self) -> None:
        """Take the database away."""
        _server(f"DROP DATABASE {self.name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _postgres() -> Iterator[_Server]:
    server = _Server()
    yield server
    server.drop()


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at NOW until the test sets it."""
    return FixedClock(NOW)


@pytest.fixture
def sqlite_database(tmp_path: Path, _sqlite_template: Path) -> str:
    """A fresh SQLite workspace: its path."""
    path = tmp_path / "pipeboard.db"
    shutil.copyfile(_sqlite_template, path)
    path.chmod(0o600)
    return str(path)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh workspace on each engine: its path or URL. PostgreSQL only where PIPEBOARD_TEST_POSTGRES is set."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_database")
        return
    if not POSTGRES:
        pytest.skip("PIPEBOARD_TEST_POSTGRES is not set")
    yield request.getfixturevalue("_postgres").empty()


@pytest.fixture
def open_workspace(clock: FixedClock) -> Iterator[OpenWorkspace]:
    """Opens workspaces on any database and closes them after the test."""
    opened: list[Workspace] = []

    def opener(database: str, login: str = "anna") -> Workspace:
        workspace = Workspace.open(database, clock, login=login, person=login.capitalize())
        opened.append(workspace)
        return workspace

    yield opener
    for workspace in opened:
        workspace.close()


@pytest.fixture
def workspace(database: str, open_workspace: OpenWorkspace) -> Workspace:
    """Anna's fresh workspace, once on each engine."""
    return open_workspace(database)


@pytest.fixture
def local_workspace(sqlite_database: str, open_workspace: OpenWorkspace) -> Workspace:
    """Anna's fresh workspace on SQLite alone, for tests of what does not depend on the engine."""
    return open_workspace(sqlite_database)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real sales data; tests that need it are skipped where it is absent."""
    named = os.environ.get("PIPEBOARD_SHARED_DATA")
    path = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    if not path.is_dir():
        pytest.skip("the shared sales data is not here")
    return path
