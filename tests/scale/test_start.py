"""What the first paint costs, in counts that do not depend on the machine (SPEED.md, section 2)."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeboard.services.board import BoardView
from pipeboard.services.workspace import Workspace
from pipeboard.storage.sql import Statements
from tests.bench.data import board_database
from tests.terminal.session import Terminal

VISIBLE = 24
HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "alembic",
    "dateutil",
    "click",
    "email",
    "http.client",
    "pipeboard.domain.commands",
    "pipeboard.domain.events",
)
"""What the first paint has no time for. (The verbs that only read: tests/cli/test_import_discipline.py.)"""

AT_PAINT = """
import sys
from pipeboard.tui.app import PipeboardApp
def painted(self):
    print("\\n".join(sys.modules), file=open({out!r}, "w"))
    self.exit(0)
PipeboardApp._painted = painted
from pipeboard.__main__ import main
main(["--db", {database!r}])
"""


@pytest.fixture(scope="module", params=[100, 3000])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A board with few or with many open deals."""
    return board_database(tmp_path_factory.mktemp("scale") / "board.db", request.param)


@pytest.fixture
def opened(database: Path, open_workspace: Callable[..., Workspace]) -> Workspace:
    """Its workspace."""
    return open_workspace(str(database))


def watched(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> tuple[BoardView, list[str], int]:
    """The first view, the statements it took and how many rows they gave."""
    rows = 0
    plain_all = Statements.all

    def counting(self: Statements, sql: str, params: Any = ()) -> list[Any]:
        nonlocal rows
        found = plain_all(self, sql, params)
        rows += len(found)
        return found

    statements: list[str] = []
    monkeypatch.setattr(Statements, "all", counting)
    raw = workspace._store.hot._first.raw
    raw.set_trace_callback(statements.append)
    view = workspace.board.view(None, window=VISIBLE)
    raw.set_trace_callback(None)
    return view, [s for s in statements if s.startswith("SELECT")], rows


def test_the_first_view_costs_the_same_whatever_the_number_of_deals(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, statements, rows = watched(opened, monkeypatch)
    stages = len(view.overview.stages)
    assert len(view.cards[view.overview.stages[0].id]) == min(VISIBLE, view.overview.totals[1].count)
    assert len(statements) <= 2 * stages + 12
    # Ids and cards of each window, and the small tables.
    assert rows <= 2 * stages * (VISIBLE + 1) + 6 * stages


def test_the_first_view_walks_indices(opened: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    _, statements, _ = watched(opened, monkeypatch)
    plain = sqlite3.connect(opened.target.path)
    plans = {s: [row[3] for row in plain.execute(f"EXPLAIN QUERY PLAN {s}")] for s in statements if " deal" in s}
    plain.close()
    assert len(plans) >= 3
    bad = [
        (statement, step)
        for statement, steps in plans.items()
        for step in steps
        if step.startswith(("SCAN deal", "SCAN d ", "SCAN event")) or step == "SCAN d" or "FOR ORDER BY" in step
    ]
    assert bad == []


def loaded(path: Path) -> set[str]:
    """The heavy modules among those that a program wrote down."""
    names = set(path.read_text(encoding="utf-8").split())
    assert "pipeboard.services.board" in names
    return {heavy for heavy in HEAVY if heavy in names}


def test_nothing_heavy_is_imported_before_the_first_paint(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPEBOARD_USER", "anna")
    out = tmp_path / "modules"
    code = AT_PAINT.format(out=str(out), database=str(database))
    with Terminal([sys.executable, "-c", code], columns=100, rows=30) as terminal:
        assert terminal.exit_code(20) == 0, terminal.text()
    assert loaded(out) == set()
