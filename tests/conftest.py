"""What every test shares: a fixed clock, zone and home, and a fresh workspace on each engine."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.clock import FixedClock, zone_of
from pipeboard.services.workspace import Workspace

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ZONE = "Europe/Warsaw"
POSTGRES = os.environ.get("PIPEBOARD_TEST_POSTGRES", "")
TEMPLATE_DATABASE = f"pipeboard_template_{os.getpid()}"

OpenWorkspace = Callable[..., Workspace]


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


@pytest.fixture(scope="session")
def _postgres_template() -> Iterator[str]:
    _server(f"CREATE DATABASE {TEMPLATE_DATABASE}")
    create(_with_database(TEMPLATE_DATABASE), FixedClock(NOW))
    yield TEMPLATE_DATABASE
    _server(f"DROP DATABASE {TEMPLATE_DATABASE} WITH (FORCE)")


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
    name = f"pipeboard_test_{uuid.uuid4().hex[:12]}"
    _server(f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('_postgres_template')}")
    yield _with_database(name)
    _server(f"DROP DATABASE {name} WITH (FORCE)")


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
