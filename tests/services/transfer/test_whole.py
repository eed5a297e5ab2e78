"""Everything out and everything back: the same history, figures and bytes, whichever engine."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import OpenWorkspace
from tests.services.handlers.asking import add, places, seen
from tests.storage.states import live_state

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput, Refused
from pipeboard.domain.product_commands import AddProduct, MergeProducts
from pipeboard.services import safety
from pipeboard.services.clock import FixedClock
from pipeboard.services.transfer.whole import is_whole, load_whole, whole_lines
from pipeboard.services.workspace import Workspace


def _live(workspace: Workspace, clock: FixedClock) -> None:
    """A little of everything that leaves rows."""
    at = places(workspace)
    acme = add(workspace, "Acme [/ EU] 株式会社", company="Acme", contact="Bob", value_minor=12_345, next_step="call")
    lost = add(workspace, "=cmd|' /C calc'!A0", stage_id=at.proposal)
    clock.set(clock.now() + timedelta(days=3, seconds=1.5))
    workspace.execute(c.MoveDeals(seen(acme), at.proposal))
    workspace.execute(c.LogActivity(acme, "They said:\n“maybe”", "call"))
    workspace.execute(c.LoseDeals(seen(lost), workspace.deals.today, "Price"))
    workspace.execute(c.Undo())
    workspace.execute(c.Redo())
    workspace.execute(c.EditDeals(seen(acme), (("value_minor", 2**40),)))
    workspace.execute(c.Undo())
    workspace.execute(c.SetRate("CHF", 950_000_000, workspace.deals.today))
    workspace.execute(c.HoldReview("# Review"))
    gold = workspace.execute(AddProduct("Gold [/ EU]", "G-1", price_minor=2**40)).events[0]
    workspace.execute(MergeProducts(c.Seen(gold.entity_id), spellings=("Gelb",)))  # type: ignore[union-attr]


def test_what_comes_back_is_the_same_and_so_is_its_export(
    workspace: Workspace, clock: FixedClock, tmp_path: Path, open_workspace: OpenWorkspace
) -> None:
    _live(workspace, clock)
    database = str(workspace.target.path or workspace.target.url)
    lines = [line.encode() for line in whole_lines(database)]
    assert is_whole(lines[0])
    again = str(tmp_path / "again.db")
    assert load_whole(again, lines) == 2
    assert [line.encode() for line in whole_lines(again)] == lines
    assert safety.check(again) == []
    copy = open_workspace(again)
    if workspace.target.is_sqlite:  # the server gives other types for the same values
        assert json.dumps(live_state(copy), default=str) == json.dumps(live_state(workspace), default=str)
    assert copy.execute(c.Undo()).label == workspace.execute(c.Undo()).label
    add(copy, "New here")


def test_it_comes_back_on_the_server_too(
    local_workspace: Workspace, clock: FixedClock, request: pytest.FixtureRequest
) -> None:
    from tests import conftest

    if not conftest.POSTGRES:
        pytest.skip("PIPEBOARD_TEST_POSTGRES is not set")
    _live(local_workspace, clock)
    lines = [line.encode() for line in whole_lines(local_workspace.target.path)]
    name = "pipeboard_test_whole"
    conftest._server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    conftest._server(f"CREATE DATABASE {name}")
    url = conftest._with_database(name)
    try:
        load_whole(url, lines)
        assert [line.encode() for line in whole_lines(url)] == lines
        copy = Workspace.open(url, clock, login="anna")
        add(copy, "New here")
        copy.close()
        assert safety.check(url) == []
        with pytest.raises(Refused, match="holds a Pipeboard workspace already"):
            load_whole(url, lines)
    finally:
        conftest._server(f"DROP DATABASE {name} WITH (FORCE)")


def test_an_export_of_an_earlier_release_comes_back(local_workspace: Workspace, tmp_path: Path) -> None:
    add(local_workspace, "Acme", product="Gold")
    head, *lines = [line.encode() for line in whole_lines(local_workspace.target.path)]
    assert not any(b'"table":"product"' in line for line in lines), "there was no catalogue then"
    earlier = json.dumps({**json.loads(head), "revision": "0002"}).encode() + b"\n"
    again = str(tmp_path / "again.db")
    assert load_whole(again, [earlier, *lines]) == 1
    assert [line.encode() for line in whole_lines(again)] == [head, *lines]


def _changed(lines: list[bytes], table: str, values: dict[str, object]) -> list[bytes]:
    """The lines with the first row of a table changed; a value of None takes the column away."""
    place = next(n for n, line in enumerate(lines) if json.loads(line).get("table") == table)
    row = {**json.loads(lines[place]), **values}
    row = {name: value for name, value in row.items() if value is not None}
    return [*lines[:place], json.dumps(row).encode() + b"\n", *lines[place + 1 :]]


@pytest.mark.parametrize(
    ("table", "values", "words"),
    [
        ("deal", {"title": 5}, r"Line \d+: deal.title cannot be '5'"),
        ("deal", {"id": None}, "the row has no id"),
        ("deal", {"colour": "red"}, "deal has no column 'colour'"),
        ("deal", {"title": ""}, "a row of deal does not fit"),
        ("deal", {"stage_id": 999}, "points to a row of stage that is not there"),
        ("deal", {"created_on": "yesterday"}, "deal.created_on cannot be 'yesterday'"),
        ("deal", {"created_at": "2026-01-01T00:00:00"}, "lacks a time zone"),
        ("deal", {"value_minor": 2**63}, "too large"),
        ("deal", {"title": "half \ud800"}, "characters that no text has"),
        ("deal", {"table": "secrets"}, "there is no table 'secrets'"),
        ("workspace", {"table": "review"}, r"belong|fit|column"),
        ("deal", {"title": "Other"}, "does not add up: deal 1"),
        ("event", {"patch": "x"}, "the patch is no object"),
    ],
)
def test_a_row_that_does_not_fit_leaves_nothing_behind(
    local_workspace: Workspace, tmp_path: Path, table: str, values: dict[str, object], words: str
) -> None:
    add(local_workspace, "Acme")
    lines = [line.encode() for line in whole_lines(local_workspace.target.path)]
    with pytest.raises((InvalidInput, Refused), match=words):
        load_whole(str(tmp_path / "again.db"), _changed(lines, table, values))
    assert not (tmp_path / "again.db").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b'{"schema":"other/1"}\n', "no export of everything"),
        (b'{"schema":"pipeboard.whole/1","revision":"0999"}\n', "newer Pipeboard"),
        (b'{"schema":"pipeboard.whole/1","revision":"0002"}\n', "holds no workspace"),
        (b'{"schema":"pipeboard.whole/1","revision":"0002"}\n{"table":"own', "Line 2 is no JSON"),
        (b'{"schema":"pipeboard.whole/1","revision":"0002"}\n[1]', "Line 2 is no JSON object"),
        (b'{"schema":"pipeboard.whole/1","revision":"0002"}\n' + b"[" * 100_000, "Line 2 is no JSON"),
        (b'{"schema":"pipeboard.whole/1","revision":"0002"}\n{"table":"owner","id":NaN}', "Line 2 is no JSON"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_with_its_line(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises((InvalidInput, Refused), match=words):
        load_whole(str(tmp_path / "again.db"), io.BytesIO(content))
    assert list(tmp_path.glob("again*")) == []


def test_no_line_can_be_missing_or_stand_twice(local_workspace: Workspace, tmp_path: Path) -> None:
    deal = add(local_workspace, "Acme", company="Acme", tags="web")
    local_workspace.execute(c.StepDeals((c.Seen(deal),), 1))
    lines = [line.encode() for line in whole_lines(local_workspace.target.path)]
    tables = [json.loads(line).get("table") for line in lines]
    looked_at = {place for place in range(1, len(lines)) if tables[place] not in tables[1:place]} | {len(lines) - 1}
    wrong: list[str] = []
    for place in sorted(looked_at):
        for name, some in (("without", []), ("twice", [lines[place]] * 2)):
            path = tmp_path / f"{name}-{place}.db"
            try:
                load_whole(str(path), [*lines[:place], *some, *lines[place + 1 :]])
            except (InvalidInput, Refused):
                assert not path.exists()
            else:
                wrong.append(f"{name} {lines[place][:120]!r}")
    assert wrong == []
