"""Undo of an import of people or work takes back what nobody has touched since, and leaves nothing hanging."""

import pytest
from tests.services.handlers.asking import add
from tests.services.transfer.test_import_records import brought, counts
from tests.services.transfer.test_record_tools import rows

from pipeboard.domain import commands as c
from pipeboard.domain.company_commands import EditContact
from pipeboard.domain.errors import Conflict
from pipeboard.services.safety import check
from pipeboard.services.workspace import Workspace

PEOPLE = "Contact ID,Name,Company,Email\n1,Jan,Acme,jan@acme.com\n2,Eva,Nova,eva@nova.com\n3,Ola,Nova,ola@nova.com\n"
TASKS = "Task ID,Task,Due date,Deal,Assigned to\n1,call,2026-12-01,Acme platform,Zoe\n2,mail,,Acme platform,\n"


def live(workspace: Workspace, table: str, column: str = "name") -> list[str]:
    return [row[0] for row in rows(workspace, f"SELECT {column} FROM {table} WHERE deleted = 0 ORDER BY id")]


def database(workspace: Workspace) -> str:
    target = workspace.target
    return target.path if target.is_sqlite else target.url


def test_who_was_edited_since_stays_with_the_company(workspace: Workspace) -> None:
    brought(workspace, PEOPLE, "contacts")
    ((eva, version),) = rows(workspace, "SELECT id, version FROM contact WHERE name = 'Eva'")
    workspace.execute(EditContact(c.Seen(eva, version), (("phone", "600"),)))
    (action,) = rows(workspace, "SELECT id FROM action WHERE kind = 'records.imported'")[0]
    undone = workspace.execute(c.Undo(action))
    assert undone.label == "Undid: Imported 3 contacts from a.csv, but for 1 edited since"
    assert live(workspace, "contact") == ["Eva"]
    assert live(workspace, "company") == ["Nova"], "a company somebody still works for is not taken from under her"
    assert check(database(workspace)) == []
    workspace.execute(c.Redo())
    assert live(workspace, "contact") == ["Jan", "Eva", "Ola"]
    assert check(database(workspace)) == []


def test_when_all_of_it_was_edited_it_says_so(workspace: Workspace) -> None:
    brought(workspace, "Contact ID,Name,Email\n1,Jan,jan@acme.com\n", "contacts")
    workspace.execute(EditContact(c.Seen(1, 1), (("phone", "600"),)))
    (action,) = rows(workspace, "SELECT id FROM action WHERE kind = 'records.imported'")[0]
    with pytest.raises(Conflict, match="Undo that first"):
        workspace.execute(c.Undo(action))


def test_a_task_that_was_moved_on_stays_and_so_does_who_does_it(workspace: Workspace) -> None:
    deal = add(workspace)
    assert counts(brought(workspace, TASKS, "tasks")) == (2, 0, 0, 0)
    ((task, version),) = rows(workspace, "SELECT id, version FROM task WHERE title = 'call'")
    workspace.execute(c.EditTask(c.Seen(task, version), (("title", "call Bob"),)))
    (action,) = rows(workspace, "SELECT id FROM action WHERE kind = 'records.imported'")[0]
    workspace.execute(c.Undo(action))
    assert live(workspace, "task", "title") == ["call Bob"]
    assert "Zoe" in live(workspace, "owner")
    assert rows(workspace, f"SELECT deleted FROM deal WHERE id = {deal}") == [(0,)]
    assert check(database(workspace)) == []


def test_a_company_that_a_deal_has_since_is_not_taken_away(workspace: Workspace) -> None:
    brought(workspace, "Company name,Website\nAcme,acme.com\nNova,nova.com\n", "companies")
    add(workspace, company="Acme")
    (action,) = rows(workspace, "SELECT id FROM action WHERE kind = 'records.imported'")[0]
    workspace.execute(c.Undo(action))
    assert live(workspace, "company") == ["Acme"]
    assert check(database(workspace)) == []
