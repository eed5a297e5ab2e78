"""What others did while this program was looking on: noticed several times a second, read by action."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pipeboard.storage.changes import Watch
from pipeboard.storage.hot.board import last_action_id
from pipeboard.storage.hot.changes import actions_since, clients_since
from pipeboard.storage.hot.connection import Hot

if TYPE_CHECKING:
    from pipeboard.services.workspace import Workspace


class ForeignChange(NamedTuple):
    """One action since the last look. `deal_ids` are the deals it touched; `is_mine`: made by this program."""

    action_id: int
    actor: str
    label: str
    deal_ids: tuple[int, ...]
    is_mine: bool


class ChangeReads:
    """Reads what was done since."""

    def __init__(self, reader: Hot, client_id: str) -> None:
        self._hot = reader
        self._client_id = client_id

    def last_action_id(self) -> int:
        """The newest action. Smaller than one already seen: a backup was restored, so read everything anew."""
        with self._hot.snapshot() as sql:
            return last_action_id(sql)

    def changes_since(self, action_id: int) -> tuple[ForeignChange, ...]:
        """Every action after this one, oldest first."""
        with self._hot.snapshot() as sql:
            return tuple(
                ForeignChange(a.id, a.actor, a.label, a.deal_ids, a.client_id == self._client_id)
                for a in actions_since(sql, action_id)
            )


def watch(workspace: "Workspace") -> Callable[[], bool]:
    """A function that says whether another program changed the database since it was last asked.

    It costs some microseconds and may be called from one thread at a time, any thread. It raises StorageFailure
    when the file was deleted or replaced, or the server is gone.
    """
    return _ForeignWatch(Watch(workspace.target), workspace.client_id).is_changed


class _ForeignWatch:
    """Tells the commits of others from our own, which the screen knows about already."""

    def __init__(self, changes: Watch, client_id: str) -> None:
        self._watch = changes
        self._client_id = client_id
        # A server may deliver what was committed before this began; a file's counter never does.
        self._is_file = changes.target.is_sqlite
        with changes.reading() as sql:
            self._seen = last_action_id(sql)

    def is_changed(self) -> bool:
        """Whether something foreign was committed since the last call."""
        if not self._watch.poll():
            return False
        with self._watch.reading() as sql:
            last = last_action_id(sql)
            clients = clients_since(sql, self._seen)
        is_restored = last < self._seen or (last == self._seen and self._is_file and not clients)
        self._seen = last
        return is_restored or bool(clients - {self._client_id})
