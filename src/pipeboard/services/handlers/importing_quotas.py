"""Targets out of a file."""

from collections.abc import Sequence
from typing import Any

from pipeboard.domain.commands import SetQuota
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import SetupChanged
from pipeboard.domain.imports.records import Record
from pipeboard.domain.money import to_minor
from pipeboard.domain.text import search_key
from pipeboard.services.handlers.record_writing import CHANGED, NEW, SAME, People
from pipeboard.services.handlers.targets import set_quota
from pipeboard.storage.gateways.catalogue import read_pipelines
from pipeboard.storage.transaction import Transaction


class Targets:
    """Writes the targets of people; those who are not known are added."""

    def __init__(self, tx: Transaction, people: People) -> None:
        self._tx, self._people = tx, people
        self._known: dict[int, dict[str, Any]] = {}

    def prepare(self, _records: Sequence[Record]) -> None:
        """Read the targets that there are."""
        ids = [quota_id for (quota_id,) in self._tx.sql.all("SELECT id FROM quota WHERE deleted = 0 ORDER BY id")]
        self._known = self._tx.rows("quota", ids)

    def write(self, record: Record) -> str:
        """Set the target of a person and period."""
        period, amount, deals = record.text("period"), record.number("amount"), record.text("deals")
        if not period:
            raise InvalidInput("it does not say for which period")
        if amount is None and not (deals.isascii() and deals.isdigit()):
            raise InvalidInput("it has neither an amount nor a number of deals")
        currency = record.text("currency").upper() or str(self._tx.sql.value("SELECT currency FROM workspace"))
        minor = to_minor(amount, currency) if amount is not None else None
        count = int(deals) if minor is None else None
        owner = self._people.known(record.external_id) or self._people.owner(record.text("owner"))
        pipeline = self._pipeline(record.text("pipeline"))
        command = SetQuota(period, minor, currency if minor is not None else None, count, owner, pipeline)
        quota_id = next(fact.entity_id for fact in set_quota(command, self._tx) if isinstance(fact, SetupChanged))
        self._tx.write_rows()
        after = self._tx.rows("quota", [quota_id])[quota_id]
        before = self._known.get(quota_id)
        self._known[quota_id] = after
        return NEW if before is None else SAME if after == before else CHANGED

    def _pipeline(self, name: str) -> int | None:
        """The pipeline that a target is for; None for all of them."""
        if not name:
            return None
        for one in read_pipelines(self._tx.sql):
            if search_key(one.name) == search_key(name):
                return one.id
        raise InvalidInput(f"there is no pipeline {name[:60]!r}")

    def finish(self) -> None:
        """Nothing was only collected."""
