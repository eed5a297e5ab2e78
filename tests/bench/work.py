"""Work without a screen: import, metrics, a move, a list, each beside plain SQL or plain Python."""

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pipeboard.domain.commands import Seen, StepDeals
from pipeboard.services.clock import FixedClock
from pipeboard.services.metrics import MetricsQuery
from pipeboard.services.transfer.importing import import_file
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.workspace import Workspace
from tests.terminal.session import PIPEBOARD

from .data import NOW, board_database, empty_workspace, long_history, sales_file
from .measuring import Goal, percentile, seconds

TABLES = ("company", "deal", "event", "stage_visit", "task", "import_run")
NAIVE = (
    "SELECT stage, count(*), avg(days) FROM (SELECT to_stage_id AS stage, julianday(lead(at) OVER w) - julianday(at) AS"
    " days FROM event WHERE to_stage_id IS NOT NULL WINDOW w AS (PARTITION BY deal_id ORDER BY id))"
    " WHERE days IS NOT NULL GROUP BY stage",
    "SELECT stage, count(*), sum(next IS NOT NULL) FROM (SELECT to_stage_id AS stage, lead(to_stage_id) OVER w AS next"
    " FROM event WHERE to_stage_id IS NOT NULL WINDOW w AS (PARTITION BY deal_id ORDER BY id)) GROUP BY stage",
)
"""Time in stage and conversion as one would first write them: window functions over the history."""


def opened(path: Path) -> Workspace:
    """The workspace of a database of ours."""
    return Workspace.open(str(path), FixedClock(NOW), login="anna", person="Anna Nowak")


def import_goals(folder: Path, rows: int) -> Iterator[Goal]:
    """A CSV file from its bytes to the commit, beside `executemany` of the very rows that it became."""
    file = sales_file(folder / "sales.csv", rows)
    workspace = empty_workspace(folder / "import.db")
    options = ImportOptions()
    taken = seconds(lambda: import_file(workspace, file, options))
    workspace.close()
    imported = sqlite3.connect(folder / "import.db")
    empty_workspace(folder / "plain.db").close()
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA synchronous=FULL")
    plain.execute("PRAGMA foreign_keys=ON")
    ready = {}
    for table in TABLES:
        last = plain.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
        ready[table] = imported.execute(f"SELECT * FROM {table} WHERE id > ?", (last,)).fetchall()
    actions = imported.execute("SELECT * FROM action WHERE id > (SELECT min(id) FROM action)").fetchall()

    def write() -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("PRAGMA defer_foreign_keys=ON")
        for table, values in {"action": actions, **ready}.items():
            if values:
                plain.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(values[0]))})", values)
        plain.execute("COMMIT")

    base = seconds(write)
    note = f"{taken:.1f} s, {rows / taken:,.0f} rows a second"
    yield Goal(f"CSV of {rows:,} rows / executemany of the same rows", taken / base, 2.5, note=note)


def metrics_goals(folder: Path, events: int) -> Iterator[Goal]:
    """Every figure of the metrics screen, beside two naive window queries over the same history."""
    path = long_history(folder / "history.db", events)
    workspace = opened(path)
    workspace.metrics.report(MetricsQuery())
    quarter = seconds(lambda: workspace.metrics.report(MetricsQuery()), 3)
    everything = seconds(lambda: workspace.metrics.report(MetricsQuery(is_all=True)), 1)
    workspace.close()
    plain = sqlite3.connect(path)
    naive = seconds(lambda: [plain.execute(query).fetchall() for query in NAIVE])
    plain.close()
    name = f"metrics at {events:,} events / naive window SQL"
    yield Goal(f"{name}, 90 days", quarter / naive, 0.1, note=f"{quarter * 1000:.0f} ms against {naive:.2f} s")
    yield Goal(f"{name}, all time", everything / naive, None, note=f"{everything:.2f} s")


def move_goals(folder: Path, moves: int = 200) -> Iterator[Goal]:
    """A move from the command to the commit, beside the very statements of it on a bare connection."""
    path = board_database(folder / "move.db", 1000)
    before = folder / "before.db"
    shutil.copyfile(path, before)
    workspace = opened(path)
    deals = [card.id for cards in workspace.board.view(None, window=moves).cards.values() for card in cards][:moves]
    workspace.warm()
    script: list[list[str]] = [[]]
    workspace._store.writer.connection().set_trace_callback(script[-1].append)
    taken = []
    for deal in deals:
        started = time.perf_counter()
        workspace.execute(StepDeals((Seen(deal),), 1))
        taken.append(time.perf_counter() - started)
    workspace.close()
    base = _replayed(before, script[0])
    ours, theirs = statistics.median(taken), statistics.median(base)
    note = f"{ours * 1000:.2f} ms, p99 {percentile(taken, 99) * 1000:.2f} ms"
    yield Goal("move committed, p50 / the same SQL on sqlite3", ours / theirs, 1.5, note=note)


def _replayed(path: Path, script: list[str]) -> list[float]:
    """The time of each transaction of a traced script, run on a bare connection."""
    plain = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=0"):
        plain.execute(f"PRAGMA {pragma}")
    times, started = [], 0.0
    for statement in script:
        if statement.startswith(("PRAGMA", "--")):
            continue
        if statement.startswith("BEGIN"):
            started = time.perf_counter()
        plain.execute(statement).fetchall()
        if statement.startswith("COMMIT"):
            times.append(time.perf_counter() - started)
    plain.close()
    return times


def list_goals(folder: Path, rounds: int) -> Iterator[Goal]:
    """`list --json` of 1,000 deals as a process, beside a Python that does nothing."""
    path = board_database(folder / "list.db", 1000)
    environ = {**os.environ, "PIPEBOARD_NOW": NOW.isoformat(), "PIPEBOARD_USER": "anna"}
    ours, nothing = [], []
    for _ in range(rounds):
        nothing.append(_process([sys.executable, "-c", "pass"], environ))
        ours.append(_process([*PIPEBOARD, "--db", str(path), "list", "--json"], environ))
    ratio = statistics.median(ours) / statistics.median(nothing)
    yield Goal(
        "list --json of 1,000 deals / python -c pass", ratio, 12, note=f"{statistics.median(ours) * 1000:.0f} ms"
    )


def _process(command: list[str], environ: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started
