"""Programs that are killed or work at the same time: what was said to be saved is saved, and whole."""

import os
import random
import select
import signal
import subprocess
import sys
import textwrap
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from pipeboard.domain import commands as c
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.storage import store
from pipeboard.storage.check import check
from pipeboard.storage.transaction import Actor

from .states import add, count, deal_row, one, reading

KILLS = int(os.environ.get("PIPEBOARD_TEST_KILLS", "30"))
ADDER = textwrap.dedent(
    """
    import sys
    from datetime import UTC, datetime
    from pipeboard.domain import commands as c
    from pipeboard.domain.errors import StaleDeal
    from pipeboard.services.clock import FixedClock
    from pipeboard.services.workspace import Workspace

    database, login, times = sys.argv[1:4]
    workspace = Workspace.open(database, FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC)), login=login)
    workspace.execute(c.AddTask(1, "get warm"))
    print("ready", flush=True)
    sys.stdin.readline()
    saved = stale = 0
    while saved < int(times):
        # What a person does who looks, adds something, and saves: nobody's addition may get lost.
        seen = workspace.deals.detail(1)
        try:
            changes = (("value_minor", seen.value_minor + 1),)
            workspace.execute(c.EditDeals((c.Seen(1, seen.version),), changes))
            saved += 1
        except StaleDeal:
            stale += 1
    workspace.close()
    print(saved, stale)
    """
)


def start(database: str, login: str) -> "subprocess.Popen[str]":
    """Another program, ready to add one to the first deal's value fifty times."""
    arguments = [sys.executable, "-c", ADDER, database, login, "50"]
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


class Writer:
    """A process of its own that saves without end, and says after each commit which action it was."""

    _listening: ClassVar[set[int]] = set()
    """The reading ends that are open. A child gives them up: else it would not notice that its test has ended."""

    def __init__(self, database: str, login: str) -> None:
        self._answers, said = os.pipe()
        self._listening.add(self._answers)
        self._process = os.fork()
        if self._process == 0:
            for end in self._listening:
                os.close(end)
            try:
                _write_without_end(database, login, said)
            except BaseException:
                os.write(said, traceback.format_exc().encode())
            finally:
                os._exit(1)
        os.close(said)

    def kill_after(self, actions: int, delay: float) -> list[int]:
        """Kill it a little after it has saved some actions; the ids of all that it said it had saved."""
        heard = b""
        while heard.count(b"\n") < actions:
            piece = os.read(self._answers, 65536)
            assert b"Traceback" not in piece, piece.decode()
            assert piece, "the writer ended by itself"
            heard += piece
        select.select([], [], [], delay)
        os.kill(self._process, signal.SIGKILL)
        while piece := os.read(self._answers, 65536):
            heard += piece
        self.end()
        return [int(line) for line in heard.split(b"\n")[:-1]]

    def end(self) -> None:
        """Make sure that nothing of it is left."""
        if self._answers in self._listening:
            self._listening.remove(self._answers)
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            os.close(self._answers)


def _write_without_end(database: str, login: str, said: int) -> None:
    workspace = Workspace.open(database, FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC)), login=login)
    stage = workspace.deals.stages()[0].id
    while True:
        made = workspace.execute(c.CreateDeal("Killed", stage, company="Acme", next_step="call"))
        os.write(said, f"{made.action_id}\n".encode())
        deal = made.events[0].deal_id  # type: ignore[union-attr]
        for command in (c.StepDeals(one(deal), 1), c.Undo()):
            os.write(said, f"{workspace.execute(command).action_id}\n".encode())
        # SQLite's waiting is not fair: without any pause three of these could keep one out for five seconds.
        select.select([], [], [], 0.004)


def test_what_was_saved_survives_kill_9(local_workspace: Workspace) -> None:
    """Thirty kills, three writers at a time: nothing lost, nothing torn."""
    chance = random.Random(7)
    saved: list[int] = []
    for _ in range(0, KILLS, 3):
        writers = [Writer(local_workspace.target.path, login) for login in ("anna", "boris", "celine")]
        try:
            for writer in writers:
                saved += writer.kill_after(2, chance.random() * 0.02)
        finally:
            for writer in writers:
                writer.end()
    with reading(local_workspace.target) as sql:
        found = {row[0] for row in sql.all("SELECT id FROM action")}
        torn = sql.value(
            "SELECT count(*) FROM action a WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.action_id = a.id)"
        )
    assert len(saved) >= 2 * KILLS
    assert set(saved) <= found
    assert torn == 0
    assert check(local_workspace.target) == []


def test_two_writers_lose_nothing(workspace: Workspace, database: str) -> None:
    """Both add one to the same figure fifty times, having looked at it first."""
    add(workspace, "Counter", value_minor=0)
    before = count(workspace, "action")
    writers = [start(database, login) for login in ("boris", "celine")]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        answers = [[int(n) for n in writer.communicate(timeout=60)[0].split()] for writer in writers]
    finally:
        for writer in writers:
            writer.kill()
    assert [writer.returncode for writer in writers] == [0, 0]
    assert [saved for saved, _ in answers] == [50, 50]
    assert sum(stale for _, stale in answers) > 0, "they did get in each other's way"
    assert deal_row(workspace, 1)["value_minor"] == 100
    assert count(workspace, "action") == before + 100 + 4, "and two persons joined and planned something"
    assert check(workspace.target) == []


def test_readers_never_wait_for_a_writer(local_workspace: Workspace) -> None:
    deal = add(local_workspace)
    with local_workspace._store.write(local_workspace.clock.now(), local_workspace.zone, _actor(local_workspace)) as tx:
        (row,) = tx.deals([c.Seen(deal)])
        tx.begin("deal.edited", "Half done")
        tx.change_deal(row, "deal.edited", title="Half done")
        tx.flush()
        assert local_workspace.deals.detail(deal).title == "Acme platform"
    assert local_workspace.deals.detail(deal).title == "Half done"
    local_workspace.execute(c.DeleteDeals(one(deal)))


def _actor(workspace: Workspace) -> Actor:
    return Actor(workspace.me, workspace.client_id, "test")


def test_the_log_does_not_grow_without_end(local_workspace: Workspace) -> None:
    local_workspace._store._commits = store.CHECKPOINT_EVERY - 3
    for number in range(3):
        add(local_workspace, f"Deal {number}")
    assert Path(local_workspace.target.path + "-wal").stat().st_size == 0
