"""Filters kept under a name, on both engines: saved, changed, shared, ordered, undone."""

from collections.abc import Callable

import pytest

from pipeboard.domain.commands import Redo, Undo
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.saved_views import DeleteView, MoveView, RenameView, SaveView, ShareView
from pipeboard.services.workspace import Workspace


def names(workspace: Workspace) -> list[str]:
    return [view.name for view in workspace.filters.views()]


def test_a_view_is_kept_and_changed_under_its_name(workspace: Workspace) -> None:
    workspace.execute(SaveView("Big and late", "value>10k overdue", "value desc"))
    outcome = workspace.execute(SaveView("BIG and late", "value>20k"))
    assert outcome.label == "Changed the view Big and late"
    (view,) = workspace.filters.views()
    assert (view.filter, view.sort, view.is_shared) == ("value>20k", "", False)
    workspace.execute(Undo())
    assert workspace.filters.view("big").filter == "value>10k overdue"


def test_everybodys_views_are_seen_by_all_and_mine_by_me(
    database: str, open_workspace: Callable[..., Workspace]
) -> None:
    anna, boris = open_workspace(database), open_workspace(database, "boris")
    anna.execute(SaveView("Mine", "@me"))
    anna.execute(SaveView("Ours", "hot", is_shared=True))
    boris.execute(SaveView("Mine", "rotting"))
    assert (names(anna), names(boris)) == (["Mine", "Ours"], ["Ours", "Mine"])
    assert boris.filters.view("mine").filter == "rotting"
    boris.execute(ShareView(boris.filters.view("ours").id, False))
    assert names(anna) == ["Mine"]
    with pytest.raises(NotFound):
        anna.execute(DeleteView(boris.filters.view("ours").id))


def test_order_rename_delete_and_their_undo(workspace: Workspace) -> None:
    for name in ("a", "b", "c"):
        workspace.execute(SaveView(name, name))
    workspace.execute(MoveView(workspace.filters.view("c").id, -1))
    assert names(workspace) == ["a", "c", "b"]
    assert workspace.execute(MoveView(workspace.filters.view("a").id, -1)).action_id is None
    workspace.execute(Undo())
    assert names(workspace) == ["a", "b", "c"]
    workspace.execute(Redo())
    with pytest.raises(InvalidInput, match="There is a view 'b' already"):
        workspace.execute(RenameView(workspace.filters.view("a").id, " B "))
    workspace.execute(RenameView(workspace.filters.view("a").id, "Alpha"))
    workspace.execute(DeleteView(workspace.filters.view("c").id))
    assert names(workspace) == ["Alpha", "b"]
    workspace.execute(Undo())
    assert names(workspace) == ["Alpha", "c", "b"]


@pytest.mark.parametrize(("name", "text"), [("", "hot"), ("   ", "hot"), ("x" * 61, "hot"), ("x", ""), ("x", "  ")])
def test_what_cannot_be_kept_is_refused(local_workspace: Workspace, name: str, text: str) -> None:
    with pytest.raises(InvalidInput):
        local_workspace.execute(SaveView(name, text))
    assert names(local_workspace) == []
