"""The power goes: what was said to be saved is on the disk, whole, wherever the cut falls (RELIABILITY.md 2a)."""

import gzip
import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeboard.domain import commands as c
from pipeboard.services import safety
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.storage import engine, store
from pipeboard.storage.check import check
from pipeboard.storage.migrate import prepare
from pipeboard.storage.store import inspect
from pipeboard.storage.target import target_of

from .disk import Disk, Operation, after_power_cut, lay_down, recorded
from .states import one
from .test_migrations import RELEASED

CUTS = int(os.environ.get("PIPEBOARD_TEST_CUTS", "40"))
"""At how many moments the power goes, in each test and in each way of losing what was not synced."""


class Found(NamedTuple):
    """What is there after a cut: how many saved actions are missing, and what is wrong."""

    missing: int
    wrong: str


def work(database: str, clock: FixedClock, disk: Disk) -> None:
    """An afternoon: deals come, move, are taken back, come by the dozen; the log is folded in twice."""
    workspace = Workspace.open(database, clock, login="anna")
    stage = workspace.deals.stages()[0].id
    for number in range(14):
        made = workspace.execute(c.CreateDeal(f"Deal {number}", stage, company="Acme", next_step="call"))
        disk.said(made.action_id or 0)
        deal = made.events[0].deal_id  # type: ignore[union-attr]
        for command in (c.StepDeals(one(deal), 1), c.Undo(), c.EditDeals(one(deal), (("notes", "x" * 9000),))):
            disk.said(workspace.execute(command).action_id or 0)
        if number == 6:
            workspace._store.checkpoint()
    workspace.close()


def cuts(operations: list[Operation], chance: random.Random) -> list[int]:
    """Moments to lose power at, since the first word of a saved action: right after such words, and anywhere."""
    said = [place + 1 for place, operation in enumerate(operations) if operation.what == "said"]
    anywhere = range(said[0], len(operations) + 1)
    return sorted({*chance.sample(said, min(CUTS // 2, len(said))), *chance.sample(anywhere, CUTS)})


def look(database: str, said: set[int]) -> Found:
    """Open what is left as the next start does."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            there = {row[0] for row in connection.execute("SELECT id FROM action")}
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        problems = [str(problem) for problem in check(target_of(database))]
    except sqlite3.DatabaseError as error:
        return Found(len(said), str(error))
    return Found(len(said - there), "; ".join([*problems, *([verdict] if verdict != "ok" else [])]))


def replay(database: str, clock: FixedClock, tmp_path: Path, *, is_lucky: bool) -> list[Found]:
    """Work once, then lose the power at many moments of it; what is found after each."""
    before = {database: Path(database).read_bytes()}
    with recorded() as disk:
        work(database, clock, disk)
    chance = random.Random(7)
    found = []
    for number, cut in enumerate(cuts(disk.operations, chance)):
        done = disk.operations[:cut]
        files = after_power_cut(before, done, chance if is_lucky else None)
        left = lay_down(files, database, tmp_path / f"cut-{number}")
        found.append(look(left, {operation.at for operation in done if operation.what == "said"}))
    return found


@pytest.mark.parametrize("is_lucky", [False, True], ids=["only what was synced", "and some of the rest"])
def test_a_power_cut_takes_nothing_that_was_saved(
    sqlite_database: str, clock: FixedClock, tmp_path: Path, is_lucky: bool
) -> None:
    found = replay(sqlite_database, clock, tmp_path, is_lucky=is_lucky)
    assert len(found) >= CUTS
    assert set(found) == {Found(0, "")}


def test_with_less_syncing_the_same_cuts_do_lose(
    sqlite_database: str, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the replay is worth: it sees the difference that killing cannot see."""
    monkeypatch.setattr(engine, "LOCAL", ("journal_mode=WAL", "synchronous=NORMAL"))
    found = replay(sqlite_database, clock, tmp_path, is_lucky=False)
    assert sum(each.missing > 0 for each in found) > CUTS // 2
    assert {each.wrong for each in found} == {""}, "lost, but not broken"


def test_without_any_syncing_the_same_cuts_break_it(
    sqlite_database: str, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LOCAL", ("journal_mode=WAL", "synchronous=OFF"))
    found = replay(sqlite_database, clock, tmp_path, is_lucky=True)
    assert any(each.wrong for each in found)


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_power_cut_in_an_upgrade_leaves_the_old_or_the_new(clock: FixedClock, tmp_path: Path, journal: str) -> None:
    database = str(tmp_path / "sales.db")
    Path(database).write_bytes(gzip.decompress(RELEASED[0].read_bytes()))
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA journal_mode={journal}")
    before = {database: Path(database).read_bytes()}
    with recorded() as disk:
        prepare(target_of(database), clock.now())
    operations = [operation for operation in disk.operations if operation.path.startswith(database)]
    chance, revisions = random.Random(7), set()
    for number, cut in enumerate([*chance.sample(range(len(operations)), min(CUTS // 2, len(operations))), -1]):
        files = after_power_cut(before, operations[: cut + 1 or None], chance if number % 2 else None)
        left = lay_down(files, database, tmp_path / f"cut-{number}")
        revisions.add(inspect(target_of(left)).revision)
        with closing(sqlite3.connect(left)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("SELECT count(*) FROM deal").fetchone() == (30,)
        prepare(target_of(left), clock.now())
        assert inspect(target_of(left)).revision == store.HEAD
        assert safety.check(left) == []
    # Without a log the commit is the unlinking of the journal, which no sync follows: then the upgrade is made again.
    assert revisions >= {"0001", store.HEAD} if journal == "wal" else "0001" in revisions
