"""How a workspace is opened for a front end: over a network every connection costs several round trips."""

import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from pipeboard.cli.start import open_workspace
from pipeboard.config.settings import Settings
from pipeboard.domain.errors import NotSetUp
from pipeboard.services.clock import FixedClock
from pipeboard.storage import store
from pipeboard.storage.hot import connection
from tests.conftest import NOW, POSTGRES


def test_opening_connects_twice(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    plain = connection.connect

    def counting(*args: object, **options: object) -> object:
        made.append(plain(*args, **options))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(connection, "connect", counting)
    monkeypatch.setattr(store, "connect", counting)
    open_workspace(Settings(database=database, login="anna"), FixedClock(NOW)).close()
    # One look at what is there, one to read with.
    assert len(made) == 2


def test_where_no_file_is_it_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(NotSetUp, match=r"`pipeboard .*init` makes one"):
        open_workspace(Settings(database=str(tmp_path / "none.db"), login="anna"), FixedClock(NOW))


def test_a_server_without_our_tables_is_told_the_same_and_gets_none() -> None:
    if not POSTGRES:
        pytest.skip("PIPEBOARD_TEST_POSTGRES is not set")
    import psycopg

    name = f"pipeboard_test_{uuid.uuid4().hex[:12]}"
    url = urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            with pytest.raises(NotSetUp, match=r"`pipeboard --db .*init` makes one"):
                open_workspace(Settings(database=url, login="anna"), FixedClock(NOW))
            with psycopg.connect(url) as bare:
                assert bare.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
