"""The check finds what is wrong: every kind of damage is made once, and rebuilding mends what can be derived."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.stage import DealStatus
from pipeboard.services import safety
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.storage.check import check

from .states import add, live_state, one, reading


@pytest.fixture
def filled(workspace: Workspace, clock: FixedClock) -> Workspace:
    """Deal 1 has walked, been changed and been won; deal 2 has a task; one action was undone."""
    deal = add(workspace, company="Acme", value_minor=100)
    add(workspace, "Other", next_step="call")
    clock.set(clock.now() + timedelta(days=2))
    workspace.execute(c.StepDeals(one(deal), 1))
    clock.set(clock.now() + timedelta(days=3))
    workspace.execute(c.WinDeals(one(deal), workspace.board.today))
    workspace.execute(c.EditDeals(one(deal), (("title", "Renamed"),)))
    workspace.execute(c.Undo())
    assert check(workspace.target) == []
    return workspace


def damage(workspace: Workspace, *statements: str) -> None:
    """Change the database behind the program's back."""
    from pipeboard.storage.hot.connection import connect

    with closing(connect(workspace.target, is_read_only=False)) as connection:
        for statement in statements:
            connection.execute(statement)


DAMAGES = {
    "a changed row": ("UPDATE deal SET title = 'Stolen' WHERE id = 1", "history", "deal 1", "in title"),
    "a lost value": ("UPDATE deal SET value_minor = NULL WHERE id = 1", "history", "deal 1", "in value_minor"),
    "a version": ("UPDATE deal SET version = version + 1 WHERE id = 2", "history", "deal 2", "has version 2"),
    "a row from nowhere": (
        "INSERT INTO company (id, version, deleted, name, name_norm) VALUES (77, 1, 0, 'X', 'x')",
        "history",
        "company 77",
        "row without history",
    ),
    "a vanished row": ("DELETE FROM task WHERE id = 1", "history", "task 1", "history without a row"),
    "a wrong duration": (
        "UPDATE stage_visit SET dwell_days = -4 WHERE deal_id = 1",
        "projection",
        "deal 1",
        "negative",
    ),
    "a lost stay": ("DELETE FROM stage_visit WHERE deal_id = 2", "projection", "deal 2", "its stays differ"),
    "a torn chain": (
        "UPDATE stage_visit SET left_at = NULL WHERE deal_id = 1",
        "projection",
        "deal 1",
        "does not begin where the one before ended",
    ),
    "a search text": ("UPDATE deal SET search_norm = '' WHERE id = 1", "projection", "deal 1", "search_norm differ"),
    "a next task": ("UPDATE deal SET next_task_id = NULL WHERE id = 2", "projection", "deal 2", "next_task_id"),
    "an open deal that was closed": (
        "UPDATE deal SET closed_on = '2026-11-20' WHERE id = 2",
        "standing",
        "deal 2",
        "is open and has a closed_on",
    ),
    "an open deal that wakes": (
        "UPDATE deal SET wake_on = '2026-11-20' WHERE id = 2",
        "standing",
        "deal 2",
        "is open and has a wake_on",
    ),
    "an open deal that came from a stage": (
        "UPDATE deal SET closed_from_stage_id = 1 WHERE id = 2",
        "standing",
        "deal 2",
        "is open and has a closed_from_stage_id",
    ),
    "a won deal without its day": (
        "UPDATE deal SET closed_on = NULL WHERE id = 1",
        "standing",
        "deal 1",
        "is won and has no closed_on",
    ),
    "a won deal with a lost reason": (
        "UPDATE deal SET lost_reason_id = 1 WHERE id = 1",
        "standing",
        "deal 1",
        "is won and has a lost_reason_id",
    ),
    "a parked deal without its day": (
        f"UPDATE deal SET status = {int(DealStatus.PARKED)} WHERE id = 2",
        "standing",
        "deal 2",
        "is parked and has no wake_on",
    ),
    "an undo without a mark": ("UPDATE action SET undone_by_id = NULL", "undo", "action", "whose mark says otherwise"),
    "a mark without an undo": (
        "UPDATE action SET undone_by_id = 1 WHERE id = 2",
        "undo",
        "action 2",
        "does not say so",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_every_damage_is_found(filled: Workspace, name: str) -> None:
    statement, area, where, text = DAMAGES[name]
    damage(filled, statement)
    problems = check(filled.target)
    assert any(p.area == area and p.where.startswith(where) and text in p.text for p in problems), problems


def test_rebuilding_mends_what_is_derived(filled: Workspace) -> None:
    state = live_state(filled)
    damage(
        filled,
        "DELETE FROM stage_visit",
        "UPDATE deal SET search_norm = 'x', next_task_id = NULL, idle_on = NULL, stage_entered_at = NULL",
    )
    assert check(filled.target) != []
    name = filled.target.path or filled.target.url
    assert safety.rebuild_projections(name) == 2
    assert check(filled.target) == []
    assert live_state(filled) == state


def test_a_reference_to_nothing_is_found(local_workspace: Workspace) -> None:
    add(local_workspace)
    with closing(sqlite3.connect(local_workspace.target.path)) as connection, connection:
        connection.execute("UPDATE deal SET company_id = 55")
    assert ("references", "deal 1") in [(p.area, p.where) for p in check(local_workspace.target)]


def test_a_broken_rule_of_the_history_is_found(filled: Workspace) -> None:
    """An event that does not start from where the last one ended."""
    with reading(filled.target) as sql:
        action = sql.value("SELECT max(id) FROM action")
    patch = '{"title":["No","Yes"]}'
    damage(
        filled,
        "INSERT INTO event (action_id, entity, entity_id, deal_id, kind, at, is_time_known, version, patch) VALUES"
        f" ({action}, 'deal', 1, 1, 'deal.edited', '2026-11-30 09:00:00.000000', 1, 99, '{patch}')",
    )
    texts = [p.text for p in check(filled.target)]
    assert any("starts from title 'No', not 'Acme platform'" in text for text in texts), texts


def test_the_check_looks_at_one_moment(workspace: Workspace, open_workspace: Callable[..., Workspace]) -> None:
    add(workspace)
    assert check(workspace.target) == []
    add(open_workspace(workspace.target.path or workspace.target.url, "boris"), "Second")
    assert check(workspace.target) == []
