"""Views: filters kept under a name."""

from typing import Any

from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.events import Event, SetupChanged
from pipeboard.domain.saved_views import DeleteView, MoveView, RenameView, SavedView, SaveView, ShareView
from pipeboard.domain.text import clean, search_key
from pipeboard.storage.hot.views import saved_views
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]
_LONGEST_NAME = 60


def save_view(command: SaveView, tx: Transaction) -> Facts:
    """Keep a filter under a name; the view of that name is changed where there is one."""
    name = _name(command.name)
    filter_text = clean(command.filter)
    if not filter_text and not command.sort:
        raise InvalidInput("There is no filter to keep: / or f makes one first.")
    owner_id = None if command.is_shared else tx.actor.owner_id
    values = {"name": name, "name_norm": search_key(name), "filter": filter_text, "sort": command.sort}
    views = _visible(tx)
    same = next((view for view in views if search_key(view.name) == search_key(name)), None)
    if same is not None:
        tx.begin("view.changed", f"Changed the view {same.name}")
        # Who has it stays as it was: that is changed by name (`ShareView`), not by saving again.
        tx.change("saved_view", _row(tx, same.id), values, kind="saved_view.edited")
        return (SetupChanged("saved_view", same.id),)
    tx.begin("view.saved", f"Saved the view {name}")
    position = max((view.position for view in views), default=0) + 1
    view_id = tx.create("saved_view", {**values, "owner_id": owner_id, "position": position})
    return (SetupChanged("saved_view", view_id),)


def rename_view(command: RenameView, tx: Transaction) -> Facts:
    """Call a view differently; refused where another one is called so."""
    row, name = _row(tx, command.view_id), _name(command.name)
    taken = [view for view in _visible(tx) if search_key(view.name) == search_key(name) and view.id != row["id"]]
    if taken:
        raise InvalidInput(f"There is a view {taken[0].name!r} already.")
    tx.begin("view.renamed", f"Called the view {row['name']} {name}")
    tx.change("saved_view", row, {"name": name, "name_norm": search_key(name)}, kind="saved_view.edited")
    return (SetupChanged("saved_view", command.view_id),)


def share_view(command: ShareView, tx: Transaction) -> Facts:
    """Give a view to everybody, or take it for oneself."""
    row = _row(tx, command.view_id)
    words = f"Shared the view {row['name']}" if command.is_shared else f"Took the view {row['name']} for yourself"
    tx.begin("view.shared", words)
    owner_id = None if command.is_shared else tx.actor.owner_id
    tx.change("saved_view", row, {"owner_id": owner_id}, kind="saved_view.edited")
    return (SetupChanged("saved_view", command.view_id),)


def move_view(command: MoveView, tx: Transaction) -> Facts:
    """Let a view change places with its neighbour; at the ends nothing happens."""
    views = _visible(tx)
    row = _row(tx, command.view_id)
    place = [view.id for view in views].index(row["id"])
    if not 0 <= place + command.step < len(views):
        return ()
    other = _row(tx, views[place + command.step].id)
    tx.begin("view.moved", f"Moved the view {row['name']}")
    mine, theirs = row["position"], other["position"]
    if mine == theirs:  # two people saved at the same moment
        theirs = mine + command.step
    tx.change("saved_view", row, {"position": theirs}, kind="saved_view.edited")
    tx.change("saved_view", other, {"position": mine}, kind="saved_view.edited")
    return (SetupChanged("saved_view", command.view_id),)


def delete_view(command: DeleteView, tx: Transaction) -> Facts:
    """Take a view away."""
    row = _row(tx, command.view_id)
    tx.begin("view.deleted", f"Deleted the view {row['name']}")
    tx.change("saved_view", row, {"deleted": 1}, kind="saved_view.deleted")
    return (SetupChanged("saved_view", command.view_id),)


def _visible(tx: Transaction) -> tuple[SavedView, ...]:
    return saved_views(tx.sql, tx.actor.owner_id)


def _row(tx: Transaction, view_id: int) -> dict[str, Any]:
    row = tx.rows("saved_view", [view_id]).get(view_id)
    if row is None or row["deleted"] or row["owner_id"] not in (None, tx.actor.owner_id):
        raise NotFound("That view is not there any more.")
    return row


def _name(typed: str) -> str:
    name = clean(typed)
    if not name:
        raise InvalidInput("A view needs a name.")
    if len(name) > _LONGEST_NAME:
        raise InvalidInput(f"The name of a view has at most {_LONGEST_NAME} characters.")
    return name
