"""Reading verbs and the board's start stay light: what they must not import costs more than all they do."""

import json
import os
import subprocess
import sys

import pytest

from pipeboard.cli.root import VERBS

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "alembic", "textual", "rich", "dateutil.parser", "platformdirs"}
PROBE = """
import json, sys
from pipeboard.__main__ import main
code = main(json.loads(sys.argv[1]))
sys.stderr.write(json.dumps([code, sorted(sys.modules)]))
"""
READS = [
    [],
    ["list", "--json"],
    ["list", "--filter", "x"],
    ["show", "globex", "--json"],
    ["agenda", "--json"],
    ["due", "--exit-code"],
    ["task", "list"],
    ["history", "--json"],
    ["board", "--plain"],
    ["pipeline", "list"],
    ["owner", "list"],
    ["rate", "list"],
    ["metrics", "--json"],
    ["where"],
    ["config", "check"],
    ["keys"],
]


def modules(arguments: list[str], database: str) -> set[str]:
    """The modules that a run has imported at its end."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(arguments)],
        env={**os.environ, "PIPEBOARD_DB": database, "PIPEBOARD_NOW": "2026-11-22T09:00:00+00:00"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    code, found = json.loads(done.stderr)
    assert code == 0, done
    return set(found)


@pytest.fixture
def filled(sqlite_database: str) -> str:
    """A database with one deal in it."""
    from pipeboard.domain.commands import CreateDeal
    from pipeboard.services.clock import FixedClock
    from pipeboard.services.workspace import Workspace
    from tests.conftest import NOW

    workspace = Workspace.open(sqlite_database, FixedClock(NOW), login="anna")
    workspace.execute(CreateDeal("Globex pilot", workspace.deals.stages()[0].id))
    workspace.close()
    return sqlite_database


@pytest.mark.parametrize("arguments", READS, ids=" ".join)
def test_a_read_imports_nothing_heavy(arguments: list[str], filled: str) -> None:
    found = modules(arguments, filled)
    assert not found & HEAVY
    if not arguments:
        assert not found & {"click", "uuid"}


def test_every_verb_is_where_the_table_says() -> None:
    import click

    from pipeboard.cli.root import root

    context = click.Context(root)
    for name in VERBS:
        command = root.get_command(context, name)
        assert isinstance(command, click.Command)
        assert command.name == name


def test_every_verb_has_help_with_an_example() -> None:
    import click

    from pipeboard.cli.root import root

    context = click.Context(root)
    pending = [(name, root.get_command(context, name)) for name in VERBS]
    for name, command in pending:
        assert command is not None
        assert "pipeboard " + name.split()[0] in (command.help or ""), name
        if isinstance(command, click.Group):
            pending += [(f"{name} {child}", one) for child, one in command.commands.items()]
    assert len(pending) > len(VERBS)
