"""Bringing companies, contacts, activities, tasks and targets in: each row known again by its id."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pipeboard.domain.activity_words import KIND_WORDS
from pipeboard.domain.commands import SetQuota
from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.domain.events import Event, RecordsImported, SetupChanged
from pipeboard.domain.imports.drafts import Rejection
from pipeboard.domain.imports.records import ImportRecords, Record
from pipeboard.domain.imports.status import flag, name_key
from pipeboard.domain.money import to_minor
from pipeboard.domain.task import ACTIVITY_KINDS, TASK_KINDS, kind_of
from pipeboard.domain.text import clean, search_key
from pipeboard.services.handlers.deal_finding import DealIndex
from pipeboard.services.handlers.names import company_id_of
from pipeboard.services.handlers.targets import set_quota
from pipeboard.storage.gateways.catalogue import read_owners
from pipeboard.storage.transaction import Transaction

NEW, CHANGED, SAME = "new", "changed", "unchanged"
Write = Callable[[Record], str]
_DONE = frozenset(["done", "completed", "complete", "erledigt", "zrobione", "готово", "closed"])
_DROPPED = frozenset(["deleted", "deferred", "cancelled", "canceled"])


def import_records(command: ImportRecords, tx: Transaction) -> tuple[Event, ...]:
    """Write every row that can be used; the others are in the answer with the reason."""
    counts = dict.fromkeys((NEW, CHANGED, SAME), 0)
    rejected: list[Rejection] = []
    label = f"Imported {len(command.records):,} {command.kind} from {command.file_name}"
    with tx.named("records.imported", label):
        write = _WRITERS[command.kind](command.source, tx)
        for record in command.records:
            try:
                counts[write(record)] += 1
            except PipeboardError as error:
                why = str(error).rstrip(".")
                rejected.append(Rejection(record.line, "", "", why, record.cells))
    if rejected and command.is_strict:
        raise InvalidInput(f"Nothing imported: line {rejected[0].line}: {rejected[0].why}.")
    return (RecordsImported(counts[NEW], counts[CHANGED], counts[SAME], tuple(rejected)),)


class _Things:
    """Companies or contacts: by the id of the other tool, else by name."""

    def __init__(self, table: str, source: str, tx: Transaction) -> None:
        self._table, self._source, self._tx = table, source, tx
        self._by_id: dict[str, int] = {}
        self._by_name: dict[Any, int] = {}
        self._companies: dict[str, int | None] = {}
        self._done: set[int] = set()
        company = "company_id" if table == "contact" else "NULL"
        rows = tx.sql.all(
            f"SELECT id, name_norm, {company}, external_source, external_id FROM {table}"
            " WHERE deleted = 0 ORDER BY id DESC"
        )
        for row_id, norm, company_id, its_source, external_id in rows:
            self._by_name[norm, company_id] = self._by_name[norm, None] = row_id
            if its_source == source and external_id:
                self._by_id[external_id] = row_id

    def write(self, record: Record) -> str:
        """Add the thing, or bring it up to date."""
        name = record.text("name") or " ".join(filter(None, (record.text("first_name"), record.text("last_name"))))
        name = name or record.text("email")
        if not name:
            raise InvalidInput("it has no name")
        company_id = self._company(record.text("company")) if self._table == "contact" else None
        fields = ("website", "notes") if self._table == "company" else ("job_title", "email", "phone", "notes")
        values: dict[str, Any] = {field: record.text(field) for field in fields if record.text(field)}
        if company_id is not None:
            values["company_id"] = company_id
        norm = search_key(name)
        found = self._by_id.get(record.external_id) if record.external_id else None
        is_by_id = found is not None
        found = found if is_by_id else self._by_name.get((norm, company_id))
        identity = {"external_source": self._source, "external_id": record.external_id} if record.external_id else {}
        if found is None:
            values |= {"name": name, "name_norm": norm, **identity}
            self._remember(record, norm, company_id, self._tx.create(self._table, values))
            return NEW
        if found in self._done:
            return SAME
        self._done.add(found)
        row = self._tx.rows(self._table, [found])[found]
        if is_by_id and row["name_norm"] != norm and (norm, None) not in self._by_name:
            values |= {"name": name, "name_norm": norm}
        if row["external_id"] is None:
            values |= identity
        changed = self._tx.change(self._table, row, values, kind=f"{self._table}.edited")
        if "name" in changed:
            self._tx.write_rows()
            self._tx.touch_deals_of(self._table, [found])
        return CHANGED if changed else SAME

    def _remember(self, record: Record, norm: str, company_id: int | None, new: int) -> None:
        self._by_name[norm, company_id] = new
        self._by_name.setdefault((norm, None), new)
        self._done.add(new)
        if record.external_id:
            self._by_id[record.external_id] = new

    def _company(self, name: str) -> int | None:
        if not name:
            return None
        key = search_key(name)
        if key not in self._companies:
            self._companies[key] = company_id_of(self._tx, name)
        return self._companies[key]


class _OfDeals:
    """Tasks or activities of deals, known again by an id of their own or, without one, by what they say."""

    def __init__(self, table: str, source: str, tx: Transaction) -> None:
        self._source, self._tx = source, tx
        self._deals = DealIndex(tx)
        self._owners = {search_key(owner.name): owner.id for owner in read_owners(tx.sql)}
        query = f"SELECT external_id, id FROM {table} WHERE external_id IS NOT NULL AND deleted = 0"
        self._known: dict[str, int] = dict(tx.sql.all(query))
        self._done: set[str] = set()

    def _place(self, record: Record, *said: object) -> tuple[int, str]:
        """The deal and the id under which the row is known."""
        deal = self._deals.find(record.text("deal"), record.text("company"))
        if record.external_id:
            return deal, f"{self._source}:{record.external_id}"
        told = "\n".join(map(str, (deal, *said)))
        return deal, f"{self._source}:{hashlib.sha256(told.encode()).hexdigest()[:24]}"

    def _is_again(self, key: str) -> bool:
        if key in self._done:
            return True
        self._done.add(key)
        return False

    def task(self, record: Record) -> str:
        """Plan a task, or bring it up to date."""
        title, due, word = record.text("title"), record.values.get("due_on"), record.text("done")
        if not title:
            raise InvalidInput("it does not say what is to be done")
        due_on = due if isinstance(due, date) and not isinstance(due, datetime) else None
        deal, key = self._place(record, title, due_on)
        if self._is_again(key):
            return SAME
        is_done = _is_done(word)
        is_dropped = name_key(word) in _DROPPED
        tx = self._tx
        if key not in self._known:
            kind = _kind(record.text("kind"), TASK_KINDS)
            owner = self._owners.get(search_key(record.text("owner"))) or self._deals.owner[deal]
            row: dict[str, Any] = {"deal_id": deal, "title": title, "kind": kind or kind_of(title), "due_on": due_on}
            row |= {"assignee_id": owner, "created_at": tx.now, "external_id": key, "is_dismissed": int(is_dropped)}
            row |= {"done_at": tx.now, "done_by_id": tx.actor.owner_id} if is_done else {}
            tx.create("task", row, deal_id=deal)
            return NEW
        current = tx.rows("task", [self._known[key]])[self._known[key]]
        values: dict[str, Any] = {"title": title} | ({"due_on": due_on} if due_on else {})
        if current["done_at"] is None and not current["is_dismissed"]:
            values |= {"done_at": tx.now, "done_by_id": tx.actor.owner_id} if is_done else {}
            values |= {"is_dismissed": 1} if is_dropped else {}
        return CHANGED if tx.change("task", current, values, kind="task.edited") else SAME

    def activity(self, record: Record) -> str:
        """Note what happened, or mend its words."""
        at, tx = record.values.get("at"), self._tx
        body = "\n".join(filter(None, (record.text("title"), record.text("body"))))
        if not body:
            raise InvalidInput("it says nothing")
        if not isinstance(at, datetime):
            raise InvalidInput("it does not say when it was")
        if at > tx.now or (record.text("done") and not _is_done(record.text("done"))):
            raise InvalidInput("it is not done yet; --as tasks brings in what is to be done")
        deal, key = self._place(record, at.isoformat(), body)
        if self._is_again(key):
            return SAME
        if key not in self._known:
            kind = _kind(record.text("kind"), ACTIVITY_KINDS) or "note"
            actor = tx.actor.owner_id
            row = {"deal_id": deal, "kind": kind, "body": body, "at": at, "actor_id": actor, "external_id": key}
            tx.create_many("activity", [row], deal_ids=[deal], at=[at])
            return NEW
        current = tx.rows("activity", [self._known[key]])[self._known[key]]
        return CHANGED if tx.change("activity", current, {"body": body}, kind="activity.edited") else SAME


class _Targets:
    """Targets of people; those who are not known are added."""

    def __init__(self, _source: str, tx: Transaction) -> None:
        self._tx = tx
        self._owners = {search_key(owner.name): owner.id for owner in read_owners(tx.sql)}

    def write(self, record: Record) -> str:
        """Set the target of a person and period."""
        period, amount, deals = record.text("period"), record.values.get("amount"), record.text("deals")
        if not period:
            raise InvalidInput("it does not say for which period")
        if not isinstance(amount, Decimal) and not (deals.isascii() and deals.isdigit()):
            raise InvalidInput("it has neither an amount nor a number of deals")
        tx = self._tx
        currency = record.text("currency").upper() or str(tx.sql.value("SELECT currency FROM workspace"))
        minor = to_minor(amount, currency) if isinstance(amount, Decimal) else None
        count = int(deals) if minor is None else None
        owner = self._owner(record)
        there = {i for (i,) in tx.sql.all("SELECT id FROM quota WHERE deleted = 0")}
        known = tx.rows("quota", sorted(there))
        command = SetQuota(period, minor, currency if minor is not None else None, count, owner)
        quota_id = next(fact.entity_id for fact in set_quota(command, tx) if isinstance(fact, SetupChanged))
        tx.write_rows()
        if quota_id not in there:
            return NEW
        return SAME if tx.rows("quota", [quota_id])[quota_id] == known[quota_id] else CHANGED

    def _owner(self, record: Record) -> int | None:
        name = record.text("owner")
        found = self._owners.get(search_key(record.external_id)) or self._owners.get(search_key(name))
        if found is None and name:
            found = self._owners[search_key(name)] = self._tx.create("owner", {"name": clean(name)})
        return found


def _is_done(word: str) -> bool:
    return name_key(word) in _DONE or bool(flag(word))


def _kind(word: str, kinds: tuple[str, ...]) -> str:
    """The kind that a word means; "" for none of these."""
    key = search_key(word)
    found = KIND_WORDS.get(key, key)
    found = {"email": "mail", "mail": "email"}.get(found, found) if found not in kinds else found
    return found if found in kinds else ""


_WRITERS: dict[str, Callable[[str, Transaction], Write]] = {
    "companies": lambda source, tx: _Things("company", source, tx).write,
    "contacts": lambda source, tx: _Things("contact", source, tx).write,
    "activities": lambda source, tx: _OfDeals("activity", source, tx).activity,
    "tasks": lambda source, tx: _OfDeals("task", source, tx).task,
    "quotas": lambda source, tx: _Targets(source, tx).write,
}
