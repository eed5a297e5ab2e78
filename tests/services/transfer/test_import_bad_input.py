"""What is no file of deals gets one sentence; a bad row is named by line, column, value and reason."""

import gzip
import os
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.stage import Stage
from pipeboard.services.transfer.planning import ImportOptions, ImportPlan, plan_import, require_decided
from pipeboard.services.transfer.reading import read_table

Planner = Callable[..., ImportPlan]
HEAD = "Deal name,Stage,Amount,Close date\n"


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "nothing but blank lines"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG picture"),
        (b"PK\x03\x04\x14\0", "damaged zip archive"),
        (b"SQLite format 3\0" + b"\0" * 100, "SQLite database"),
        (bytes(range(256)) * 8, "not text"),
        (b'{"deals": []}', "JSON"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (HEAD.encode(), "a header and no deals"),
        (b"a,b,c\n1,2,3\n", "title of a deal"),
        (HEAD.encode() + b'A,Lead,1,\n"B,Lead,2,\nC,Lead,3,\n', "line 3: a quotation mark is opened here"),
        (HEAD.encode() + b'A,Lead,1,\n"B"x,Lead,2,\n', "line 3: text follows a closing quotation mark"),
        (HEAD.encode() + b"A" * 1_000_000 + b",Lead,1,\n", "line 2: a cell that begins in this row is longer"),
        (b",".join(b"c%d" % n for n in range(50_000)) + b"\n1\n", "50,000 columns"),
        (gzip.compress(b"a" * 64_000_000, mtime=0), "too large"),
        (gzip.compress(HEAD.encode(), mtime=0)[:-9], "damaged gzip"),
    ],
)
def test_no_table(plan: Planner, content: bytes, part: str) -> None:
    with pytest.raises(InvalidInput) as error:
        plan(content)
    assert part in str(error.value)


def test_paths_that_are_no_file(plan: Planner, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "closed.csv").write_text("x")
    for path, part in [
        (tmp_path, "is a directory"),
        (tmp_path / "pipe", "is a pipe"),
        (tmp_path / "none.csv", "There is no file"),
        (Path("/dev/zero"), "is a device"),
        (Path("a\0b"), "NUL"),
    ]:
        with pytest.raises(InvalidInput) as error:
            plan(path)
        assert part in str(error.value)


def test_a_database_is_recognised(plan: Planner, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "p.db") as database:
        database.execute("CREATE TABLE t (a)")
    with pytest.raises(InvalidInput, match="SQLite database"):
        plan(tmp_path / "p.db")


@pytest.mark.parametrize(
    ("row", "column", "value", "why"),
    [
        ("A,Closed Won,5,", "Close date", "", "won deal without a closing date"),
        ("A,Lost,5,", "Close date", "", "lost deal without a closing date"),
        ("A,Lead,1e400,", "Amount", "1e400", "not an amount"),
        ("A,Lead,NaN,", "Amount", "NaN", "not an amount"),
        ("A,Lead,inf,", "Amount", "inf", "not an amount"),
        ("A,Lead,1_000,", "Amount", "1_000", "not an amount"),
        ("A,Lead,٣٤,", "Amount", "٣٤", "not an amount"),
        ("A,Lead,1.005,", "Amount", "1.005", "may be 1005 or 1.005"),
        ("A,Lead,0.005,", "Amount", "0.005", "USD has 2 decimals"),
        ("A,Lead,99999999999999999999,", "Amount", "99999999999999999999", "too large"),
        ("A,Lead,5,31/02/2025", "Close date", "31/02/2025", "there is no such day"),
        ("A,Lead,5,2025-02-30", "Close date", "2025-02-30", "there is no such day"),
        ("A,Lead,5,10", "Close date", "10", "not a date"),
        ("A,Lead,5,soon", "Close date", "soon", "not a date"),
        (",Lead,5,2025-01-02", "Deal name", "", "no title"),
        ("A,Lead,5,2025-01-02,more", "", "more", "the row has 5 cells, the header has 4"),
        ("A,Lead", "Amount", "", "the row ends after 2 cells, the header has 4"),
        ("A\0B,Lead,5,", "Deal name", "A␀B", "NUL"),
    ],
)
def test_bad_rows(plan: Planner, row: str, column: str, value: str, why: str) -> None:
    good = "Good,Lead,1.50,2025-03-04\n"
    read = plan(HEAD + good + row + "\n" + good)
    assert [deal.line for deal in read.deals] == [2, 4]
    (one,) = read.rejected
    assert (one.line, one.column, one.value) == (3, column, value)
    assert why in one.why
    assert read.rows == 3


def test_strict_refuses_everything(plan: Planner) -> None:
    with pytest.raises(InvalidInput, match="line 3, Amount, '1e400'"):
        plan(HEAD + "Good,Lead,1,\nA,Lead,1e400,\n", is_strict=True)


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"profile": "lotus"}, "no import profile 'lotus'"),
        ({"encoding": "klingon"}, "no encoding 'klingon'"),
        ({"encoding": "rot13"}, "no encoding 'rot13'"),
        ({"encoding": "ascii"}, "line 2 has a byte"),
        ({"mapping": {"Stge": "stage"}}, "Did you mean 'Stage'?"),
        ({"mapping": {"Stage": "stge"}}, "Did you mean 'stage'?"),
        ({"mapping": {"Stage": "title", "Amount": "title"}}, "only one can be"),
        ({"stage_map": {"Lead": "Nowhere"}}, "no stage 'Nowhere'"),
    ],
)
def test_bad_options(plan: Planner, options: dict[str, object], part: str) -> None:
    with pytest.raises(InvalidInput) as error:
        plan(HEAD + "Ü,Lead,1,\n", **options)
    assert part in str(error.value)


def test_a_date_that_can_be_two_is_a_doubt_until_told(plan: Planner) -> None:
    text = HEAD + "A,Lead,1,03/04/2026\nB,Lead,1,05/05/2026\n"
    open_plan = plan(text)
    (doubt,) = open_plan.doubts
    assert "'Close date': 03/04/2026 may be 3 Apr 2026 or 4 Mar 2026" in doubt
    with pytest.raises(InvalidInput, match="--dates dmy"):
        require_decided(open_plan)
    for order, month in (("dmy", 4), ("mdy", 3)):
        told = plan(text, date_order=order)
        require_decided(told)
        day = told.deals[0].expected_close_on
        assert day is not None
        assert day.month == month


def test_a_file_that_grows_is_read_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(HEAD + "A,Lead,1,\n" * 50)
    with read_table(path) as table:
        with path.open("a") as file:
            file.write("B,Lead,1,\n" * 50)
        assert [sum(map(len, table.chunks())) for _ in range(2)] == [50, 50]


def test_progress_is_told_and_can_cancel(plan: Planner, stages: list[Stage]) -> None:
    text = (HEAD + "A,Lead,1,\n" * 5_000).encode()
    told: list[tuple[int, int]] = []
    plan_import(text, ImportOptions(), stages, [], "USD", date(2026, 1, 1), lambda *now: told.append(now))
    assert told == sorted(told)
    assert told[-1] == (2 * len(text), 2 * len(text))

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan_import(text, ImportOptions(), stages, [], "USD", date(2026, 1, 1), stop)


def test_a_file_whose_first_lines_hold_one_cell_each(plan: Callable[..., ImportPlan]) -> None:
    """A long preface: no separator is to be seen in the lines where the header is looked for."""
    text = "".join(f"Line {number}\n" for number in range(35)) + "Deal name;Stage;Amount\n" * 3
    with pytest.raises(InvalidInput):
        plan(text)
