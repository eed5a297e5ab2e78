"""Rejected rows go to a file that can be mended and imported again."""

import csv
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeboard.domain.errors import InvalidInput, Refused
from pipeboard.services.transfer.planning import ImportPlan
from pipeboard.services.transfer.rejects import write_rejects

Planner = Callable[..., ImportPlan]
TEXT = (
    "ID,Deal name,Stage,Amount,Notes\n"
    '1,=cmd(),Lead,bad,"two\nlines"\n'
    "2,Fine,Lead,5,\n"
    "3,Żubr,Lead,1e400,-x\n"
    "4,B,Lead,6,,surplus\n"
)


def test_round_trip(plan: Planner, tmp_path: Path) -> None:
    first = plan(TEXT)
    assert write_rejects(tmp_path / "r.csv", first.header, first.rejected) == 3
    path = tmp_path / "r.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["ID", "Deal name", "Stage", "Amount", "Notes", "Pipeboard: why"]
    assert rows[1][1] == "'=cmd()"
    assert rows[1][5].startswith("line 2: Amount: not an amount")
    again = plan(path)
    assert len(again.rejected) == 3
    mended = path.read_text(encoding="utf-8-sig").replace("bad", "7").replace("1e400", "8").replace(",surplus", "")
    last = plan(mended)
    assert not last.rejected
    assert [(d.external_id, d.title, d.value_minor) for d in last.deals] == [
        ("1", "=cmd()", 700),
        ("3", "Żubr", 800),
        ("4", "B", 600),
    ]
    assert [d.note for d in last.deals] == ["two\nlines", "-x", ""]
    assert last.profile == first.profile


def test_rejects_of_rejects_are_the_same(plan: Planner, tmp_path: Path) -> None:
    first = plan(TEXT)
    write_rejects(tmp_path / "a.csv", first.header, first.rejected)
    again = plan(tmp_path / "a.csv")
    write_rejects(tmp_path / "b.csv", again.header, again.rejected)
    cells = []
    for name in ("a.csv", "b.csv"):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            cells.append([row[:5] + row[6:] for row in csv.reader(file)])
    assert cells[0] == cells[1]


def test_nothing_is_overwritten(plan: Planner, tmp_path: Path) -> None:
    target = tmp_path / "there.csv"
    target.write_text("mine")
    (tmp_path / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    for path in (target, tmp_path / "link.csv"):
        with pytest.raises(Refused, match="exists already"):
            write_rejects(path, ["a"], [])
    assert target.read_text() == "mine"
    with pytest.raises(InvalidInput, match="cannot be written"):
        write_rejects(tmp_path / "no" / "where.csv", ["a"], [])
