"""Tasks and activities of deals out of a file, known again by an id of their own or, without one, by what they say."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from pipeboard.domain.activity_words import DIRECTION_WORDS, KIND_WORDS, OUTCOME_WORDS
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.markup import plain_text
from pipeboard.domain.imports.profiles import OWN
from pipeboard.domain.imports.records import Record, Value
from pipeboard.domain.imports.status import flag, name_key
from pipeboard.domain.task import ACTIVITY_KINDS, TASK_KINDS, kind_of
from pipeboard.domain.text import LINE_LIMIT, clean, search_key
from pipeboard.services.handlers.deal_finding import DealIndex
from pipeboard.services.handlers.record_writing import CHANGED, NEW, SAME, Origin, People, rows_by_id
from pipeboard.services.handlers.series import series_fields
from pipeboard.storage.transaction import Transaction

_DONE = frozenset(
    ["done", "completed", "complete", "erledigt", "abgeschlossen", "zrobione", "zakonczone", "готово", "завершена"]
    + ["выполнена", "выполнено", "closed", "finished"]
)
_DROPPED = frozenset(["deleted", "deferred", "cancelled", "canceled", "dismissed", "отменена", "anulowane"])
_TO_DO = frozenset(
    ["open", "not started", "to do", "todo", "in progress", "planned", "scheduled", "waiting", "pending", "new"]
    + ["offen", "nicht begonnen", "geplant", "zaplanowane", "do zrobienia", "запланировано", "в работе", "не начата"]
)
_PATTERN = "recurring"


class _OfDeals:
    """What tasks and activities have in common."""

    table = ""

    def __init__(self, origin: Origin, tx: Transaction, people: People) -> None:
        self._origin, self._tx, self._people = origin, tx, people
        self._is_home = is_home = origin.is_home(tx)
        self._deals = DealIndex(tx, is_home=is_home)
        query = f"SELECT external_id, id FROM {self.table} WHERE external_id IS NOT NULL AND deleted = 0"
        self._known: dict[str, int] = dict(tx.sql.all(query))
        if is_home:
            ids = tx.sql.all(f"SELECT id FROM {self.table} WHERE deleted = 0")
            self._known |= {f"{origin.source}:{row_id}": row_id for (row_id,) in ids}
        self._rows: dict[int, dict[str, Any]] = {}
        self._done: set[str] = set()
        self._fresh: list[tuple[dict[str, Any], datetime | None]] = []

    def prepare(self, records: Sequence[Record]) -> None:
        """Read the rows that the next records may mean: those with an id of their own."""
        keys = (self._known.get(f"{self._origin.source}:{record.external_id}") for record in records)
        self._rows = rows_by_id(self._tx, self.table, {key for key in keys if key is not None})

    def finish(self) -> None:
        """Write what is new."""
        if self._fresh:
            rows = [row for row, _ in self._fresh]
            ids = [row["deal_id"] for row in rows]
            self._tx.create_many(self.table, rows, deal_ids=ids, at=[at for _, at in self._fresh])
            self._fresh.clear()

    def _place(self, record: Record, *said: object) -> tuple[int, str]:
        """The deal and the id under which the row is known."""
        deal = self._deals.find(record.text("deal"), record.text("company"), record.text("contact"))
        if record.external_id:
            return deal, f"{self._origin.source}:{record.external_id}"
        told = "\n".join(map(str, (deal, *said)))
        return deal, f"{self._origin.source}:{hashlib.sha256(told.encode()).hexdigest()[:24]}"

    def _is_over(self, key: str) -> bool:
        """Whether nothing is to be done about a row: it stood before, or may not be added or changed."""
        if key in self._done:
            return True
        self._done.add(key)
        return not (self._origin.may_change if key in self._known else self._origin.may_add)

    def _current(self, key: str) -> dict[str, Any]:
        row_id = self._known[key]
        return self._rows.get(row_id) or self._tx.rows(self.table, [row_id])[row_id]


class Tasks(_OfDeals):
    """Writes tasks."""

    table = "task"

    def __init__(self, origin: Origin, tx: Transaction, people: People) -> None:
        super().__init__(origin, tx, people)
        day = tx.sql.codec.day
        rows = tx.sql.all(
            "SELECT id, deal_id, title, due_on FROM task WHERE external_id IS NULL AND deleted = 0"
            " AND done_at IS NULL AND is_dismissed = 0 ORDER BY id DESC"
        )
        self._nameless: dict[tuple[int, str, Value | None], int]
        self._nameless = {(deal, search_key(title), day(due)): row_id for row_id, deal, title, due in rows}

    def _is_known(self, key: str, deal: int, title: str, due_on: Value | None) -> bool:
        """Whether a task is here: under its id, or as the next step that came along with its deal, which has none."""
        if key not in self._known:
            nameless = self._nameless.pop((deal, search_key(title), due_on), None)
            if nameless is not None:
                self._known[key] = nameless
        return key in self._known

    def write(self, record: Record) -> str:
        """Plan a task, or bring it up to date."""
        title, word = record.text("title"), record.text("done")
        due_on, due_time = record.values.get("due_on"), record.values.get("due_time")
        if not title:
            raise InvalidInput("it does not say what is to be done")
        if name_key(word) == _PATTERN:
            raise InvalidInput("it is the pattern of a series; the tasks of it stand in rows of their own")
        deal, key = self._place(record, title, due_on)
        is_known = self._is_known(key, deal, title, due_on)
        if self._is_over(key):
            return SAME
        due = {"due_on": due_on, "due_time": due_time} if isinstance(due_on, date) else {}
        if not is_known:
            self._fresh.append((self._new(record, title, deal, key) | due, None))
            return NEW
        current = self._current(key)
        values: dict[str, Any] = {"title": title} | (due if isinstance(due_time, time) else _day_only(due))
        snoozed = record.values.get("snoozed_until")
        values |= {"snoozed_until": snoozed} if snoozed is not None else {}
        owner = self._people.owner(record.text("owner"))
        values |= {"assignee_id": owner} if owner is not None else {}
        values |= {"external_id": key} if current["external_id"] is None and not self._is_home else {}
        if current["done_at"] is None and not current["is_dismissed"]:
            values |= self._end(record, owner if owner is not None else current["assignee_id"])
        return CHANGED if self._tx.change("task", current, values, kind="task.edited") else SAME

    def _new(self, record: Record, title: str, deal: int, key: str) -> dict[str, Any]:
        tx, due_on = self._tx, record.values.get("due_on")
        owner = self._people.owner(record.text("owner")) or self._deals.owner[deal]
        created = record.instant("created_at") or tx.now
        row: dict[str, Any] = {"deal_id": deal, "title": title, "kind": _kind(record.text("kind"), TASK_KINDS)}
        row["kind"] = row["kind"] or kind_of(title)
        row["snoozed_until"] = record.values.get("snoozed_until")
        row |= {"assignee_id": owner, "created_at": min(created, tx.now), "external_id": key} | self._end(record, owner)
        if (every := record.text("every")) and isinstance(due_on, date) and not row.get("done_at"):
            row |= series_fields(every, due_on, tx.today)
        return row

    def tick_off(self, key: str, at: datetime, owner: int | None) -> bool:
        """Complete the task that stands for something that has happened since; whether there was one."""
        if key not in self._known:
            return False
        current = self._current(key)
        if current["done_at"] is not None or current["is_dismissed"]:
            return False
        done = {"done_at": at, "done_by_id": owner}
        return bool(self._tx.change("task", current, done, kind="task.completed"))

    def _end(self, record: Record, owner: int | None) -> dict[str, Any]:
        """How the task ended, if it did. What ended before today must not look like work of today."""
        word, tx = record.text("done"), self._tx
        if name_key(word) in _DROPPED:
            return {"is_dismissed": 1}
        if not (_is_done(word) or (record.instant("done_at") is not None and not word)):
            return {}
        due_on = record.values.get("due_on")
        known = record.instant("done_at") or record.instant("created_at")
        if record.instant("done_at") is None and isinstance(due_on, date) and due_on <= tx.today:
            known = datetime.combine(due_on, time(12), tx.zone)
        return {"done_at": min(known or tx.now, tx.now), "done_by_id": owner}


class Activities(_OfDeals):
    """Writes activities; what is still to be done becomes a task, counted in `as_tasks`."""

    table = "activity"

    def __init__(self, origin: Origin, tx: Transaction, people: People) -> None:
        super().__init__(origin, tx, people)
        self._tasks = Tasks(origin, tx, people)
        self.as_tasks = 0

    def prepare(self, records: Sequence[Record]) -> None:
        """Read the rows that the next records may mean."""
        super().prepare(records)
        self._tasks.prepare(records)

    def finish(self) -> None:
        """Write what is new."""
        super().finish()
        self._tasks.finish()

    def write(self, record: Record) -> str:
        """Note what happened, or mend its words."""
        at, tx = record.instant("at"), self._tx
        title, body = record.text("title"), record.text("body")
        if self._origin.source != OWN:  # what stands in our own export was never markup
            body = plain_text(body)
        told = "\n".join(filter(None, (title, body)))
        if not told:
            raise InvalidInput("it says nothing")
        if self._is_to_do(record):
            ended = self._tasks.write(_as_task(record, title or body, at, tx))
            self.as_tasks += 1
            return ended
        if at is None:
            raise InvalidInput("it does not say when it was")
        direction, outcome, rest = _how(record)
        told = "\n".join(filter(None, (told, rest)))
        deal, key = self._place(record, at.isoformat(), told)
        if self._is_over(key):
            return SAME
        if key not in self._known:
            row: dict[str, Any] = {"deal_id": deal, "kind": _kind(record.text("kind"), ACTIVITY_KINDS) or "note"}
            row |= {"body": told, "at": at, "external_id": key, "direction": direction, "outcome": outcome}
            row["actor_id"] = self._people.owner(record.text("owner")) or tx.actor.owner_id
            self._fresh.append((row, at))
            self._tasks.tick_off(key, at, row["actor_id"])
            return NEW
        return CHANGED if tx.change("activity", self._current(key), {"body": told}, kind="activity.edited") else SAME

    def _is_to_do(self, record: Record) -> bool:
        at, word = record.instant("at"), record.text("done")
        return (at is not None and at > self._tx.now) or name_key(word) in _TO_DO or flag(word) is False


def _as_task(record: Record, text: str, at: datetime | None, tx: Transaction) -> Record:
    """An activity that is still to be done, as a task."""
    values = {field: value for field, value in record.values.items() if field in ("deal", "company", "contact")}
    values |= {"title": clean(text.splitlines()[0], limit=LINE_LIMIT), "kind": record.text("kind")}
    values |= {"owner": record.text("owner")}
    if at is not None:
        local = at.astimezone(tx.zone)
        values["due_on"] = local.date()
        if local.time() != time():
            values["due_time"] = local.time().replace(second=0, microsecond=0)
    return Record(record.line, record.external_id, values)


def _day_only(due: dict[str, Any]) -> dict[str, Any]:
    """The day alone: a file without times takes none away."""
    return {"due_on": due["due_on"]} if due else {}


def _how(record: Record) -> tuple[str | None, str | None, str]:
    """Who began an activity and how it ended, where we have the words; else as a line of its text."""
    direction, outcome = record.text("direction"), record.text("outcome")
    known = OUTCOME_WORDS.get(search_key(outcome))
    rest = f"Outcome: {outcome}" if outcome and known is None else ""
    return DIRECTION_WORDS.get(search_key(direction)), known, rest


def _is_done(word: str) -> bool:
    return name_key(word) in _DONE or bool(flag(word))


def _kind(word: str, kinds: tuple[str, ...]) -> str:
    """The kind that a word means; "" for none of these."""
    key = search_key(word)
    found = KIND_WORDS.get(key, key)
    found = {"email": "mail", "mail": "email"}.get(found, found) if found not in kinds else found
    return found if found in kinds else ""
