"""The SQL itself: every read runs on both engines and uses an index; no action costs more than it must."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import NotFound
from pipeboard.services.workspace import Workspace
from pipeboard.storage.sql import Statements

from .states import add, one

READS: dict[str, Callable[[Workspace], Any]] = {
    "overview": lambda w: w.board.overview(),
    "view": lambda w: w.board.view(None, window=16, me=w.me),
    "cards": lambda w: w.board.cards([1, 2, 3]),
    "ids of an open stage": lambda w: w.board.ids(w.deals.stages()[0]),
    "ids of a closed stage": lambda w: w.board.ids(w.deals.stages()[5]),
    "search index": lambda w: w.board.search_index(w.board.overview().pipeline.id),
    "detail": lambda w: w.deals.detail(1),
    "lost reasons": lambda w: w.deals.lost_reasons(),
    "find": lambda w: w.deals.find("1"),
    "changes": lambda w: w.changes.changes_since(1),
    "history": lambda w: w.history.actions(),
}
FREQUENT = ("overview", "view", "cards", "ids of an open stage", "ids of a closed stage", "changes")
"""What is read at a key press or a poll: may not look at every deal or event, nor sort them."""


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """A board with a few deals."""
    for place in range(6):
        add(workspace, f"Deal {place}", place % 3, company="Acme", next_step="call", due_on=date(2026, 11, 20))
    workspace.execute(c.WinDeals(one(1), workspace.board.today))
    return workspace


@pytest.mark.parametrize("name", READS)
def test_every_read_runs_on_this_engine(filled: Workspace, name: str) -> None:
    assert READS[name](filled) is not None


def test_reads_of_what_is_not_there(workspace: Workspace) -> None:
    assert workspace.board.cards([99]) == []
    with pytest.raises(NotFound, match="Deal 99 is not there"):
        workspace.deals.detail(99)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What goes to the database: one entry for each round trip."""
    calls: list[tuple[str, Any]] = []

    def recording(name: str) -> None:
        real = getattr(Statements, name)

        def record(self: Statements, sql: str, params: Any = ()) -> Any:
            rows = list(params)
            if name != "many" or rows:
                calls.append((sql, rows))
            return real(self, sql, rows)

        monkeypatch.setattr(Statements, name, record)

    for name in ("all", "run", "many"):
        recording(name)
    return calls


@pytest.mark.parametrize("name", FREQUENT)
def test_frequent_reads_use_an_index(local_workspace: Workspace, sent: list[tuple[str, Any]], name: str) -> None:
    workspace = local_workspace
    for place in range(3):
        add(workspace, f"Deal {place}", next_step="call", due_on=date(2026, 11, 20))
    sent.clear()
    READS[name](workspace)
    asked = [(sql, params) for sql, params in sent if not sql.startswith("EXPLAIN")]
    assert asked
    for sql, params in asked:
        with workspace.board._hot.snapshot() as statements:
            plan = [row[3] for row in statements.all(f"EXPLAIN QUERY PLAN {sql}", params)]
        for step in plan:
            # Small tables (stages, owners, rates) may be read whole and sorted; those that grow may not.
            assert not step.startswith(("SCAN deal", "SCAN d", "SCAN event", "SCAN e", "SCAN task")), (sql, plan)
            if " FROM deal" in sql and "GROUP BY" not in sql:
                assert "TEMP B-TREE" not in step, (sql, plan)


ROUND_TRIPS: dict[str, tuple[int, Callable[[Workspace, tuple[c.Seen, ...]], c.Command]]] = {
    "move": (12, lambda w, seen: c.MoveDeals(seen, w.deals.stages()[3].id)),
    "step": (12, lambda w, seen: c.StepDeals(seen, 1)),
    "edit": (11, lambda w, seen: c.EditDeals(seen, (("title", "Other"), ("value_minor", 5)))),
    "win": (13, lambda w, seen: c.WinDeals(seen, w.board.today)),
    "park": (13, lambda w, seen: c.ParkDeals(seen, date(2027, 1, 1), "later")),
    "delete": (11, lambda w, seen: c.DeleteDeals(seen)),
}


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_an_action_takes_as_many_statements_for_fifty_deals_as_for_one(
    workspace: Workspace, sent: list[tuple[str, Any]], name: str
) -> None:
    ids = [add(workspace, f"Deal {i}") for i in range(51)]
    limit, command = ROUND_TRIPS[name]
    counts = []
    for chosen in (ids[:1], ids[1:]):
        made = command(workspace, tuple(c.Seen(i) for i in chosen))
        sent.clear()
        workspace.execute(made)
        counts.append(len(sent))
    assert counts[0] <= limit, [sql[:70] for sql, _ in sent]
    assert counts[1] == counts[0]


def test_undo_and_redo_take_as_many_statements_for_fifty_deals_as_for_one(
    workspace: Workspace, sent: list[tuple[str, Any]]
) -> None:
    ids = [add(workspace, f"Deal {i}") for i in range(51)]
    counts = []
    for chosen in (ids[:1], ids[1:]):
        workspace.execute(c.StepDeals(tuple(c.Seen(i) for i in chosen), 1))
        for command in (c.Undo(), c.Redo()):
            sent.clear()
            workspace.execute(command)
            counts.append(len(sent))
    assert counts[:2] == counts[2:]
    assert counts[0] <= 19
    assert counts[1] <= 24
