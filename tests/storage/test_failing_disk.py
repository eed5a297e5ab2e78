"""A disk that is full, or breaks, at every single write of the five things that matter most (RELIABILITY.md 2c, 7)."""

import gzip
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput, StorageFailure
from pipeboard.domain.imports.drafts import Rejection
from pipeboard.services import safety
from pipeboard.services.clock import FixedClock
from pipeboard.services.transfer.importing import ImportTarget, import_file
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.transfer.rejects import write_rejects
from pipeboard.services.workspace import Workspace
from pipeboard.storage import store
from pipeboard.storage.migrate import prepare
from pipeboard.storage.store import inspect
from pipeboard.storage.target import target_of

from .disk import BROKEN, FULL, NOT_SYNCED, Disk, recorded
from .states import add, live_state, one, words
from .test_migrations import RELEASED

PLACES = int(os.environ.get("PIPEBOARD_TEST_FAILING_WRITES", "25"))
"""At how many writes of each thing the disk fails; 0: at every one."""

SENTENCES = {
    FULL: "Not saved: the disk is full",
    BROKEN: "Not saved: the disk reported an error",
    NOT_SYNCED: "Not saved: the disk reported an error",
}
ROWS = "Deal name,Stage,Amount,Close date,Company\n" + "".join(
    f"Imported {number},Lead,{number}.50,0{number % 9 + 1}/02/2026,Company {number}\n" for number in range(40)
)


def _add(workspace: Workspace) -> None:
    add(workspace, "New", company="Globex", next_step="call", notes="x" * 5000)


def _move(workspace: Workspace) -> None:
    workspace.execute(c.StepDeals(one(1), 1))


def _import(workspace: Workspace) -> None:
    # At another time, so that what is kept of the person's decisions is written anew.
    workspace.clock.set(workspace.clock.now() + timedelta(seconds=1))  # type: ignore[attr-defined]
    import_file(workspace, ROWS.encode(), ImportOptions(date_order="dmy"), ImportTarget(), name="deals.csv")


WORKFLOWS: dict[str, Callable[[Workspace], None]] = {"add": _add, "move": _move, "import": _import}


def places(count: int) -> list[int]:
    """At which of `count` writes the disk fails: some of all, the first and the last among them."""
    step = max(1, count // PLACES) if PLACES else 1
    return sorted({*range(0, count, step), count - 1})


def said_by(work: Callable[[], object]) -> str:
    """The sentence with which something fails; "" when it does not."""
    try:
        work()
    except StorageFailure as failure:
        return words(failure)
    return ""


@pytest.mark.parametrize("answer", SENTENCES, ids=["full", "broken", "not synced"])
@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_could_not_be_saved_is_said_and_nothing_else_is_lost(
    sqlite_database: str, clock: FixedClock, name: str, answer: int
) -> None:
    work = WORKFLOWS[name]
    with recorded() as disk:
        workspace = Workspace.open(sqlite_database, clock, login="anna")
        add(workspace, company="Acme", next_step="call")
        before = live_state(workspace)
        disk.fail_from(10_000_000, answer, is_lasting=True)
        work(workspace)
        count = disk.changes
        assert not disk.heal()
        workspace.execute(c.Undo())
        failed = 0
        for place in places(count):
            assert live_state(workspace) == before
            disk.fail_from(place, answer, is_lasting=answer == FULL)
            said = said_by(lambda: work(workspace))
            disk.heal()
            if said:
                assert SENTENCES[answer] in said, place
                assert "Nothing already saved is lost" in said
                assert live_state(workspace) == before, f"{name} failed at {place} and left something"
                failed += 1
                work(workspace)
            assert live_state(workspace) != before, "it is there when it is said to be"
            workspace.execute(c.Undo())
        assert failed > len(places(count)) // 2
        workspace.close()
    assert safety.check(sqlite_database) == []


def test_what_is_saved_is_not_called_unsaved(
    local_workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up right after the import: what is kept for the next one is no reason to frighten anybody."""
    rows, options = ROWS + "Broken,Lead,many,01/02/2026,\n", ImportOptions(date_order="dmy")
    target = ImportTarget(rejects=tmp_path / "missing" / "rejects.csv")

    def remember(*_args: object) -> None:
        raise StorageFailure(SENTENCES[FULL])

    monkeypatch.setattr(local_workspace, "remember", remember)
    with pytest.raises(InvalidInput, match=r"^The rest is imported, but the rejected rows are not written: .*"):
        import_file(local_workspace, rows.encode(), options, target, name="deals.csv")
    assert len(live_state(local_workspace)["deal"]) == 40
    assert import_file(local_workspace, ROWS.replace("Imported", "Again").encode(), options).new == 40


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="has no device that is always full")
def test_half_a_file_of_rejected_rows_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rejects.csv"
    real = os.open

    def on_a_full_disk(path: str, flags: int, mode: int) -> int:
        os.close(real(path, flags, mode))
        return real("/dev/full", os.O_WRONLY)

    monkeypatch.setattr(os, "open", on_a_full_disk)
    with pytest.raises(InvalidInput, match="no space left on device"):
        write_rejects(path, ["Deal name"], [Rejection(2, "Deal name", "", "is missing", ("x",))])
    assert not path.exists()


@pytest.mark.parametrize("answer", SENTENCES, ids=["full", "broken", "not synced"])
def test_a_backup_that_fails_is_none(sqlite_database: str, clock: FixedClock, answer: int) -> None:
    with recorded() as disk:
        workspace = Workspace.open(sqlite_database, clock, login="anna")
        add(workspace)
        before = live_state(workspace)
        disk.fail_from(10_000_000, answer, is_lasting=True)
        kept = safety.backup_now(sqlite_database, clock)
        folder, count, failed = Path(kept).parent, disk.changes, 0
        for place in places(count):
            disk.fail_from(place, answer, is_lasting=answer == FULL)
            said = said_by(lambda: safety.backup_now(sqlite_database, clock))
            disk.heal()
            assert SENTENCES[answer] in (said or SENTENCES[answer]), place
            made = set(os.listdir(folder)) - {Path(kept).name}
            assert len(made) == (0 if said else 1), "half a backup is no backup"
            for name in made:  # SQLite needed less than this write
                assert safety.check(str(folder / name)) == []
                (folder / name).unlink()
            failed += bool(said)
            assert live_state(workspace) == before
        assert failed > len(places(count)) // 2
        again = safety.backup_now(sqlite_database, clock)
        workspace.close()
    assert safety.check(again) == []


@pytest.mark.parametrize("answer", SENTENCES, ids=["full", "broken", "not synced"])
@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_an_upgrade_that_fails_leaves_the_old(clock: FixedClock, tmp_path: Path, journal: str, answer: int) -> None:
    path = tmp_path / "sales.db"
    frozen = gzip.decompress(RELEASED[0].read_bytes())

    def fresh() -> str:
        path.write_bytes(frozen)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA journal_mode={journal}")
        return str(path)

    with recorded() as disk:
        count = _upgrade(disk, fresh(), clock)
        for place in places(count):
            database = fresh()
            disk.fail_from(place, answer, is_lasting=answer == FULL)
            said = said_by(lambda: prepare(target_of(database), clock.now()))  # noqa: B023
            disk.heal()
            if said:
                assert SENTENCES[answer] in said, place
                assert inspect(target_of(database)).revision == "0001"
                prepare(target_of(database), clock.now())
            assert inspect(target_of(database)).revision == store.HEAD
            assert safety.check(database) == []


def _upgrade(disk: Disk, database: str, clock: FixedClock) -> int:
    disk.fail_from(10_000_000, FULL, is_lasting=True)
    prepare(target_of(database), clock.now())
    return disk.changes
