"""Whatever is in a file: a failed import leaves no trace, a successful one its understood rows and no others."""

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import NOW
from tests.services.transfer.generated import Written, csv_files, json_files, sheet_files

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.services import safety
from pipeboard.services.clock import FixedClock
from pipeboard.services.transfer.importing import ImportTarget, import_file
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.workspace import Workspace
from pipeboard.storage.dump import dump
from pipeboard.storage.transaction import Transaction

QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
FILES = st.one_of(csv_files(), json_files(), sheet_files())
TOLD = ImportOptions(is_creating_stages=True, date_order="dmy")
HEAD = "Deal ID,Deal,Stage,Amount,Close date\n"


def fingerprint(workspace: Workspace) -> str:
    """A hash of every row of every table."""
    rows = sorted(json.dumps(row, sort_keys=True, default=str) for row in dump(workspace.target))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


@contextmanager
def fresh(template: str, folder: Path) -> Iterator[Workspace]:
    """A workspace of its own for one example."""
    path = folder / "example.db"
    for old in folder.glob("example.db*"):
        old.unlink()
    shutil.copyfile(template, path)
    path.chmod(0o600)
    workspace = Workspace.open(str(path), FixedClock(NOW), login="anna", person="Anna")
    try:
        yield workspace
    finally:
        workspace.close()


def present(workspace: Workspace) -> list[dict[str, Any]]:
    """The deals that are there."""
    return [row for table, row in dump(workspace.target) if table == "deal" and not row.get("deleted")]


def stored(workspace: Workspace) -> Counter[tuple[Any, ...]]:
    """What the deals of a workspace are."""
    return Counter((row["title"], row.get("value_minor"), row["currency"]) for row in present(workspace))


@settings(max_examples=40, deadline=None, suppress_health_check=QUIET)
@given(FILES)
def test_the_understood_rows_are_in_and_a_second_import_and_undo_keep_to_them(
    sqlite_database: str, tmp_path: Path, file: Written
) -> None:
    with fresh(sqlite_database, tmp_path) as workspace:
        empty = stored(workspace)
        report = import_file(workspace, file.content, TOLD, ImportTarget(), name="deals")
        understood = Counter((deal.title, deal.value_minor, deal.currency) for deal in report.plan.deals)
        assert stored(workspace) == understood
        assert safety.check(workspace.target.path) == []
        before = fingerprint(workspace)
        again = import_file(workspace, file.content, TOLD, ImportTarget(), name="deals")
        assert (again.new, again.changed, again.unchanged) == (0, 0, len(report.plan.deals))
        assert fingerprint(workspace) == before
        workspace.execute(c.Undo())
        assert stored(workspace) == empty


@settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
@given(FILES, st.integers(0, 10**6), st.binary(min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_leaves_no_trace(
    sqlite_database: str, tmp_path: Path, file: Written, at: int, noise: bytes
) -> None:
    place = at % len(file.content)
    content = file.content[:place] + noise + file.content[place + len(noise) :]
    with fresh(sqlite_database, tmp_path) as workspace:
        before = fingerprint(workspace)
        try:
            report = import_file(workspace, content, TOLD, ImportTarget(), name="deals")
        except PipeboardError as error:
            sentence = str(error)
        else:
            assert sum(stored(workspace).values()) == len(report.plan.deals)
            return
        assert sentence.endswith((".", "?"))
        assert fingerprint(workspace) == before


@pytest.mark.parametrize(
    "text",
    [
        HEAD + '1,A,Lead,1,\n2,"B,Lead,2,\n',
        HEAD + "1,A,Lead,1,\n2,B,Unheard of,2,\n",
        HEAD + "1,A,Lead,1,03/04/2026\n",
        HEAD + "1,A,Lead,1,2026-02-30\n",
    ],
)
def test_a_refused_file_leaves_no_trace(workspace: Workspace, text: str) -> None:
    before = fingerprint(workspace)
    with pytest.raises(InvalidInput):
        import_file(workspace, text.encode(), ImportOptions(is_strict=True), ImportTarget(), name="deals")
    assert fingerprint(workspace) == before


def test_a_failure_in_the_midst_of_writing_leaves_no_trace(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(workspace)
    rows = "".join(f"{n},Deal {n},Lead,{n},\n" for n in range(9_000))
    written: list[int] = []
    write = Transaction.write_events

    def failing(tx: Transaction) -> None:
        write(tx)
        written.append(1)
        if len(written) == 2:
            raise OSError("no space left on device")

    monkeypatch.setattr(Transaction, "write_events", failing)
    with pytest.raises(Exception, match="no space left"):
        import_file(workspace, (HEAD + rows).encode(), ImportOptions(), ImportTarget(), name="deals")
    monkeypatch.undo()
    assert len(written) == 2, "two pieces of the rows were written before it failed"
    assert fingerprint(workspace) == before


def test_a_cancelled_import_leaves_no_trace(workspace: Workspace) -> None:
    before = fingerprint(workspace)
    rows = "".join(f"{n},Deal {n},Lead,{n},\n" for n in range(3_000))

    def cancel(done: int, whole: int) -> None:
        if done > whole // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(workspace, (HEAD + rows).encode(), ImportOptions(), ImportTarget(), progress=cancel, name="deals")
    assert fingerprint(workspace) == before


def test_undo_takes_back_what_nobody_touched_since(workspace: Workspace) -> None:
    head = "Deal ID,Deal,Stage,Amount,Source\n"
    first = head + "1,Acme,Lead,10,Fair\n2,Globex,Lead,20,Fair\n"
    second = head + "1,Acme,Lead,15,Web\n2,Globex,Lead,25,Web\n3,Initech,Lead,30,\n4,Hooli,Lead,40,\n"
    import_file(workspace, first.encode(), ImportOptions(), ImportTarget(), name="deals")
    report = import_file(workspace, second.encode(), ImportOptions(), ImportTarget(), name="deals")
    assert (report.new, report.changed) == (2, 2)
    touched = [row for row in present(workspace) if row["title"] in ("Globex", "Hooli")]
    seen = tuple(c.Seen(row["id"], row["version"]) for row in touched)
    workspace.execute(c.EditDeals(seen, (("source", "Friend"),)))
    workspace.execute(c.Undo(report.action_id))
    values = {row["title"]: (row["value_minor"], row["source"]) for row in present(workspace)}
    assert values == {"Acme": (1_000, "Fair"), "Globex": (2_500, "Friend"), "Hooli": (4_000, "Friend")}
