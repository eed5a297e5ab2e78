"""Text of customers, files and other programs never acts on the terminal, wherever it is shown."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeboard.domain.commands import CreateDeal, Seen, WinDeals
from pipeboard.domain.product_commands import AddProduct
from pipeboard.services.workspace import Workspace
from tests.terminal.session import Terminal

from .conftest import StartBoard
from .hostile import HOSTILE, MARKUP, POISON, poison_in

WORDS_OF_A_CRASH = ("should not have happened", "Traceback", "MarkupError")


def test_there_are_enough_texts_and_the_check_can_fail() -> None:
    assert len(HOSTILE) >= 45
    for text in HOSTILE:
        found = poison_in(text.encode())
        assert not found or text not in MARKUP
    assert all(any(poison in text.encode() for text in HOSTILE) for poison in POISON[:13])


@pytest.fixture
def hostile_database(sqlite_database: str, local_workspace: Workspace) -> str:
    """Deals, companies, notes, tasks, people, stages and a pipeline with these names, written past the program."""
    first = local_workspace.deals.stages()[0]
    ids = []
    for number in range(len(HOSTILE)):
        command = CreateDeal(f"Deal {number}", first.id, value_minor=100, company=f"Company {number}", next_step="call")
        created = local_workspace.execute(command).events[0]
        ids.append(created.deal_id)  # type: ignore[union-attr]
    local_workspace.execute(WinDeals((Seen(ids[-1]),), local_workspace.deals.today))
    for number in range(12):
        local_workspace.execute(AddProduct(f"Product {number}", price_minor=number))
    local_workspace.close()
    connection = sqlite3.connect(sqlite_database)
    with connection:
        for deal_id, text in zip(ids, HOSTILE, strict=True):
            connection.execute(
                "UPDATE deal SET title = ?, notes = ?, product = ?, source = ?, tags = ? WHERE id = ?",
                (text, text, text, text, text, deal_id),
            )
            company = "UPDATE company SET name = ? WHERE id = (SELECT company_id FROM deal WHERE id = ?)"
            connection.execute(company, (text, deal_id))
            connection.execute("UPDATE task SET title = ? WHERE deal_id = ?", (text, deal_id))
        rename_all(connection)
        connection.execute("UPDATE product SET code = name, category = name, notes = name")
    connection.close()
    return sqlite_database


def rename_all(connection: sqlite3.Connection) -> None:
    """Give people, stages, pipelines and lost reasons hostile names too."""
    for table in ("owner", "stage", "pipeline", "lost_reason", "product"):
        rows = [row[0] for row in connection.execute(f"SELECT id FROM {table}")]
        for place, row in enumerate(rows):
            connection.execute(f"UPDATE {table} SET name = ? WHERE id = ?", (HOSTILE[(place * 7) % 40], row))


def everywhere(board: Terminal) -> Iterator[str]:
    """Open everything that shows somebody's text; the name of each place once it is drawn."""
    board.wait_for("Acme")
    yield "board"
    board.press("i")
    board.settle(0.4)
    yield "side pane"
    for _ in HOSTILE:
        board.press("j")
        board.settle(0.03)
    yield "every card"
    for name, keys, leaving in (
        ("deal", ("enter",), "q"),
        # Its text to search is that of its name before: it was renamed past the program.
        ("find", ("\x06", f"deal {HOSTILE.index('Acme [/]')}"), "escape"),
        ("form", ("e",), "escape"),
        ("companies", ("g", "c"), "q"),
        ("pipelines", ("p",), "escape"),
        ("move to", ("m",), "escape"),
        ("lose", ("x",), "escape"),
        ("delete", ("D",), "escape"),
        ("task", ("c",), "escape"),
        ("filter", ("/", "acme"), "escape"),
        ("metrics", ("g", "m"), "q"),
        ("products", ("g", ",", "G", *"k" * 50, "e"), "escape"),
        ("merging", ("m",), "escape"),
        ("settings", (), "q"),
    ):
        board.press(*keys)
        board.settle(0.4)
        yield name
        board.press(leaving)
        board.settle(0.3)
    board.press("home", "L")
    board.settle(0.4)
    yield "a move and its words"
    board.press("u")
    board.settle(0.4)
    yield "an undo and its words"


@pytest.mark.parametrize(("columns", "rows"), [(160, 50), (80, 24)])
def test_nothing_acts_on_the_terminal(
    start_board: StartBoard, hostile_database: str, tmp_path: Path, columns: int, rows: int
) -> None:
    board = start_board("--db", hostile_database, columns=columns, rows=rows)
    seen = ""
    for place in everywhere(board):
        text = board.text()
        seen += text
        assert poison_in(bytes(board.raw)) == [], place
        assert [word for word in WORDS_OF_A_CRASH if word in text] == [], place
        assert board.process.poll() is None, place
    assert "[bold]Acme[/bold]" in seen
    assert "Acme [/]" in seen
    board.press("ctrl+q")
    assert board.exit_code() == 0
    assert list(tmp_path.rglob("*crash*")) == []


@pytest.mark.parametrize("verb", [("board",), ("list",), ("show", "1"), ("agenda",), ("product", "list")])
def test_the_command_line_is_as_careful(start_board: StartBoard, hostile_database: str, verb: tuple[str, ...]) -> None:
    terminal = start_board("--db", hostile_database, *verb, columns=200, rows=50, environ={"TERM": "dumb"})
    assert terminal.exit_code() == 0, terminal.text()
    assert poison_in(bytes(terminal.raw)) == []
    assert b"Traceback" not in terminal.raw
