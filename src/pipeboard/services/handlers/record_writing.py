"""What the writers of imported rows share: how a row ends, where it comes from, and who is meant by a name."""

from typing import Any, Final, NamedTuple

from pipeboard.domain.imports.origin import sign_of
from pipeboard.domain.imports.records import Record
from pipeboard.domain.text import clean, search_key
from pipeboard.storage.gateways.catalogue import read_owners
from pipeboard.storage.transaction import Transaction

NEW: Final = "new"
CHANGED: Final = "changed"
SAME: Final = "unchanged"


class Origin(NamedTuple):
    """The tool the rows are from, what may happen to them ("create", "update", "both"), the sign of our own export."""

    source: str
    mode: str = "both"
    sign: str = ""

    def is_home(self, tx: Transaction) -> bool:
        """Whether the file is an export of this very workspace: its ids are ours."""
        return bool(self.sign) and self.sign == sign_of(str(tx.sql.value("SELECT uid FROM workspace")))

    @property
    def may_add(self) -> bool:
        """Whether what is not known may be added."""
        return self.mode != "update"

    @property
    def may_change(self) -> bool:
        """Whether what is known may be changed."""
        return self.mode != "create"


class People:
    """Owners by name; those that are not known are added, and listed in `added`."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known = {search_key(owner.name): owner.id for owner in read_owners(tx.sql)}
        self.added: list[str] = []

    def known(self, name: str) -> int | None:
        """The owner of this name; None when there is none."""
        return self._known.get(search_key(name)) if name else None

    def owner(self, name: str) -> int | None:
        """The owner of this name, added when nobody knows one; None for an empty name."""
        name = clean(name)
        if not name:
            return None
        found = self.known(name)
        if found is None:
            found = self._known[search_key(name)] = self._tx.create("owner", {"name": name})
            self.added.append(name)
        return found


def rows_by_id(tx: Transaction, table: str, ids: set[int]) -> dict[int, dict[str, Any]]:
    """The rows of a table that a piece of a file speaks of, in one go."""
    return tx.rows(table, sorted(ids)) if ids else {}


def notes_of(record: Record) -> str:
    """The notes of a thing, and below them what the columns say that have no field of ours."""
    return clean("\n".join(filter(None, (record.text("notes"), record.rest))), is_multiline=True)


def better_notes(record: Record, present: str | None) -> str:
    """Notes in place of those that are there; "" where the row has none, or they begin with these."""
    notes = notes_of(record)
    is_better = not present or (record.text("notes") and not present.startswith(notes))
    return notes if is_better else ""
